"""Blocks of a section to its entries: which lines belong together; decides by dates and order, not by meaning."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.readers.markup.lines import looks_like_prose
from bot.language.date_ranges import DateSpan, find_ranges
from bot.language.document_words import folded, word_set

_SOON = 140  # characters in which the date of a long line must stand to be the entry's own
_MOST_HEAD = 5  # lines
_MOST_LEAD = 3  # lines before the first date of an entry
_SHORT = 110
_FEW_WORDS = 5
_IN = re.compile(r"[a-zß-ÿ]\s+(?:in|im|en|nel|em)\s+\Z")  # a year alone that is part of a sentence
_BRACKETED = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W\d_]{3,}")
_LISTED = re.compile(r"\n\s*[-–•*·]\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an entry, with the block it stands in."""

    text: str
    block: Block

    @property
    def dated(self) -> bool:
        """Whether it has a date that can be the entry's."""
        spans = find_ranges(self.text)
        if not spans or self._is_beside(spans):
            return False
        if self.block.shape is Shape.PARAGRAPH and (looks_like_prose(self.text) or self._tells(spans)):
            return spans[0].first == 0
        return spans[0].first < _SOON

    def _is_beside(self, spans: list[DateSpan]) -> bool:
        """Whether its dates only stand beside the entry's, which another line of the block has."""
        if not all(is_aside(span, self.text) for span in spans):
            return False
        return any(not is_aside(span, self.block.text) for span in find_ranges(self.block.text))

    def _tells(self, spans: list[DateSpan]) -> bool:
        """Whether it is a sentence that says what happened in a year: "Opened the new ward in 2022."."""
        said = self.text.rstrip()
        one = len(spans) == 1 and spans[0].single and _IN.search(said[: spans[0].first]) is not None
        return one and said.endswith(".") and len(said.split()) > _FEW_WORDS

    @property
    def short(self) -> bool:
        """Whether it can be part of an entry's head."""
        words = self.text.split()
        ends = self.text.endswith(".") and (
            len(words) > 5 or (len(words) > 1 and words[-1].islower() and len(words[-1]) > 4)
        )
        sentence = ends and not find_ranges(self.text)
        return len(self.text) <= _SHORT and not sentence and not looks_like_prose(self.text)


@dataclass(slots=True)
class Entry:
    """What belongs together. `head` holds the fields, `details` what was done there, `groups` the headings above."""

    head: list[Line]
    details: list[Line] = field(default_factory=list)
    groups: tuple[Line, ...] = ()
    columns: tuple[str, ...] = ()  # what the header of its table says of each cell
    clause: bool = False  # one of several posts that a dated row tells of

    @property
    def dated(self) -> bool:
        """Whether a line of its head has a date."""
        return any(line.dated for line in self.head)

    @property
    def block(self) -> Block:
        """The block of its first line."""
        return self.head[0].block


def is_aside(span: DateSpan, text: str) -> bool:
    """Whether a date stands in brackets with words of its own, beside the entry's: "(third officer until 1997)"."""
    inside = next((match for match in _BRACKETED.finditer(text) if match.start() < span.first < match.end()), None)
    said = text[span.first : span.last]
    words = _WORD.findall(inside.group().replace(said, " ", 1)) if inside is not None else []
    return any(folded(word) not in word_set("labels", "expires") | word_set("labels", "issued") for word in words)


def entries_of(blocks: Sequence[Block], *, grouped: bool = False) -> list[Entry]:
    """The entries of one section, in their order; `grouped`: a heading above a list is never one of them."""
    return list(_entries(blocks, (), grouped=grouped))


def lines_of(block: Block) -> list[Line]:
    """The lines of a block."""
    return [Line(text.strip(), block) for text in block.text.split("\n") if text.strip()]


def _entries(blocks: Sequence[Block], groups: tuple[Line, ...], *, grouped: bool = False) -> Iterator[Entry]:
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if block.shape is not Shape.HEADING:
            end = next((at for at in range(place, len(blocks)) if blocks[at].shape is Shape.HEADING), len(blocks))
            yield from _run(blocks[place:end], groups)
            place = end
            continue
        end = place + 1
        while end < len(blocks) and not (blocks[end].shape is Shape.HEADING and blocks[end].level <= block.level):
            end += 1
        below = blocks[place + 1 : end]
        if grouped and not find_ranges(block.text) and below and below[0].shape is Shape.ITEM:
            yield from _entries(below, (*groups, Line(block.text, block)), grouped=True)
        else:
            yield from _under_heading(block, below, groups)
        place = end


def _under_heading(heading: Block, below: Sequence[Block], groups: tuple[Line, ...]) -> Iterator[Entry]:
    """A heading is an entry itself, or the group of those below it."""
    line = Line(heading.text, heading)
    below = _unfolded(below)
    first = next((at for at, block in enumerate(below) if block.shape is Shape.HEADING), len(below))
    run = below[:first]
    texts = [part for block in run if block.shape in (Shape.PARAGRAPH, Shape.PAIR) for part in lines_of(block)]
    dated_texts = sum(part.dated for part in texts)
    dated_items = any(
        part.dated for block in run if block.shape in (Shape.ITEM, Shape.ROW) for part in lines_of(block)[:1]
    )
    deeper = first < len(below)
    if not deeper and is_bare_date(line) and _lists_entries(line, run):
        yield from _entries(run, (*groups, line))
        return
    if (line.dated and not (run and is_bare_date(line) and run[0].shape in (Shape.ITEM, Shape.ROW))) or (
        not deeper and dated_texts <= 1 and not (dated_items and not dated_texts)
    ):
        head, details = [line], list[Line]()
        open_head = True
        for block in run:
            parts = lines_of(block)
            if block.shape in (Shape.ITEM, Shape.ROW):
                open_head = False
            for part in parts:
                open_head = open_head and part.short and len(head) < _MOST_HEAD
                (head if open_head else details).append(part)
        yield Entry(head, details, groups)
        if deeper:
            yield from _entries(below[first:], (*groups, line))
        return
    yield from _entries(below, (*groups, line))


def _lists_entries(year: Line, run: Sequence[Block]) -> bool:
    """Whether below a year alone every paragraph is an entry: one line each, of several fields."""
    single = find_ranges(year.text)[0].single
    listed = all(block.shape is Shape.PARAGRAPH and "\n" not in block.text and ", " in block.text for block in run)
    return single and len(run) > 1 and listed


def _unfolded(below: Sequence[Block]) -> Sequence[Block]:
    """Headings right below a heading, each the only one of its level, are lines of the same entry."""
    found = list(below)
    for place, block in enumerate(found):
        alone = sum(other.shape is Shape.HEADING and other.level == block.level for other in below) == 1
        if block.shape is not Shape.HEADING or not alone:
            break
        found[place] = replace(block, shape=Shape.PARAGRAPH)
    return found


def _run(blocks: Sequence[Block], groups: tuple[Line, ...]) -> Iterator[Entry]:
    """What stands between two headings."""
    texts = [line for block in blocks if block.shape in (Shape.PARAGRAPH, Shape.PAIR) for line in lines_of(block)]
    if any(line.dated for line in texts):
        yield from _stacked(blocks, groups)
        return
    columns: tuple[str, ...] = ()
    pending: list[Line] = []
    entry: Entry | None = None
    depth = 0
    for block in blocks:
        if block.shape is Shape.ROW:
            if block.level and block.strong and not find_ranges(block.text):  # Markdown has no table without a header
                columns = block.cells
                continue
            yield _row_entry(block, groups, columns)
        elif block.shape is Shape.ITEM:
            lines = lines_of(block)
            if entry is not None and block.level > depth:
                if not lines[0].dated or (entry.dated and not _whole(lines[0])):
                    entry.details += lines
                    continue
                yield from _finished(entry, nested=True)
                entry = Entry(lines, [], (*groups, *pending, *entry.head[:1]) if depth == 0 else entry.groups)
                depth = block.level if depth == 0 else depth
                continue
            if entry is not None and depth and block.level == depth and entry.dated and not lines[0].dated:
                entry.details += lines
                continue
            yield from _finished(entry)
            entry, depth = _item(lines, (*groups, *pending)), block.level
        else:
            lines = lines_of(block)
            if entry is not None and ((lines and not lines[0].short) or not entry.dated):
                entry.details += lines
            else:
                yield from _finished(entry)
                yield from ([Entry(pending, [], groups)] if pending and entry is None else [])
                entry, pending = None, lines
    yield from _finished(entry)
    if pending and entry is None:
        yield Entry(pending[:_MOST_HEAD], pending[_MOST_HEAD:], groups)


def _row_entry(block: Block, groups: tuple[Line, ...], columns: tuple[str, ...]) -> Entry:
    """A row: what a cell lists with dashes below its first line was done there."""
    listed = [(cell, _LISTED.search(cell)) for cell in block.cells]
    details = [part for cell, mark in listed if mark for part in _LISTED.split(cell[mark.start() :]) if part.strip()]
    if not details:
        return Entry([Line(block.text.replace("\n", " "), block)], [], groups, columns)
    cells = tuple(cell[: mark.start()] if mark else cell for cell, mark in listed)
    head = replace(block, text="\t".join(cells), cells=cells)
    lines = [Line(" ".join(part.split()), block) for part in details]
    return Entry([Line(head.text.replace("\n", " "), head)], lines, groups, columns)


def _whole(line: Line) -> bool:
    """Whether a dated line can be an entry of its own: the stretch it gives stands at its edge."""
    spans = find_ranges(line.text)
    return any(not span.single and (span.first < 3 or span.last > len(line.text) - 3) for span in spans) and line.short


def _item(lines: list[Line], groups: tuple[Line, ...]) -> Entry:
    """An item: its short lines up to the first long one are its head."""
    cut = next((at for at, line in enumerate(lines) if at and not line.short), len(lines))
    cut = min(max(cut, 1), _MOST_HEAD)
    return Entry(lines[:cut], lines[cut:], groups)


def _finished(entry: Entry | None, *, nested: bool = False) -> Iterator[Entry]:
    """An entry that is whole; one that only was the group of those within it is none."""
    if entry is not None and not (nested and not entry.dated):
        yield entry


def _stacked(blocks: Sequence[Block], groups: tuple[Line, ...]) -> Iterator[Entry]:
    """Lines of their own for role, organisation and date, in an order that all entries share."""
    lines = [line for block in blocks for line in (lines_of(block) if block.shape is not Shape.ROW else [_row(block)])]
    items = [line.block.shape in (Shape.ITEM, Shape.ROW) for line in lines]
    anchors = [at for at, line in enumerate(lines) if line.dated and not items[at]]
    lead = anchors[0] - _above(lines, items, anchors[0], -1, _MOST_LEAD)
    starts: list[int] = []
    last = -1
    for anchor in anchors:
        beside = starts and anchor == last + 1 and lines[last].block is lines[anchor].block
        if not (beside and (lead or _dates_finer(lines[last], lines[anchor]))):
            starts.append(_above(lines, items, anchor, last, lead))
        last = anchor
    own = groups
    before = lines[: starts[0]]
    blocks_before = {id(line.block): lines_of(line.block) for line in before if line.block.shape is Shape.PARAGRAPH}
    for texts in blocks_before.values():
        if len(texts) > 1 and all(line.short for line in texts):
            yield Entry(texts[:_MOST_HEAD], texts[_MOST_HEAD:], groups)
        elif len(texts) == 1 and texts[0].short:
            own = (*groups, texts[0])
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield from _stack(lines[start:end], items[start:end], own, lead)


def _dates_finer(named: Line, dated: Line) -> bool:
    """Whether a line only has the year of its occasion's name, which the next one dates: PyFest 2019, June."""
    one, other = find_ranges(named.text), find_ranges(dated.text)
    if len(one) != 1 or not one[0].single or one[0].last - one[0].first != 4 or not one[0].first:
        return False
    return not is_bare_date(named) and other[0].refines(one[0])


def _above(lines: list[Line], items: list[bool], anchor: int, last: int, most: int) -> int:
    """Where the entry of a dated line begins: up to `most` short lines above it, within its block unless alone."""
    block = lines[anchor].block
    beside = (lines[at].block for at in (anchor - 1, anchor + 1) if 0 <= at < len(lines))
    alone = all(other is not block for other in beside)
    start = anchor
    while anchor - start < most and start - 1 > last and not items[start - 1] and lines[start - 1].short:
        if not alone and lines[start - 1].block is not lines[anchor].block:
            break
        start -= 1
    return start


def _stack(lines: list[Line], items: list[bool], groups: tuple[Line, ...], lead: int) -> Iterator[Entry]:
    """One entry of a stack, and the dated items within it that are entries themselves."""
    anchor = next((at for at, line in enumerate(lines) if line.dated and not items[at]), 0)
    head = lines[: anchor + 1]
    cut = anchor + 1
    while cut < len(lines) and len(head) < _MOST_HEAD and not items[cut] and lines[cut].short:
        same = lines[cut].block is lines[anchor].block
        if not same and (lead or not is_bare_date(lines[anchor])):
            break
        head.append(lines[cut])
        cut += 1
    yield Entry(head, lines[cut:], groups)


def is_bare_date(line: Line) -> bool:
    """Whether a line holds nothing but a date."""
    spans = find_ranges(line.text)
    return len(spans) == 1 and spans[0].last - spans[0].first >= len(line.text.strip("()[] ")) - 2


def _row(block: Block) -> Line:
    return Line(block.text.replace("\n", " "), replace(block, text=block.text.replace("\n", " ")))
