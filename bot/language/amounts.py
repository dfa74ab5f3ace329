"""Figures in texts with their units, so that two of them can be compared; knows no property and no question."""

import re
from functools import cache
from typing import NamedTuple

from bot.language.document_words import folded, words_file
from bot.language.tokens import clean

_FIGURE = re.compile(r"(?P<sign>[€$£]?) ?(?P<figure>\d+(?:,\d{3})*(?:\.\d+)?) ?(?P<word>[A-Za-zµ€$£]+(?:/[a-z]+)?)?")
_MILLION = "M"  # a small one is a metre


class Amount(NamedTuple):
    """A figure in the first unit of its line of units; `unit` is that of a line, or the word behind the figure."""

    figure: float
    unit: str


def amount_of(text: str) -> Amount | None:
    """The figure that a text gives; None where it gives none, or several that differ ("from 3 to 5 m")."""
    if folded(text) in _words("free"):
        return Amount(0.0, "")
    found = {_read(match) for match in _FIGURE.finditer(clean(text))}
    figures = {one.figure for one in found}
    if len(figures) != 1:
        return None
    return min(found, key=lambda one: one.unit == "")


def comparable(one: Amount, other: Amount) -> bool:
    """Whether two figures are of one measure; what is free costs less in any currency."""
    return one.unit == other.unit or 0.0 in (one.figure, other.figure)


def _read(match: re.Match[str]) -> Amount:
    figure = float(match["figure"].replace(",", ""))
    if match["word"] == _MILLION:
        return Amount(figure * 1_000_000, "")
    word = (match["word"] or "").lower()
    lines, multiples = _units()
    if word in multiples and word not in lines:
        return Amount(figure * multiples[word], "")
    line, worth = lines.get(word) or lines.get(match["sign"]) or (word, 1.0)
    return Amount(round(figure * worth, 9), line)


@cache
def _units() -> tuple[dict[str, tuple[str, float]], dict[str, float]]:
    """Each unit with the first of its line and what it is worth in that, and the words that multiply."""
    data = words_file("units")
    lines = {unit: (next(iter(line)), float(worth)) for line in data["units"] for unit, worth in line.items()}
    return lines, {word: float(times) for word, times in data["multiples"].items()}


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(words_file("units")[key])
