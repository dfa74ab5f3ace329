"""The lines of a PDF by their places on each page, written as JSON; runs in a process of its own, with limits.

    python -m bot.ingest.readers.markup.pdf_pages SECONDS BYTES < document.pdf

Columns are read one after the other; what stands on one line apart is set apart by tabs.
"""

import json
import sys
from itertools import pairwise
from typing import Any, NamedTuple

from bot.ingest.readers.markup.pdf_words import Word, words_of_page

MOST_PAGES = 200
_SAME_LINE = 0.5  # of a line's height
_APART = 1.6  # blanks of the font: a column of its own
_WITHIN = 1.0  # of the font: as far as words of one run are apart at most
_LETTERS = 0.75  # of a font's height: without what hangs below and stands above
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
    links: tuple[tuple[str, str], ...] = ()  # words and where they lead


class Line(NamedTuple):
    """A line of a page; an empty one where a paragraph ends."""

    text: str
    size: float = 0.0
    bold: bool = False
    links: tuple[tuple[str, str], ...] = ()
    ended: bool = False  # more would have fitted on it: the break after it is meant


def lines_of(pieces: list[Piece]) -> list[Line]:
    """The lines of one page in reading order."""
    lines: list[Line] = []
    for column in _columns(pieces):
        rows = _rows(column)
        steps = sorted(other[0].bottom - one[0].bottom for one, other in pairwise(rows))
        usual = steps[len(steps) // 2] if steps else 0.0
        edges = _edges(rows)
        for place, row in enumerate(rows):
            if place and row[0].bottom - rows[place - 1][0].bottom > _GAP * max(usual, _height(row)):
                lines.append(Line(""))
            links = tuple(link for p in row for link in p.links)
            ended = place + 1 < len(rows) and _fits(row, rows[place + 1], edges)
            lines.append(Line(_joined(row), max(p.size for p in row), all(p.bold for p in row), links, ended))
        lines.append(Line(""))
    return lines


def _edges(rows: list[list[Piece]]) -> dict[int, float]:
    """How far to the right the texts reach that begin at one place."""
    edges: dict[int, float] = {}
    for row in rows:
        edges[_begins(row)] = max(edges.get(_begins(row), 0.0), row[-1].right)
    return edges


def _begins(row: list[Piece]) -> int:
    """Where the last column of a row begins."""
    first = row[-1]
    for one, other in pairwise(reversed(row)):
        if one.left - other.right > _blank(other) * _APART * 2:
            break
        first = other
    return round(first.left)


def _fits(row: list[Piece], following: list[Piece], edges: dict[int, float]) -> bool:
    """Whether the first word of the next row, which begins below this one's text, would have fitted on this one."""
    begins = _begins(row)
    if abs(following[0].left - begins) > 1.5 or row[-1].text.endswith(("-", "–")):
        return False
    word, *_ = following[0].text.split(" ", 1)
    wide = (following[0].right - following[0].left) * len(word) / max(1, len(following[0].text))
    return row[-1].right + wide + 2 * _blank(row[-1]) < edges[begins]


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
        blank = _blank(one)
        parts += ["\t" if gap > _APART * 2 * blank else " " if gap > 0.3 * blank else "", piece.text]
    return "".join(parts)


def _blank(piece: Piece) -> float:
    return max(min(piece.size, piece.bottom - piece.top), 4.0) * 0.5


def _height(line: list[Piece]) -> float:
    return max(1.0, *(_LETTERS * (p.bottom - p.top) for p in line))


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
    pages: list[list[Line]] = []
    for number in range(min(len(document), MOST_PAGES)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            pages.append([])
            continue
        pages.append(lines_of(_pieces(words_of_page(page, text, raw), page.get_height())))
    return {"pages": pages, "about": about, "cut": len(document) > MOST_PAGES}


def _pieces(words: list[Word], height: float) -> list[Piece]:
    """Runs of words that were drawn one after the other on one line, in one weight."""
    runs: list[list[Word]] = []
    for word in words:
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and word.bold == last.bold
            and abs(word.bottom - last.bottom) < 0.2 * (last.top - last.bottom)
            and 0 <= word.left - last.right < _WITHIN * _LETTERS * (last.top - last.bottom)
        ):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_piece(run, height) for run in runs]


def _piece(run: list[Word], height: float) -> Piece:
    links: dict[str, list[str]] = {}
    for word in run:
        if word.url:
            links.setdefault(word.url, []).append(word.text)
    return Piece(
        run[0].left, run[-1].right, height - max(word.top for word in run), height - min(word.bottom for word in run),
        " ".join(word.text for word in run), max(word.size for word in run), run[0].bold,
        tuple((" ".join(said), url) for url, said in links.items()),
    )  # fmt: skip


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
