"""Which file of a snapshot somebody is answered from: the one filter of every surface; asks no question itself."""

from contextlib import ExitStack, closing
from pathlib import Path

from bot.model.audience import EVERYBODY, Asker
from bot.store.keep import current_snapshot, full_file, view_file
from bot.store.snapshot import Snapshot

_READABLE = (
    "SELECT 'document', path FROM document",
    "SELECT 'name', key FROM name WHERE weight > 1",
    "SELECT 'fact', statement, start, end FROM fact",
    "SELECT 'passage', body FROM passage",
)


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


def shows_more(path: Path, newest: Path) -> bool:
    """Whether a snapshot shows anybody what they may not see by the newest one. Raises SnapshotError."""
    if path == newest:
        return False
    with ExitStack() as stack:
        now = stack.enter_context(closing(Snapshot.open(newest)))
        if not now.is_split:
            return False
        old = stack.enter_context(closing(Snapshot.open(path)))
        both = old.audiences.defined.keys() & now.audiences.defined.keys()
        if any(old.audiences.defined[name] != now.audiences.defined[name] for name in both):
            return True
        everything = _content(stack.enter_context(closing(now.beside(full_file(newest)))))
        for names in old.audiences.views():
            file, seen = view_file(newest, now.audiences.closed(names)), now
            if file != newest:
                seen = stack.enter_context(closing(now.beside(file)))
            hidden = everything - _content(seen)
            file, was = view_file(path, names), old
            if file != path:
                was = stack.enter_context(closing(old.beside(file)))
            if hidden & _content(was):
                return True
    return False


def _content(snapshot: Snapshot) -> set[int]:
    """What can be read in a snapshot, wherever it stands: documents, names, facts and passages."""
    return {hash(row) for sql in _READABLE for row in snapshot.connection.execute(sql)}


def open_current(data_dir: Path, asker: Asker = EVERYBODY) -> Snapshot:
    """What somebody may see of the snapshot in force. Raises SnapshotError."""
    return seen_by(Snapshot.open(current_snapshot(data_dir)), asker)
