"""Which document declares whom, while a snapshot is built; whether two of them are one is decided elsewhere."""

import sqlite3
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from bot.store.connection import placeholders
from bot.store.names import Candidate
from bot.store.schema import INDEXES

_CLASHES = """
SELECT DISTINCT e.id FROM name n JOIN entity e ON e.id = n.entity
WHERE n.key IN ({marks}) AND n.weight = 2 AND e.kind = ? AND e.stub = 0 ORDER BY e.id
"""
_OWN = """
SELECT n.key, e.id, e.kind, e.slug, e.name, e.words, n.position FROM declaration d
CROSS JOIN entity e ON e.id = d.entity CROSS JOIN name n ON n.entity = d.entity AND n.weight = 2
WHERE d.document = ? AND d.shared
"""


_EARLY_INDEXES = [statement for statement in INDEXES.split(";") if "IF NOT EXISTS" in statement]


class Declared(NamedTuple):
    """One row of the table declaration."""

    entity: int
    document: int
    raw: bool
    shared: bool = False


class DeclarationTable:
    """The tables declaration and undecided of the snapshot that is being built."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def index(self) -> None:
        """Make names and declarations quick to find from either side, once all are there that share none."""
        for statement in _EARLY_INDEXES:
            self._connection.execute(statement)

    def clashes(self, kind: str, keys: Iterable[str]) -> list[int]:
        """Declared entities of a kind that have one of these names or aliases."""
        marks, values = placeholders(list(keys))
        return [id_ for (id_,) in self._connection.execute(_CLASHES.format(marks=marks), [*values, kind])]

    def add(self, row: Declared) -> None:
        """Note that a document declares an entity."""
        self._connection.execute("INSERT OR IGNORE INTO declaration VALUES (?, ?, ?, ?)", row)

    def names(self, entity: int) -> tuple[str, list[str]]:
        """The kind of an entity, and its name and aliases as they are compared."""
        (kind,) = self._connection.execute("SELECT kind FROM entity WHERE id = ?", (entity,)).fetchone()
        rows = self._connection.execute("SELECT key FROM name WHERE entity = ? AND weight = 2", (entity,))
        return kind, [key for (key,) in rows]

    def documents(self, entity: int) -> list[tuple[int, bool]]:
        """The documents that declare an entity, and whether each is raw."""
        sql = "SELECT document, raw FROM declaration WHERE entity = ? ORDER BY document"
        return [(document, bool(raw)) for document, raw in self._connection.execute(sql, (entity,))]

    def forget(self, entity: int) -> None:
        """Take an entity out again, before anything is said of it."""
        for table, column in (
            ("declaration", "entity"),
            ("name", "entity"),
            ("entity_type", "entity"),
            ("entity", "id"),
        ):
            self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (entity,))

    def ask(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Note pairs of entities of which nobody knows whether they are the same."""
        self._connection.executemany("INSERT OR IGNORE INTO undecided VALUES (?, ?)", pairs)

    def own(self, document: int) -> dict[tuple[str, str], Candidate]:
        """By key and kind whom a document itself declares, where others declare that name too."""
        if document not in self._sharing:
            return {}
        return {
            (key, kind): Candidate(id_, kind, slug, name, words, position > 0, stub=False)
            for key, id_, kind, slug, name, words, position in self._connection.execute(_OWN, (document,))
        }

    @cached_property
    def _sharing(self) -> set[int]:
        """The documents that share a declared name with another; asked when all are declared."""
        sql = "SELECT DISTINCT document FROM declaration WHERE shared"
        return {document for (document,) in self._connection.execute(sql)}
