"""Which documents speak of one and the same, by proof and by decision, never by a name alone; pure, stores nothing.

A shared address, link or identifier is proof, and so is a maintainer's word. Two profiles are never one. Persons of one
name without proof are kept apart and asked about; an event or publication of one name is one unless its dates differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

from bot.model.partial_date import PartialDate

ASKED = frozenset({"person"})  # kinds of which a shared name proves nothing
DATED = frozenset({"event", "publication"})  # kinds that a date tells apart
_MOST_COMPARED = 20  # groups of one name of which every pair is asked about


@dataclass(frozen=True, slots=True)
class Claim:
    """One document's word that there is somebody of these names."""

    document: str
    raw: bool  # no profile
    kind: str
    name: str
    keys: frozenset[str]  # of its name and aliases
    marks: frozenset[str] = frozenset()  # addresses, links, identifiers: who shares one is the same
    when: str | None = None  # the date of an event or publication


class Judgements(Protocol):
    """What maintainers decided about pairs of claims."""

    def same(self, one: Claim, other: Claim) -> bool | None:
        """Whether both speak of the same; None where nobody decided."""


def sort_claims(claims: Iterable[Claim]) -> list[Claim]:
    """Profiles first, then by document: in this order they get their names."""
    return sorted(claims, key=lambda claim: (claim.raw, claim.document, claim.name))


def groups(claims: Sequence[Claim], judged: Judgements) -> list[list[int]]:
    """Places in `claims` by whom they speak of."""
    parts = _Parts(claims, judged)
    for one, other in combinations(range(len(claims)), 2):
        if judged.same(claims[one], claims[other]):
            parts.join(one, other)
    for mark in sorted({mark for claim in claims for mark in claim.marks}):
        for one, other in combinations([n for n, claim in enumerate(claims) if mark in claim.marks], 2):
            if claims[one].keys & claims[other].keys:
                parts.join(one, other)
    by_name: dict[str, list[int]] = {}
    for place, claim in enumerate(claims):
        if claim.kind in DATED:
            by_name.setdefault(claim.name, []).append(place)
    for places in by_name.values():
        _join_dated(claims, places, parts)
    return parts.all()


def _join_dated(claims: Sequence[Claim], places: list[int], parts: "_Parts") -> None:
    """Put together what has one name and one date, and what has no date with the only one it can be."""
    for one, other in combinations(places, 2):
        if claims[one].raw == claims[other].raw is False or (claims[one].when and claims[other].when):
            parts.join(one, other)
    for undated in (place for place in places if not claims[place].when):
        others = {parts.of[place] for place in places} - {parts.of[undated]}
        if len(others) == 1:  # of several it cannot be told which is meant
            parts.join(undated, others.pop())


def open_questions(
    claims: Sequence[Claim], grouped: Sequence[Sequence[int]], judged: Judgements
) -> list[tuple[int, int]]:
    """Pairs of groups, by their places, of which nobody knows whether they are the same."""
    asked = []
    for one, other in combinations(range(len(grouped)), 2):
        if one and len(grouped) > _MOST_COMPARED:
            break
        pairs = [(claims[a], claims[b]) for a in grouped[one] for b in grouped[other]]
        shared = any(a.kind in ASKED and a.keys & b.keys for a, b in pairs)
        if shared and not any(_differ(a, b, judged) for a, b in pairs):
            asked.append((one, other))
    return asked


class _Parts:
    """Claims that fall together, unless two of them are known to differ."""

    def __init__(self, claims: Sequence[Claim], judged: Judgements) -> None:
        self._claims = claims
        self._judged = judged
        self.of = list(range(len(claims)))
        self._members = {place: [place] for place in self.of}

    def join(self, one: int, other: int) -> None:
        """Put the parts of two claims together."""
        kept, gone = sorted((self.of[one], self.of[other]))
        if kept == gone:
            return
        claims = self._claims
        for a in self._members[kept]:
            if any(_differ(claims[a], claims[b], self._judged) for b in self._members[gone]):
                return
        for place in self._members[gone]:
            self.of[place] = kept
        self._members[kept] = sorted(self._members[kept] + self._members.pop(gone))

    def all(self) -> list[list[int]]:
        """The places in each part, in the order of their first."""
        return [self._members[first] for first in sorted(self._members)]


def _differ(one: Claim, other: Claim, judged: Judgements) -> bool:
    decided = judged.same(one, other)
    if decided is not None:
        return not decided
    if not one.raw and not other.raw:
        return one.kind in ASKED
    if one.kind not in DATED or one.when is None or other.when is None:
        return False
    if one.marks & other.marks:
        return False
    return not PartialDate.parse(one.when).overlaps(PartialDate.parse(other.when))
