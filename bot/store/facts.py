"""Facts of a snapshot by entity, property and time; decides nothing about what they answer."""

import json
from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from bot.model.entity import Entity
from bot.model.fact import Evidence, Fact, Qualifier, Rank, Source, Value
from bot.model.partial_date import PartialDate
from bot.store.connection import Immutable, deadline, placeholders
from bot.store.entities import ENTITY_COLUMNS, EntityQueries, entity_of_row
from bot.store.rows import suggestion_key
from bot.store.schema import AFTER_ALL, FIRST_SUGGESTION, id_ranges

_COLUMNS = """
f.id, f.subject, f.property, f.object, f.text, f.number, f.date, f.qualifiers, f.start, f.end, f.source, d.path, f.line,
f.evidence, f.place, f.rank, f.words, s.id, s.slug, s.kind, s.name, s.types, o.id, o.slug, o.kind, o.name, o.types
"""
# CROSS JOIN keeps SQLite from starting anywhere else than at the facts that were chosen, in their order.
_JOINED = """
CROSS JOIN document d ON d.id = f.document CROSS JOIN entity s ON s.id = f.subject LEFT JOIN entity o ON o.id = f.object
"""
_OF = f"SELECT {_COLUMNS} FROM link l CROSS JOIN fact f ON f.id = l.fact {_JOINED}"
_AMONG = f"SELECT {_COLUMNS} FROM ({{chosen}}) c CROSS JOIN fact f ON f.id = c.fact {_JOINED}"
_BETWEEN = """
SELECT DISTINCT a.fact FROM link a JOIN link b ON b.fact = a.fact AND b.property = a.property
WHERE a.entity = ? AND b.entity = ? AND a.fact < ? ORDER BY a.fact LIMIT ?
"""
_ENDS = """
SELECT {end} AS entity, f.id AS fact FROM source s JOIN fact f ON f.source = s.id WHERE s.key = ?1 AND f.id < ?2
"""
_TOLD_IN = f"""
SELECT {ENTITY_COLUMNS.format("e")}, min(t.fact)
FROM ({_ENDS.format(end="f.subject")} UNION ALL {_ENDS.format(end="f.object")}) t CROSS JOIN entity e ON e.id = t.entity
WHERE e.kind = ?3 AND e.stub <= ?4 GROUP BY e.id ORDER BY min(t.fact) LIMIT ?5
"""
_SOURCE = "SELECT key, title, author, publisher, date, url, note FROM source WHERE id = ?"
_RANKS = {rank.value: rank for rank in Rank}
_MOST_SOURCES = 1024
_MANY = 200  # facts of one answer, which take milliseconds to be put together
_read_json = json.JSONDecoder().raw_decode  # what we wrote ourselves has no blanks around it

partial_date = lru_cache(maxsize=8192)(PartialDate.parse)


class FactQueries(EntityQueries):
    """Questions about facts; each is one statement, and one more for the entities that are met the first time."""

    connection: Immutable

    def __init__(self, connection: Immutable) -> None:
        super().__init__(connection)
        self._sources: dict[int, Source] = {}
        self.bound = FIRST_SUGGESTION  # only facts below it are seen; every statement here binds it

    def take_time(self) -> None:
        """Called before what takes long. Raises NotAtOnce where an event loop waits for it."""
        self.connection.take_time()

    def facts_of(
        self, entity_id: int, properties: Collection[str] | None = None, role: str | None = None, limit: int = 1000
    ) -> list[Fact]:
        """Facts in which the entity stands: as subject (`s`), value (`v`) or in a qualifier (`q`); best rank first."""
        # The plus keeps the bound out of the index: SQLite 3.40 overlooks it there, behind a list of properties.
        where, values = _add_properties(
            "l.entity = ? AND +l.fact < ?", [entity_id, self.bound], properties, "l.property"
        )
        if role is not None:
            where += " AND l.role = ?"
            values.append(role)
        if properties is not None:  # sorted here, unless that many are there that SQLite has to choose
            rows = self.connection.execute(f"{_OF} WHERE {where} LIMIT ?", [*values, limit + 1]).fetchall()
            if len(rows) <= limit:
                return self._facts(rows)
        return self._chosen(
            f"SELECT DISTINCT l.fact FROM link l WHERE {where} ORDER BY l.fact LIMIT ?", [*values, limit]
        )

    def facts_between(self, one: int, other: int, limit: int = 1000) -> list[Fact]:
        """Facts in which both entities stand, in whatever role."""
        return self._chosen(_BETWEEN, [one, other, self.bound, limit])

    def told_in(self, source: str, kind: str, limit: int = 200) -> list[tuple[Entity, Fact]]:
        """The entities of a kind that a source's facts name, each with the first that does. Raises SearchTimeout."""
        with deadline(self.connection):
            rows = self.connection.execute(_TOLD_IN, (source, self.bound, kind, self.stub, limit)).fetchall()
        marks, values = placeholders([row[-1] for row in rows])
        found = self._chosen(f"SELECT id AS fact FROM fact WHERE id IN ({marks})", values)
        facts = {fact.id: fact for fact in found}
        return [(entity_of_row(row), facts[row[-1]]) for row in rows]

    def facts_with(self, properties: Collection[str], limit: int = 1000) -> list[Fact]:
        """Facts of these properties, whoever they are about. Raises SearchTimeout."""
        if not properties:
            return []
        where, values = _add_properties("id < ?", [self.bound], properties)
        with deadline(self.connection):
            return self._chosen(f"SELECT id AS fact FROM fact WHERE {where} ORDER BY id LIMIT ?", [*values, limit])

    def facts_in(
        self, first: date, last: date, properties: Collection[str] | None = None, limit: int = 1000
    ) -> list[Fact]:
        """Facts whose time shares a day with `first` to `last`, by time. Raises SearchTimeout."""
        days = [last.toordinal(), first.toordinal(), self.bound]
        where, values = _add_properties("first_day <= ? AND last_day >= ? AND id < ?", days, properties)
        index = "fact_by_time" if properties is None else "fact_by_property_time"
        chosen = f"SELECT id AS fact FROM fact INDEXED BY {index} WHERE {where} ORDER BY first_day, id LIMIT ?"
        with deadline(self.connection):
            facts = self._chosen(chosen, [*values, limit])
        facts.sort(key=lambda fact: (fact.period.first, fact.id))
        return facts

    def facts_of_document(self, path: str, limit: int = 5000) -> list[Fact]:
        """What a document says, best rank first."""
        row = self.connection.execute("SELECT id FROM document WHERE path = ?", (path,)).fetchone()
        facts: list[Fact] = []
        for first, last in id_ranges(row[0]) if row else ():
            chosen = "SELECT id AS fact FROM fact WHERE id BETWEEN ? AND ? AND id < ? ORDER BY id LIMIT ?"
            facts += self._chosen(chosen, [first, last, self.bound, limit - len(facts)])
        return facts

    def links_count(self, entity_id: int) -> int:
        """In how many facts the entity stands."""
        sql = "SELECT count(DISTINCT fact) FROM link WHERE entity = ? AND fact < ?"
        return int(self.connection.execute(sql, (entity_id, self.bound)).fetchone()[0])

    def counts_by_property(self) -> dict[str, int]:
        """How many facts of each property there are, the commonest first; looks at every fact."""
        self.take_time()
        sql = "SELECT property, count(*) FROM fact WHERE id < ? GROUP BY property ORDER BY count(*) DESC, property"
        return dict(self.connection.execute(sql, (self.bound,)).fetchall())

    def all_facts(self) -> Iterator[Fact]:
        """Every fact, best rank first, a few hundred in memory at a time."""
        yield from self._from(0, self.bound)

    def suggestions(self) -> Iterator[tuple[str, Fact]]:
        """What was read out of prose and waits for a yes, each with its key; seen or not, it states nothing."""
        for fact in self._from(FIRST_SUGGESTION, AFTER_ALL):
            row = self.connection.execute("SELECT statement FROM fact WHERE id = ?", (fact.id,)).fetchone()
            yield suggestion_key(fact.evidence.document, row[0]), fact

    def _from(self, first: int, bound: int) -> Iterator[Fact]:
        sql = "SELECT id AS fact FROM fact WHERE id >= ? AND id < ? ORDER BY id LIMIT 256"
        while facts := self._chosen(sql, [first, bound]):
            yield from facts
            first = facts[-1].id + 1

    def _chosen(self, chosen: str, values: list[Any]) -> list[Fact]:
        """Facts by their ids, which the query `chosen` gives in a column `fact`."""
        return self._facts(self.connection.execute(_AMONG.format(chosen=chosen), values).fetchall())

    def _facts(self, rows: list[tuple[Any, ...]]) -> list[Fact]:
        if len(rows) > _MANY:
            self.take_time()
        if len(rows) > 1:
            rows = sorted({row[0]: row for row in rows}.values())  # an entity may stand in a fact twice
        details: dict[int, list[list[Any]]] = {row[0]: _read_json(row[7])[0] for row in rows if row[7]}
        within = [item[2] for items in details.values() for item in items if item[2] is not None]
        entities = self.entities(within) if within else {}
        return [self._fact(row, _qualifiers(details[row[0]], entities) if row[7] else ()) for row in rows]

    def _fact(self, row: tuple[Any, ...], qualifiers: tuple[Qualifier, ...]) -> Fact:
        (id_, subject, property_, object_, text, number, day, _, start, end, source, path, line, words_there,
         place, rank, words) = row[:17]  # fmt: skip
        known = self._entities
        value = None if object_ is None else known.get(object_) or self._met(row[22:])
        return Fact(
            id_,
            known.get(subject) or self._met(row[17:22]),
            property_,
            Value(text, value, number, partial_date(day) if day else None),
            qualifiers,
            partial_date(start) if start else None,
            partial_date(end) if end else None,
            self._sources.get(source) or self.source(source),
            Evidence(path, line, words_there, place),
            _RANKS[rank],
            frozenset(words.split()),
        )

    def source(self, id_: int) -> Source:
        """The source of this id."""
        known = self._sources.get(id_)
        if known is not None:
            return known
        if len(self._sources) >= _MOST_SOURCES:
            self._sources.clear()
        source = source_of_row(self.connection.execute(_SOURCE, (id_,)).fetchone())
        self._sources[id_] = source
        return source


def source_of_row(row: tuple[Any, ...]) -> Source:
    """A source from the columns of the table after its id."""
    key, title, author, publisher, day, url, note = row
    return Source(key, title, author, publisher, partial_date(day) if day else None, url, note)


def _qualifiers(items: list[list[Any]], entities: dict[int, Entity]) -> tuple[Qualifier, ...]:
    return tuple(
        [
            Qualifier(
                name,
                Value(shown, None if entity is None else entities[entity], number, partial_date(day) if day else None),
            )
            for name, shown, entity, number, day in items
        ]
    )


def _add_properties(
    where: str, values: list[Any], properties: Collection[str] | None, column: str = "property"
) -> tuple[str, list[Any]]:
    if properties is None:
        return where, values
    names = sorted(properties)
    if len(names) == 1:
        return f"{where} AND {column} = ?", [*values, names[0]]
    if not names:
        return f"{where} AND 0", values
    marks, bound = placeholders(names)
    return f"{where} AND {column} IN ({marks})", [*values, *bound]
