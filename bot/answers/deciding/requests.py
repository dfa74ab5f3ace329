"""Requests that name what they want instead of asking a question: from handles and words to what they ask for."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from bot.answers.deciding.endings import Endings
from bot.answers.deciding.intents import Intents
from bot.answers.deciding.listing import PAST, UPCOMING, Listing, read_when
from bot.answers.deciding.unknown import Unknown
from bot.answers.reading.followup import unit_for
from bot.answers.reading.phrasing import Ask, Intent
from bot.answers.reading.query import Query
from bot.answers.suggest import named, suggest
from bot.answers.wording.dates import say_time
from bot.answers.wording.outcome import Outcome, Reason
from bot.answers.wording.part import Means, Part
from bot.answers.wording.pick_list import MOST_CHOICES
from bot.errors import SearchTimeout
from bot.language.tokens import name_key
from bot.model.answer import Status
from bot.model.entity import Entity
from bot.model.request import Request, Wish, beginning_of, handle_of, is_handle, slug_of
from bot.store.snapshot import Snapshot

_INTENTS = {
    Wish.DESCRIBE: "describe",
    Wish.TIMELINE: "timeline",
    Wish.CONNECT: "connect",
    Wish.COMPARE: "compare",
    Wish.SOURCES: "sources",
    Wish.HELP: "help",
}


class _NotUnderstood(Exception):
    """A word of a request that names no time, kind or property."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class _NoTime(_NotUnderstood):
    """Words that should tell a time."""


class Requests(Part):
    """Answers requests from one snapshot."""

    def __init__(self, means: Means, endings: Endings, intents: Intents, listing: Listing, unknown: Unknown) -> None:
        super().__init__(means)
        self._endings = endings
        self._intents = intents
        self._listing = listing
        self._unknown = unknown

    def answer(self, request: Request, today: date) -> tuple[Outcome, Query | None]:
        """What it came to, and the question that a follow-up may lean on."""
        try:
            if request.wish is Wish.EVENTS:
                when, about = request.words
                return self._events(when, about, today), None
            if request.wish is Wish.FIND:
                kind, property_, value = request.words
                return self._find(kind, property_, value), None
            return self._about(request, today)
        except _NoTime as error:
            return Outcome(
                Status.UNKNOWN, self._replies.render("unknown.when", words=error.word[:40]), Reason.WORDS
            ), None
        except _NotUnderstood as error:
            text = self._replies.render("unknown.words", words=f"“{error.word[:40]}”")
            return Outcome(Status.UNKNOWN, text, Reason.WORDS), None
        except SearchTimeout:
            return self._endings.refusal(Reason.SLOW), None

    def settled(self, request: Request) -> Request:
        """The request with each name that means one entity replaced by its handle."""
        words = list(request.words)
        kinds = _kinds_of(request)
        for place in request.names:
            meant = [] if is_handle(words[place]) else self._meant(words[place], kinds)
            if len(meant) == 1:
                words[place] = handle_of(meant[0].slug)
        return replace(request, words=tuple(words))

    def _about(self, request: Request, today: date) -> tuple[Outcome, Query | None]:
        """What is asked of one or two names."""
        kinds = _kinds_of(request)
        entities: list[Entity] = []
        for name in (request.words[place] for place in request.names):
            meant = self._meant(name, kinds)
            if not meant and is_handle(name):
                return self._endings.nothing("unknown.gone"), None
            if not meant:
                return self._unknown.nobody(" ".join(name.split())), None
            if len(meant) > 1:
                return self._endings.pick_list(" ".join(name.split())[:80], meant[:MOST_CHOICES]), None
            entities += meant
        intent = Intent(_INTENTS[request.wish])
        query = Query("", Ask.ANY, tuple(map(unit_for, entities)), intents=(intent,), today=today)
        return self._intents.answer(query) or self._unknown.nothing(query), query

    def _events(self, when: str, about: str, today: date) -> Outcome:
        times = read_when(when, today) if when.strip() else []
        if times is None:
            raise _NoTime(when)
        subject = (self._handled(about) if is_handle(about) else named(self._snapshot, about)) or about.strip() or None
        view = self._listing.events(times, subject)
        if view is None and isinstance(subject, list):  # of that name, but it stands beside no event
            view = self._listing.events(times, ", ".join(entity.name for entity in subject[:1]))
        return self._endings.view(view) if view is not None else self._no_events(when if times else "", subject)

    def _no_events(self, when: str, about: list[Entity] | str | None) -> Outcome:
        if about:
            told = about if isinstance(about, str) else about[0].name
            return self._endings.nothing("unknown.none_about_then" if when else "unknown.none_about", about=told)
        if when in (PAST, UPCOMING):
            return self._endings.nothing("unknown.none_events", when=when)
        if when:
            return self._endings.nothing("unknown.none_event_then", when=say_time(when))
        return self._endings.nothing("unknown.none_kind")

    def _find(self, kind: str, property_: str, value: str) -> Outcome:
        wanted_kind, wanted_property = self._kind(kind), self._property(property_)
        entities = self._handled(value) if is_handle(value) else named(self._snapshot, value)
        view = self._listing.find(wanted_kind, wanted_property, entities) if entities else None
        if view is None and not is_handle(value):
            view = self._listing.find(wanted_kind, wanted_property, " ".join(value.split()))
        if view is not None:
            return self._endings.view(view)
        told = entities[0].name if entities else " ".join(value.split())
        if wanted_kind or wanted_property:
            return self._endings.nothing("unknown.none_of_kind", value=told)
        return self._endings.nothing("unknown.none_value", value=told)

    def _meant(self, name: str, kinds: Collection[str]) -> list[Entity]:
        """Whom a name may mean: exactly so, else the names it may be the beginning or a slip of."""
        if is_handle(name):
            return self._handled(name)
        return (
            named(self._snapshot, name, kinds)
            or suggest(self._snapshot, name, kinds, MOST_CHOICES)
            or (suggest(self._snapshot, name, (), MOST_CHOICES) if kinds else [])
            if name_key(name)
            else []
        )

    def _handled(self, handle: str) -> list[Entity]:
        entity = entity_of(self._snapshot, handle)
        return [] if entity is None else [entity]

    def _kind(self, word: str) -> str | None:
        """The kind that a word names. Raises _NotUnderstood."""
        if not word.strip() or word in self._vocabulary.kinds:
            return word.strip() or None
        kinds = [kind.kind for phrase in self._lexicon.phrases(self._lexicon.stems(word)) for kind in phrase.kinds]
        if not kinds:
            raise _NotUnderstood(word)
        return kinds[0]

    def _property(self, word: str) -> str | None:
        """The property that a word names. Raises _NotUnderstood."""
        if not word.strip() or word in self._vocabulary.properties:
            return word.strip() or None
        phrases = self._lexicon.phrases(self._lexicon.stems(word))
        readings = [reading.property for phrase in phrases for reading in phrase.properties]
        if not readings:
            raise _NotUnderstood(word)
        return readings[0]


def _kinds_of(request: Request) -> list[str]:
    return [word for word in request.words[1:] if word] if request.wish is Wish.DESCRIBE else []


def entity_of(snapshot: Snapshot, handle: str) -> Entity | None:
    """The entity of a handle; None where it is not recorded, or not any more."""
    slug = slug_of(handle)
    if slug is not None:
        return snapshot.entity_by_slug(slug)
    return next((e for e in snapshot.entities_by_slug(beginning_of(handle)) if handle_of(e.slug) == handle), None)
