"""The snapshot in force as the loader sees it: what was read from which bytes; answers no questions."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self

from bot.errors import SnapshotError
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot


class Before(NamedTuple):
    """A document as it was read last; `state` and `problems` as in the table."""

    path: str
    id: int
    sha256: bytes
    size: int
    mtime_ns: int
    state: str
    problems: str


class Previous:
    """The last snapshot, which is never written to."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.path = snapshot.path
        self.connection: sqlite3.Connection = snapshot.connection

    @classmethod
    def open(cls, data_dir: Path) -> Self | None:
        """The current snapshot; None when there is none that this version can use."""
        try:
            return cls(Snapshot.open(current_snapshot(data_dir)))
        except SnapshotError:
            return None

    def close(self) -> None:
        """Close the file."""
        self.snapshot.close()

    @property
    def inputs(self) -> str:
        """A fingerprint of vocabulary and sources, by which documents were read."""
        return self.snapshot.meta["inputs"]

    @property
    def declared(self) -> str:
        """What the folders' sources.yaml said, as the loader keeps it."""
        return self.snapshot.meta["declared"]

    @property
    def decided(self) -> str:
        """What was decided when it was built, as the loader keeps it."""
        return self.snapshot.meta["decided"]

    @property
    def removed(self) -> str:
        """What tells the removals it was built with from others."""
        return self.snapshot.meta.get("removed", "")

    def shares_a_name(self, document: int) -> bool:
        """Whether another document declares a name too that this one declares."""
        sql = "SELECT 1 FROM declaration WHERE document = ? AND shared LIMIT 1"
        return self.connection.execute(sql, (document,)).fetchone() is not None

    def bytes_of_documents(self) -> Iterator[tuple[str, bytes]]:
        """Path and hash of all documents, by path."""
        return iter(self.connection.execute("SELECT path, sha256 FROM document ORDER BY path"))

    def document(self, path: str) -> Before | None:
        """The document of this path."""
        sql = "SELECT path, id, sha256, size, mtime_ns, state, problems FROM document WHERE path = ?"
        row = self.connection.execute(sql, (path,)).fetchone()
        return None if row is None else Before._make(row)

    def draft(self, document: int) -> tuple[bytes, bytes] | None:
        """Head and body of the last good reading of a document."""
        sql = "SELECT head, body FROM draft WHERE document = ?"
        row: tuple[bytes, bytes] | None = self.connection.execute(sql, (document,)).fetchone()
        return row
