"""What two snapshots have in common and what in one of them contradicts itself: rows to compare, rows to show."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from bot.store.connection import placeholders
from bot.store.schema import FIRST_SUGGESTION, id_ranges

_HASHES = "SELECT statement, hash, id FROM fact WHERE id < ?{where} ORDER BY statement, hash, id"
_SHOWN = """
SELECT f.id, e.name, f.property, f.text, d.path, f.line, f.qualifiers, f.start, f.end, s.title FROM fact f
JOIN entity e ON e.id = f.subject JOIN document d ON d.id = f.document JOIN source s ON s.id = f.source
WHERE f.id IN ({marks})
"""
_STATED = "f.id, f.object, f.text, f.number, f.date, f.qualifiers, f.first_day, f.last_day"
_GROUPS = """
SELECT g.subject, g.property, {stated} FROM (
    SELECT subject, property FROM fact WHERE property IN ({marks}) AND id < ?
    GROUP BY subject, property HAVING count(*) > 1
) g CROSS JOIN link l ON l.entity = g.subject AND l.property = g.property AND l.role = 's'
CROSS JOIN fact f ON f.id = l.fact WHERE f.id < ? ORDER BY 1, 2, f.id
"""
_GROUPS_OF = """
SELECT f.subject, f.property, {stated} FROM link l JOIN fact f ON f.id = l.fact
WHERE l.entity = ? AND l.role = 's' AND l.property IN ({marks}) AND f.id < ? ORDER BY f.property, f.id
"""
_CONFLICTS = """
SELECT e.name, c.property, a.text, x.path, a.line, b.text, y.path, b.line, a.statement, b.statement
FROM conflict c JOIN entity e ON e.id = c.subject JOIN fact a ON a.id = c.one JOIN fact b ON b.id = c.other
JOIN document x ON x.id = a.document JOIN document y ON y.id = b.document
ORDER BY e.name, c.property, c.one, c.other LIMIT ?
"""
_AT_ONCE = 500


class ShownFact(NamedTuple):
    """A fact as a maintainer is told of it."""

    id: int
    subject: str
    property: str
    text: str
    document: str
    line: int
    details: tuple[tuple[str, str], ...] = ()  # property and value of each
    start: str = ""  # ISO 8601, as precise as the document; empty: open or none
    end: str = ""
    source: str = ""  # its title


class ShownConflict(NamedTuple):
    """Two facts that contradict each other; the statements are the same in every snapshot."""

    subject: str
    property: str
    one: str
    one_document: str
    one_line: int
    other: str
    other_document: str
    other_line: int
    statements: tuple[int, int]


class Group(NamedTuple):
    """Facts of one subject and property that has one value at a time; `rows` as `checks.Stated`."""

    subject: int
    property: str
    rows: list[tuple[Any, ...]]


def hashes(connection: sqlite3.Connection, documents: Iterable[int] | None = None) -> Iterator[tuple[int, int, int]]:
    """Statement, hash and id of what all or some documents state, in that order; suggestions state nothing."""
    if documents is None:
        return iter(connection.execute(_HASHES.format(where=""), (FIRST_SUGGESTION,)))
    ranges = [bounds for document in documents for bounds in id_ranges(document)]
    where = f" AND ({' OR '.join(['id BETWEEN ? AND ?'] * len(ranges)) or '0'})"
    values = [FIRST_SUGGESTION, *(value for bounds in ranges for value in bounds)]
    return iter(connection.execute(_HASHES.format(where=where), values))


def shown(connection: sqlite3.Connection, ids: Iterable[int]) -> list[ShownFact]:
    """The facts of these ids, by document and line."""
    wanted = list(ids)
    found: list[ShownFact] = []
    for start in range(0, len(wanted), _AT_ONCE):
        marks, values = placeholders(wanted[start : start + _AT_ONCE])
        found += [_shown(row) for row in connection.execute(_SHOWN.format(marks=marks), values)]
    return sorted(found, key=lambda fact: (fact.document, fact.line, fact.id))


def several_values(
    connection: sqlite3.Connection, properties: list[str], subject: int | None = None
) -> Iterator[Group]:  # fmt: skip
    """The facts of each subject that has more than one of a single-valued property; of one subject or of all."""
    if not properties:
        return
    marks, values = placeholders(properties)
    sql = (_GROUPS if subject is None else _GROUPS_OF).format(stated=_STATED, marks=marks)
    stated = [*values, FIRST_SUGGESTION]
    rows = connection.execute(sql, [*stated, FIRST_SUGGESTION] if subject is None else [subject, *stated])
    for (entity, name), group in groupby(rows, key=lambda row: (row[0], row[1])):
        facts = [row[2:] for row in group]
        if len(facts) > 1:
            yield Group(entity, name, facts)


def set_conflicts(
    connection: sqlite3.Connection, pairs: Iterable[tuple[int, str, int, int]], subjects: Iterable[int] | None = None
) -> None:
    """Replace the recorded conflicts, of some subjects or of all."""
    if subjects is None:
        connection.execute("DELETE FROM conflict")
    else:
        connection.executemany("DELETE FROM conflict WHERE subject = ?", ((entity,) for entity in subjects))
    connection.executemany("INSERT OR IGNORE INTO conflict VALUES (?, ?, ?, ?)", pairs)


def conflicts(connection: sqlite3.Connection, limit: int = 1000) -> list[ShownConflict]:
    """The recorded conflicts, by subject and property."""
    rows = connection.execute(_CONFLICTS, (limit,))
    return [ShownConflict._make((*row[:8], (min(row[8:]), max(row[8:])))) for row in rows]


def _shown(row: tuple[Any, ...]) -> ShownFact:
    qualifiers, start, end, source = row[6:]
    details = tuple((item[0], item[1]) for item in json.loads(qualifiers or "[]"))
    return ShownFact._make((*row[:6], details, start or "", end or "", source))
