"""Who of a role came or went: "which engineers joined in 2018" asks for persons, and each has to be an engineer."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.finding.bridge import DESCRIBING
from bot.answers.finding.finding import Finding
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query, Unit
from bot.language.fact_words import stems_told
from bot.language.lexicon import Lexicon, Stems
from bot.language.tokens import stem
from bot.model.fact import Fact
from bot.store.snapshot import Snapshot

_THINGS = frozenset({"event", "publication", "organization", "place"})
_LEADER = "leader"
_MOST = 100  # facts of one person
_ANY_PART = "contributor"  # of all who had a part in something, whatever their trade
_ROLED = frozenset({*DESCRIBING, "worksFor", "memberOf"})


def asked_role(query: Query, lexicon: Lexicon) -> Unit | None:
    """The noun for persons of whom it is asked who came or went; None where that is not what is asked."""
    if query.ask is not Ask.WHAT or query.anchor is not None:
        return None
    asked = next((unit for unit in query.words if unit.asked), None)
    if asked is None:
        return None
    moves = any(
        unit is not asked and unit.properties and all(reading.verb for reading in unit.properties)
        and any(reading.part != "all" for reading in unit.properties)
        for unit in query.words
    )  # fmt: skip
    properties = lexicon.vocabulary.properties
    persons = any(
        not reading.verb and "person" in properties[reading.property].type and reading.side == "value"
        for reading in asked.properties
    )
    things = any(kind.kind in _THINGS for kind in asked.kinds)
    return asked if moves and persons and not things else None


def as_movers(query: Query, role: Unit) -> Query:
    """The question for whoever came or went."""
    return replace(query, ask=Ask.WHO, units=tuple(unit for unit in query.units if unit is not role))


def of_role(findings: Sequence[Finding], role: Unit, snapshot: Snapshot) -> list[Finding]:
    """Those of the findings that tell somebody of whom the role is recorded."""
    named = {reading.property for reading in role.properties if not reading.verb}
    words = set(role.stems)
    if _LEADER in named:
        words.update((stem(word),) for word in snapshot.vocabulary.leading)
    return [one for one in findings if one.answer is not None and _has(one.answer.id, words, named, snapshot)]


def _has(person: int, words: set[Stems], named: set[str], snapshot: Snapshot) -> bool:
    return any(_says(fact, person, words, named) for fact in snapshot.facts_of(person, None, None, _MOST))


def _says(fact: Fact, person: int, words: set[Stems], named: set[str]) -> bool:
    if fact.property in named and fact.value.entity is not None and fact.value.entity.id == person:
        return fact.property != _ANY_PART
    if fact.subject.id != person or fact.property not in _ROLED:
        return False
    told = stems_told(fact)
    return any(told.issuperset(stems) for stems in words)
