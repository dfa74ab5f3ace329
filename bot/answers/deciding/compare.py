"""Compares two of the question, or all of a kind, by what is recorded of each; guesses no missing figure or date."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from bot.answers.finding.finding import Finding
from bot.answers.finding.match import Match
from bot.answers.finding.periods import days, time_of
from bot.answers.finding.slot import Slot, asked_part, status_of
from bot.answers.reading.degrees import Degree
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query, Unit
from bot.answers.wording.markdown import Ready, bold
from bot.answers.wording.outcome import Outcome, Reason
from bot.answers.wording.part import Means, Part
from bot.language.amounts import Amount, amount_of, comparable
from bot.language.tokens import name_key
from bot.model.answer import Status
from bot.model.entity import Entity
from bot.model.fact import Fact, Value
from bot.model.partial_date import PartialDate

_JOINING = frozenset({"or", "and", "than", "vs", "versus"})
_OR = frozenset({"or", "vs", "versus"})  # "did she stay longer at Acme or at Loom" wants one of the two
_EARLIER, _LATER = "earlier", "later"
_SMALL = frozenset({"the", "a", "an", "at", "in", "his", "her", "their", "of", "is", "was", "one"})
_MOST = 200  # entities of a kind
_ENOUGH = 2  # measured, for one of them to be the most
_DATED = frozenset({"age", "date"})
_WORKS = frozenset({"project", "publication", "event"})  # how old they are is told by any date of theirs


class _Measure(NamedTuple):
    """What is compared of one of them, with the fact that tells it."""

    entity: Entity | None
    fact: Fact
    amount: Amount | None = None
    date: PartialDate | None = None
    length: int | None = None  # days

    def exceeds(self, other: "_Measure") -> bool | None:
        """Whether it is the greater one, or the earlier one; None where the two cannot be told apart."""
        if self.date is not None and other.date is not None:
            return _is_earlier(self.date, other.date)
        if self.length is not None and other.length is not None:
            return None if self.length == other.length else self.length > other.length
        if self.amount is None or other.amount is None or not comparable(self.amount, other.amount):
            return None
        return None if self.amount.figure == other.amount.figure else self.amount > other.amount


class Comparer(Part):
    """Answers questions that compare, from one snapshot."""

    def __init__(self, means: Means, find: Callable[[Query], Sequence[Finding]]) -> None:
        """`find`: what answers a question that compares nothing."""
        super().__init__(means)
        self._find = find

    def answer(self, query: Query) -> Outcome | None:
        """Which of two is more, or the most of all; None where the question compares nothing that is recorded."""
        if query.anchor is not None:
            return self._before(query)
        degree = self._phrasing.degrees.find(query.keys)
        if degree is None or query.told:
            return None
        pair = _pair(query)
        if pair is not None:
            return self._of_two(query, degree, pair)
        if not degree.superlative or query.ask is Ask.YES_NO or query.times:
            return None
        return self._of_all(query, degree)

    def is_of_all(self, query: Query) -> str | None:
        """The word by which the one that is most of a figure is asked for, if any; several are then no answer."""
        degree = self._phrasing.degrees.find(query.keys)
        if degree is not None and degree.superlative and query.pick is None:
            return degree.word
        return self._phrasing.degrees.most(query.keys) if query.pick is None else None

    def is_unsaid(self, query: Query, facts: Sequence[Fact]) -> bool:
        """Whether the question is for "the most cited" and no text has that word."""
        word = self._phrasing.degrees.of_all(query.keys) if query.pick is None else None
        return word is not None and not any(word in name_key(fact.value.text).split() for fact in facts)

    def incomparable(self, word: str) -> Outcome:
        """Too little is known to tell which one it is."""
        return Outcome(Status.UNKNOWN, self._replies.render("compare.incomparable", word=word), Reason.NOTHING)

    def _before(self, query: Query) -> Outcome | None:
        """The same asked of both, where the question is whether one came before the other."""
        anchor = query.anchor
        if anchor is None or query.ask is not Ask.YES_NO:
            return None
        subject = next((unit for unit in reversed(query.names) if unit.end <= anchor.unit.start), None)
        if subject is None or not self._is_subject(subject, query):
            return None
        named = self._of_same_kind(subject, anchor.unit)
        if named is None:
            return None
        other = named._replace(start=subject.start, end=subject.end, agent=subject.agent, preposition=None)
        rest = [unit for unit in query.units if unit is not anchor.unit]
        swapped = [other if unit is subject else unit for unit in rest]
        both = [self._timed(replace(query, units=tuple(u), anchor=None), "order") for u in (rest, swapped)]
        if both[0] is None or both[1] is None:
            return None
        earlier = both[0].exceeds(both[1])
        if earlier is None:
            return self.incomparable(_EARLIER if anchor.earlier else _LATER)
        return self._verdict(both[0], both[1], holds=earlier is anchor.earlier)

    def _is_subject(self, unit: Unit, query: Query) -> bool:
        """Whether a name is that of which the question asks: the first, or that behind the name of whose it is."""
        before = query.names[: query.names.index(unit)]
        if not before:
            return not any(key not in _SMALL for key in query.keys[1 : unit.start])
        return len(before) == 1 and before[0].start == 1

    def _of_same_kind(self, subject: Unit, other: Unit) -> Unit | None:
        """The other name, where it is of the same kind; of a work or event, else the one that is tied to that name.

        "The Acme talk" and "the one at Loom" are two talks, of one person if there are several at Loom.
        """
        one, two = self._meant(subject), self._meant(other)
        kinds = {entity.kind for entity in one}
        if len(kinds) == 1 and kinds == {entity.kind for entity in two}:
            return other
        if len(one) != 1 or len(two) != 1 or one[0].kind not in _WORKS or other.mention is None:
            return None
        people = set(self._tied(one[0], "person"))
        tied = [entity for entity in self._tied(two[0], one[0].kind).values() if entity.id != one[0].id]
        own = [entity for entity in tied if set(one[0].types) & set(entity.types)]
        if len(own) > 1:
            own = [entity for entity in own if people & set(self._tied(entity, "person"))]
        return other._replace(mention=other.mention._replace(entities=(own[0].id,))) if len(own) == 1 else None

    def _tied(self, entity: Entity, kind: str) -> dict[int, Entity]:
        """Those of a kind that a fact ties to an entity."""
        facts = self._snapshot.facts_of(entity.id, limit=_MOST)
        return {end.id: end for fact in facts for end in fact.ends if end.kind == kind and end.id != entity.id}

    def _of_two(self, query: Query, degree: Degree, pair: tuple[Unit, Unit]) -> Outcome | None:
        both = self._measures_of(query, degree, pair)
        if both is None:
            return None
        one, other = both
        more = one.exceeds(other)
        if query.ask is Ask.YES_NO and query.keys[pair[1].start - 1] not in _OR and query.keys[pair[0].end] not in _OR:
            return self._verdict(one, other, holds=more is degree.more) if more is not None else None
        sentences = self._sentences(one, other)
        if more is None:
            return None
        chosen = pair[0] if more is degree.more else pair[1]
        entity = self._meant(chosen)[0]
        text = self._replies.render("compare.one", name=bold(entity.name), sentences=sentences)
        return Outcome(Status.ANSWERED, text, None, (one.fact, other.fact), (entity,))

    def _verdict(self, one: _Measure, other: _Measure, *, holds: bool) -> Outcome:
        text = self._replies.render("yes_no.yes" if holds else "yes_no.no", sentence=self._sentences(one, other))
        return Outcome(Status.ANSWERED, text, None, (one.fact, other.fact))

    def _sentences(self, one: _Measure, other: _Measure) -> Ready:
        return Ready(" ".join(f"{self._composer.sentences.full(m.fact).rstrip('.')}." for m in (one, other)))

    def _measures_of(self, query: Query, degree: Degree, pair: tuple[Unit, Unit]) -> tuple[_Measure, _Measure] | None:
        """What is compared of both: a figure or an age that is recorded of them, or when and how long the rest held."""
        rest = [unit for unit in query.units if unit not in pair and not _is_of(unit, degree)]
        said = [unit for unit in rest if not unit.optional and not unit.kinds and unit.mention is None]
        ends = [self._meant(unit) for unit in pair]
        if any(len(meant) != 1 for meant in ends):
            return None
        if not said and degree.measures:
            for name in self._properties(degree):
                one, other = (self._measure(meant[0], name, degree) for meant in ends)
                if one is not None and other is not None:
                    return one, other
        if degree.time not in ("order", "length"):
            return None
        both = []
        for unit in pair:
            alone = tuple(sorted((*rest, unit._replace(after_name=False)), key=lambda one: one.start))
            both.append(self._timed(replace(query, units=alone), degree.time))
        return (both[0], both[1]) if both[0] is not None and both[1] is not None else None

    def _timed(self, query: Query, time: str) -> _Measure | None:
        """When something began, or how long it lasted, where one fact alone tells it."""
        ask = Ask.HOW_LONG if time == "length" else Ask.WHEN
        findings = self._find(replace(query, ask=ask, pick=None, former=False))
        if len({one.fact.id for one in findings}) != 1:
            return None
        finding = findings[0]
        fact = finding.fact
        if time == "length":
            length = days(fact.period) if fact.end is not None else None
            return _Measure(None, fact, length=length) if length is not None else None
        part = asked_part(finding.match)
        period = time_of(fact, self._snapshot.vocabulary, part) or finding.period
        date = fact.value.date
        if date is None and period is not None:
            date = period.end if part == "end" else period.start
        return _Measure(None, fact, date=date) if date is not None else None

    def _of_all(self, query: Query, degree: Degree) -> Outcome | None:
        """The one of a kind that is most; by its figures, of persons by their age."""
        properties = self._properties(degree)
        if not properties:
            return None
        candidates = self._candidates(query, degree)
        if degree.time == "age" and query.ask is Ask.WHO:
            candidates = [entity for entity in candidates if entity.kind == "person"]
        elif degree.time in _DATED and any(entity.kind != "person" for entity in candidates):
            return None  # the oldest of anything else is the first of them
        for name in properties:
            measures = [one for entity in candidates if (one := self._measure(entity, name, degree)) is not None]
            best = _most(measures, more=degree.more)
            if best is not None and best.entity is not None:
                slot = Slot("subject", Value(best.entity.name, best.entity))
                text, facts = self._composer.facts([Finding(Match(best.fact, {}), slot, (), lambda: None)], query)
                return Outcome(Status.ANSWERED, text, None, tuple(facts), (best.entity,))
        return self.incomparable(degree.word) if degree.time == "age" and query.ask is Ask.WHO else None

    def _candidates(self, query: Query, degree: Degree) -> list[Entity]:
        """All that the rest of the question speaks of."""
        rest = tuple(unit for unit in query.units if not _is_of(unit, degree))
        needed = [unit for unit in rest if not unit.optional]
        kinds = [kind for unit in needed for kind in unit.kinds]
        if not needed and query.ask is Ask.WHO:
            return self._snapshot.entities_of("person", None, _MOST)
        if all(unit.kinds for unit in needed) and not any(unit.mention for unit in needed):
            return [e for kind in kinds for e in self._snapshot.entities_of(kind.kind, kind.type, _MOST)]
        ask = query.ask if query.ask is Ask.WHO else Ask.WHAT
        found = self._find(replace(query, units=rest, pick=None, ask=ask))
        return list({one.answer.id: one.answer for one in found if one.answer is not None}.values())

    def _properties(self, degree: Degree) -> list[str]:
        """The properties that are measured so, by the words of the vocabulary."""
        named = [
            reading.property
            for word in degree.measures
            for phrase in self._lexicon.phrases(self._lexicon.stems(word), (word,))
            for reading in phrase.properties
        ]
        dated = [name for name, prop in self._snapshot.vocabulary.properties.items() if prop.literal == "date"]
        names = [*named, *dated] if degree.time in _DATED else named
        return list(dict.fromkeys(names))

    def _measure(self, entity: Entity, name: str, degree: Degree) -> _Measure | None:
        """The only figure, or date, of that property that is recorded of an entity."""
        prop = self._snapshot.vocabulary.properties[name]
        facts = [f for f in self._snapshot.facts_of(entity.id, (name,), "s", 5) if status_of(f) is None]
        if len(facts) != 1:
            return None
        fact = facts[0]
        if degree.time in _DATED:
            own = entity.kind in _WORKS or ((entity.kind != "person" or degree.time == "age") and "age" in prop.nouns)
            date = fact.value.date if own and not prop.closes else None
            return _Measure(entity, fact, date=date) if date is not None else None
        amount = Amount(fact.value.number, "") if fact.value.number is not None else amount_of(fact.value.text)
        return _Measure(entity, fact, amount=amount) if amount is not None else None

    def _meant(self, unit: Unit) -> list[Entity]:
        return list(self._snapshot.entities(unit.mention.entities if unit.mention else ()).values())


def _most(measures: Sequence[_Measure], *, more: bool) -> _Measure | None:
    """The one that is surely more than every other one."""
    if len(measures) < _ENOUGH:
        return None
    for one in measures:
        if all(one is other or one.exceeds(other) is more for other in measures):
            return one
    return None


def _is_earlier(one: PartialDate, other: PartialDate) -> bool | None:
    """Whether a date lies before another, whatever days the two may mean; None where they may mean the same."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return None
    if one.last < other.first:
        return True
    return False if other.last < one.first else None


def _pair(query: Query) -> tuple[Unit, Unit] | None:
    """Two names with nothing but "or" or "than" between them, or a degree and "than"."""
    names = query.names
    for one, other in pairwise(names):
        kinds = {place for unit in query.words if unit.kinds for place in range(unit.start, unit.end)}
        between = _said([query.keys[place] for place in range(one.end, other.start) if place not in kinds])
        if between and between[-1] in _JOINING and (between[-1] == "than" or len(between) == 1):
            return one, other
    return None


def _said(keys: Iterable[str]) -> list[str]:
    return [key for key in keys if key not in _SMALL]


def _is_of(unit: Unit, degree: Degree) -> bool:
    return unit.mention is None and unit.start in degree.place
