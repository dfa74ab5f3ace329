"""Questions about an entity, a time or the knowledge as a whole: from the intent read to the view it asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from bot.answers.deciding.contrast import Contrast
from bot.answers.deciding.endings import Endings
from bot.answers.deciding.overview import Overview, View
from bot.answers.reading.phrasing import Ask, Intent
from bot.answers.reading.query import Query, Unit
from bot.answers.wording.dates import say_asked
from bot.answers.wording.markdown import bold, escape
from bot.answers.wording.outcome import Outcome, Reason
from bot.answers.wording.part import Means, Part
from bot.language.lexicon import KindWord
from bot.language.tokens import name_key
from bot.model.answer import Introduction, Status
from bot.model.entity import Entity

_WHOEVER = "people"  # who is meant where no kind is named: "who do you know?"
_SHOWN_EXAMPLES = 4
_MOST_NAMED = 9  # things with a word in their names; with more of them it says too little
_HELP_LENGTH = 600  # characters


class Intents(Part):
    """Answers intents from one snapshot."""

    def __init__(
        self, means: Means, overview: Overview, endings: Endings, introduction: Callable[[], Introduction]
    ) -> None:
        super().__init__(means)
        self._overview = overview
        self._endings = endings
        self._introduction = introduction
        self._contrast = Contrast(means, overview)

    def answer(self, query: Query) -> Outcome | None:
        """The first of the query's intents that has something to say; None: it asks for a fact."""
        if query.anchor is not None:
            return None
        for intent in query.intents:
            outcome = self._handlers[intent.name](self, intent, query)
            if outcome is not None:
                return outcome
        return None

    def happened(self, query: Query) -> Outcome | None:
        """What is recorded for a time."""
        if not query.times:
            return None
        when = say_asked(query.text, query.times)
        view = self._overview.happened(query.times, when)
        return self._endings.view(view) if view else self._endings.nothing("unknown.none_time", when=when)

    def of_words(self, words: Sequence[Unit]) -> Outcome | None:
        """Whatever has these words in its name, where they stand for one; None where nothing has, or too much."""
        if any(unit.mention or unit.properties or unit.kinds for unit in words):
            return None
        found = self._snapshot.entities_with([{stems[0] for stems in unit.stems} for unit in words], _MOST_NAMED + 1)
        if not 0 < len(found) <= _MOST_NAMED:
            return None
        if len(found) == 1:
            return self._profile(found[0])
        return self._endings.pick_list(" ".join([unit.text for unit in words]), found)

    def _describe(self, intent: Intent, query: Query) -> Outcome | None:
        named = self._named(query)
        if not named:
            return None
        if len(named[0]) > 1:
            return self._endings.pick_list(query.names[0].text, named[0])
        if self._asks_whose(named[0][0], query):
            return None
        return self._profile(named[0][0])

    def _acronym(self, intent: Intent, query: Query) -> Outcome | None:
        """What is told of whatever the letters are the first ones of; None where the name is no such letters."""
        named = self._named(query)
        mention = query.names[0].mention if named else None
        if mention is None or len(named[0]) != 1:
            return None
        letters = "".join(word[0] for word in name_key(named[0][0].name).split() if word not in self._lexicon.function)
        if mention.key.replace(" ", "") != letters:
            return None
        return self._profile(named[0][0])

    def _profile(self, entity: Entity) -> Outcome:
        outcome = self._endings.view(self._overview.describe(entity))
        return replace(outcome, reason=Reason.PROFILE) if outcome.status is Status.ANSWERED else outcome

    def _asks_whose(self, entity: Entity, query: Query) -> bool:
        """Whether "who are the altos" asks for people whom the facts tie to what has that name."""
        if query.ask is not Ask.WHO or "are" not in query.keys or entity.kind in ("person", "organization", "project"):
            return False
        return any(fact.subject.kind == "person" for fact in self._snapshot.facts_of(entity.id, None, "v", 50))

    def _connect(self, intent: Intent, query: Query) -> Outcome | None:
        named = self._named(query)
        if len(named) != 2:
            return None
        for unit, entities in zip(query.names, named, strict=True):
            if len(entities) > 1:
                return self._endings.pick_list(unit.text, entities)
        one, other = named[0][0], named[1][0]
        if one.id == other.id:
            return Outcome(Status.UNKNOWN, self._replies.render("connect.same", name=bold(one.name)), Reason.WHOM)
        view = self._pairs[intent.name](self, one, other)
        if view is None:
            return self._endings.nothing("connect.none", one=one.name, other=other.name)
        return self._endings.view(view)

    def _timeline(self, intent: Intent, query: Query) -> Outcome | None:
        named = self._named(query)
        view = self._overview.timeline(named[0][0], query.times) if len(named) == 1 else None
        return self._endings.view(view) if view else None

    def _browse(self, intent: Intent, query: Query) -> Outcome | None:
        kinds = self._kinds(intent.kind_words or _WHOEVER)
        view = self._overview.browse(kinds, query.times)
        if view is None and kinds and query.times:
            return self._endings.nothing("unknown.none_kind_then", when=say_asked(query.text, query.times))
        if view is None and kinds and not query.names:
            return self._endings.nothing("unknown.none_kind")
        return self._endings.view(view) if view else None

    def _order(self, intent: Intent, query: Query) -> Outcome | None:
        return None if query.names else self._endings.refusal(Reason.NOT_ABOUT)

    def _not_about(self) -> Outcome:
        """No question about the documents at all, so that no line of theirs is looked for either."""
        return Outcome(Status.UNKNOWN, self._replies.render("unknown.not_about"), Reason.SMALL_TALK)

    def _chat(self) -> Outcome:
        return self._small("unknown.chat", examples=" · ".join(self._introduction().questions[:2]))

    def _small(self, key: str, **values: str) -> Outcome:
        return Outcome(Status.UNKNOWN, self._replies.render(key, **values), Reason.SMALL_TALK)

    def _help(self) -> Outcome:
        introduction = self._introduction()
        examples = [escape(question) for question in introduction.questions[:_SHOWN_EXAMPLES]]
        items, _ = self._composer.fit(examples, _HELP_LENGTH)
        sources = len(self._snapshot.sources())
        text = self._replies.render("unknown.help", sources=sources, counts=introduction.known, items=items)
        return Outcome(Status.UNKNOWN, text, Reason.SMALL_TALK)

    def _named(self, query: Query) -> list[list[Entity]]:
        """For each name the entities it may mean; those called exactly so win over those it is an alias of."""
        found = []
        for unit in query.names:
            mention = unit.mention
            entities = list(self._snapshot.entities(mention.entities if mention else ()).values())
            called = [entity for entity in entities if mention and name_key(entity.name) == mention.key]
            found.append(called or entities)
        return found

    def _kinds(self, words: str) -> list[KindWord]:
        """The kinds that words name as a whole, those called just so first."""
        stems = tuple(self._lexicon.stem(word) for word in words.split())
        whole = [phrase for phrase in self._lexicon.phrases(stems) if phrase.end - phrase.start == len(stems)]
        kinds = [kind for phrase in whole for kind in phrase.kinds]
        return sorted(kinds, key=lambda kind: self._lexicon.stems(kind.type or kind.kind) != stems)

    _pairs: ClassVar[Mapping[str, Callable[["Intents", Entity, Entity], View | None]]] = {
        "connect": lambda self, one, other: self._overview.connect(one, other),
        "common": lambda self, one, other: self._overview.common(one, other),
        "compare": lambda self, one, other: self._contrast.compare(one, other),
    }
    _handlers: ClassVar[Mapping[str, Callable[["Intents", Intent, Query], Outcome | None]]] = {
        "describe": _describe,
        "acronym": _acronym,
        "connect": _connect,
        "common": _connect,
        "compare": _connect,
        "happened": lambda self, intent, query: self.happened(query),
        "timeline": _timeline,
        "browse": _browse,
        "sources": lambda self, intent, query: self._endings.view(self._overview.sources()),
        "bot": lambda self, intent, query: self._not_about(),
        "order": _order,
        "help": lambda self, intent, query: self._help(),
        "chat": lambda self, intent, query: self._chat(),
        "thanks": lambda self, intent, query: self._small("unknown.thanks"),
        "nod": lambda self, intent, query: self._small("unknown.nod"),
    }
