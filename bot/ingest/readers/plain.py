"""Plain text to blocks: headings by underline, capitals or place, lists by any bullet, columns by blanks."""

import re
from collections.abc import Iterator

from bot.ingest.documents.blocks import Block, Link, Shape
from bot.ingest.readers.markup.lines import bullet, columns, join_wrapped, looks_like_prose, pair

_RULE = re.compile(r"\s*([=\-~_*#^+.])\1{2,}\s*\Z")
_BARE_LINK = re.compile(r"https?://[^\s<>\"')\]]+[^\s<>\"')\].,;:]")
_MOST_HEADING = 60
_MOST_LINES = 20_000  # that are looked at for lists and headings
_LONG = 20_000  # of a line; it is cut, for nobody reads on
_UNWRAPPED = 200  # characters: no width at which lines are broken


def text_blocks(lines: tuple[str, ...], *, page: int = 0, meant: tuple[bool, ...] = ()) -> Iterator[Block]:
    """The blocks of the lines, all on one `page` where that is not 0; the break after those that are `meant` is one."""
    yield from _Lines(lines, page, meant).blocks()


def bare_links(text: str) -> tuple[Link, ...]:
    """The addresses that stand in a text."""
    return tuple(Link(match.group(), match.group()) for match in _BARE_LINK.finditer(text)) if "://" in text else ()


class _Lines:
    def __init__(self, lines: tuple[str, ...], page: int, meant: tuple[bool, ...]) -> None:
        self._lines = [line[:_LONG] for line in lines]
        self._page = page
        self._meant = meant
        self._first = next((index for index, line in enumerate(self._lines) if line.strip()), 0)
        self._gathered: list[int] = []  # indexes of the lines of the paragraph that is being read
        self._item: tuple[int, int] | None = None  # indent and depth, where it is a list item
        self._indents: list[int] = []  # of the open lists

    def blocks(self) -> Iterator[Block]:
        for index, line in enumerate(self._lines):
            if index > _MOST_LINES:
                yield from self._flush()
                yield from (
                    self._block(Shape.PARAGRAPH, [at], 0)
                    for at in range(index, len(self._lines), 1)
                    if self._lines[at].strip()
                )
                return
            stripped = line.strip()
            if not stripped:
                yield from self._flush()
                self._item = None
                continue
            if _RULE.match(line):
                yield from self._rule(index)
                continue
            indent = len(line) - len(line.lstrip())
            glyph = bullet(stripped)
            if glyph is not None:
                yield from self._flush()
                self._item = (indent + glyph[0], self._depth(indent))
            heading = glyph is None and self._is_heading(index)
            if glyph is None and (heading or self._ends_item(indent)):
                yield from self._flush()
                self._item = None
            if heading and self._item is None:
                yield self._block(Shape.HEADING, [index], 3 if stripped.isupper() else 4)
                continue
            self._gathered.append(index)
        yield from self._flush()

    def _rule(self, index: int) -> Iterator[Block]:
        """A line of dashes: below one short line it makes that a heading."""
        if len(self._gathered) == 1 and self._item is None:
            above = self._gathered.pop()
            text = self._lines[above].strip()
            if len(text) <= _MOST_HEADING and above == index - 1:
                level = 1 if above == self._first else 2 if self._lines[index].strip()[0] == "=" else 3
                yield self._block(Shape.HEADING, [above], level)
                return
            self._gathered.append(above)
        yield from self._flush()
        self._item = None

    def _is_heading(self, index: int) -> bool:
        """A short line in capitals, or one that ends in a colon with a blank line above and something below it."""
        text = self._lines[index].strip()
        if len(text) > _MOST_HEADING or any(char.isdigit() for char in text) or "\t" in text or "   " in text:
            return False
        letters = [char for char in text if char.isalpha()]
        if len(letters) < 4 or "@" in text:
            return False
        above = index == 0 or not self._lines[index - 1].strip() or _RULE.match(self._lines[index - 1]) is not None
        if text.isupper():
            return above or self._lines[index].lstrip() == self._lines[index]
        below = index + 1 < len(self._lines) and bool(self._lines[index + 1].strip())
        if text.endswith(":") and above and below:
            return len(text.split()) <= 5
        alone = above and index > 0 and not below and len(text.split()) <= 4
        flush_left = self._lines[index][:1].strip() != ""
        return alone and flush_left and text[0].isupper() and text[-1].isalpha() and self._indented_after(index)

    def _indented_after(self, index: int) -> bool:
        """Whether what follows stands further right, as below a heading."""
        following = next((line for line in self._lines[index + 1 : index + 4] if line.strip()), "")
        return following[:2].isspace()

    def _ends_item(self, indent: int) -> bool:
        return self._item is not None and indent < self._item[0] - 1 and bool(self._gathered) and indent == 0

    def _depth(self, indent: int) -> int:
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        return len(self._indents) - 1

    def _flush(self) -> Iterator[Block]:
        indexes, self._gathered = self._gathered, []
        if self._item is None and sum(len(self._lines[index]) > _UNWRAPPED for index in indexes) > 1:
            yield from (self._block(Shape.PARAGRAPH, [index], 0) for index in indexes)  # a paragraph a line
        elif indexes:
            shape = Shape.PARAGRAPH if self._item is None else Shape.ITEM
            yield self._block(shape, indexes, 0 if self._item is None else self._item[1])

    def _block(self, shape: Shape, indexes: list[int], level: int) -> Block:
        written = tuple(self._lines[index] for index in indexes)
        line = self._page or indexes[0] + 1
        paged = bool(self._page)
        parts = [columns(text) for text in written]
        if shape is Shape.ITEM and (glyph := bullet(parts[0])) is not None:
            parts[0] = parts[0][glyph[0] :]
        meant = [self._meant[index] for index in indexes] if self._meant else ()
        text = join_wrapped(parts, meant) if shape is not Shape.HEADING else " ".join(parts).rstrip(": ")
        links = bare_links(text)
        cells = pair(text) if shape is Shape.PARAGRAPH and "\n" not in text and not looks_like_prose(text) else None
        if cells is not None:
            return Block(Shape.PAIR, line, text, written, 0, cells, links, paged=paged)
        return Block(shape, line, text, written, level, (), links, paged=paged)
