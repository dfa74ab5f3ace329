"""Entities and their names while a snapshot is built; which of several a mention means is decided elsewhere."""

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.language.naming import Naming, naming
from bot.store.connection import placeholders
from bot.store.schema import STUB, SUGGESTED

_FITS = """
SELECT n.key, e.id, e.kind, e.slug, e.name, e.words, n.position, e.stub
FROM name n JOIN entity e ON e.id = n.entity WHERE n.key IN ({marks}) AND n.weight = 2 ORDER BY e.slug
"""
_ADD_KEY = """
INSERT INTO name VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
SET weight = excluded.weight, position = excluded.position, text = excluded.text WHERE weight < excluded.weight
"""
_SETTLE = """
INSERT OR IGNORE INTO mention SELECT m.key, m.kinds, m.document, m.name, m.suggested FROM temp.raw_mention m
WHERE NOT EXISTS (
    SELECT 1 FROM name n JOIN entity e ON e.id = n.entity
    WHERE n.key = m.key AND n.weight = 2 AND NOT e.stub AND instr(m.kinds, '|' || e.kind || '|'))
"""
_WANTED = """
SELECT key, kinds, min(name), suggested FROM mention{where}
GROUP BY key, suggested, kinds ORDER BY key, suggested, kinds
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name could mean."""

    id: int
    kind: str
    slug: str
    name: str
    words: str  # stems of all its names
    is_alias: bool  # it is only also called so
    stub: bool
    suggested: bool = False  # a stub that only suggestions mention


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name that no document defines: each combination of kinds it was mentioned with, and how it was written."""

    key: str
    mentions: tuple[tuple[tuple[str, ...], str], ...]
    suggested: tuple[tuple[tuple[str, ...], str], ...] = ()  # those in suggestions


class NameTable:
    """The tables entity, name and mention of the snapshot that is being built."""

    def __init__(self, connection: sqlite3.Connection, stop: Container[str]) -> None:
        self._connection = connection
        self._stop = stop

    def fits(self, key: str) -> list[Candidate]:
        """Every entity with this name or alias."""
        return self.fits_all([key])[key]

    def fits_all(self, keys: Sequence[str]) -> dict[str, list[Candidate]]:
        """For each of these keys every entity with this name or alias."""
        found: dict[str, list[Candidate]] = {key: [] for key in keys}
        marks, values = placeholders(keys)
        rows = self._connection.execute(_FITS.format(marks=marks), values)
        for key, id_, kind, slug, name, words, position, stub in rows:
            found[key].append(Candidate(id_, kind, slug, name, words, position > 0, bool(stub), stub == SUGGESTED))
        return found

    def declare(self, item: Naming) -> int:
        """Add an entity that a document defines; to one of the same kind and name its aliases and types are added."""
        entity = self._insert(item, item.slug, stub=0)
        if entity is not None:
            return entity
        same = self._same(item)
        if same is None:
            return self._insert_apart(item, stub=0)
        self.add_names(same.id, item)
        return same.id

    def declare_apart(self, item: Naming) -> int:
        """Add an entity that a document defines, even if another one has its name."""
        return self._insert(item, item.slug, stub=0) or self._insert_apart(item, stub=0)

    def add_names(self, entity: int, item: Naming) -> None:
        """Add what another document calls an entity, and what it says that it is."""
        types, words = self._connection.execute("SELECT types, words FROM entity WHERE id = ?", (entity,)).fetchone()
        text = json.dumps(list(dict.fromkeys([*json.loads(types), *item.types])), ensure_ascii=False)
        self._connection.execute("UPDATE entity SET types = ? WHERE id = ?", (text, entity))
        self._add_types(entity, item.types)
        both = " ".join(sorted({*words.split(), *item.words.split()}))
        self._connection.execute("UPDATE entity SET words = ? WHERE id = ?", (both, entity))
        sql = "SELECT max(position) FROM name WHERE entity = ? AND weight = 2"
        self._add_keys(entity, item, after=1 + self._connection.execute(sql, (entity,)).fetchone()[0])

    def add_stub(self, kind: str, name: str, *, suggested: bool = False) -> None:
        """Add an entity that is only mentioned, in facts or only in suggestions."""
        item = naming(kind, name, stop=self._stop)
        stub = SUGGESTED if suggested else STUB
        if self._insert(item, item.slug, stub=stub) is None:
            self._insert_apart(item, stub=stub)

    def mention(self, document: int, mentions: Iterable[tuple[str, str, str, int]]) -> None:
        """Note whom a document mentions: key, allowed kinds, spelling, and whether only suggestions do."""
        self._connection.executemany(
            "INSERT INTO temp.raw_mention VALUES (?, ?, ?, ?, ?)",
            [(key, kinds, document, name, suggested) for key, kinds, name, suggested in mentions],
        )

    def settle_mentions(self) -> None:
        """Keep the mentions that no declared entity fits; all entities have to be declared before."""
        self._connection.execute(_SETTLE)
        self._connection.execute("DELETE FROM temp.raw_mention")

    def wanted(self) -> Iterator[Wanted]:
        """All names that need a stub, by key."""
        rows = self._connection.execute(_WANTED.format(where=""))
        for key, group in groupby(rows, key=lambda row: str(row[0])):
            yield _wanted(key, group)

    def wanted_of(self, key: str) -> Wanted:
        """The mentions of one name that no document defines."""
        return _wanted(key, self._connection.execute(_WANTED.format(where=" WHERE key = ?"), (key,)))

    def mentioned_in(self, document: int) -> set[str]:
        """The keys of undefined names in a document."""
        sql = "SELECT key FROM mention WHERE document = ?"
        return {key for (key,) in self._connection.execute(sql, (document,))}

    def forget_mentions(self, document: int) -> None:
        """Drop the mentions of a document that is about to be read again."""
        self._connection.execute("DELETE FROM mention WHERE document = ?", (document,))

    def stubs_of(self, key: str) -> list[Candidate]:
        """The stubs made for a name."""
        return [fit for fit in self.fits(key) if fit.stub]

    def drop_stub(self, entity: int) -> None:
        """Remove a stub that nobody mentions any more."""
        self._connection.execute("DELETE FROM name WHERE entity = ?", (entity,))
        self._connection.execute("DELETE FROM entity WHERE id = ?", (entity,))

    def shares_slug(self, kind: str, name: str) -> bool:
        """Whether an entity of another name has, or had to give way for, the slug that this one gets."""
        item = naming(kind, name)
        rows = self._connection.execute(
            "SELECT slug, key, name FROM entity WHERE kind = ? AND (slug = ? OR slug GLOB ?)",
            (kind, item.slug, f"{_glob(item.slug)}-[0-9]*"),
        )
        return any(
            other != item.key and (taken == item.slug or naming(kind, spelled).slug != taken)
            for taken, other, spelled in rows
        )  # fmt: skip

    def _same(self, item: Naming) -> Candidate | None:
        fits = self.fits(item.key)
        return next((fit for fit in fits if fit.kind == item.kind and not fit.is_alias and not fit.stub), None)

    def _insert(self, item: Naming, slug: str, *, stub: int) -> int | None:
        """Add an entity; None where another one has the slug."""
        types = json.dumps(item.types, ensure_ascii=False) if item.types else "[]"
        cursor = self._connection.execute(
            "INSERT OR IGNORE INTO entity VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
            (slug, item.kind, item.name, item.key, types, stub, item.words),
        )
        entity = cursor.lastrowid
        if not cursor.rowcount or entity is None:
            return None
        if item.types:
            self._add_types(entity, item.types)
        self._add_keys(entity, item, after=0)
        return entity

    def _insert_apart(self, item: Naming, *, stub: int) -> int:
        """Add an entity whose slug another one has."""
        number = 2
        while (entity := self._insert(item, f"{item.slug}-{number}", stub=stub)) is None:
            number += 1
        return entity

    def _add_types(self, entity: int, types: tuple[str, ...]) -> None:
        rows = [(type_, entity) for type_ in types]
        self._connection.executemany("INSERT OR IGNORE INTO entity_type VALUES (?, ?)", rows)

    def _add_keys(self, entity: int, item: Naming, after: int) -> None:
        rows = [(key, entity, weight, after + position, text) for key, weight, position, text in item.keys]
        self._connection.executemany(_ADD_KEY, rows)


def _glob(text: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in text)


def _wanted(key: str, rows: Iterable[tuple[str, str, str, int]]) -> Wanted:
    sides: tuple[list[tuple[tuple[str, ...], str]], ...] = ([], [])
    for _, kinds, name, suggested in rows:
        sides[suggested].append((tuple(kinds.strip("|").split("|")), name))
    return Wanted(key, *map(tuple, sides))
