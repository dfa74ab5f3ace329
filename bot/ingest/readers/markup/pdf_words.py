"""The words of a PDF's page, each at its place, and where its links lead; knows no lines and no columns.

Taken letter by letter: asked for the text within a rectangle, pdfium gives the neighbours' letters twice where letters
are set close, and drops a dash, whose own rectangle is flat.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_MOST_LETTERS = 60_000  # of one page
_MOST_LINKS = 500
_MOST_URL = 2_000  # bytes
_SOFT_HYPHENS = "\u0002\u00ad\ufffe\uffff"
_BOLD = 600


@dataclass(slots=True)
class Word:
    """A word on a page; y grows upward."""

    left: float
    bottom: float
    right: float
    top: float
    text: str
    size: float
    bold: bool
    url: str = ""


def words_of_page(page: Any, text: Any, raw: Any) -> list[Word]:
    """The words in the order in which they are drawn. `raw` is pdfium itself."""
    words = list(_words(text, raw))
    for left, bottom, right, top, url in _links(page, raw):
        for word in words:
            if left <= (word.left + word.right) / 2 <= right and bottom <= (word.bottom + word.top) / 2 <= top:
                word.url = url
    return words


def _words(text: Any, raw: Any) -> Iterator[Word]:
    word: Word | None = None
    box = raw.FS_RECTF()
    for index in range(min(text.count_chars(), _MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(text, index)
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if letter in _SOFT_HYPHENS and letter:
            letter = "-"
        if not letter.strip() or not letter.isprintable():
            if word is not None and letter:
                yield word
                word = None
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        if word is not None and _continues(word, box):
            word.text += letter
            word.right = max(word.right, box.right)
            continue
        if word is not None:
            yield word
        size = float(raw.FPDFText_GetFontSize(text, index))
        size = size if size > 1.5 else box.top - box.bottom
        word = Word(box.left, box.bottom, box.right, box.top, letter, size, _is_bold(raw, text, index))
    if word is not None:
        yield word


def _continues(word: Word, box: Any) -> bool:
    """Whether a letter stands at the word's end, on its line."""
    height = max(word.top - word.bottom, 1.0)
    return bool(abs(box.bottom - word.bottom) < 0.25 * height and -0.5 * height < box.left - word.right < 0.35 * height)


def _is_bold(raw: Any, text: Any, index: int) -> bool:
    """Whether the letter's font is heavy or calls itself so; many that are heavy do not say how much."""
    if raw.FPDFText_GetFontWeight(text, index) >= _BOLD:
        return True
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    return b"bold" in buffer.value.lower() or b"black" in buffer.value.lower()


def _links(page: Any, raw: Any) -> Iterator[tuple[float, float, float, float, str]]:
    """Where the links of a page are, and where they lead."""
    at, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    for _ in range(_MOST_LINKS):
        if not raw.FPDFLink_Enumerate(page, at, link):
            return
        action = raw.FPDFLink_GetAction(link)
        if action and raw.FPDFLink_GetAnnotRect(link, box):
            buffer = ctypes.create_string_buffer(_MOST_URL)
            if raw.FPDFAction_GetURIPath(page.pdf, action, buffer, _MOST_URL) <= _MOST_URL:
                url = buffer.value.decode("utf-8", "replace").strip()
                if url:
                    low, high = sorted((box.bottom, box.top))
                    yield box.left, low, box.right, high, url
