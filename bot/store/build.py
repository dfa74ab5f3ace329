"""Writing a snapshot file: documents, facts, words and what is derived from them; reads no documents itself."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

from bot.model.audience import limits_of_text, limits_to_text
from bot.model.fact import Source
from bot.model.problem import Problem
from bot.store.connection import connect_bulk
from bot.store.declared import DeclarationTable
from bot.store.names import NameTable
from bot.store.rows import WORDS, CoverageRow, DocumentRow, FactRow, PassageRow
from bot.store.schema import APPLICATION_ID, FIRST_SUGGESTION, INDEXES, SCHEMA_VERSION, STUB, TABLES, TRIGGERS
from bot.store.snapshot import problems_of_text, problems_to_text

_TEMPORARY = """
CREATE TEMP TABLE raw_mention (key TEXT, kinds TEXT, document INTEGER, name TEXT, suggested INTEGER);
CREATE TEMP TABLE raw_link (entity INTEGER, property TEXT, fact INTEGER);
"""
_LINKS = """
INSERT OR IGNORE INTO link
SELECT subject, property, id, 's' FROM fact UNION ALL
SELECT object, property, id, 'v' FROM fact WHERE object IS NOT NULL UNION ALL
SELECT entity, property, fact, 'q' FROM temp.raw_link ORDER BY 1, 2, 3, 4
"""
_COUNT_WORD = "INSERT INTO word VALUES (?, ?) ON CONFLICT DO UPDATE SET documents = documents + excluded.documents"
DELETIONS = """
WITH RECURSIVE place (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < 40),
longer (word) AS (SELECT word FROM word WHERE {which} AND length(word) BETWEEN 4 AND 40 AND word NOT GLOB '*[0-9]*')
INSERT OR IGNORE INTO word_delete
SELECT substr(word, 1, n - 1) || substr(word, n + 1), word FROM longer JOIN place ON n <= length(word) UNION
SELECT word, word FROM longer ORDER BY 1, 2
"""
_DRAFTS = """
SELECT d.id, d.path, d.state, r.body FROM document d JOIN draft r ON r.document = d.id
WHERE d.state IN ('loaded', 'kept') AND d.id > ? ORDER BY d.id LIMIT 100
"""
_HEADS = """
SELECT d.id, d.path, r.head FROM declaration x JOIN document d ON d.id = x.document JOIN draft r ON r.document = d.id
WHERE x.entity = ? ORDER BY d.id
"""
_DOCUMENT = """
INSERT INTO document (id, path, sha256, size, mtime_ns, state, problems, limits, within)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET path = excluded.path, sha256 = excluded.sha256, size = excluded.size,
    mtime_ns = excluded.mtime_ns, state = excluded.state, problems = excluded.problems, limits = excluded.limits,
    within = excluded.within
"""
_FACT = f"INSERT INTO fact VALUES ({', '.join('?' * (WORDS + 1))})"
_SEARCHED = ("fact_words", "entity_words", "passage_words")
_BYTES_BEFORE_MERGE = 8 << 20  # of search words held in memory; with SQLite's one megabyte half of the time is merging
_MOST_COUNTED = 60_000  # words whose counts are held in memory


class Builder:
    """A snapshot file that nobody else sees yet."""

    def __init__(self, connection: sqlite3.Connection, stop: Container[str]) -> None:
        self.connection = connection
        self.names = NameTable(connection, stop)
        self.declared = DeclarationTable(connection)
        self._sources: dict[str, int] = {}
        self._words: Counter[str] = Counter()
        self._may_limit = False  # whether it is worth a look if anything has an audience
        connection.executescript(_TEMPORARY)

    @classmethod
    def create(cls, path: Path | None, stop: Container[str]) -> Self:
        """Begin an empty snapshot at `path`; None: one that vanishes when it is closed."""
        connection = connect_bulk(path)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.executescript(TABLES)
        builder = cls(connection, stop)
        connection.execute("BEGIN")
        return builder

    @classmethod
    def copy(cls, old: Path, path: Path, stop: Container[str]) -> Self:
        """Begin with everything that `old` holds."""
        shutil.copyfile(old, path)
        builder = cls(connect_bulk(path), stop)
        split = builder.connection.execute("SELECT 1 FROM meta WHERE key = 'split'").fetchone()
        builder._may_limit = split is not None
        builder.connection.execute("BEGIN")
        return builder

    def close(self) -> None:
        """Close the file, complete or not."""
        self.connection.close()

    def add_document(self, row: DocumentRow) -> None:
        """Add a document, or replace what was recorded of it."""
        problems = problems_to_text(list(row.problems)) if row.problems else "[]"
        self.connection.execute(_DOCUMENT, (*row[:6], problems, limits_to_text(row.limits), " ".join(row.within)))
        if row.head is not None:
            self.connection.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", (row.id, row.head, row.body))
        self._may_limit = self._may_limit or bool(row.limits or row.within)
        if self._may_limit:
            self.connection.execute("DELETE FROM limited_draft WHERE document = ?", (row.id,))
        if row.versions:
            versions = [(row.id, " ".join(names), head, body) for names, head, body in row.versions]
            self.connection.executemany("INSERT INTO limited_draft VALUES (?, ?, ?, ?)", versions)

    def set_problems(self, document: int, problems: Iterable[Problem]) -> None:
        """Replace the problems of a document."""
        text = problems_to_text(list(problems))
        self.connection.execute("UPDATE document SET problems = ? WHERE id = ?", (text, document))

    def source_id(self, source: Source) -> int:
        """The id of a source, which is added the first time."""
        known = self._sources.get(source.key)
        if known is not None:
            return known
        row = self.connection.execute("SELECT id FROM source WHERE key = ?", (source.key,)).fetchone()
        if row is None:
            values = (source.key, source.title, source.author, source.publisher, source.date and str(source.date))
            row = (
                self.connection.execute(
                    "INSERT INTO source VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", (*values, source.url, source.note)
                ).lastrowid,
            )
        if len(self._sources) < _MOST_COUNTED:
            self._sources[source.key] = row[0]
        return int(row[0])

    def own_source_id(self, source: Source) -> int:
        """The id of the source that a document is itself; what is known of it may have changed since."""
        values = (source.title, source.author, source.publisher, source.date and str(source.date), source.url)
        self.connection.execute(
            "UPDATE source SET title = ?, author = ?, publisher = ?, date = ?, url = ?, note = ? WHERE key = ?",
            (*values, source.note, source.key),
        )
        return self.source_id(source)

    def add_facts(self, rows: list[FactRow], mentions: Iterable[tuple[int, str, int]]) -> None:
        """Add facts; `mentions` are the entities in their qualifiers: entity, property of the fact, fact."""
        self.connection.executemany(_FACT, rows)
        self.connection.executemany("INSERT INTO temp.raw_link VALUES (?, ?, ?)", mentions)

    def add_passages(self, rows: Iterable[PassageRow]) -> None:
        """Add passages."""
        self.connection.executemany("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def set_coverage(self, rows: Iterable[CoverageRow]) -> None:
        """Note how much of documents was understood, the lines that were not, and which source each is itself."""
        rows = list(rows)
        self.connection.executemany(
            "UPDATE document SET source = ?, facts = ?, suggestions = ?, unplaced = ? WHERE id = ?",
            [(row.source, row.facts, row.suggestions, len(row.unplaced), row.document) for row in rows],
        )
        self.connection.executemany(
            "INSERT INTO unplaced VALUES (?, ?, ?, ?, ?)",
            [
                (row.document, number, item.line, item.text, item.why)
                for row in rows
                for number, item in enumerate(row.unplaced)
            ],
        )

    def count_words(self, words: Iterable[str]) -> None:
        """Count the different words of one document."""
        self._words.update(words)
        if len(self._words) > _MOST_COUNTED:
            self._write_words()

    def link(self) -> None:
        """Note for every entity the facts it stands in."""
        self.connection.execute(_LINKS)
        self.connection.execute("DELETE FROM temp.raw_link")

    def index(self) -> None:
        """Make the indexes, and the word and search tables."""
        for statement in filter(str.strip, INDEXES.split(";")):
            self.connection.execute(statement)
        self._write_words()
        self.connection.execute(DELETIONS.format(which="1"))
        for table in _SEARCHED:
            self.connection.execute(f"INSERT INTO {table}({table}, rank) VALUES ('hashsize', {_BYTES_BEFORE_MERGE})")
            self.connection.execute(f"INSERT INTO {table}({table}) VALUES ('rebuild')")
        for trigger in TRIGGERS:
            self.connection.execute(trigger)

    def audiences(self) -> frozenset[str]:
        """The audiences to which anything is limited."""
        rows = self.connection.execute("SELECT DISTINCT limits, within FROM document WHERE limits || within <> ''")
        found: set[str] = set()
        for limits, within in rows:
            found.update(within.split(), *limits_of_text(limits))
        return frozenset(found)

    @property
    def limits_anything(self) -> bool:
        """Whether there is anything that not everybody may see."""
        sql = "SELECT 1 FROM document WHERE limits || within <> '' LIMIT 1"
        return self._may_limit and self.connection.execute(sql).fetchone() is not None

    def drafts(self) -> Iterator[tuple[int, str, str, bytes]]:
        """Id, path, state and body of the documents whose facts are to be stored, a few at a time."""
        after = 0
        while rows := self.connection.execute(_DRAFTS, (after,)).fetchall():
            yield from rows
            after = rows[-1][0]

    def heads_of(self, entity: int) -> list[tuple[int, str, bytes]]:
        """Id, path and head of the documents that declare an entity."""
        return self.connection.execute(_HEADS, (entity,)).fetchall()

    def problems(self, document: int) -> list[Problem]:
        """What is wrong with a document, as recorded so far."""
        path, text = self.connection.execute("SELECT path, problems FROM document WHERE id = ?", (document,)).fetchone()
        return problems_of_text(path, text)

    def first_facts(self, limit: int) -> list[int]:
        """Ids of the first facts."""
        sql = "SELECT id FROM fact WHERE id < ? ORDER BY id LIMIT ?"
        return [id_ for (id_,) in self.connection.execute(sql, (FIRST_SUGGESTION, limit))]

    def fingerprint(self, inputs: str, size: int = 4) -> str:
        """What tells this content from any other: the bytes of all documents, and what they were read with."""
        digest = blake2b(inputs.encode(), digest_size=size)
        for path, sha256 in self.connection.execute("SELECT path, sha256 FROM document ORDER BY path"):
            digest.update(path.encode() + b"\0" + sha256)
        return digest.hexdigest()

    def finish(self, meta: Mapping[str, Any], *, analyze: bool) -> None:
        """Write the last rows and complete the file; `analyze` lets SQLite count, so that it finds the short ways."""
        rows = {"schema": SCHEMA_VERSION, **self.counts(), **meta}
        self.connection.execute("DELETE FROM meta")  # of a copy: what the other one said of itself
        self.connection.executemany(
            "INSERT INTO meta VALUES (?, ?)", ((key, str(value)) for key, value in rows.items())
        )
        if analyze:
            self.connection.execute("PRAGMA analysis_limit = 400")
            self.connection.execute("ANALYZE")
        self.connection.execute("COMMIT")

    def counts(self) -> dict[str, int]:
        """How many entities, facts and suggestions there are."""
        counted = {
            "entities": ("SELECT count(*) FROM entity WHERE stub <= ?", STUB),
            "facts": ("SELECT count(*) FROM fact WHERE id < ?", FIRST_SUGGESTION),
            "suggestions": ("SELECT count(*) FROM fact WHERE id >= ?", FIRST_SUGGESTION),
        }
        return {
            name: int(self.connection.execute(sql, (value,)).fetchone()[0]) for name, (sql, value) in counted.items()
        }

    def _write_words(self) -> None:
        self.connection.executemany(_COUNT_WORD, self._words.items())
        self._words.clear()
