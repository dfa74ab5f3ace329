"""Rows on their way into a snapshot, in the order of the tables' columns; nothing is asked of them."""

from typing import NamedTuple

from bot.model.problem import Problem


class FactRow(NamedTuple):
    """One row of the table fact, in its order of columns."""

    id: int
    statement: int
    hash: int
    document: int
    line: int
    subject: int
    property: str
    object: int | None
    text: str
    number: float | None
    date: str | None
    qualifiers: str | None
    start: str | None
    end: str | None
    first_day: int | None
    last_day: int | None
    source: int
    place: str | None
    evidence: str
    rank: int
    words: str


class DocumentRow(NamedTuple):
    """One row of the table document with its draft."""

    id: int
    path: str
    sha256: bytes
    size: int
    mtime_ns: int
    state: str
    problems: tuple[Problem, ...]
    head: str | None = None
    body: str | None = None
