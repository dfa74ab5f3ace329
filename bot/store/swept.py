"""What the data folder keeps besides the current snapshot, cleared of names that were removed; reads no documents."""

from contextlib import closing, suppress
from pathlib import Path

from bot.errors import SnapshotError
from bot.store import keep
from bot.store.snapshot import Snapshot
from bot.store.tombstones import Tombstones

_MOST_BYTES = 50_000_000
# A model's answers, documents that were taken out, documents that wait for a yes, copies of the state.
_FOLDERS = ("model", "removed", "waiting", "backups")


def drop_others(data_dir: Path, removed: Tombstones) -> None:
    """Delete the snapshots that were built without these removals, so that nobody comes back by going back."""
    current = keep.current_snapshot(data_dir)
    for path in keep.history(data_dir):
        if path != current and not was_built_with(path, removed):
            keep.drop(path)


def was_built_with(path: Path, removed: Tombstones) -> bool:
    """Whether a snapshot leaves out just those who are removed now."""
    try:
        with closing(Snapshot.open(path)) as snapshot:
            return snapshot.meta.get("removed", "") == removed.digest
    except SnapshotError:
        return False


def sweep(data_dir: Path, history: str, removed: Tombstones) -> None:
    """Delete files of the bot's own that name somebody who was removed, and the lines of the questions typed here."""
    for folder in _FOLDERS:
        for file in (data_dir / folder).rglob("*"):
            if file.is_file() and (removed.names(str(file.relative_to(data_dir))) or _names(file, removed)):
                with suppress(OSError):
                    file.unlink()
    file = data_dir / history
    with suppress(OSError):
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
        kept = [line for line in lines if not removed.names(line)]
        if kept != lines:
            file.write_text("".join(kept), encoding="utf-8")


def _names(file: Path, removed: Tombstones) -> bool:
    try:
        if file.stat().st_size > _MOST_BYTES:
            return False
        return removed.names(file.read_bytes().decode("utf-8", "replace"))
    except OSError:
        return False
