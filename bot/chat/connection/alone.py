"""One process for each bot: a second on the same data folder would answer everything twice, so it waits its turn."""

import asyncio
import fcntl
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

log = logging.getLogger(__name__)
_LOOK_EVERY = 0.5  # seconds


@asynccontextmanager
async def alone(data: Path, application: int, shards: str | None) -> AsyncIterator[None]:
    """Wait until no other process is this bot with these shards, and be it while the block runs.

    A folder that cannot be written or has no locks keeps nobody from answering.
    """
    try:
        descriptor = _open(data / f"bot-{application}{f'-{shards}' if shards else ''}.lock".replace("/", "of"))
    except OSError:
        yield
        return
    try:
        if not _take(descriptor):
            who = os.pread(descriptor, 100, 0).decode(errors="replace")
            log.warning("this bot runs already, with the same data folder (%s); waiting until that ends", who)
            while not _take(descriptor):  # noqa: ASYNC110 - another process sets no event
                await asyncio.sleep(_LOOK_EVERY)
        yield
    finally:
        os.close(descriptor)


def _open(file: Path) -> int:
    file.parent.mkdir(parents=True, exist_ok=True)
    return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _take(descriptor: int) -> bool:
    """Whether this process has the lock now, and has written down who it is; it goes with the process."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()} on {os.uname().nodename}".encode(), 0)
    except BlockingIOError:
        return False
    except OSError:  # no locks here, or no room for the note
        pass
    return True
