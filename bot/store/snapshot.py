"""One immutable file with everything loaded: opening it, and what it says of itself; never writes."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from bot.errors import SnapshotError
from bot.model.audience import Audiences
from bot.model.fact import Source
from bot.model.problem import Problem
from bot.model.vocabulary import Vocabulary
from bot.store.connection import Immutable, connect_immutable
from bot.store.facts import source_of_row
from bot.store.schema import AFTER_ALL, SCHEMA_VERSION, SUGGESTED
from bot.store.search import SearchQueries

_SOURCES = """
SELECT s.key, s.title, s.author, s.publisher, s.date, s.url, s.note,
       (SELECT count(*) FROM fact f WHERE f.source = s.id AND f.id < ?) FROM source s ORDER BY s.key
"""


class Snapshot(SearchQueries):
    """The read side of one snapshot file, for one thread at a time; asyncio comes in by `SnapshotReader`."""

    def __init__(self, connection: Immutable, path: Path) -> None:
        super().__init__(connection)
        self.path = path
        self.meta: Mapping[str, str] = _read_meta(connection, path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a snapshot file. Raises SnapshotError when it is missing, unreadable or of another schema."""
        if not path.is_file():
            raise SnapshotError(path, "no such snapshot; load the knowledge first")
        try:
            connection = connect_immutable(path)
        except sqlite3.Error as error:
            raise SnapshotError(path, f"cannot be opened: {error}") from error
        try:
            return cls(connection, path)
        except BaseException:
            connection.close()
            raise

    def with_suggestions(self) -> "Snapshot":
        """The same file, in which suggestions are seen like facts: to find their sentences, never to state them."""
        wide = Snapshot(self.connection, self.path)
        wide.bound, wide.stub = AFTER_ALL, SUGGESTED
        wide.vocabulary = self.vocabulary
        return wide

    @property
    def is_split(self) -> bool:
        """Whether this holds only what everybody may see, and files beside it hold more."""
        return "split" in self.meta

    @cached_property
    def audiences(self) -> Audiences:
        """The audiences to which something is limited that is not in here."""
        return Audiences.of_text(self.meta.get("audiences", ""))

    @property
    def seen_by(self) -> str:
        """The audiences for whom this is, blank-separated; empty: everybody."""
        return self.meta.get("seen_by", "")

    def beside(self, path: Path) -> "Snapshot":
        """What others see of the same load. Raises SnapshotError where the file is not of this very load."""
        found = Snapshot.open(path)
        if found.meta.get("split") != self.meta.get("split"):
            found.close()
            raise SnapshotError(path, "it does not belong to the snapshot beside it")
        return found

    def close(self) -> None:
        """Close the file; further questions raise."""
        self.connection.close()

    @property
    def id(self) -> str:
        """Its number and a fingerprint of the documents it was built from."""
        return self.meta["id"]

    @property
    def built_at(self) -> datetime:
        """When it was built, in UTC."""
        return datetime.fromisoformat(self.meta["built_at"])

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What is needed of the vocabulary with which its facts were read, to answer from them."""
        (text,) = self.connection.execute("SELECT value FROM meta WHERE key = 'vocabulary'").fetchone()
        return Vocabulary.model_validate_json(text)

    def sources(self) -> list[tuple[Source, int]]:
        """Every source by key, each with the number of facts that rest on it."""
        return [(source_of_row(row[:7]), row[7]) for row in self.connection.execute(_SOURCES, (self.bound,))]

    def documents(self) -> list[str]:
        """The paths of all documents, those included that could not be read."""
        return [path for (path,) in self.connection.execute("SELECT path FROM document ORDER BY path")]

    def problems(self) -> list[Problem]:
        """What is wrong with the documents it was built from, by path and line."""
        sql = "SELECT path, problems FROM document WHERE problems <> '[]' ORDER BY path"
        return [problem for path, text in self.connection.execute(sql) for problem in problems_of_text(path, text)]

    def count_facts(self) -> int:
        """How many facts there are, suggestions left out."""
        return int(self.meta["facts"])

    def count_suggestions(self) -> int:
        """How many suggestions wait for a yes."""
        return int(self.meta["suggestions"])


def looks_whole(connection: sqlite3.Connection) -> str | None:
    """What SQLite finds wrong with a file when it looks at all of it; None: nothing."""
    try:
        found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        return str(error)
    return None if found == "ok" else found


def problems_of_text(path: str, text: str) -> list[Problem]:
    """Problems from a document's column."""
    return [Problem(path, line, message, words, bool(fatal)) for line, message, words, fatal in json.loads(text)]


def problems_to_text(problems: list[Problem]) -> str:
    """Problems for a document's column."""
    rows: list[Any] = [[item.line, item.message, item.text, int(item.fatal)] for item in problems]
    return json.dumps(rows, ensure_ascii=False)


def _read_meta(connection: sqlite3.Connection, path: Path) -> dict[str, str]:
    try:
        # The vocabulary is as long as all the rest is short, and nobody needs its text for long.
        meta = dict(connection.execute("SELECT key, value FROM meta WHERE key <> 'vocabulary'"))
    except sqlite3.Error as error:
        raise SnapshotError(path, f"not a snapshot: {error}") from error
    if meta.get("schema") != str(SCHEMA_VERSION):
        raise SnapshotError(path, f"schema {meta.get('schema')}, this version reads {SCHEMA_VERSION}; load again")
    return meta
