"""What is recorded in place of what a question takes for granted; finds facts, words nothing."""

from collections.abc import Sequence

from bot.answers.finding.finding import Found
from bot.answers.finding.match import SUBJECT, Match
from bot.answers.finding.role import ROLES
from bot.answers.finding.slot import NONE, UNKNOWN, status_of
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query, Unit
from bot.language.fact_words import stems_of
from bot.model.entity import Entity
from bot.model.fact import Fact
from bot.store.snapshot import Snapshot

_MOST = 6  # facts
_LIKE = 20  # facts with the words of a role that are looked at


class Premises:
    """Finds what speaks against questions, in one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def against(self, query: Query, found: Found) -> list[Fact]:
        """Facts that differ from what the question says in one thing only; empty where there are none."""
        matches = self._of_role(query, found) or self._of_property(query, found) or self._like_the_other(query, found)
        facts = [match.fact for match in matches if status_of(match.fact) not in (UNKNOWN, NONE)]
        facts = [fact for fact in facts if self._is_of_missing_type(fact, query)] or facts
        return sorted(facts, key=lambda fact: not self._is_of_missing_kind(fact, query))[:_MOST]

    def _of_property(self, query: Query, found: Found) -> list[Match]:
        """Facts of the named that the question's property picks, though something else in it does not fit them."""
        if len(query.names) < 2 and query.ask is not Ask.YES_NO and not query.times:
            return []
        picked = [
            match
            for match in found.partial
            if match.readings and any(r.property == match.fact.property for r in match.readings)
        ]
        if not picked:
            return []
        needed = [position for position, unit in enumerate(query.units) if not unit.optional]
        picked = [match for match in picked if _only_names_missing(match, query, needed)]
        picked = [match for match in picked if _of_first_name(match, query)] or [
            match for match in picked if query.ask is Ask.YES_NO and match.bound(SUBJECT)
        ]
        if not picked:
            return []
        best = max(match.score for match in picked)
        return [match for match in picked if match.score >= best - 0.5]

    def _like_the_other(self, query: Query, found: Found) -> list[Match]:
        """For "is A a B?", the facts that give A something of B's kind."""
        if query.ask is not Ask.YES_NO or len(query.names) != 2 or any(not unit.optional for unit in query.words):
            return []
        kinds = {entity.kind for entity in self._meant(query.names[1])}
        first = next(position for position, unit in enumerate(query.units) if unit.mention)
        return [
            match
            for match in found.partial
            if (one := match.explained.get(first)) is not None
            and one.role == SUBJECT
            and match.fact.value.entity is not None
            and match.fact.value.entity.kind in kinds
        ]

    def _of_role(self, query: Query, found: Found) -> list[Match]:
        """For "was A the president of B?", the roles that A has there, if such a role is known of anybody."""
        words = [unit for unit in query.words if not unit.optional]
        if query.ask is not Ask.YES_NO or not query.names or not words:
            return []
        if not all(self._is_role(unit) for unit in words):
            return []
        names = [position for position, unit in enumerate(query.units) if unit.mention]
        return [
            match
            for match in found.partial
            if all(position in match.explained for position in names)
            and any(qualifier.property in ROLES for qualifier in match.fact.qualifiers)
        ]

    def _is_role(self, unit: Unit) -> bool:
        """Whether someone's recorded role has the word."""
        for stems in unit.stems:
            for fact in self._snapshot.search_facts([[part] for part in stems], _LIKE):
                if any(stems_of([q.value.text], ()).issuperset(stems) for q in fact.qualifiers if q.property in ROLES):
                    return True
        return False

    def _is_of_missing_kind(self, fact: Fact, query: Query) -> bool:
        """Whether the fact has, in the place of a name that it lacks, another of that kind."""
        missing = {entity.kind for entity in self._missing(fact, query)}
        return fact.value.entity is not None and fact.value.entity.kind in missing

    def _is_of_missing_type(self, fact: Fact, query: Query) -> bool:
        """Whether its property is one of what such a name is: where somebody studied, if it is that of a university."""
        nouns = self._snapshot.vocabulary.properties[fact.property].nouns
        return any(not set(nouns).isdisjoint(entity.types) for entity in self._missing(fact, query))

    def _missing(self, fact: Fact, query: Query) -> list[Entity]:
        """Those whom the question names and the fact does not hold."""
        held = {end.id for end in fact.ends}
        return [entity for unit in query.names for entity in self._meant(unit) if entity.id not in held]

    def _meant(self, unit: Unit) -> list[Entity]:
        return list(self._snapshot.entities(unit.mention.entities if unit.mention else ()).values())


def _of_first_name(match: Match, query: Query) -> bool:
    first = next((position for position, unit in enumerate(query.units) if unit.mention), None)
    return first in match.explained


def _only_names_missing(match: Match, query: Query, needed: Sequence[int]) -> bool:
    """Whether all that a fact leaves open is one name or figure, or the time: that speaks against it."""
    missing = [query.units[position] for position in needed if position not in match.explained]
    if not missing:
        return bool(query.times)
    if len(missing) == 1 and missing[0].text.replace(",", "").isdigit():  # "does it have 40 members?"
        return any(char.isdigit() for char in match.fact.value.text)
    return len(missing) == 1 and (missing[0].mention is not None or missing[0].text[:1].isupper())
