"""Single facts that not everybody may see: what a document says to each who may see less of it; knows no document.

A document with such facts is kept once for every set of its audiences, so that whoever builds from it for other eyes
never has the fact in hand: neither its words, nor whom it mentions, nor what it proves.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from bot.ingest.documents.reading import Reading
from bot.model.audience import Limits, Names, allows

Pack = Callable[[Reading], tuple[bytes, bytes]]


class Version(NamedTuple):
    """A document as those see it who are in these audiences of it, and in no other."""

    names: tuple[str, ...]
    head: bytes
    body: bytes


def limited_to(reading: Reading, sources: Mapping[str, Limits]) -> Reading:
    """The reading in which what rests on one of these sources is limited as the source is."""
    if not sources or not any(fact.source in sources for fact in reading.facts):
        return reading
    facts = [
        fact._replace(limits=(*fact.limits, *sources[fact.source])) if fact.source in sources else fact
        for fact in reading.facts
    ]
    return replace(reading, facts=tuple(facts))


def names_within(reading: Reading) -> tuple[str, ...]:
    """The audiences to which facts of a document are limited."""
    stated = {name for fact in reading.facts for clause in fact.limits for name in clause}
    return tuple(sorted(stated | reading.audiences))


def versions_of(reading: Reading, within: tuple[str, ...], pack: Pack) -> tuple[Version, ...]:
    """The document for everybody who is not in all of its audiences.

    What is wrong with it is for those to mend who see all of it, and may tell what the others must not see.
    """
    return tuple(
        Version(tuple(sorted(names)), *pack(_seen_by(reading, names)))
        for names in _sets(within)
        if len(names) < len(within)
    )


def _seen_by(reading: Reading, names: Names) -> Reading:
    facts = tuple(fact for fact in reading.facts if allows(fact.limits, names))
    return replace(reading, facts=facts, problems=())


def _sets(names: tuple[str, ...]) -> Iterator[Names]:
    for size in range(len(names) + 1):
        yield from map(frozenset, combinations(names, size))
