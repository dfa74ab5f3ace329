"""Tables of reStructuredText to rows: simple ones between rules of `=`, and grids; knows nothing that they mean."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.ingest.documents.blocks import Block, Shape

_SIMPLE = re.compile(r"=+(?:[ ]+=+)+\s*\Z")
_GRID = re.compile(r"\+(?:[-=]+\+)+\s*\Z")
_HEADER = re.compile(r"\+(?:=+\+)+\s*\Z")
_MOST_LINES = 500  # of a simple table; without its last rule within these it is none


def table_end(lines: Sequence[str], start: int) -> int | None:
    """The last line of the table that begins on this one; None where none begins."""
    first = lines[start].strip()
    if _GRID.match(first):
        end = start
        while end + 1 < len(lines) and lines[end + 1].strip()[:1] in ("+", "|"):
            end += 1
        return end if end > start + 1 else None
    if not _SIMPLE.match(first):
        return None
    rules = [start]
    for index in range(start + 1, min(len(lines), start + _MOST_LINES)):
        if lines[index].strip() == first:
            rules.append(index)
            blank = index + 1 >= len(lines) or not lines[index + 1].strip()
            if len(rules) > 2 or blank:
                return index
    return None


def rows_of(lines: Sequence[str], start: int, end: int) -> Iterator[Block]:
    """The rows from `start` to `end`, the header among them marked by its level."""
    return _grid(lines, start, end) if _GRID.match(lines[start].strip()) else _simple(lines, start, end)


def _simple(lines: Sequence[str], start: int, end: int) -> Iterator[Block]:
    rule = lines[start]
    spans = [match.span() for match in re.finditer(r"=+", rule)]
    rules = [index for index in range(start, end + 1) if lines[index].strip() == rule.strip()]
    headed = len(rules) > 2
    for index in range(start + 1, end):
        line = lines[index]
        if index in rules or not line.strip():
            continue
        cells = [
            line[first : spans[place + 1][0] if place + 1 < len(spans) else None].strip()
            for place, (first, _) in enumerate(spans)
        ]
        yield _row(index, cells, [line], header=headed and index < rules[1])


def _grid(lines: Sequence[str], start: int, end: int) -> Iterator[Block]:
    rules = [index for index in range(start, end + 1) if _GRID.match(lines[index].strip())]
    head = next((index for index in rules if _HEADER.match(lines[index].strip())), None)
    for above, below in pairwise(rules):
        written = list(lines[above + 1 : below])
        parts = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in written]
        if not parts or len({len(part) for part in parts}) > 1:
            continue
        cells = [" ".join(filter(None, column)) for column in zip(*parts, strict=True)]
        yield _row(above + 1, cells, written, header=head is not None and below <= head)


def _row(index: int, cells: list[str], written: list[str], *, header: bool) -> Block:
    return Block(Shape.ROW, index + 1, "\t".join(cells), tuple(written), int(header), tuple(cells))
