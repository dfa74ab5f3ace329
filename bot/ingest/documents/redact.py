"""What a document says without those who were removed from the knowledge; decides by names, and reads nothing.

Left out is whoever has a removed name, every fact that names them, every passage and every line that does; of what
proves other facts only the name is masked. Another name that a document gives the same entity is reported, so that it
counts as removed everywhere.
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.ingest.documents.reading import Reading
from bot.language.tokens import clean, parts, words_of
from bot.model.entity import EntityDraft, EntityRef
from bot.model.fact import FactDraft, Source, ValueDraft
from bot.model.problem import Problem
from bot.store.tombstones import MASK, Tombstones

_TELLING = 2  # words of a name by which alone somebody is known; a single word may be part of anybody's name
_SHORTEST_PART = 3


def redact(reading: Reading, removed: Tombstones) -> tuple[Reading, frozenset[str]]:
    """The reading without the removed, and the hashes of further names that it gives them."""
    gone = [item for item in reading.entities if _is_gone(item, removed)]
    spelt = [name for item in gone if _is_same(item, removed) for name in _telling(item)]
    referred = {ref.name for fact in reading.facts for ref in _refs(fact) if _refers(ref, removed)}
    called = _called(gone, referred)
    entities = [_without_aliases(item, removed) for item in reading.entities if item not in gone]
    facts = [
        _masked(fact, removed)
        for fact in reading.facts
        if not any(_refers(ref, removed) for ref in _refs(fact)) and not removed.names(fact.source, *_texts(fact))
    ]
    passages = [
        passage
        for passage in reading.passages
        if not (passage.about is not None and _refers(passage.about, removed))
        and not removed.names(passage.title, passage.section, passage.text)
        and not _calls(passage.text, called)
    ]
    unplaced = [
        line for line in reading.unplaced if not removed.names(line.text, line.why) and not _calls(line.text, called)
    ]
    left = Reading(
        tuple(entities), tuple(facts), tuple(passages), tuple(without_names(reading.problems, removed)),
        tuple(unplaced), None if reading.source is None else source_without(reading.source, removed), reading.audiences,
    )  # fmt: skip
    return left, removed.hashes_of(spelt)


def source_without(source: Source, removed: Tombstones) -> Source:
    """A source that names none of the removed."""

    def unless_named(text: str | None) -> str | None:
        return None if removed.names(text) else text

    return replace(
        source, title=removed.masked(source.title), author=unless_named(source.author),
        publisher=unless_named(source.publisher), url=unless_named(source.url), note=unless_named(source.note),
    )  # fmt: skip


def without_names(problems: Iterable[Problem], removed: Tombstones) -> list[Problem]:
    """The problems without their words where those name one of the removed."""
    if not removed:
        return list(problems)
    return [
        problem
        if not removed.names(problem.message, problem.text)
        else replace(problem, message=removed.masked(problem.message), text=MASK)
        for problem in problems
        if not removed.names(problem.document)
    ]


def _is_gone(item: EntityDraft, removed: Tombstones) -> bool:
    return _is_same(item, removed) or removed.names(item.name, least=_TELLING)


def _is_same(item: EntityDraft, removed: Tombstones) -> bool:
    """Whether it is one of the removed: by its name, or by an alias that tells."""
    return removed.is_name(item.name) or any(map(removed.is_name, _telling(item)))


def _telling(item: EntityDraft) -> list[str]:
    return [name for name in (item.name, *item.aliases) if len(words_of(name)) >= _TELLING]


def _without_aliases(item: EntityDraft, removed: Tombstones) -> EntityDraft:
    aliases = tuple(alias for alias in item.aliases if not removed.names(alias))
    return item if aliases == item.aliases else replace(item, aliases=aliases)


def _refers(ref: EntityRef, removed: Tombstones) -> bool:
    return removed.is_name(ref.name) or removed.names(ref.name, least=_TELLING)


def _refs(fact: FactDraft) -> list[EntityRef]:
    values = [fact.value, *(value for _, value in fact.qualifiers)]
    return [fact.subject, *(value.ref for value in values if value.ref is not None)]


def _texts(fact: FactDraft) -> list[str]:
    """What it says in words of its own; the names of entities are looked at apart."""
    values: list[ValueDraft] = [fact.value, *(value for _, value in fact.qualifiers)]
    return [value.text for value in values if value.ref is None]


def _masked(fact: FactDraft, removed: Tombstones) -> FactDraft:
    evidence = fact.evidence
    if not removed.names(evidence.text, evidence.place, *fact.words):
        return fact
    place = None if evidence.place is None else removed.masked(evidence.place)
    shown = evidence._replace(text=removed.masked(evidence.text), place=place)
    return fact._replace(evidence=shown, words=tuple(word for word in fact.words if not removed.names(word)))


def _called(gone: Iterable[EntityDraft], referred: Iterable[str]) -> frozenset[str]:
    """The parts of names by which this document may go on to call a person who is named in it."""
    names = [*(item.name for item in gone if item.kind == "person"), *referred]
    words = (token for name in names for token in parts(clean(name)))
    return frozenset(token.key for token in words if token.text[:1].isupper() and len(token.key) >= _SHORTEST_PART)


def _calls(text: str, called: frozenset[str]) -> bool:
    return bool(called) and any(token.key in called and token.text[:1].isupper() for token in parts(clean(text)))
