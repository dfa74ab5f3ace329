"""A document as it is laid out: headings, paragraphs, items, rows, each with its place; means nothing by itself."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from bot.model.fact import Evidence
from bot.model.problem import Problem

_WINDOW = 300  # characters of a line that are shown as evidence
_MOST_WORDS, _MOST_PLACES = 12, 20  # of what is said, and of each in the line, that are looked for


class Shape(StrEnum):
    """What a block looks like."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list, whatever its bullet
    ROW = "row"  # of a table
    PAIR = "pair"  # a label and what it stands for: a definition list, "Phone: …" on a line of its own


@dataclass(frozen=True, slots=True)
class Link:
    """A link within a block."""

    text: str
    url: str

    @property
    def on_web(self) -> bool:
        """Whether it leads to a page, not to an address or a part of this one."""
        return self.url.startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `text` is free of markup, with blanks folded and line breaks kept as newlines where they were meant.

    `line` counts from 1 (the page for PDF); `lines` are the lines of the document it was made of, as they stand there.
    """

    shape: Shape
    line: int
    text: str
    lines: tuple[str, ...] = ()
    level: int = 0  # of a heading from 1, of an item its depth from 0
    cells: tuple[str, ...] = ()  # of a row; label and value of a pair
    links: tuple[Link, ...] = ()
    strong: tuple[str, ...] = ()  # the parts that are set off, in bold or as a heading within the line
    slanted: tuple[str, ...] = ()  # the parts in italics
    paged: bool = False  # `line` is a page: all its lines have the same place

    def evidence(self, document: str, said: str) -> Evidence:
        """Where the block says `said`: the line of the document that shares most of its words, verbatim."""
        lines = self.lines or (self.text.split("\n")[0],)
        wanted = set(said.casefold().split())
        best = max(range(len(lines)), key=lambda place: (_shared(lines[place], wanted), -place))
        text = lines[best].strip()
        if len(text) > _WINDOW:
            text = _around(text, said)
        return Evidence(document, self.line if self.paged else self.line + best, text)


@dataclass(frozen=True, slots=True)
class Page:
    """A document laid out for people. `title` is its own name for itself, `meta` what its head says of it."""

    blocks: tuple[Block, ...]
    title: str = ""
    meta: tuple[tuple[str, str], ...] = ()  # author, date, description, url, language …, as the format names them
    problems: tuple[Problem, ...] = ()


def _shared(line: str, wanted: Collection[str]) -> int:
    folded = line.casefold()
    return sum(word in folded for word in wanted)


def _around(text: str, said: str) -> str:
    """The part of a long line that has most of the words that are said."""
    folded = text.casefold()
    words = sorted(set(said.casefold().split()), key=lambda word: (len(word), word))[-_MOST_WORDS:]
    places = [place for word in words for place in _places(folded, word)]
    best = max(places, key=lambda place: (_shared(folded[place : place + _WINDOW], words), -place), default=0)
    start = max(0, best - _WINDOW // 4)
    return text[start : start + _WINDOW].strip()


def _places(text: str, word: str) -> list[int]:
    """Where a word stands, as far as it is looked for."""
    return [match.start() for match in islice(re.finditer(re.escape(word), text), _MOST_PLACES)]
