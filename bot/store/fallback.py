"""Going back to the last good snapshot where the one in force cannot be read; decides nothing where that may tell more.

An older snapshot may show what somebody limited to an audience since, and the one that would tell is the damaged one.
So where anything is limited to audiences, there is no going back: the documents have to be read again.
"""

import logging
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.errors import SnapshotError, WhoswhoError
from bot.store import keep
from bot.store.snapshot import Snapshot, looks_whole
from bot.store.swept import was_built_with
from bot.store.tombstones import Tombstones, read_tombstones

log = logging.getLogger(__name__)


def fall_back(data_dir: Path, is_limited: Callable[[], bool], *, looking: bool = False) -> Path | None:
    """Put the last good snapshot in force if the one that is cannot be opened; None: it can, or there is no other.

    `is_limited` says whether documents may be limited to audiences now; `looking`: at all of it, which takes a while.
    """
    try:
        current = keep.current_snapshot(data_dir)
        with closing(Snapshot.open(current)) as snapshot:
            found = looks_whole(snapshot.connection) if looking else None
        if found is not None:
            raise SnapshotError(current, found)
    except SnapshotError as error:
        fault = error
    else:
        return None
    if not keep.history(data_dir) or is_limited():
        return None
    try:
        with keep.load_lock(data_dir, wait=False, who="the machine"):
            good = _last_good(data_dir, read_tombstones(data_dir))
            if good is not None:
                keep.rollback(data_dir, int(good.stem))
                log.warning("%s; answers come from the one before, %s", fault, good.stem)
            return good
    except (WhoswhoError, OSError):  # somebody is loading just now, or nothing can be written here
        return None


def is_damaged(path: Path) -> bool:
    """Whether a snapshot that is kept cannot be opened."""
    try:
        Snapshot.open(path).close()
    except SnapshotError:
        return True
    return False


def _last_good(data_dir: Path, removed: Tombstones) -> Path | None:
    for path in reversed(keep.history(data_dir)):
        try:
            with closing(Snapshot.open(path)) as snapshot:
                limited = snapshot.is_split or snapshot.meta.get("limited_by", "{}") not in ("", "{}")
                whole = looks_whole(snapshot.connection) is None
        except SnapshotError:
            continue
        if limited:
            return None
        if whole and was_built_with(path, removed):
            return path
    return None
