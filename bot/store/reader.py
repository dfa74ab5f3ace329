"""The door from asyncio to the current snapshot: at most one hop to a thread for an answer, whatever it asks inside.

The hop takes as long as several queries, so what can be answered at once is answered where it is asked.
"""

import asyncio
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self, TypeVar, cast

import aiosqlite

from bot.errors import NotAtOnce, SnapshotError
from bot.model.audience import EVERYBODY, Asker
from bot.store.connection import AT_ONCE_SECONDS
from bot.store.keep import current_snapshot, pointer_file
from bot.store.snapshot import Snapshot
from bot.store.views import file_for

log = logging.getLogger(__name__)
_T = TypeVar("_T")
_Stamp = tuple[int, int, int]


class SnapshotReader(aiosqlite.Connection):
    """Runs functions on the current snapshot; a newer one is opened before the next function that asks.

    All functions run one after the other, so a snapshot is closed when nobody uses it any more.
    """

    def __init__(self, data_dir: Path) -> None:
        super().__init__(self._open_first, iter_chunk_size=64)
        self._thread.daemon = True  # it only reads: one that nobody closed must not keep a program from ending
        self._data = data_dir
        self._pointer = pointer_file(data_dir)
        self._stamp: _Stamp | None = None
        self._snapshot: Snapshot | None = None
        self._views: dict[Path, Snapshot] = {}  # of it, for those who may see more
        self._free = threading.Lock()  # whoever has it may use the snapshot
        self._ended: asyncio.Future[Any] | None = None

    @classmethod
    async def open(cls, data_dir: Path) -> Self:
        """Open the current snapshot of a data folder. Raises SnapshotError."""
        reader = cls(data_dir)
        try:
            return cast("Self", await reader)
        except BaseException:
            if reader._ended is not None:
                await reader._ended
            raise

    def stop(self) -> asyncio.Future[Any] | None:
        """End the thread; what comes back is done when it has ended."""
        self._ended = super().stop()
        return self._ended

    async def read(self, ask: Callable[[Snapshot], _T], asker: Asker = EVERYBODY, *, brief: bool = False) -> _T:
        """What `ask` says of what `asker` may see in the current snapshot, by default of what everybody may.

        It must not keep the snapshot beyond the next newer one. Of something `brief` it is asked at once, and a second
        time in the thread if that raised NotAtOnce. Raises SnapshotError where the file is damaged.
        """
        if brief and self._free.acquire(blocking=False):  # otherwise the thread is at it
            try:
                return self._at_once(ask, asker)
            except NotAtOnce:
                pass
            finally:
                self._free.release()
        return cast("_T", await self._execute(self._run, ask, asker))  # type: ignore[no-untyped-call]

    def _at_once(self, ask: Callable[[Snapshot], _T], asker: Asker) -> _T:
        """What `ask` says where no file has to be opened first. Raises NotAtOnce."""
        snapshot: Snapshot | None = self._snapshot
        if snapshot is None or _stamp(self._pointer) != self._stamp:
            raise NotAtOnce
        if snapshot.is_split:
            snapshot = self._views.get(file_for(snapshot, asker))
            if snapshot is None:
                raise NotAtOnce
        connection = snapshot.connection
        connection.until = time.perf_counter() + AT_ONCE_SECONDS
        try:
            return _asked(ask, snapshot)
        finally:
            connection.until = None

    def _run(self, ask: Callable[[Snapshot], _T], asker: Asker) -> _T:
        with self._free:
            snapshot = self._seen_by(self._refreshed(), asker)
            return _asked(ask, snapshot)

    def _seen_by(self, snapshot: Snapshot, asker: Asker) -> Snapshot:
        """What somebody may see; where that cannot be opened, what everybody may."""
        if not snapshot.is_split:
            return snapshot
        file = file_for(snapshot, asker)
        if file not in self._views:
            try:
                self._views[file] = snapshot if file == snapshot.path else snapshot.beside(file)
            except SnapshotError as error:
                log.warning("members are shown what everybody sees: %s", error)
                self._views[file] = snapshot
        return self._views[file]

    def _open_first(self) -> sqlite3.Connection:
        return self._refreshed().connection

    def _refreshed(self) -> Snapshot:
        """The newest snapshot; the one that is open where the newer one cannot be read."""
        stamp = _stamp(self._pointer)
        old = self._snapshot
        if old is not None and stamp == self._stamp:
            return old
        try:
            new = Snapshot.open(current_snapshot(self._data))
        except SnapshotError:
            if old is None:
                raise
            return old
        self._snapshot, self._connection, self._stamp = new, new.connection, stamp
        for view in {*self._views.values()} - {old}:
            view.close()
        self._views.clear()
        if old is not None:
            old.close()
        return new


def _asked(ask: Callable[[Snapshot], _T], snapshot: Snapshot) -> _T:
    """What `ask` says. Raises SnapshotError with the file that turns out to be damaged while it is read."""
    try:
        return ask(snapshot)
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:  # a statement that is wrong, or that was stopped
            raise
        raise SnapshotError(snapshot.path, str(error)) from error


def _stamp(file: Path) -> _Stamp | None:
    """What changes whenever the file is replaced."""
    try:
        status = os.stat(file)  # noqa: PTH116 - asked before every answer, and a path takes twice as long
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
