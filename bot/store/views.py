"""Which file of a snapshot somebody is answered from: the one filter of every surface; asks no question itself."""

from pathlib import Path

from bot.model.audience import EVERYBODY, Asker
from bot.store.keep import current_snapshot, full_file, view_file
from bot.store.snapshot import Snapshot


def file_for(everybody: Snapshot, asker: Asker) -> Path:
    """The file with what somebody may see of a snapshot; one from which nothing is kept has only itself."""
    if not everybody.is_split:
        return everybody.path
    return full_file(everybody.path) if asker.everything else view_file(everybody.path, everybody.audiences.of(asker))


def seen_by(everybody: Snapshot, asker: Asker) -> Snapshot:
    """What somebody may see, `everybody` itself where that is all; else that is closed. Raises SnapshotError."""
    file = file_for(everybody, asker)
    if file == everybody.path:
        return everybody
    everybody.close()
    return everybody.beside(file)


def open_current(data_dir: Path, asker: Asker = EVERYBODY) -> Snapshot:
    """What somebody may see of the snapshot in force. Raises SnapshotError."""
    return seen_by(Snapshot.open(current_snapshot(data_dir)), asker)
