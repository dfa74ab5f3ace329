"""Which snapshot is the current one, which came before, and who may write the next; never opens one.

A data folder holds `snapshots/0001.sqlite`, `0002.sqlite` … and `snapshots/current`, one line with the name of the file
to read. Both a new snapshot and the pointer appear by renaming a complete, synced file, so a kill at any moment leaves
the one before in force.

Where something is not for everybody, `0001.sqlite` holds what is. Beside it `0001+.sqlite` holds all, for the loader,
and `0001+board.sqlite` what the audience of that name sees. They come before it and go with it.
"""

import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import LoadBusy, SnapshotError
from bot.whole_files import write_whole

KEPT = 10
LOCK = "load.lock"
_SUFFIX, _MORE = ".sqlite", "+"
_FILE = re.compile(r"(\d{4,})\.sqlite\Z")


def current_snapshot(data_dir: Path) -> Path:
    """The file that readers should open. Raises SnapshotError when nothing was loaded yet."""
    pointer = pointer_file(data_dir)
    try:
        name = pointer.read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise SnapshotError(pointer, "nothing is loaded yet") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SnapshotError(pointer, f"cannot be read: {error}") from error
    if not _FILE.match(name):
        raise SnapshotError(pointer, f"does not name a snapshot: {name[:60]!r}")
    return snapshot_folder(data_dir) / name


def history(data_dir: Path) -> list[Path]:
    """The snapshots that are kept, oldest first."""
    folder = snapshot_folder(data_dir)
    names = os.listdir(folder) if folder.is_dir() else []
    return [folder / name for name in sorted(filter(_FILE.match, names), key=lambda name: int(name.split(".")[0]))]


def publish(data_dir: Path, built: Path) -> Path:
    """Make `built`, a complete file in the snapshot folder, the current snapshot; old ones beyond KEPT are removed.

    What was built beside it, `beside` its name, comes along.
    """
    final = snapshot_folder(data_dir) / f"{next_number(data_dir):04d}.sqlite"
    for left in _beside(final):  # of a load that was killed before its snapshot came into force
        left.unlink(missing_ok=True)
    for one in _beside(built):
        _sync(one)
        os.replace(one, final.with_name(f"{final.stem}{one.name.removeprefix(built.stem)}"))
    _sync(built)
    os.replace(built, final)
    _point_to(data_dir, final)
    for old in history(data_dir)[:-KEPT]:
        drop(old)
    return final


def drop(snapshot: Path) -> None:
    """Delete a snapshot, with all that is beside it."""
    for one in _beside(snapshot):
        one.unlink(missing_ok=True)
    snapshot.unlink(missing_ok=True)


def full_file(snapshot: Path) -> Path:
    """Where all of a snapshot is, if not everybody may see all of it."""
    return snapshot.with_name(f"{snapshot.stem}{_MORE}{_SUFFIX}")


def view_file(snapshot: Path, names: Iterable[str]) -> Path:
    """Where a snapshot is as those see it who are in these audiences."""
    seen = "+".join(sorted(names))
    return snapshot.with_name(f"{snapshot.stem}{_MORE}{seen}{_SUFFIX}") if seen else snapshot


def files_of(snapshot: Path) -> list[Path]:
    """A snapshot, and what is beside it."""
    return [snapshot, *_beside(snapshot)]


def rollback(data_dir: Path, number: int) -> Path:
    """Make an earlier snapshot the current one again. Raises SnapshotError when it is not kept any more."""
    path = snapshot_folder(data_dir) / f"{number:04d}.sqlite"
    if not path.is_file():
        raise SnapshotError(path, "no such snapshot is kept")
    _point_to(data_dir, path)
    return path


def undone(data_dir: Path) -> Path | None:
    """The newest snapshot, where a rollback put an earlier one in force; None: the newest is in force."""
    kept = history(data_dir)
    return kept[-1] if kept and kept[-1] != current_snapshot(data_dir) else None


def next_number(data_dir: Path) -> int:
    """The number of the next snapshot."""
    kept = history(data_dir)
    return int(kept[-1].stem) + 1 if kept else 1


def scratch_file(data_dir: Path) -> Path:
    """A new name in the snapshot folder to build under; what a killed load left there is removed."""
    folder = snapshot_folder(data_dir)
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(".building-*"):
        left.unlink(missing_ok=True)
    return folder / f".building-{os.getpid()}{_SUFFIX}"


@contextmanager
def load_lock(data_dir: Path, *, wait: bool = True, who: str = "") -> Iterator[None]:
    """Let one process at a time load into the folder; `who` is told to those that come meanwhile.

    Raises LoadBusy at once unless told to wait.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(data_dir / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LoadBusy(data_dir, *_holder(descriptor)) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{datetime.now(UTC).isoformat(timespec='seconds')} {who}".encode(), 0)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def snapshot_folder(data_dir: Path) -> Path:
    """Where the snapshots are."""
    return data_dir / "snapshots"


def pointer_file(data_dir: Path) -> Path:
    """The file whose change tells readers of a new snapshot."""
    return snapshot_folder(data_dir) / "current"


def _beside(snapshot: Path) -> list[Path]:
    return sorted(snapshot.parent.glob(f"{snapshot.stem}{_MORE}*{_SUFFIX}"))


def _holder(descriptor: int) -> tuple[str, datetime | None]:
    """Who holds the lock, and since when, as far as it is written there."""
    since, _, who = os.pread(descriptor, 500, 0).decode(errors="replace").partition(" ")
    try:
        return who, datetime.fromisoformat(since)
    except ValueError:
        return "", None


def _point_to(data_dir: Path, snapshot: Path) -> None:
    pointer = pointer_file(data_dir)
    write_whole(pointer, f"{snapshot.name}\n".encode())
    _sync(pointer.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
