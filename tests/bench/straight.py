"""The floor of loading: the least any loader of these documents has to do, in a straight line and without checks.

Every file is read, hashed, parsed by PyYAML's C loader, validated by pydantic and inserted; then come the index and the
full-text tables that any answer needs, and an fsync. No names are resolved, nothing is compared with what was there.
"""

import hashlib
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from typing import Any

import yaml
from pydantic import BaseModel

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE document (id INTEGER PRIMARY KEY, path TEXT, sha256 BLOB);
CREATE TABLE entity (id INTEGER PRIMARY KEY, kind TEXT, name TEXT);
CREATE TABLE fact (id INTEGER PRIMARY KEY, subject INTEGER, property TEXT, value TEXT, qualifiers TEXT);
CREATE TABLE passage (id INTEGER PRIMARY KEY, document INTEGER, body TEXT);
CREATE VIRTUAL TABLE fact_words USING fts5(value, qualifiers, content = 'fact', content_rowid = 'id');
CREATE VIRTUAL TABLE passage_words USING fts5(body, content = 'passage', content_rowid = 'id');
BEGIN;
"""
_INDEXES = """
BEGIN;
CREATE INDEX fact_by_subject ON fact (subject, property);
CREATE INDEX entity_by_name ON entity (name);
INSERT INTO fact_words(fact_words) VALUES ('rebuild');
INSERT INTO passage_words(passage_words) VALUES ('rebuild');
ANALYZE;
COMMIT;
"""
_NO_FACTS = frozenset({"kind", "type", "name", "source", "at"})


class Row(BaseModel):
    """One fact as it is inserted."""

    property: str
    value: str
    qualifiers: dict[str, str] = {}


class Document(BaseModel):
    """One profile as it is validated."""

    kind: str
    name: str
    facts: list[Row]


def files_of(folder: str) -> Iterator[str]:
    """All documents below a folder."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                yield from files_of(entry.path)
            elif entry.name.endswith(".md"):
                yield entry.path


def read_and_hash(folder: str) -> int:
    """What it takes to know that nothing changed: every file scanned, read and hashed. Returns how many."""
    return len({path: hashlib.sha256(_read(path)).digest() for path in files_of(folder)})


def load_straight(folder: str, database: str) -> int:
    """Load all documents into a new database. Returns the number of facts."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.executescript(_TABLES)
    facts = 0
    for number, path in enumerate(files_of(folder), start=1):
        data = _read(path)
        _, head, body = data.decode().split("---\n", 2)
        document = Document.model_validate(_plain(yaml.load(head, yaml.CSafeLoader)))
        connection.execute("INSERT INTO document VALUES (?, ?, ?)", (number, path, hashlib.sha256(data).digest()))
        connection.execute("INSERT INTO entity VALUES (?, ?, ?)", (number, document.kind, document.name))
        connection.execute("INSERT INTO passage VALUES (?, ?, ?)", (number, number, body))
        rows = [(number, fact.property, fact.value, json.dumps(fact.qualifiers)) for fact in document.facts]
        connection.executemany("INSERT INTO fact VALUES (NULL, ?, ?, ?, ?)", rows)
        facts += len(rows)
    connection.executescript(_INDEXES)
    connection.close()
    descriptor = os.open(database, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    return facts


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """Front matter as the list of facts it stands for."""
    facts = []
    for key, values in data.items():
        if key in _NO_FACTS:
            continue
        for item in values if isinstance(values, list) else [values]:
            fields = {name: str(part) for name, part in (item if isinstance(item, dict) else {"name": item}).items()}
            facts.append({"property": key, "value": fields.pop("name"), "qualifiers": fields})
    return {"kind": data["kind"], "name": data["name"], "facts": facts}


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 (the fastest way is the floor)
        return stream.read()


def main() -> None:
    """Load the folder of the first argument into the file of the second; without one, only read and hash."""
    began = time.perf_counter()
    count = load_straight(*sys.argv[1:3]) if len(sys.argv) > 2 else read_and_hash(sys.argv[1])
    sys.stdout.write(json.dumps({"seconds": time.perf_counter() - began, "count": count}))


if __name__ == "__main__":
    main()
