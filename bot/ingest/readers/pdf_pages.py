"""The lines of a PDF by their places on each page, written as JSON; runs in a process of its own, with limits.

    python -m bot.ingest.readers.pdf_pages SECONDS BYTES < document.pdf

Columns are read one after the other; what stands on one line apart is set apart by tabs.
"""

import ctypes
import json
import sys
from itertools import pairwise
from typing import Any, NamedTuple

MOST_PAGES = 200
_MOST_RECTS = 6_000  # of one page
_SAME_LINE = 0.5  # of a line's height
_APART = 1.6  # blanks of the font: a column of its own
_GAP = 1.35  # times the usual step from line to line: a paragraph ends


class Piece(NamedTuple):
    """A run of text on a page; y grows downward."""

    left: float
    right: float
    top: float
    bottom: float
    text: str
    size: float
    bold: bool


def lines_of(pieces: list[Piece]) -> list[tuple[str, float, bool]]:
    """The lines of one page in reading order: text, size, whether bold; an empty one where a paragraph ends."""
    lines: list[tuple[str, float, bool]] = []
    for column in _columns(pieces):
        last: list[Piece] | None = None
        rows = _rows(column)
        steps = sorted(other[0].bottom - one[0].bottom for one, other in pairwise(rows))
        usual = steps[len(steps) // 2] if steps else 0.0
        for line in rows:
            if last is not None and line[0].bottom - last[0].bottom > _GAP * max(usual, _height(line)):
                lines.append(("", 0.0, False))
            lines.append((_joined(line), max(p.size for p in line), all(p.bold for p in line)))
            last = line
        lines.append(("", 0.0, False))
    return lines


def _rows(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces of about the same height together, from the left."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda item: (item.bottom, item.left)):
        last = rows[-1] if rows else None
        if last is not None and abs(piece.bottom - last[0].bottom) < _SAME_LINE * (last[0].bottom - last[0].top):
            last.append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda item: item.left) for row in rows]


def _columns(pieces: list[Piece]) -> list[list[Piece]]:
    """The page cut where nothing stands between two halves whose lines do not go together, as beside a sidebar."""
    if len(pieces) < 12:
        return [pieces]
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    for tenth in range(22, 75):
        cut = left + (right - left) * tenth / 100
        across = [p for p in pieces if p.left < cut < p.right]
        if across and max(p.bottom for p in across) > min(p.top for p in pieces) + 0.25 * _tall(pieces):
            continue
        beside = [p for p in pieces if p not in across] if across else pieces
        first = [p for p in beside if p.right <= cut]
        second = [p for p in beside if p.left >= cut]
        if min(len(_rows(first)), len(_rows(second))) < 6:
            continue
        gutter = min(p.left for p in second) - max(p.right for p in first)
        if gutter < 6 or _aligned(first, second) > 0.6:
            continue
        low = max((p.bottom for p in across), default=-1.0)
        above = [p for p in pieces if p.bottom <= low]
        return [
            part
            for part in (above, [p for p in first if p not in above], [p for p in second if p not in above])
            if part
        ]
    return [pieces]


def _aligned(first: list[Piece], second: list[Piece]) -> float:
    """How many lines of the shorter half stand at the height of one of the other."""
    one, other = sorted((_rows(first), _rows(second)), key=len)
    heights = [row[0].bottom for row in other]
    hits = sum(any(abs(row[0].bottom - height) < 2.0 for height in heights) for row in one)
    return hits / max(1, len(one))


def _joined(line: list[Piece]) -> str:
    parts = [line[0].text]
    for one, piece in pairwise(line):
        gap = piece.left - one.right
        blank = max(one.size, 4.0) * 0.5
        parts += ["\t" if gap > _APART * 2 * blank else " " if gap > 0.3 * blank else "", piece.text]
    return "".join(parts)


def _height(line: list[Piece]) -> float:
    return max(1.0, *(p.bottom - p.top for p in line))


def _tall(pieces: list[Piece]) -> float:
    return max(p.bottom for p in pieces) - min(p.top for p in pieces)


def read(data: bytes) -> dict[str, Any]:
    """Pages and what the document says of itself, or `error`."""
    import pypdfium2  # type: ignore[import-untyped] # noqa: PLC0415 (an extra; only this process needs it)
    from pypdfium2 import raw  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"error": "it is encrypted" if "assword" in str(error) else "not a readable PDF"}
    about = {name.lower(): text for name, text in document.get_metadata_dict().items() if text}
    pages: list[list[tuple[str, float, bool]]] = []
    for number in range(min(len(document), MOST_PAGES)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            pages.append([])
            continue
        height = page.get_height()
        pieces = []
        for place in range(min(text.count_rects(), _MOST_RECTS)):
            left, bottom, right, top = text.get_rect(place)
            said = " ".join(text.get_text_bounded(left, bottom, right, top).split())
            if not said:
                continue
            index = raw.FPDFText_GetCharIndexAtPos(text, left + 1, (bottom + top) / 2, 4, 4)
            size = float(raw.FPDFText_GetFontSize(text, index)) if index >= 0 else top - bottom
            bold = index >= 0 and (raw.FPDFText_GetFontWeight(text, index) >= 600 or _named_bold(raw, text, index))
            pieces.append(
                Piece(left, right, height - top, height - bottom, said, size if size > 1.5 else top - bottom, bold)
            )
        pages.append(lines_of(pieces))
    return {"pages": pages, "about": about, "cut": len(document) > MOST_PAGES}


def _named_bold(raw: Any, text: Any, index: int) -> bool:
    """Whether the font calls itself bold; many that are do not say how heavy they are."""
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    return b"bold" in buffer.value.lower() or b"black" in buffer.value.lower()


def _limit(seconds: int, size: int) -> None:
    """Bound this process; where the system cannot, its starter's clock remains."""
    try:
        import resource  # noqa: PLC0415 (not on every system)

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ImportError, ValueError, OSError):
        pass


if __name__ == "__main__":
    _limit(int(sys.argv[1]), int(sys.argv[2]))
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)
