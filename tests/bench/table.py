"""What was measured, as rows of one Markdown table; knows which limits were missed, not how anything was measured."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from statistics import fmean, median, quantiles

_HEAD = "| goal | measure | ours | floor or peer | ratio | limit | aim | |\n|---|---|---|---|---|---|---|---|\n"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `ratio` is what `limit` and `aim` bound; None where there was nothing to compare with."""

    goal: int
    measure: str
    ours: str
    peer: str
    ratio: float | None = None
    limit: float | None = None
    aim: float | None = None

    @property
    def missed(self) -> bool:
        """Whether the limit is missed."""
        return self.limit is not None and self.ratio is not None and self.ratio > self.limit

    def __str__(self) -> str:
        verdict = "" if self.ratio is None or self.limit is None else "MISSED" if self.missed else "kept"
        reached = self.ratio is not None and self.aim is not None and self.ratio <= self.aim
        verdict += ", aim reached" if verdict and reached else ""
        bounds = map(_number, (self.ratio, self.limit, self.aim))
        return f"| {' | '.join([str(self.goal), self.measure, self.ours, self.peer, *bounds, verdict])} |"


def not_installed(goal: int, measure: str, peer: str) -> Row:
    """The line of a peer that is not there."""
    return Row(goal, measure, "–", f"{peer}: not installed")


def markdown(rows: Sequence[Row]) -> str:
    """All lines under one head, by goal."""
    return _HEAD + "".join(f"{row}\n" for row in sorted(rows, key=lambda row: row.goal))


def machine() -> str:
    """One line on where it was measured."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"


def ratio_of(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the rounds' ratios; each round is its own pair."""
    return median(one / other for one, other in zip(ours, theirs, strict=True))


def exponent(sizes: Sequence[int], times: Sequence[float]) -> float:
    """The power of the size with which the time grows: the slope of the best line through the logarithms."""
    x, y = [log(size) for size in sizes], [log(time) for time in times]
    x_mean, y_mean = fmean(x), fmean(y)
    return sum((a - x_mean) * (b - y_mean) for a, b in zip(x, y, strict=True)) / sum((a - x_mean) ** 2 for a in x)


def micros(nanoseconds: Sequence[float]) -> str:
    """The median of rounds in readable units."""
    middle = median(nanoseconds) / 1000
    if middle >= 10_000:
        return f"{middle / 1000:,.1f} ms"
    return f"{middle:,.0f} µs" if middle >= 100 else f"{middle:.1f} µs"


def seconds(values: Sequence[float]) -> str:
    """The median of rounds in seconds."""
    return f"{median(values):.2f} s"


def p99(values: Sequence[float]) -> float:
    """What 99 of 100 stay below."""
    return quantiles(values, n=100)[98]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"
