"""Values of a data file with the line each stands on, as evidence and as text; knows no property."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.readers.encoding import tidy
from bot.language.yaml_text import YamlPath, items_of
from bot.model.fact import Evidence

_LONG = 2000  # characters of a line in which a value has to be searched for
_WINDOW = 240
_BEGINNING = 100  # characters of a text by which the line is found on which it begins
_MOST_LINES = 60  # over which one value may be spread
_AHEAD = 100_000
_MOST_SEARCHES = 200  # through the whole of a long line, each of which takes a while


class Placing(Protocol):
    """What knows where a value stands in the document."""

    def evidence(self, path: YamlPath, said: str = "") -> Evidence:
        """The line that says it."""

    def line(self, path: YamlPath) -> int:
        """The line on which it begins."""

    def first_line(self, path: YamlPath) -> int:
        """The line on which the words of a text begin."""


class Placed:
    """The lines of a document and where in it each value stands."""

    def __init__(self, document: str, lines: Sequence[str], starts: Mapping[YamlPath, int]) -> None:
        self.document = document
        self._lines = lines
        self._starts = starts
        self._stops = sorted(set(starts.values()))
        self._cursor: dict[int, int] = {}
        self._searches = 0

    def line(self, path: YamlPath) -> int:
        """The line on which a value, or else what it is part of, begins."""
        while path and path not in self._starts:
            path = path[:-1]
        return min(self._starts.get(path, 1), max(len(self._lines), 1))

    def evidence(self, path: YamlPath, said: str = "") -> Evidence:
        """The line that says `said` among those of a value, verbatim."""
        first = self.line(path)
        line = self._lines[first - 1]
        if len(line) > _LONG:
            return Evidence(self.document, first, self._part(first, line, said))
        if not path or not said:
            while not line.strip() and first < len(self._lines):
                first, line = first + 1, self._lines[first]
            return Evidence(self.document, first, line.strip()[:_LONG])
        after = bisect_right(self._stops, first)
        last = self._stops[after] if after < len(self._stops) else len(self._lines) + 1
        if last == first + 1 and not _shares(line, said):
            last = max(last, self._end_of(path) + 1)  # a mapping that was put in one text
        lines = tuple(self._lines[first - 1 : min(last - 1, first - 1 + _MOST_LINES)])
        return Block(Shape.PARAGRAPH, first, line, lines or (line,)).evidence(self.document, said[:_BEGINNING])

    def first_line(self, path: YamlPath) -> int:
        """The line on which the words of a text begin: below its key where it is folded."""
        first = self.line(path)
        folded = first < len(self._lines) and self._lines[first - 1].rstrip().endswith(
            ("|", ">", "|-", ">-", "|+", ">+")
        )
        return first + 1 if folded else first

    def _end_of(self, path: YamlPath) -> int:
        """The last line of what is below a place."""
        self._searches += 1
        if self._searches > _MOST_SEARCHES:
            return 0
        size = len(path)
        return max((line for place, line in self._starts.items() if place[:size] == path), default=0)

    def _part(self, number: int, line: str, said: str) -> str:
        """The part of a long line around the value, which stands behind the one that was searched for last."""
        at = self._cursor.get(number, 0)
        wanted = said[:40]
        found = line.find(wanted, at, at + _AHEAD) if wanted else at
        if found < 0 and self._searches < _MOST_SEARCHES:
            self._searches += 1
            found = line.find(wanted)
        if found < 0:
            found = at
        self._cursor[number] = found
        start = max(0, found - 40)
        return line[start : start + _WINDOW].strip()


def _shares(line: str, said: str) -> bool:
    """Whether a line has one of the words at all."""
    folded = line.casefold()
    return any(word in folded for word in said.casefold().split())


def text_of(value: Any) -> str:
    """A scalar as one line of text; empty for everything else."""
    if isinstance(value, str):
        return " ".join(tidy(value).split())
    return ""


def texts_of(value: Any, path: YamlPath) -> Iterator[tuple[str, YamlPath]]:
    """The scalars of a value that may be one or a list, each with its place."""
    return ((text, where) for item, where in items_of(value, path) if (text := text_of(item)))


def mappings_of(value: Any, path: YamlPath) -> Iterator[tuple[dict[str, Any], YamlPath]]:
    """The mappings of a value that may be one or a list, each with its place."""
    return ((item, where) for item, where in items_of(value, path) if isinstance(item, dict))
