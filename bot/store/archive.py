"""One file that holds all that must last: the snapshot in force, the bot's own memory, the key; restores it whole.

Written and read while the bot runs: a snapshot never changes, and the state is read and replaced in one transaction.
The key is in it, for without it nobody who was removed would stay removed: keep the file as the data folder is kept.
"""

import json
import re
import shutil
import zipfile
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import bot
from bot.errors import SnapshotError, StateError, WhoswhoError
from bot.store import keep
from bot.store.snapshot import Snapshot
from bot.store.state.migrations import pending
from bot.store.state.state import State
from bot.store.state.transfer import put_in, take_out
from bot.store.swept import drop_others, was_built_with
from bot.store.tombstones import read_tombstones, write_tombstones, written_down
from bot.store.views import shows_more
from bot.whole_files import replacing

_STEM, _IS_SNAPSHOT = "snapshot", re.compile(r"snapshot(\+[a-z0-9_+-]*)?\.sqlite\Z")
_MANIFEST, _SNAPSHOT, _STATE, _KEY = "manifest.json", "snapshot.sqlite", "state.jsonl", "secret.key"
_FORMAT = 1


class ArchiveError(WhoswhoError):
    """The file is no backup, or not a whole one."""

    def __init__(self, file: Path, message: str) -> None:
        super().__init__(f"{file}: {message}")


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backup holds."""

    made_at: str
    snapshot: str | None  # its id; None: nothing was loaded, or it was not put in force
    rows: int
    fault: str | None = None  # why the snapshot was not put in force


async def back_up(file: Path, data_dir: Path, state: State) -> Saved:
    """Write a backup. It appears whole or not at all. Raises StateError, OSError."""
    version, rows = await take_out(state)
    text = "".join(json.dumps({"table": table, "row": row}, ensure_ascii=False) + "\n" for table, row in rows)
    with replacing(file, private=True) as stream:
        hashes: dict[str, str] = {}
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            snapshot = _add_snapshot(archive, data_dir, hashes)
            for name, content in ((_STATE, text.encode()), (_KEY, state.secret.key())):
                archive.writestr(name, content)
                hashes[name] = sha256(content).hexdigest()
            saved = Saved(datetime.now(UTC).isoformat(timespec="seconds"), snapshot, len(rows))
            manifest = {
                "format": _FORMAT, "whoswho": bot.__version__, "made_at": saved.made_at, "snapshot": snapshot,
                "state_version": version, "rows": saved.rows, "sha256": hashes,
            }  # fmt: skip
            archive.writestr(_MANIFEST, json.dumps(manifest, indent=2))
    return saved


async def restore(file: Path, data_dir: Path, state: State) -> Saved:
    """Put everything of a backup in force. Whoever was removed since stays removed.

    Raises ArchiveError, LoadBusy, and StateError where removals are recorded under another key.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive, file)
            with keep.load_lock(data_dir, wait=False, who="a restore"):
                built = _unpacked_snapshot(archive, manifest, file, data_dir)
                try:
                    return await _put_in_force(archive, manifest, file, data_dir, state, built)
                finally:
                    if built is not None:
                        keep.drop(built)
    except zipfile.BadZipFile as error:
        raise ArchiveError(file, "not a backup, or cut short") from error


async def _put_in_force(
    archive: zipfile.ZipFile, manifest: dict[str, Any], file: Path, data_dir: Path, state: State, built: Path | None
) -> Saved:
    """The key, then the rows that were made with it, then the snapshot; begun again, it comes to the same."""
    pending(int(manifest["state_version"]))  # of a newer program nothing is touched
    key = _content(archive, _KEY, manifest, file)
    lines = _content(archive, _STATE, manifest, file).decode().splitlines()
    rows = [(row["table"], row["row"]) for row in map(json.loads, lines)]
    if key != state.secret.key():
        if await state.removals.is_under_another(key):
            raise StateError(
                f"{data_dir}: people were removed here under another key, which would let them come back;"
                " restore into an empty data folder"
            )
        state.secret.replace(key)
    await put_in(state, int(manifest["state_version"]), rows)
    write_tombstones(data_dir, await state.removals.all() | written_down(data_dir))
    saved = Saved(str(manifest["made_at"]), manifest["snapshot"], len(rows))
    if built is None:
        return saved
    try:
        Snapshot.open(built).close()
    except SnapshotError as error:
        return Saved(saved.made_at, None, saved.rows, str(error))
    removed = read_tombstones(data_dir)
    if not was_built_with(built, removed):
        return Saved(saved.made_at, None, saved.rows, "its snapshot was made before somebody was removed")
    kept = keep.history(data_dir)
    if kept and shows_more(built, kept[-1]):
        return Saved(saved.made_at, None, saved.rows, "its snapshot shows what has an audience since")
    keep.publish(data_dir, built)
    if removed:
        drop_others(data_dir, removed)
    return saved


def _add_snapshot(archive: zipfile.ZipFile, data_dir: Path, hashes: dict[str, str]) -> str | None:
    try:
        path = keep.current_snapshot(data_dir)
        with closing(Snapshot.open(path)) as snapshot, ExitStack() as stack:
            sources = {
                file.name.removeprefix(path.stem): stack.enter_context(file.open("rb")) for file in keep.files_of(path)
            }
            for ending, source in sources.items():
                name, digest = f"{_STEM}{ending}", sha256()
                with archive.open(name, "w") as target:
                    while chunk := source.read(1 << 20):
                        digest.update(chunk)
                        target.write(chunk)
                hashes[name] = digest.hexdigest()
    except SnapshotError:
        return None
    return snapshot.id


def _manifest(archive: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    with suppress(KeyError, ValueError):
        manifest = json.loads(archive.read(_MANIFEST))
        if manifest["format"] != _FORMAT:
            raise ArchiveError(file, f"made by another version of the program: {manifest['whoswho']}")
        if all(key in manifest for key in ("made_at", "snapshot", "state_version", "sha256")):
            return dict(manifest)
    raise ArchiveError(file, "not a backup of this program")


def _content(archive: zipfile.ZipFile, name: str, manifest: dict[str, Any], file: Path) -> bytes:
    try:
        content = archive.read(name)
    except KeyError as error:
        raise ArchiveError(file, f"not whole: {name} is missing") from error
    if sha256(content).hexdigest() != manifest["sha256"].get(name):
        raise ArchiveError(file, f"damaged: {name} is not as it was written")
    return content


def _unpacked_snapshot(
    archive: zipfile.ZipFile, manifest: dict[str, Any], file: Path, data_dir: Path
) -> Path | None:  # fmt: skip
    """The snapshot beside the others, not in force yet."""
    if manifest["snapshot"] is None:
        return None
    path = keep.scratch_file(data_dir)
    names = [name for name in manifest["sha256"] if _IS_SNAPSHOT.match(name)]
    try:
        for name in [_SNAPSHOT, *(name for name in names if name != _SNAPSHOT)]:
            _unpack(archive, name, manifest, file, path.with_name(f"{path.stem}{name.removeprefix(_STEM)}"))
    except BaseException:
        keep.drop(path)
        raise
    return path


def _unpack(archive: zipfile.ZipFile, name: str, manifest: dict[str, Any], file: Path, path: Path) -> None:
    if name not in archive.namelist():
        raise ArchiveError(file, f"not whole: {name} is missing")
    with archive.open(name) as source, path.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
    with path.open("rb") as written:
        digest = sha256()
        while chunk := written.read(1 << 20):
            digest.update(chunk)
    if digest.hexdigest() != manifest["sha256"].get(name):
        raise ArchiveError(file, f"damaged: {name} is not as it was written")
