"""Rows on their way into a snapshot, in the order of the tables' columns; nothing is asked of them."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from zlib import crc32

from bot.model.audience import Limits
from bot.model.coverage import Unplaced
from bot.model.problem import Problem

FactRow = list[Any]  # one row of the table fact; a list, for what is not known at first is put in later
(
    ID, STATEMENT, HASH, DOCUMENT, LINE, SUBJECT, PROPERTY, OBJECT, TEXT, NUMBER, DATE, QUALIFIERS, START, END,
    FIRST_DAY, LAST_DAY, SOURCE, PLACE, EVIDENCE, RANK, WORDS,
) = range(21)  # fmt: skip

PassageRow = tuple[int, int, int, str, str, str, int | None]  # one row of the table passage


class DocumentRow(NamedTuple):
    """One row of the table document with its draft."""

    id: int
    path: str
    sha256: bytes
    size: int
    mtime_ns: int
    state: str
    problems: tuple[Problem, ...]
    head: bytes | None = None
    body: bytes | None = None
    limits: Limits = ()  # who may see it
    within: tuple[str, ...] = ()  # the audiences to which single facts of it are limited
    versions: tuple[tuple[tuple[str, ...], bytes, bytes], ...] = ()  # names, head and body for those who see less


class CoverageRow(NamedTuple):
    """How much of a document was understood, and which source it is itself."""

    document: int
    source: int | None
    facts: int
    suggestions: int
    unplaced: Sequence[Unplaced]


def suggestion_key(document: str, statement: int) -> str:
    """By what a suggestion is approved or refused: the same as long as its document says the same of the same."""
    return f"{crc32(document.encode()):08x}{statement:08x}"
