"""Entities of a snapshot and their names; nothing about facts."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from bot.model.entity import Entity
from bot.store.connection import placeholders
from bot.store.schema import STUB

ENTITY_COLUMNS = "{0}.id, {0}.slug, {0}.kind, {0}.name, {0}.types"
_COLUMNS = ENTITY_COLUMNS.format("e")
# A list of rows is gone through as it stands, so that those of one key come together; of an IN list a sorted table
# would be made first.
_NAMED = """
WITH asked (key) AS (VALUES {rows})
SELECT n.key, n.entity, n.weight FROM asked CROSS JOIN name n ON n.key = asked.key
"""
_BY_SLUG = f"SELECT {_COLUMNS} FROM entity e WHERE e.slug = ? AND e.stub <= ?"
_NAMES_OF = "SELECT text FROM name WHERE entity = ? AND weight = 2 ORDER BY position, key"
_UNSEEN = f"SELECT id FROM entity WHERE stub > {STUB} AND stub > ?"
_TYPES = """
SELECT DISTINCT e.kind, t.type FROM entity_type t JOIN entity e ON e.id = t.entity
WHERE e.stub <= ? ORDER BY e.kind, t.type
"""
_COUNTS = "SELECT kind, count(*) FROM entity WHERE stub <= ? GROUP BY kind ORDER BY kind"
_LAST = "\U0010ffff"
_MOST_KEPT = 4096


class EntityQueries:
    """Questions about entities; every one is a single statement with bound values."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection  # for the rest of the store; others ask by method
        self.stub = STUB  # the faintest kind of entity that is seen
        self._entities: dict[int, Entity] = {}  # those met lately; a snapshot never changes

    def names(self, keys: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
        """For each of `keys` (see `name_key`) that names someone: entity ids with weight 2 for a name, 1 for a part."""
        asked = list(dict.fromkeys(keys))
        if not asked:
            return {}
        marks, values = placeholders(asked)
        rows = self.connection.execute(_NAMED.format(rows=marks.replace("?", "(?)")), values).fetchall()
        if self._unseen:
            rows = [row for row in rows if row[1] not in self._unseen]
        return {key: [row[1:] for row in of_key] for key, of_key in groupby(rows, itemgetter(0))}

    @cached_property
    def _unseen(self) -> frozenset[int]:
        """The entities that are too faint to be seen: few, and known at once, where each name would be looked after."""
        return frozenset(entity for (entity,) in self.connection.execute(_UNSEEN, (self.stub,)))

    def entities(self, ids: Iterable[int]) -> dict[int, Entity]:
        """The entities of these ids, in their order; an id that does not exist is left out."""
        known = self._entities
        wanted = list(dict.fromkeys(ids))
        missing = [entity for entity in wanted if entity not in known]
        if missing:
            if len(known) + len(missing) > _MOST_KEPT:
                kept = {entity: known[entity] for entity in wanted if entity in known}
                known = self._entities = kept
            marks, values = placeholders(missing)
            rows = self.connection.execute(f"SELECT {_COLUMNS} FROM entity e WHERE e.id IN ({marks})", values)
            known.update((row[0], entity_of_row(row)) for row in rows)
        return {entity: known[entity] for entity in wanted if entity in known}

    def _met(self, row: Sequence[Any]) -> Entity:
        """An entity that came along with something else, kept like those that were asked for."""
        if len(self._entities) >= _MOST_KEPT:
            self._entities = {}
        entity = self._entities[row[0]] = entity_of_row(row)
        return entity

    def entity_by_slug(self, slug: str) -> Entity | None:
        """The entity of this slug, which stays the same from snapshot to snapshot."""
        row = self.connection.execute(_BY_SLUG, (slug, self.stub)).fetchone()
        return None if row is None else entity_of_row(row)

    def entities_by_slug(self, beginning: str, limit: int = 1000) -> list[Entity]:
        """Entities whose slug begins so."""
        sql = f"SELECT {_COLUMNS} FROM entity e WHERE e.slug >= ? AND e.slug < ? ORDER BY e.slug LIMIT ?"
        rows = self.connection.execute(sql, (beginning, beginning + _LAST, limit))
        return [entity_of_row(row) for row in rows]

    def names_of(self, entity_id: int) -> list[str]:
        """The name, then the aliases in the order in which they were written."""
        return [text for (text,) in self.connection.execute(_NAMES_OF, (entity_id,))]

    def documents_of(self, entity_id: int) -> list[str]:
        """The paths of the documents that tell who the entity is; none where it is only mentioned."""
        sql = "SELECT d.path FROM declaration x JOIN document d ON d.id = x.document WHERE x.entity = ? ORDER BY d.path"
        return [path for (path,) in self.connection.execute(sql, (entity_id,))]

    def entities_of(
        self,
        kind: str | None = None,
        type: str | None = None,
        limit: int = 25,
        offset: int = 0,
        prefix: str | None = None,
    ) -> list[Entity]:
        """Entities by name, of one kind or finer type, or with a name, alias or surname that begins with a key."""
        where, values = self._narrowed(kind, type)
        if prefix:
            where.append("e.id IN (SELECT entity FROM name WHERE key >= ? AND key < ?)")
            values += [prefix, prefix + _LAST]
        sql = f"SELECT {_COLUMNS} FROM entity e WHERE {' AND '.join(where)} ORDER BY e.key, e.slug LIMIT ? OFFSET ?"
        return [entity_of_row(row) for row in self.connection.execute(sql, [*values, limit, offset])]

    def count_entities(self, kind: str | None = None, type: str | None = None) -> int:
        """How many entities of this kind and finer type there are."""
        where, values = self._narrowed(kind, type)
        return int(
            self.connection.execute(f"SELECT count(*) FROM entity e WHERE {' AND '.join(where)}", values).fetchone()[0]
        )

    def types(self) -> list[tuple[str, str]]:
        """The pairs of kind and finer type that entities carry."""
        return [(kind, type_) for kind, type_ in self.connection.execute(_TYPES, (self.stub,))]

    def counts(self) -> dict[str, int]:
        """How many entities of each kind there are."""
        return dict(self.connection.execute(_COUNTS, (self.stub,)))

    def _narrowed(self, kind: str | None, type_: str | None) -> tuple[list[str], list[Any]]:
        where: list[str] = ["e.stub <= ?"]
        values: list[Any] = [self.stub]
        if kind is not None:
            where.append("e.kind = ?")
            values.append(kind)
        if type_ is not None:
            where.append("e.id IN (SELECT entity FROM entity_type WHERE type = ?)")
            values.append(type_)
        return where, values


def entity_of_row(row: Sequence[Any]) -> Entity:
    """An entity from the columns of ENTITY_COLUMNS."""
    return Entity(row[0], row[1], row[2], row[3], _types(row[4]))


@lru_cache(maxsize=1024)
def _types(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
