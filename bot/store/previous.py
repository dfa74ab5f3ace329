"""The snapshot in force as the loader sees it: what was read from which bytes; answers no questions."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self

from bot.errors import SnapshotError
from bot.model.audience import OPERATOR, Asker, Limits, limits_of_text
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot
from bot.store.views import seen_by

_DOCUMENT = "SELECT path, id, sha256, size, mtime_ns, state, problems, limits, within FROM document"


class Before(NamedTuple):
    """A document as it was read last; `state` and `problems` as in the table."""

    path: str
    id: int
    sha256: bytes
    size: int
    mtime_ns: int
    state: str
    problems: str
    limits: Limits
    within: tuple[str, ...]


class Drafts:
    """What documents said when they were read, in a snapshot or in one that is being built."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def bytes_of_documents(self) -> Iterator[tuple[str, bytes]]:
        """Path and hash of all documents, by path."""
        return iter(self.connection.execute("SELECT path, sha256 FROM document ORDER BY path"))

    def document(self, path: str) -> Before | None:
        """The document of this path."""
        row = self.connection.execute(f"{_DOCUMENT} WHERE path = ?", (path,)).fetchone()
        return None if row is None else _before(row)

    def documents(self) -> Iterator[Before]:
        """All documents, by path."""
        return map(_before, self.connection.execute(f"{_DOCUMENT} ORDER BY path"))

    def documents_below(self, folder: str) -> list[str]:
        """The paths of all documents in a folder, which ends with a slash, and in those below."""
        after = folder[:-1] + chr(ord("/") + 1)
        sql = "SELECT path FROM document WHERE path > ? AND path < ? ORDER BY path"
        return [path for (path,) in self.connection.execute(sql, (folder, after))]

    def count_documents(self) -> int:
        """How many documents there are."""
        return int(self.connection.execute("SELECT count(*) FROM document").fetchone()[0])

    def draft(self, document: int) -> tuple[bytes, bytes] | None:
        """Head and body of the last good reading of a document."""
        sql = "SELECT head, body FROM draft WHERE document = ?"
        row: tuple[bytes, bytes] | None = self.connection.execute(sql, (document,)).fetchone()
        return row

    def versions(self, document: int) -> tuple[tuple[tuple[str, ...], bytes, bytes], ...]:
        """The same for those who may not see all of it, with the audiences that they are in."""
        sql = "SELECT names, head, body FROM limited_draft WHERE document = ? ORDER BY names"
        rows = self.connection.execute(sql, (document,))
        return tuple((tuple(names.split()), head, body) for names, head, body in rows)

    def cited(self) -> set[str]:
        """The keys of the sources on which facts rest or that documents are themselves."""
        sql = """
        SELECT s.key FROM source s WHERE EXISTS (SELECT 1 FROM fact f WHERE f.source = s.id)
        OR s.id IN (SELECT d.source FROM document d WHERE d.source IS NOT NULL)
        """
        return {key for (key,) in self.connection.execute(sql)}


class Previous(Drafts):
    """The last snapshot, which is never written to."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot.connection)
        self.snapshot = snapshot
        self.path = snapshot.path
        self.main = snapshot.path  # what everybody sees of it

    @classmethod
    def open(cls, data_dir: Path) -> Self | None:
        """All of the current snapshot; None when there is none that this version can use."""
        try:
            return cls.of(current_snapshot(data_dir))
        except SnapshotError:
            return None

    @classmethod
    def of(cls, path: Path, asker: Asker = OPERATOR) -> Self:
        """What somebody sees of a snapshot; by default all of it. Raises SnapshotError."""
        found = cls(seen_by(Snapshot.open(path), asker))
        found.main = path
        return found

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

    @property
    def limited_by(self) -> str | None:
        """Which folders defined which audiences, as the loader keeps it."""
        return self.snapshot.meta.get("limited_by")

    def shares_a_name(self, document: int) -> bool:
        """Whether another document declares a name too that this one declares."""
        sql = "SELECT 1 FROM declaration WHERE document = ? AND shared LIMIT 1"
        return self.connection.execute(sql, (document,)).fetchone() is not None


def _before(row: tuple[str, int, bytes, int, int, str, str, str, str]) -> Before:
    return Before(*row[:7], limits_of_text(row[7]), tuple(row[8].split()))
