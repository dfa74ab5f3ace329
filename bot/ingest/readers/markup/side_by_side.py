"""Plain text set in two columns, as it comes out of a PDF: which lines stand beside which; knows nothing they mean."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.language.date_ranges import find_ranges

_STARTS = re.compile(r"(?:(?<=\S) {3,}|\A {12,})(?=\S)")
_FEWEST = 6  # lines that begin at one place, to make a column
_LEFTMOST = 18  # characters; further left it is an indent
_MOST_LINES = 2_000
_MOST_ACROSS = 0.15  # of the lines, those that run over the gap
_HEADING = 4  # letters


def columns_apart(lines: Sequence[str]) -> list[tuple[str, ...]]:
    """The lines in the order they are to be read: each part has all lines, blank where they belong to another part.

    What stands above the first heading of either column comes first, then one column after the other.
    """
    found = _gap(lines) if len(lines) <= _MOST_LINES else None
    if found is None:
        return [tuple(lines)]
    gap, last = found
    apart = [_halves(line, gap) if at <= last else (line, "") for at, line in enumerate(lines)]
    top = next(at for at, pair in enumerate(apart) if any(map(_is_heading, pair)))
    stretches = [(begin, end, side) for begin, end in ((0, top), (top, last + 1)) for side in (0, 1)]
    parts = [
        tuple(pair[side] if begin <= at < end else "" for at, pair in enumerate(apart))
        for begin, end, side in (*stretches, (last + 1, len(lines), 0))
    ]
    return [part for part in parts if any(map(str.strip, part))]


def _gap(lines: Sequence[str]) -> tuple[int, int] | None:
    """Where the second column begins, and its last line; None where there is none, or only dates set to the right."""
    starts = Counter(
        match.end()
        for line in lines
        if "\t" not in line
        for match in _STARTS.finditer(line)
        if match.end() >= _LEFTMOST
    )
    for gap, count in starts.most_common(3):
        if count < _FEWEST:
            return None
        begun = [at for at, line in enumerate(lines) if line[gap : gap + 1].strip() and not line[gap - 2 : gap].strip()]
        second = [lines[at][gap:] for at in begun]
        across = sum(_runs_over(line, gap) for line in lines[begun[0] : begun[-1] + 1])
        headed = any(map(_is_heading, second)) and any(_is_heading(line[:gap]) for line in lines)
        dated = sum(bool(find_ranges(text)) for text in second)
        if headed and dated * 2 < len(second) and across <= _MOST_ACROSS * len(begun):
            after = (at for at in range(begun[-1] + 1, len(lines)) if _runs_over(lines[at], gap))
            return gap, next(after, len(lines)) - 1
    return None


def _halves(line: str, gap: int) -> tuple[str, str]:
    return (line, "") if _runs_over(line, gap) else (line[:gap].rstrip(), line[gap:])


def _runs_over(line: str, gap: int) -> bool:
    return bool(line[gap - 2 : gap].strip()) and bool(line[gap : gap + 1].strip())


def _is_heading(text: str) -> bool:
    """Whether a piece is written like the name of a section: a word or some, in capitals."""
    text = text.strip()
    return text.isupper() and sum(map(str.isalpha, text)) >= _HEADING and "   " not in text and len(text.split()) <= 4
