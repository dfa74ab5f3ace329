"""Opening SQLite files and asking them in bounded time; knows nothing of what the tables hold."""

import errno
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import quote

from bot.errors import NotAtOnce, SearchTimeout

DEADLINE_SECONDS = 0.05
AT_ONCE_SECONDS = 0.005  # for all searches of an answer that an event loop waits for
_EXACT = 32  # values in a list that is not filled up; filling it up costs more than a few statements more
_STEPS_BETWEEN_LOOKS = 2000  # SQLite instructions; a look at the clock costs less than 0.1 % of them


# What a disk refuses, in SQLite's words; anything else that it refuses is a fault of ours.
_OF_THE_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}


class Immutable(sqlite3.Connection):
    """A connection to a file that nobody writes to."""

    until: float | None = None  # by time.perf_counter; whoever asks waits no longer. None: as long as a search may take

    def take_time(self) -> None:
        """Called before what takes long. Raises NotAtOnce where nobody waits so long."""
        if self.until is not None:
            raise NotAtOnce


def connect_immutable(path: Path) -> Immutable:
    """Open a file that nobody writes to; may be used from any one thread at a time."""
    uri = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    return sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256, factory=Immutable
    )


def connect_bulk(path: Path | None) -> sqlite3.Connection:
    """Open a file of our own for writing in bulk, without a journal; None: a temporary one that nobody sees.

    A crash leaves it broken, so it must become visible only when it is complete.
    """
    connection = sqlite3.connect("" if path is None else str(path), isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -16000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def on_disk(folder: Path) -> Iterator[None]:
    """Have what the disk refuses SQLite told as what it refuses anybody else. Raises OSError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in _OF_THE_DISK:
            raise OSError(errno.EIO, str(error), str(folder)) from error
        raise


def placeholders(values: Sequence[object]) -> tuple[str, list[object]]:
    """Question marks for a list of values to be found, and the values to bind.

    A long list is filled up with NULL, which is found nowhere, to the next power of two: few statements are prepared.
    """
    size = len(values) if len(values) <= _EXACT else 1 << (len(values) - 1).bit_length()
    return ",".join("?" * size), [*values, *([None] * (size - len(values)))]


@contextmanager
def deadline(connection: Immutable, seconds: float = DEADLINE_SECONDS) -> Iterator[None]:
    """Stop whatever runs inside after `seconds`. Raises SearchTimeout then, or NotAtOnce where nobody waits so long."""
    end = time.perf_counter() + seconds
    hurried = connection.until is not None and connection.until < end
    if hurried:
        end = cast("float", connection.until)
    connection.set_progress_handler(lambda: time.perf_counter() > end, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if str(error) == "interrupted":
            raise NotAtOnce if hurried else SearchTimeout(seconds) from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
