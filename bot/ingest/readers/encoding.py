"""Bytes of a document to its text: which encoding they are in, or why they are no text; knows no format."""

import codecs
import re
from dataclasses import dataclass

from bot.ingest.documents.format import Raw
from bot.ingest.documents.reading import Reading
from bot.model.problem import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KNOWN = (  # what a file is whose name says text
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "a database"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*[=:]\s*[\"']?([A-Za-z][A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_HEAD = 4096
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")  # \x1b stands in some ISO 2022 texts
_MOST_CONTROL = 0.01  # of a text that is one
_UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000)], " ")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with bare line feeds; `problem` says why there is none, or what was guessed."""

    text: str
    lines: tuple[str, ...]
    problem: Problem | None = None

    @property
    def readable(self) -> bool:
        """Whether there is a text to read."""
        return self.problem is None or not self.problem.fatal

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What there is to tell of it."""
        return () if self.problem is None else (self.problem,)


def decode(raw: Raw) -> Decoded:
    """The text of a document. Never raises."""
    data = raw.data
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return _not_text(raw, "the file is empty")
    known = next((what for mark, what in _KNOWN if data.startswith(mark)), None)
    if known is not None:
        return _not_text(raw, f"not a text but {known}")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(raw, data[len(mark) :].decode(encoding, "replace"), None)
    if b"\0" in data[:_HEAD]:
        wide = _wide(data)
        if wide is None:
            return _not_text(raw, "not a text: it holds NUL bytes")
        return _decoded(raw, data.decode(wide, "replace"), wide)
    try:
        return _decoded(raw, data.decode("utf-8"), None)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        if error.reason == "unexpected end of data" and not before.isascii():  # cut off within a letter
            return _decoded(raw, before.decode("utf-8"), None)
        return _one_byte(raw, error.start)


def tidy(text: str) -> str:
    """A value without what cannot be shown or stored: control characters, halves of letters."""
    return text.translate(_UNPRINTABLE) if not text.isprintable() else text


def broken(raw: Raw, line: int, message: str) -> Reading:
    """The reading of a document that cannot be read: one clear line."""
    return Reading(problems=(Problem(raw.path, line, message),))


def _one_byte(raw: Raw, first_fault: int) -> Decoded:
    """A text in an older encoding: the declared one, or the usual one of the west."""
    declared = _DECLARED.search(raw.data, 0, _HEAD)
    names = [declared[1].decode("ascii")] if declared is not None else []
    line = raw.data.count(b"\n", 0, first_fault) + 1
    for name in [*names, "cp1252", "latin-1"]:
        try:
            encoding = codecs.lookup(name).name
            text = raw.data.decode(encoding)
        except (LookupError, UnicodeError, ValueError):
            continue
        if encoding == "utf-8" or not _plausible(text):
            continue
        return _decoded(raw, text, encoding, line)
    return _not_text(raw, "not a text in any encoding that is known here", line)


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: nearly every other byte of a western text is zero."""
    head = data[: _HEAD - _HEAD % 2]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if zeros.count(0) > 0.7 * len(zeros):
            return encoding
    return None


def _plausible(text: str) -> bool:
    """Whether a text has as few control characters as a text has; a picture has many."""
    head = text[:_HEAD]
    return len(_CONTROL.findall(head)) <= _MOST_CONTROL * len(head)


def _decoded(raw: Raw, text: str, guessed: str | None, line: int = 1) -> Decoded:
    if not _plausible(text):
        return _not_text(raw, "not a text: it is full of control characters", line)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    problem = None
    if guessed is not None:
        problem = Problem(raw.path, line, f"not UTF-8; read as {guessed}", fatal=False)
    return Decoded(text, tuple(text.split("\n")), problem)


def _not_text(raw: Raw, message: str, line: int = 1) -> Decoded:
    return Decoded("", (), Problem(raw.path, line, message))
