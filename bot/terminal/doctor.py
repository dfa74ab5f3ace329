"""`whoswho doctor`: looks at everything a run needs and says of each fault how to mend it; changes nothing.

Never prints a token or a password: of what Discord or a database says only the kind of refusal is told.
"""

import os
import shutil
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.answers.engine import Prompts
from bot.errors import KnowledgeError, PromptError, SnapshotError, StateError, WhoswhoError, told_of
from bot.ingest.folder.audiences import load_audiences
from bot.ingest.folder.files import scan
from bot.memory import Remembered
from bot.paths import shipped
from bot.settings import Settings
from bot.store import keep
from bot.store.connection import connect_immutable
from bot.store.fallback import is_damaged
from bot.store.previous import Previous
from bot.store.snapshot import Snapshot, looks_whole
from bot.store.tombstones import read_tombstones
from bot.terminal.discord_look import look_at_discord
from bot.terminal.findings import Finding, fine, note, wrong
from bot.terminal.load_report import count

_ENOUGH_ROOM = 200 * 1024 * 1024  # bytes
_SLACK = timedelta(minutes=5)  # of a clock


async def examine(settings: Settings, read_texts: Callable[[], object]) -> AsyncIterator[Finding]:
    """Everything that was looked at, one after the other; `read_texts` reads those of the Discord side."""
    yield fine("settings", "read")
    for look in (_knowledge, _audiences, _data_folder, _key, _snapshots):
        for finding in look(settings):
            yield finding
    yield _prompts(read_texts)
    yield await _state(settings)
    async for finding in look_at_discord(settings):
        yield finding


def _knowledge(settings: Settings) -> Iterator[Finding]:
    for folder in settings.knowledge:
        what = f"knowledge {folder}"
        try:
            files = scan([folder])
        except (OSError, WhoswhoError) as error:
            found = told_of(error) if isinstance(error, OSError) else str(error)
            yield wrong(what, found, "let the user that runs the bot read this folder")
            continue
        closed = [found.path for found in files if not os.access(found.file, os.R_OK)]
        if closed:
            others = f" and {len(closed) - 1} more" if len(closed) > 1 else ""
            yield wrong(what, f"{closed[0]}{others} cannot be read", "let the user that runs the bot read them")
        elif not files:
            yield wrong(what, "no documents", "put documents there, or choose another folder with --knowledge")
        else:
            yield fine(what, count(len(files), "document", "documents"))
        if folder != shipped("knowledge") and not os.access(folder, os.W_OK | os.X_OK):
            mend = "give it to the user that runs the bot if they shall; all else works"
            yield note(what, "cannot be written: /knowledge add, remove and review do not work", mend)


def _audiences(settings: Settings) -> Iterator[Finding]:
    """Whether it can be told who may see what; where it cannot, nothing is loaded."""
    try:
        defined, _ = load_audiences(settings.knowledge, _limited_by(settings))
    except KnowledgeError as error:
        for problem in error.problems:
            yield wrong("audiences", str(problem), "mend it; until then nothing is loaded, and what is in force stays")
    else:
        if defined:
            yield fine("audiences", ", ".join(sorted(defined.defined)))


def _limited_by(settings: Settings) -> str | None:
    """The audiences that the last load had."""
    previous = Previous.open(settings.data)
    if previous is None:
        return None
    with closing(previous):
        return previous.limited_by


def _data_folder(settings: Settings) -> Iterator[Finding]:
    data = settings.data
    what = f"data folder {data}"
    there = data
    while not there.exists():
        there = there.parent
    if not data.exists():
        if os.access(there, os.W_OK):
            yield note(what, "not there yet", "it is made by the first load")
        else:
            yield wrong(what, f"cannot be made in {there}", "make it, or choose another with --data")
        return
    if not data.is_dir():
        yield wrong(what, "not a folder", "choose another with --data")
        return
    if not os.access(data, os.W_OK | os.X_OK):
        yield wrong(what, "cannot be written", f"give it to the user that runs the bot: chown {os.getuid()} {data}")
        return
    if data.stat().st_mode & stat.S_IWOTH:
        yield wrong(what, "everybody can write there", f"chmod o-w {data}")
        return
    closed = [path for path in _written_to(data) if not os.access(path, os.W_OK | (os.X_OK if path.is_dir() else 0))]
    if closed:
        others = f" and {len(closed) - 1} more" if len(closed) > 1 else ""
        mend = f"give all of it to the user that runs the bot: chown -R {os.getuid()} {data}"
        yield wrong(what, f"{closed[0].name}{others} cannot be written", mend)
        return
    room = shutil.disk_usage(data).free
    if room < _ENOUGH_ROOM:
        yield note(what, f"only {room // 1024 // 1024} MB left", "a load needs room for a snapshot")
        return
    yield fine(what, f"{room // 1024 // 1024} MB free")


def _written_to(data: Path) -> list[Path]:
    """What somebody else may have made there by running a command as another user."""
    lock = data / keep.LOCK
    return [*sorted(path for path in data.iterdir() if path.is_dir()), *([lock] if lock.exists() else [])]


def _key(settings: Settings) -> Iterator[Finding]:
    key = settings.data / "secret.key"
    try:
        read_tombstones(settings.data)
    except StateError as error:
        yield wrong("removals", str(error), "until then nothing is loaded, and what is in force stays")
    if not key.exists():
        return
    if key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield wrong(f"key {key}", "others can read it", f"chmod 600 {key}")
    elif not os.access(key, os.R_OK):
        yield wrong(f"key {key}", "cannot be read", f"give it to the user that runs the bot: chown {os.getuid()} {key}")
    else:
        yield fine(f"key {key}", "its owner's alone")


def _snapshots(settings: Settings) -> Iterator[Finding]:
    kept = keep.history(settings.data)
    if not kept:
        yield note("snapshot", "nothing is loaded yet", "whoswho load does; run and ask do it too")
        return
    mend = "load again: whoswho load"
    try:
        with closing(Snapshot.open(keep.current_snapshot(settings.data))) as snapshot:
            fault = looks_whole(snapshot.connection)
            age = datetime.now(UTC) - snapshot.built_at
            built = f"{count(age.days, 'day', 'days')} ago" if age.days > 0 else "today"
            told = f"{snapshot.id}, {count(snapshot.count_facts(), 'fact', 'facts')}, built {built}"
            problems = len(snapshot.problems())
    except SnapshotError as error:
        yield wrong("snapshot", str(error), mend)
        return
    if fault is not None:
        yield wrong("snapshot", f"{snapshot.id} is damaged: {fault}", "delete it and load again: whoswho load")
        return
    yield fine("snapshot", told)
    if age < -_SLACK:
        yield note("clock", f"the snapshot was built {-age} from now", "see that the clock is right: date")
    if problems:
        found = f"{count(problems, 'problem', 'problems')} in the documents"
        yield note("documents", found, "whoswho check names them")
    if (undone := keep.undone(settings.data)) is not None and not is_damaged(undone):
        yield note("snapshot", f"{undone.stem} was undone", "whoswho load puts the documents in force")
    for path in kept:
        with closing(connect_immutable(path)) as connection:
            if (fault := looks_whole(connection)) is not None:
                yield note("snapshot", f"{path.name} is damaged: {fault}", f"delete it: rm {path}")


def _prompts(read_texts: Callable[[], object]) -> Finding:
    try:
        Prompts(shipped("prompts"))
        read_texts()
    except PromptError as error:
        return wrong("prompts", str(error), "mend the file, or install the program again")
    return fine("prompts", str(shipped("prompts")))


async def _state(settings: Settings) -> Finding:
    what = "state database"
    remembered = Remembered(settings)
    try:
        database = (await remembered.state()).database
        version, fault = await database.version(), await database.fault()
    except StateError as error:
        served = settings.state_url is not None and settings.state_url.get_secret_value().startswith("postgres")
        mend = "see that the server runs and lets us in" if served else "mend it, or restore a backup: whoswho restore"
        return wrong(what, str(error).removeprefix(f"{what}: "), mend)
    finally:
        await remembered.close()
    if fault is not None:
        return wrong(what, fault, "restore a backup: whoswho restore")
    if not version:
        return note(what, "not there yet", "it is made when something is to be remembered")
    return fine(what, f"{database.kind}, version {version}")
