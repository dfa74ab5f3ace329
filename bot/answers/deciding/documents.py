"""What one document tells, where a question points at it: of somebody, or whom it names; reads no document itself.

A document is known by the words of its title: "the article", "this essay", "Ida's report".
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from bot.answers.deciding.decide import Decider, Within
from bot.answers.finding.finding import Finding
from bot.answers.finding.match import BY_PROPERTY, BY_WORDS, Explained, Match, fits_kind
from bot.answers.finding.slot import NONE, UNKNOWN, Slot, status_of
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query, Unit
from bot.answers.wording.compose import LONG
from bot.answers.wording.markdown import bold, escape
from bot.answers.wording.outcome import Outcome
from bot.answers.wording.part import Means, Part
from bot.language.lexicon import KindWord
from bot.language.tokens import name_key
from bot.model.answer import Status
from bot.model.entity import Entity
from bot.model.fact import Fact, Source

_POINTING = frozenset({"the", "this", "that", "our", "your", "his", "her", "their"})
_PERSON = KindWord("person")
_LEADING = frozenset({"in", "on", "per", "from", "by", "to"})
_DOCUMENT = "publication"
_ACCORDING = "to"
_LONGEST = 3  # words that describe a document


_MOST = 1000  # facts of a property that are looked through


class Pointed(NamedTuple):
    """A document that a question points at."""

    source: Source
    words: range  # of the question that describe it
    tells: bool  # it is asked what the document tells; otherwise only where something stands


class Documents(Part):
    """Answers from one snapshot, and from the facts of one document where a question points at it."""

    def __init__(self, means: Means, decider: Decider) -> None:
        super().__init__(means)
        self._decider = decider

    def answer(self, query: Query, told: Sequence[Entity] = ()) -> Outcome:
        """The answer, out of the document alone that the question points at. Raises SearchTimeout."""
        pointed = self._pointed_at(query)
        if pointed is None:
            plain = self._decider.answer(query, told)
            return (self._as_cited(query, told) if plain.status is Status.UNKNOWN else None) or plain
        units = [unit for unit in query.units if unit.start not in pointed.words and not self._only_tells(unit)]
        named = self._whom_it_names(query, pointed.source, units)
        if named is None and pointed.tells:
            named = self._what_it_lists(query, pointed.source, units)
        if named is not None:
            return named
        beside = tuple(unit for unit in query.units if unit.start not in pointed.words)
        asked = replace(query, units=beside) if any(unit.mention for unit in beside) else query
        outcome = self._decider.answer(asked, told, Within(pointed.source.key, strictly=pointed.tells))
        if outcome.status is Status.UNKNOWN and pointed.tells:
            return self._what_it_says(query, pointed.source, units) or outcome
        return outcome

    def _as_cited(self, query: Query, told: Sequence[Entity]) -> Outcome | None:
        """The answer out of a document that is named where a thing stands ("in the Acme report"); None without one."""
        for unit in query.names:
            place = unit.start - 1
            while place > 0 and query.keys[place] in _POINTING:
                place -= 1
            if len(query.names) == 1 or place < 0 or query.keys[place] not in _LEADING:
                continue
            source = self._source_of(unit)
            if source is not None:
                asked = replace(query, units=tuple([one for one in query.units if one is not unit]))
                return self._decider.answer(asked, told, Within(source.key, strictly=True))
        return None

    def _source_of(self, unit: Unit) -> Source | None:
        """The source that a name is that of, by its title."""
        named = self._snapshot.entities(unit.mention.entities if unit.mention else ()).values()
        titles = [name_key(one.name) for one in named if one.kind == _DOCUMENT]
        found = [source for source in self._sources.values() if any(one in name_key(source.title) for one in titles)]
        return found[0] if len(found) == 1 else None

    def _whom_it_names(self, query: Query, source: Source, units: Sequence[Unit]) -> Outcome | None:
        """Those of a kind whom it mentions; None where more is asked than "which people does the article mention"."""
        if len(units) > 1 or query.ask not in (Ask.WHO, Ask.WHAT) or query.anchor or query.times or query.pick:
            return None
        if not units and query.ask is not Ask.WHO:
            return None
        for kind in [kind for unit in units for kind in unit.kinds if unit.asked] if units else [_PERSON]:
            told = [row for row in self._snapshot.told_in(source.key, kind.kind) if fits_kind(row[0], [kind])]
            if told:
                return self._named(source, kind, told)
        return None

    def _what_it_lists(self, query: Query, source: Source, units: Sequence[Unit]) -> Outcome | None:
        """All values that it gives of what "which traits does the essay list" names; None where more is asked."""
        if query.ask not in (Ask.WHAT, Ask.HOW_MANY) or query.anchor or query.times or query.pick:
            return None
        asked = next((unit for unit in units if unit.asked and not unit.kinds), None)
        if asked is None or any(unit.mention for unit in units):
            return None
        properties = self._snapshot.vocabulary.properties
        names = {name for name in _named_by(asked) if not properties[name].open}  # nobody counts what somebody says
        findings = [
            Finding(Match(fact, explained), Slot("value", fact.value), (), _never)
            for fact in self._snapshot.facts_with(names, _MOST)
            if fact.source.key == source.key and status_of(fact) not in (UNKNOWN, NONE)
            if len(explained := _explained(fact, query, units)) == len(units)
        ]
        if len({one.fact.property for one in findings}) != 1:
            return None
        return self._decider.told(findings, query)

    def _what_it_says(self, query: Query, source: Source, units: Sequence[Unit]) -> Outcome | None:
        """What it tells of those whom the question names; None where more is asked, or nothing told."""
        mentions = [unit.mention for unit in units if unit.mention is not None and len(unit.mention.entities) == 1]
        if not mentions or len(mentions) < len(units) or query.ask not in (Ask.WHAT, Ask.YES_NO, Ask.ANY):
            return None
        each = [self._snapshot.facts_of(mention.entities[0], limit=300) for mention in mentions]
        shared = set.intersection(*({fact.id for fact in facts} for facts in each))
        facts = [fact for fact in each[0] if fact.id in shared and fact.source.key == source.key]
        facts = [fact for fact in facts if status_of(fact) not in (UNKNOWN, NONE)]
        return self._said(source, query, facts) if facts else None

    def _named(self, source: Source, kind: KindWord, told: list[tuple[Entity, Fact]]) -> Outcome:
        items, kept = self._composer.fit([escape(entity.name) for entity, _ in told], LONG)
        label = self._snapshot.vocabulary.kinds[kind.kind]
        word = label.label if len(told) == 1 else label.plural
        text = self._replies.render(
            "documents.names", source=bold(source.title), count=len(told), label=word, items=items
        )
        shown = told[:kept]
        return Outcome(
            Status.ANSWERED, text, None, tuple(fact for _, fact in shown), tuple(entity for entity, _ in shown)
        )

    def _said(self, source: Source, query: Query, facts: list[Fact]) -> Outcome:
        if query.ask is Ask.YES_NO:
            text = self._replies.render("yes_no.yes", sentence=self._composer.sentences.full(facts[0]))
            return Outcome(Status.ANSWERED, text, None, (facts[0],))
        items, kept = self._composer.plain_list(facts, LONG)
        text = self._replies.render("documents.says", source=bold(source.title), items=items)
        return Outcome(Status.ANSWERED, text, None, tuple(kept))

    def _pointed_at(self, query: Query) -> Pointed | None:
        """The document; None: there is none, nobody knows which, or it is not asked what stands in it."""
        if self._phrasing.documents.isdisjoint(query.keys):
            return None
        tells = not self._phrasing.naming.isdisjoint(query.keys)
        owners = {unit.end: unit for unit in query.names}
        for place, before in enumerate(query.keys[:-1], 1):
            owner = owners.get(place)
            if owner is None and before not in _POINTING:
                continue
            start = place - 1 if owner is None else owner.start
            leads = query.keys[start - 1] if start else ""
            if not tells and leads not in _LEADING:
                continue
            for end in range(min(place + _LONGEST, len(query.keys)), place, -1):
                source = self._titled(query.keys[place:end], owner)
                if source is not None:
                    return Pointed(source, range(start, end), tells or leads == _ACCORDING)
        return None

    def _only_tells(self, unit: Unit) -> bool:
        """Whether a unit is but the verb of telling, or a filler."""
        words = name_key(unit.text).split()
        return unit.mention is None and (unit.optional or self._phrasing.naming.issuperset(words))

    def _titled(self, words: Sequence[str], owner: Unit | None) -> Source | None:
        """The only source whose title has all the words, and the name of whose it is said to be."""
        if self._phrasing.documents.isdisjoint(words):
            return None
        keys = frozenset.intersection(*(self._titles.get(word, frozenset()) for word in words))
        if owner is not None and owner.mention is not None:
            names = [name_key(one.name).split() for one in self._snapshot.entities(owner.mention.entities).values()]
            keys = frozenset(key for key in keys if any(self._is_of(key, name) for name in names))
        return self._sources[next(iter(keys))] if len(keys) == 1 else None

    def _is_of(self, key: str, name: Sequence[str]) -> bool:
        source = self._sources[key]
        return set(name) <= set(name_key(f"{source.title} {source.author or ''}").split())

    @cached_property
    def _sources(self) -> dict[str, Source]:
        self._snapshot.take_time()
        return {source.key: source for source, _ in self._snapshot.sources()}

    @cached_property
    def _titles(self) -> dict[str, frozenset[str]]:
        """The keys of sources by the words of their titles."""
        found: dict[str, set[str]] = {}
        for key, source in self._sources.items():
            for word in name_key(source.title).split():
                found.setdefault(word, set()).add(key)
        return {word: frozenset(keys) for word, keys in found.items()}


def _named_by(unit: Unit) -> set[str]:
    """The properties of which the word, as a noun, names the values."""
    return {reading.property for reading in unit.properties if not reading.verb and reading.side != "subject"}


def _explained(fact: Fact, query: Query, units: Sequence[Unit]) -> dict[int, Explained]:
    """The units that name the fact's property, or stand among its words."""
    explained: dict[int, Explained] = {}
    for position, unit in enumerate(query.units):
        reading = next((one for one in unit.properties if one.property == fact.property and not one.verb), None)
        if unit in units and (reading or any(fact.words.issuperset(stems) for stems in unit.stems)):
            explained[position] = Explained(BY_PROPERTY if reading else BY_WORDS, reading=reading)
    return explained


def _never() -> None:
    """No time: the values that a document lists are not compared by theirs."""
