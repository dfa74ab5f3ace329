"""What a load changes: old facts against new ones; pure, and flat in memory however many there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

Hashed = tuple[int, int, int]  # statement, hash of the whole, id of the fact
KEPT = 1000  # differences that are named one by one


@dataclass(slots=True)
class Plan:
    """Ids of facts; those of `withdrawn` and the first of each pair in `changed` are of the old snapshot."""

    added: list[int] = field(default_factory=list)
    changed: list[tuple[int, int]] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=lambda: {"added": 0, "changed": 0, "withdrawn": 0})

    def note(self, name: str, item: int | tuple[int, int]) -> None:
        """Count a difference; the first ones are kept."""
        self.totals[name] += 1
        if self.totals[name] <= KEPT:
            getattr(self, name).append(item)


def plan(old: Iterable[Hashed], new: Iterable[Hashed]) -> Plan:
    """Compare facts sorted by statement and hash; each counts as often as it is stated.

    The same statement with other qualifiers, time or source is a change, everything else is added or withdrawn.
    """
    result = Plan()
    for before, after in _side_by_side(old, new):
        gone, come = _difference(before, after)
        for one, other in zip(gone, come, strict=False):
            result.note("changed", (one, other))
        for fact in come[len(gone) :]:
            result.note("added", fact)
        for fact in gone[len(come) :]:
            result.note("withdrawn", fact)
    return result


def _side_by_side(old: Iterable[Hashed], new: Iterable[Hashed]) -> Iterator[tuple[list[Hashed], list[Hashed]]]:
    """For each statement its facts of either side."""
    olds, news = (((key, list(group)) for key, group in groupby(side, key=lambda row: row[0])) for side in (old, new))
    one, other = next(olds, None), next(news, None)
    while one or other:
        if one is not None and (other is None or one[0] < other[0]):
            yield one[1], []
            one = next(olds, None)
        elif other is not None and (one is None or other[0] < one[0]):
            yield [], other[1]
            other = next(news, None)
        elif one is not None and other is not None:
            yield one[1], other[1]
            one, other = next(olds, None), next(news, None)


def _difference(before: list[Hashed], after: list[Hashed]) -> tuple[list[int], list[int]]:
    """Ids of what stands on one side only."""
    if len(before) == len(after) == 1 and before[0][1] == after[0][1]:
        return [], []
    left = list(before)
    come = []
    for _, whole, fact in after:
        same = next((row for row in left if row[1] == whole), None)
        if same is None:
            come.append(fact)
        else:
            left.remove(same)
    return [row[2] for row in left], come
