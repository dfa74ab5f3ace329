"""Whether two people worked together, by what both made or where both were; guesses no meeting of the two."""

from collections.abc import Sequence
from itertools import product

from bot.answers.deciding.unknown import Unknown
from bot.answers.finding.periods import time_of
from bot.answers.finding.slot import NONE, UNKNOWN, status_of
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query
from bot.answers.wording.markdown import Ready
from bot.answers.wording.outcome import Outcome
from bot.answers.wording.part import Means, Part
from bot.model.answer import Status
from bot.model.entity import Entity
from bot.model.fact import Fact
from bot.model.partial_date import Period
from bot.model.vocabulary import Vocabulary

TOGETHER = frozenset({"together", "jointly"})
_COLLEAGUE = "colleague"
_WORK = "worksFor"
_WORKS = frozenset({"project", "publication"})
_MOST = 300  # facts of one person


class Together(Part):
    """Answers from one snapshot."""

    def __init__(self, means: Means, unknown: Unknown) -> None:
        super().__init__(means)
        self._unknown = unknown

    def answer(self, query: Query) -> Outcome | None:
        """Yes, with the facts of both that show it, or why that is not known; None where that is not asked."""
        pair = self._pair(query) if query.ask is Ask.YES_NO else None
        if pair is None:
            return None
        one, other = (self._ties(person) for person in pair)
        same = [(a[1], b[1]) for a, b in product(one, other) if a[0] == b[0] and a[1].property == b[1].property]
        proved = next((both for both in same if self._is_joint(*both)), None)
        if proved is not None:
            return self._worded(proved, "yes_no.yes")
        at_work = next(
            (both for both in same if both[0].property == _WORK), None
        )  # at one time, or one after the other
        return self._unknown.nothing(query) if at_work is None else self._worded(at_work, "yes_no.recorded")

    def _pair(self, query: Query) -> Sequence[Entity] | None:
        """The two people, where the question is whether they worked together."""
        if len(query.names) != 2 or len([unit for unit in query.words if not unit.optional]) != 1 or query.times:
            return None
        named = {reading.property for unit in query.words for reading in unit.properties}
        if _COLLEAGUE not in named and (_WORK not in named or TOGETHER.isdisjoint(query.keys)):
            return None
        meant = [unit.mention.entities for unit in query.names if unit.mention]
        people = self._snapshot.entities([entity for entities in meant for entity in entities]).values()
        if any(len(entities) != 1 for entities in meant) or any(one.kind != "person" for one in people):
            return None
        one, other = people if len(people) == 2 else (None, None)
        if one is None or other is None:
            return None
        told = self._snapshot.facts_between(one.id, other.id, _MOST)
        return None if any(fact.property == _COLLEAGUE for fact in told) else (one, other)

    def _ties(self, person: Entity) -> list[tuple[int, Fact]]:
        """Where somebody worked or led, and what somebody had a part in, with the facts."""
        properties = self._snapshot.vocabulary.properties
        ties: list[tuple[int, Fact]] = []
        for fact in self._snapshot.facts_of(person.id, limit=_MOST):
            end = fact.value.entity
            if end is None or status_of(fact) in (UNKNOWN, NONE):
                continue
            if (
                end.id == person.id
                and fact.subject.kind in _WORKS
                and properties[fact.property].type[:1] == ("person",)
            ):
                ties.append((fact.subject.id, fact))
            elif fact.property == _WORK and fact.subject.id == person.id:
                ties.append((end.id, fact))
        return ties

    def _is_joint(self, one: Fact, other: Fact) -> bool:
        """Whether two had a part in one work, or surely were at one place on some same day."""
        vocabulary = self._snapshot.vocabulary
        return not vocabulary.properties[one.property].lasting or _met(one, other, vocabulary)

    def _worded(self, both: tuple[Fact, Fact], verdict: str) -> Outcome:
        sentence = Ready(" ".join([self._composer.sentences.full(fact) for fact in both]))
        return Outcome(Status.ANSWERED, self._replies.render(verdict, sentence=sentence), None, both)


def _met(one: Fact, other: Fact, vocabulary: Vocabulary) -> bool:
    """Whether the two were there on some same day, whatever days the dates may mean."""
    first, second = time_of(one, vocabulary), time_of(other, vocabulary)
    return first is not None and second is not None and (_held_at_edge(first, second) or _held_at_edge(second, first))


def _held_at_edge(one: Period, other: Period) -> bool:
    """Whether all of the first or the last date of a period surely lies within the other."""
    start, end = other.start, other.end
    begun = start.last if start is not None else None
    over = end.first if end is not None else None
    if begun is None or (end is not None and over is None):
        return False
    edges = [edge for edge in (one.start, one.end) if edge is not None]
    return any(
        edge.first is not None and edge.last is not None and begun <= edge.first and (over is None or edge.last <= over)
        for edge in edges
    )
