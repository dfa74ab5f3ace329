"""One question to one reply, from one snapshot; the only door into `answers/`. Knows no surface and keeps no state."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, cached_property, partial
from pathlib import Path

from bot.answers.deciding.clauses import Clauses
from bot.answers.deciding.decide import Decider
from bot.answers.deciding.documents import Documents
from bot.answers.deciding.endings import Endings
from bot.answers.deciding.intents import Intents
from bot.answers.deciding.listing import Listing
from bot.answers.deciding.overview import Overview
from bot.answers.deciding.requests import Requests, entity_of
from bot.answers.deciding.unknown import Unknown
from bot.answers.finding.definite import meant_by_kind
from bot.answers.introduction import introduce
from bot.answers.quoting.quote import Quoter
from bot.answers.reading.followup import means_nobody, readings
from bot.answers.reading.introduced import introduced
from bot.answers.reading.phrasing import Ask, Phrasing
from bot.answers.reading.query import Query, Unit
from bot.answers.reading.question import Reader
from bot.answers.wording.compose import Composer
from bot.answers.wording.outcome import Outcome, Reason
from bot.answers.wording.part import Means
from bot.answers.wording.replies import Replies
from bot.errors import SearchTimeout
from bot.language.lexicon import Lexicon
from bot.language.tokens import clean, parts
from bot.model.answer import Introduction, Reply, Status, Turn
from bot.model.entity import Entity
from bot.model.fact import Fact
from bot.model.request import Request, Wish
from bot.store.snapshot import Snapshot

MAX_QUESTION = 1000  # characters
MAX_WORDS = 60  # of one question; each costs a look at the names, and whoever says more does not ask one thing
MAX_NAMES = 6  # the same; what joins them is looked for from each of them


class Prompts:
    """The phrasings and templates of one language; loaded once and shared by all snapshots."""

    def __init__(self, folder: Path) -> None:
        self.phrasing = Phrasing(folder / "questions")
        self.replies = Replies(folder / "replies")


class Answerer:
    """Answers questions from one snapshot."""

    def __init__(
        self,
        snapshot: Snapshot,
        prompts: Prompts,
        today: Callable[[], date] = date.today,
        made: Iterable[Lexicon] = (),
        *,
        whole: bool = False,
    ) -> None:
        """One of the lexicons that are `made` already is taken where it has the same words: making another takes long.

        `whole`: lists are not cut.
        """
        self._snapshot = snapshot
        self._prompts = prompts
        self._phrasing = prompts.phrasing
        self._today = today
        vocabulary, types = snapshot.vocabulary, snapshot.types()
        same = (lexicon for lexicon in made if lexicon.is_of(vocabulary, types))
        self.lexicon = next(same, None) or Lexicon(vocabulary, types)
        self._composer = Composer(prompts.replies, vocabulary, today, whole=whole)
        means = Means(snapshot, self.lexicon, prompts.phrasing, prompts.replies, self._composer)
        # Nothing here holds what holds it: it goes with its snapshot, and waits for no collection.
        self._introduce = cache(partial(introduce, snapshot, prompts.phrasing.examples))
        self._endings = Endings(means)
        self._intents = Intents(means, Overview(means), self._endings, self._introduce)
        self._reader = Reader(self.lexicon, prompts.phrasing, snapshot)
        unknown = Unknown(means)
        decider = Decider(means, self._endings, unknown)
        self._documents = Documents(means, decider)
        read = partial(_read, reader=self._reader, phrasing=prompts.phrasing, snapshot=snapshot, today=today)
        self._clauses = Clauses(means, decider, read)
        self._listing = Listing(means)
        self._requests = Requests(means, self._endings, self._intents, self._listing, unknown)
        self._quoter = Quoter(means)

    @property
    def introduction(self) -> Introduction:
        """How much this snapshot knows, and questions about its best-known entities."""
        return self._introduce()

    @cached_property
    def years(self) -> list[int]:
        """The years in which an event took place, the latest first."""
        return self._listing.years()

    @cached_property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of which there are entities, with what several of them are called."""
        kinds, known = self._snapshot.vocabulary.kinds, self._snapshot.counts()
        return [(name, kind.plural) for name, kind in kinds.items() if name in known]

    @cached_property
    def properties(self) -> list[tuple[str, str]]:
        """The properties of which there are facts, with their labels, the commonest first."""
        properties = self._snapshot.vocabulary.properties
        return [(name, properties[name].label) for name in self._snapshot.counts_by_property()]

    @cached_property
    def whole(self) -> "Answerer":
        """The same answers with their lists uncut."""
        return Answerer(self._snapshot, self._prompts, self._today, [self.lexicon], whole=True)

    def perform(self, request: Request, turn: Turn | None = None) -> Reply:
        """The reply to a request; a question may lean on `turn`. Raises nothing a member can cause."""
        if request.wish is not Wish.ASK:
            return self._reply(*self._requests.answer(request, self._today()))
        question, *meant = request.words
        reply = self.answer(question, turn)
        for handle in meant:
            entity = entity_of(self._snapshot, handle)
            if entity is None:
                return self._reply(self._endings.nothing("unknown.gone"))
            if entity not in reply.choices:  # the question reads otherwise by now
                return self.perform(Request(Wish.DESCRIBE, (handle, "")))
            reply = self.answer_meant(reply.turn, entity)
        return reply

    def settled(self, request: Request) -> Request:
        """The request with each name that means one entity replaced by its handle."""
        return self._requests.settled(request)

    def mentioned(self, text: str) -> list[Entity]:
        """The entities that a text names, in their order; a name that several have stands for none."""
        query = self._reader.read(text[:MAX_QUESTION], self._today())
        ids = [unit.mention.entities[0] for unit in query.names if unit.mention and len(unit.mention.entities) == 1]
        return list(self._snapshot.entities(ids).values())

    def answer(self, question: str, turn: Turn | None = None) -> Reply:
        """The reply to any text at all; `turn` is what the question may lean on. Raises nothing a member can cause."""
        if not question.strip():
            return self._reply(self._endings.refusal(Reason.EMPTY), None, turn)
        if len(question) > MAX_QUESTION or _has_many_words(question):
            return self._reply(self._endings.refusal(Reason.TOO_LONG), None, turn)
        if turn is not None:
            turn = self._current(turn)
        query, *others = self._readings(question, turn)
        if len(query.names) > MAX_NAMES:
            return self._reply(self._endings.refusal(Reason.TOO_LONG), query)
        told = (*turn.answers, *turn.topics) if turn is not None else ()
        outcome = self._answer(query, told)
        for other in others if outcome.status is Status.UNKNOWN else ():
            retried = self._answer(other, told)
            if retried.status is not Status.UNKNOWN:
                return self._reply(retried, other, turn)
        if outcome.status is Status.UNKNOWN:
            outcome = self._quoted(question, turn, query, outcome)
        return self._reply(outcome, query, turn)

    def answer_meant(self, turn: Turn, entity: Entity) -> Reply:
        """The question of an ambiguous turn again, now that the member said which entity its name means."""
        if not isinstance(turn.query, Query):
            return self.answer(entity.name)
        units = tuple(
            unit._replace(mention=unit.mention._replace(entities=(entity.id,)))
            if unit.mention is not None and entity.id in unit.mention.entities
            else unit
            for unit in turn.query.units
        )
        query = replace(turn.query, units=units)
        return self._reply(self._answer(query, ()), query)

    @cached_property
    def _beyond(self) -> "Answerer | None":
        """Answers as if everything read out of prose were true: a way to the sentences, never to a reply."""
        if not self._snapshot.count_suggestions():
            return None
        return Answerer(self._snapshot.with_suggestions(), self._prompts, self._today, [self.lexicon])

    def _quoted(self, question: str, turn: Turn | None, query: Query, outcome: Outcome) -> Outcome:
        """What the documents themselves say where no fact answers."""
        if self._beyond is not None:
            return self._beyond.quote(question, turn, outcome)
        return self._quoter.answer(query, outcome, ())

    def quote(self, question: str, turn: Turn | None, outcome: Outcome) -> Outcome:
        """The sentences of the facts by which this would be answered, in place of an outcome that states nothing."""
        query = self._readings(question, turn)[0]
        would_be = self._answer(query, ())
        return self._quoter.answer(query, outcome, would_be.facts if would_be.status is Status.ANSWERED else ())

    def _answer(self, query: Query, told: Sequence[Entity]) -> Outcome:
        try:
            outcome = self._intents.answer(query)
            if outcome is not None:
                return outcome
            if means_nobody(query, self._phrasing):
                return self._endings.refusal(Reason.WHOM)
            if _is_noise(query):
                return self._endings.refusal(Reason.NOT_ABOUT)
            called = self._called_by_words(query)
            if called is not None:
                return called
            if query.units or query.anchor or query.told:
                return self._clauses.answer(query, self._documents.answer(query, told))
            happened = self._intents.happened(query) if query.ask in (Ask.WHAT, Ask.ANY) else None
            return happened or self._endings.refusal(Reason.NOT_ABOUT)
        except SearchTimeout:
            return self._endings.refusal(Reason.SLOW)

    def _called_by_words(self, query: Query) -> Outcome | None:
        """Whatever has the last words of a question in its name; most end in something that is understood."""
        if query.ask is not Ask.ANY or query.names or not query.units:
            return None
        last = query.units[-1]
        words = () if last.properties or last.kinds else introduced(query, self._phrasing)
        return self._intents.of_words(words) if words else None

    def _readings(self, question: str, turn: Turn | None) -> list[Query]:
        """How a question may be read after the turn before it, the likeliest first."""
        read = readings(partial(self._reader.read, question, self._today()), turn, self._phrasing, self._snapshot)
        return [meant_by_kind(query, self._phrasing, self._snapshot) for query in read]

    def _reply(self, outcome: Outcome, query: Query | None = None, before: Turn | None = None) -> Reply:
        # What tells choices apart, or is told in place of an answer, answers nothing.
        told = outcome.facts if outcome.status is Status.ANSWERED or outcome.answers else ()
        query = _settled(query, told) if query is not None else None
        sources = {source.key: source for source in (*[fact.source for fact in outcome.facts], *outcome.sources)}
        return Reply(
            status=outcome.status,
            text=outcome.text,
            reason=outcome.reason,
            facts=outcome.facts,
            sources=tuple(sources.values()),
            choices=outcome.choices,
            marks=outcome.marks,
            more=self._composer.is_cut(outcome.text),
            turn=self._turn(outcome, told, query, before or Turn()),
            asked=query,
        )

    def _turn(self, outcome: Outcome, told: tuple[Fact, ...], query: Query | None, before: Turn) -> Turn:
        """What the next question may lean on; one that names nobody itself and tells nothing goes on about the same."""
        topics, answers = self._topics(query) if query else (), outcome.answers
        if before.query is not None and not (told or answers):
            if not topics:
                return before
            if query is not None and query.leaning:
                return replace(before, facts=())
        named = [entity for entity in topics if entity.kind == "person"]
        people = named or [entity for entity in answers if entity.kind == "person"]
        person = people[0] if len(people) == 1 else None if people else before.person
        if query is not None and query.told and query.step is None:  # "where was that?" goes on about the same
            single = before.answers if len(before.answers) == 1 else ()
            topics, answers = (*single, *before.topics), ()
        return Turn(topics, told, answers, query, person, self._snapshot.seen_by)

    def _current(self, turn: Turn) -> Turn:
        """The turn as this snapshot has it; another load may have numbered the entities anew, or dropped some.

        Nothing leans on what was said to those who see more, or something else, than this snapshot is for.
        """
        if turn.seen_by != self._snapshot.seen_by:
            turn = Turn() if turn.seen_by else replace(turn, facts=(), query=None)
        named = (*turn.topics, *turn.answers, *([turn.person] if turn.person is not None else []))
        known = self._snapshot.entities(entity.id for entity in named)
        if all(known.get(entity.id) == entity for entity in named):
            return turn
        person = next(iter(self._again((turn.person,))), None) if turn.person is not None else None
        return Turn(self._again(turn.topics), answers=self._again(turn.answers), person=person)

    def _again(self, entities: Sequence[Entity]) -> tuple[Entity, ...]:
        found = (self._snapshot.entity_by_slug(entity.slug) for entity in entities)
        return tuple(entity for entity in found if entity is not None)

    def _topics(self, query: Query) -> tuple[Entity, ...]:
        ids = [entity for unit in query.names if unit.mention for entity in unit.mention.entities[:1]]
        return tuple(self._snapshot.entities(ids).values())


def _read(question: str, *, reader: Reader, phrasing: Phrasing, snapshot: Snapshot, today: Callable[[], date]) -> Query:
    """How a question is read that leans on no other."""
    return meant_by_kind(reader.read(question, today()), phrasing, snapshot)


def _has_many_words(question: str) -> bool:
    """Whether there are more than one question needs; a short text is not even looked at."""
    return len(question) >= 2 * MAX_WORDS and len(parts(clean(question))) > MAX_WORDS


def _is_noise(query: Query) -> bool:
    """Whether nothing is said but words that nobody knows, and that only resemble some of a text: "lolok"."""
    if not query.mended or query.ask is not Ask.ANY:
        return False
    slips = {written for written, _ in query.mended}
    return all(
        unit.text in slips and not (unit.mention or unit.properties or unit.kinds) for unit in query.units
    )  # fmt: skip


def _settled(query: Query, facts: Sequence[Fact]) -> Query:
    """The query with each name taken for those of its entities that the answer is about, for what is asked next."""
    if all(unit.mention is None or len(unit.mention.entities) == 1 for unit in query.names):
        return query
    held = {end.id for fact in facts for end in fact.ends}
    units = tuple([_meant(unit, held) for unit in query.units])
    return query if units == query.units else replace(query, units=units)


def _meant(unit: Unit, held: set[int]) -> Unit:
    """A name of several entities as that of those in `held`, if it has any of them."""
    mention = unit.mention
    if mention is None or len(mention.entities) == 1:
        return unit
    meant = tuple(entity for entity in mention.entities if entity in held)
    return unit._replace(mention=mention._replace(entities=meant)) if meant else unit
