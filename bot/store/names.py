"""Entities and their names while a snapshot is built; which of several a mention means is decided elsewhere."""

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from bot.language.fact_words import stems_of
from bot.language.tokens import name_key, tokenize
from bot.model.entity import EntityDraft

_FITS = """
SELECT e.id, e.kind, e.slug, e.name, e.words, n.position, e.stub
FROM name n JOIN entity e ON e.id = n.entity WHERE n.key = ? AND n.weight = 2 ORDER BY e.slug
"""
_ADD_NAME = """
INSERT INTO name VALUES (?, ?, 2, ?, ?)
ON CONFLICT DO UPDATE SET weight = 2, position = excluded.position, text = excluded.text WHERE weight = 1
"""
_SETTLE = """
INSERT OR IGNORE INTO mention SELECT m.key, m.kinds, m.document, m.name FROM temp.raw_mention m WHERE NOT EXISTS (
    SELECT 1 FROM name n JOIN entity e ON e.id = n.entity
    WHERE n.key = m.key AND n.weight = 2 AND NOT e.stub AND instr(m.kinds, '|' || e.kind || '|'))
"""
_WANTED = "SELECT key, kinds, min(name) FROM mention{where} GROUP BY key, kinds ORDER BY key, kinds"


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name that no document defines: each combination of kinds it was mentioned with, and how it was written."""

    key: str
    mentions: tuple[tuple[tuple[str, ...], str], ...]


class NameTable:
    """The tables entity, name and mention of the snapshot that is being built."""

    def __init__(self, connection: sqlite3.Connection, stop: Container[str]) -> None:
        self._connection = connection
        self._stop = stop

    def find(self, kind: str, key: str) -> Candidate | None:
        """The entity of this kind whose name, not alias, has this key."""
        return next((fit for fit in self.fits(key) if fit.kind == kind and not fit.is_alias and not fit.stub), None)

    def fits(self, key: str) -> list[Candidate]:
        """Every entity with this name or alias."""
        return [
            Candidate(id_, kind, slug, name, words, position > 0, bool(stub))
            for id_, kind, slug, name, words, position, stub in self._connection.execute(_FITS, (key,))
        ]

    def declare(self, draft: EntityDraft) -> int:
        """Add an entity that a document defines; to one of the same kind and name its aliases and types are added."""
        found = self.find(draft.kind, name_key(draft.name))
        if found is None:
            return self._insert(draft.kind, draft.name, draft.aliases, draft.types, stub=False)
        types = self._connection.execute("SELECT types FROM entity WHERE id = ?", (found.id,)).fetchone()[0]
        self._add_types(found.id, tuple(dict.fromkeys([*json.loads(types), *draft.types])))
        words = sorted({*found.words.split(), *stems_of([draft.name, *draft.aliases], self._stop)})
        self._connection.execute("UPDATE entity SET words = ? WHERE id = ?", (" ".join(words), found.id))
        after = self._connection.execute(
            "SELECT max(position) FROM name WHERE entity = ?", (found.id,)
        ).fetchone()[0]  # fmt: skip
        self._add_names(found.id, draft.kind, [draft.name, *draft.aliases], first=after + 1)
        return found.id

    def add_stub(self, kind: str, name: str) -> int:
        """Add an entity that is only mentioned."""
        return self._insert(kind, name, (), (), stub=True)

    def mention(self, document: int, mentions: Iterable[tuple[str, str, str]]) -> None:
        """Note whom a document mentions: key, allowed kinds and spelling."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO temp.raw_mention VALUES (?, ?, ?, ?)",
            ((key, kinds, document, name) for key, kinds, name in mentions),
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
        key = name_key(name)
        slug = slug_of(kind, key)
        rows = self._connection.execute(
            "SELECT slug, key FROM entity WHERE slug = ? OR slug GLOB ?", (slug, f"{_glob(slug)}-[0-9]*")
        )  # fmt: skip
        return any(other != key and (taken == slug or slug_of(kind, other) != taken) for taken, other in rows)

    def _insert(self, kind: str, name: str, aliases: tuple[str, ...], types: tuple[str, ...], *, stub: bool) -> int:
        key = name_key(name)
        base = slug = slug_of(kind, key)
        number = 1
        while self._connection.execute("SELECT 1 FROM entity WHERE slug = ?", (slug,)).fetchone():
            number += 1
            slug = f"{base}-{number}"
        words = " ".join(sorted(stems_of([name, *aliases], self._stop)))
        entity = self._connection.execute(
            "INSERT INTO entity VALUES (NULL, ?, ?, ?, ?, '[]', ?, ?)", (slug, kind, name, key, int(stub), words)
        ).lastrowid
        if entity is None:
            raise sqlite3.IntegrityError("an entity without an id")
        if types:
            self._add_types(entity, types)
        self._add_names(entity, kind, [name, *aliases], first=0)
        return entity

    def _add_types(self, entity: int, types: tuple[str, ...]) -> None:
        text = json.dumps(types, ensure_ascii=False)
        self._connection.execute("UPDATE entity SET types = ? WHERE id = ?", (text, entity))
        rows = ((type_, entity) for type_ in types)
        self._connection.executemany("INSERT OR IGNORE INTO entity_type VALUES (?, ?)", rows)

    def _add_names(self, entity: int, kind: str, names: list[str], first: int) -> None:
        rows = [(name_key(name), entity, first + index, name) for index, name in enumerate(names)]
        self._connection.executemany(_ADD_NAME, rows)
        if kind == "person":
            parts = [(part, entity, text) for part, text in person_parts(names, self._stop)]
            self._connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, 1, 99, ?)", parts)


def person_parts(names: list[str], stop: Container[str]) -> list[tuple[str, str]]:
    """First names and surnames a person may be called by, keys with their spelling.

    Only a name of capitalised words counts (`author of the essay` is none, `van` is no part), and an alias only when it
    shares a word with the name: `Jeff Wu` gives `jeff`, `The Boss of Acme` must not give `acme`.
    """
    parts: list[tuple[str, str]] = []
    own: set[str] = set()
    for index, name in enumerate(names):
        tokens = tokenize(name)
        keys = {token.key for token in tokens}
        if index == 0:
            own = keys
        elif not keys & own:
            continue
        if any(token.key in stop and token.text[:1].islower() for token in tokens):
            continue
        for token in tokens:
            named = len(token.key) > 1 and token.key not in stop and not token.text[:1].islower()
            if named and len(tokens) > 1:
                parts.append((name_key(token.text), token.text))
    return parts


def slug_of(kind: str, key: str) -> str:
    """The slug an entity gets unless another one has it."""
    return f"{kind}/" + key.replace("+", "-plus").replace("#", "-sharp").replace(" ", "-")


def _glob(text: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in text)


def _wanted(key: str, rows: Iterable[tuple[str, str, str]]) -> Wanted:
    return Wanted(key, tuple((tuple(kinds.strip("|").split("|")), name) for _, kinds, name in rows))
