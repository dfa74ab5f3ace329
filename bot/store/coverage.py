"""How much of each document was understood, for those who look after them; answers no member's question."""

import json
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from bot.model.coverage import Unplaced
from bot.model.problem import Problem
from bot.store.diff import ShownConflict, conflicts
from bot.store.schema import id_ranges
from bot.store.snapshot import problems_of_text

_DOCUMENTS = """
SELECT d.path, d.id, d.state, d.source IS NOT NULL, d.facts, d.suggestions, d.unplaced FROM document d
{where} ORDER BY d.path
"""
_AMISS = "SELECT path, state, problems FROM document WHERE state <> 'loaded' OR problems <> '[]' ORDER BY path"
_TOTALS = "SELECT count(*) FILTER (WHERE state = 'loaded'), total(unplaced) FROM document"
_CONFLICTS = """
SELECT document, count(*) FROM (
    SELECT c.one, c.other, f.document FROM conflict c JOIN fact f ON f.id = c.one UNION
    SELECT c.one, c.other, f.document FROM conflict c JOIN fact f ON f.id = c.other
) GROUP BY document
"""
_UNDECIDED = """
SELECT a.kind, a.name, a.slug, a.id, b.name, b.slug, b.id FROM undecided u
JOIN entity a ON a.id = u.one JOIN entity b ON b.id = u.other ORDER BY a.kind, a.key, a.slug, b.slug LIMIT ?
"""
_MADE = """
SELECT f.line, f.evidence, e.name, f.property, f.text, f.rank, f.start, f.end, f.qualifiers
FROM fact f JOIN entity e ON e.id = f.subject
WHERE f.id BETWEEN ? AND ? ORDER BY f.id
"""


class Coverage(NamedTuple):
    """One document in numbers; `raw` when it is no profile, `unplaced` counts its lines that were not understood."""

    path: str
    id: int
    state: str
    raw: bool
    facts: int
    suggestions: int
    unplaced: int
    conflicts: int


class Made(NamedTuple):
    """What was made of one line: `evidence` are the words of the document, `rank` tells a suggestion from a fact."""

    line: int
    evidence: str
    subject: str
    property: str
    text: str
    rank: int
    start: str | None
    end: str | None
    details: tuple[tuple[str, str], ...]  # property and text


class Undecided(NamedTuple):
    """Two entities that share a name, of which nobody knows whether they are one; the documents declare them."""

    kind: str
    name: str
    slug: str
    documents: tuple[str, ...]
    other_name: str
    other_slug: str
    other_documents: tuple[str, ...]


class CoverageQueries:
    """Questions about documents, to a snapshot or to one that is being built."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def documents(self, *, raw_only: bool = False) -> Iterator[Coverage]:
        """All documents by path, or those that are no profiles; of these there are few where there are many."""
        conflicting = dict(self._connection.execute(_CONFLICTS))
        sql = _DOCUMENTS.format(where="WHERE d.source IS NOT NULL" if raw_only else "")
        for path, id_, state, raw, facts, suggestions, unplaced in self._connection.execute(sql):
            yield Coverage(path, id_, state, bool(raw), facts, suggestions, unplaced, conflicting.get(id_, 0))

    def totals(self) -> tuple[int, int]:
        """How many documents were loaded, and how many lines of all of them were not understood."""
        loaded, unplaced = self._connection.execute(_TOTALS).fetchone()
        return loaded, int(unplaced)

    def amiss(self) -> Iterator[tuple[str, str, list[Problem]]]:
        """Path, state and problems of the documents that were not loaded without any, by path."""
        for path, state, problems in self._connection.execute(_AMISS):
            yield path, state, problems_of_text(path, problems)

    def undecided(self, limit: int = 1000) -> list[Undecided]:
        """The pairs of entities about which somebody has to be asked, by name."""
        return [
            Undecided(kind, name, slug, self._declaring(one), other_name, other_slug, self._declaring(other))
            for kind, name, slug, one, other_name, other_slug, other in self._connection.execute(_UNDECIDED, (limit,))
        ]

    def _declaring(self, entity: int) -> tuple[str, ...]:
        sql = "SELECT d.path FROM declaration x JOIN document d ON d.id = x.document WHERE x.entity = ? ORDER BY d.path"
        return tuple(path for (path,) in self._connection.execute(sql, (entity,)))

    def conflicts(self, limit: int = 1000) -> list[ShownConflict]:
        """The recorded conflicts, by subject and property."""
        return conflicts(self._connection, limit)

    def unplaced(self, document: int, limit: int = -1) -> list[Unplaced]:
        """The lines of a document that were not understood, in their order."""
        sql = "SELECT line, text, why FROM unplaced WHERE document = ? ORDER BY number LIMIT ?"
        return [Unplaced(*row) for row in self._connection.execute(sql, (document, limit))]

    def made(self, document: int) -> list[Made]:
        """What was made of a document, best rank first."""
        rows = (row for bounds in id_ranges(document) for row in self._connection.execute(_MADE, bounds))
        return [
            Made._make((*row[:-1], tuple((item[0], item[1]) for item in json.loads(row[-1] or "[]")))) for row in rows
        ]

    def passages(self, document: int) -> list[tuple[int, str, str]]:
        """Line, section and text of the passages of a document, in their order."""
        sql = "SELECT line, section, body FROM passage WHERE id BETWEEN ? AND ? ORDER BY id"
        return [row for bounds in id_ranges(document) for row in self._connection.execute(sql, bounds)]
