"""`whoswho doctor`: looks at everything a run needs and says of each fault how to mend it; changes nothing.

Never prints a token or a password: of what Discord or a database says only the kind of refusal is told.
"""

import os
import shutil
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bot.answers.engine import Prompts
from bot.errors import PromptError, SettingsError, SnapshotError, StateError, WhoswhoError
from bot.ingest.folder import scan
from bot.memory import Remembered
from bot.paths import shipped
from bot.settings import Settings
from bot.store import keep
from bot.store.connection import connect_immutable
from bot.store.snapshot import Snapshot, looks_whole
from bot.terminal.load_report import count
from bot.terminal.screen import Screen

_ENOUGH_ROOM = 200 * 1024 * 1024  # bytes
_DISCORD = "https://discord.com/api/v10"
_PATIENCE = 10.0  # seconds


class Verdict(StrEnum):
    """How something was found."""

    FINE = "ok"
    NOTE = "note"  # works, but worth knowing
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `mend` says what to do about it."""

    verdict: Verdict
    what: str
    found: str
    mend: str = ""


async def examine(settings: Settings, read_texts: Callable[[], object]) -> AsyncIterator[Finding]:
    """Everything that was looked at, one after the other; `read_texts` reads those of the Discord side."""
    yield _fine("settings", "read")
    for look in (_knowledge, _data_folder, _key, _snapshots):
        for finding in look(settings):
            yield finding
    yield _prompts(read_texts)
    yield await _state(settings)
    yield await _discord(settings)


def tell(finding: Finding, screen: Screen) -> None:
    """One line about a finding."""
    mend = f" – {finding.mend}" if finding.mend else ""
    screen.text(f"{finding.verdict:<5}  {finding.what}: {finding.found}{mend}")


def _fine(what: str, found: str) -> Finding:
    return Finding(Verdict.FINE, what, found)


def _wrong(what: str, found: str, mend: str) -> Finding:
    return Finding(Verdict.WRONG, what, found, mend)


def _knowledge(settings: Settings) -> Iterator[Finding]:
    for folder in settings.knowledge:
        what = f"knowledge {folder}"
        try:
            files = scan([folder])
        except (OSError, WhoswhoError) as error:
            yield _wrong(what, str(error), "let the user that runs the bot read this folder")
            continue
        closed = [found.path for found in files if not os.access(found.file, os.R_OK)]
        if closed:
            others = f" and {len(closed) - 1} more" if len(closed) > 1 else ""
            yield _wrong(what, f"{closed[0]}{others} cannot be read", "let the user that runs the bot read them")
        elif not files:
            yield _wrong(what, "no documents", "put documents there, or choose another folder with --knowledge")
        else:
            yield _fine(what, count(len(files), "document", "documents"))


def _data_folder(settings: Settings) -> Iterator[Finding]:
    data = settings.data
    what = f"data folder {data}"
    there = data
    while not there.exists():
        there = there.parent
    if not data.exists():
        if os.access(there, os.W_OK):
            yield Finding(Verdict.NOTE, what, "not there yet", "it is made by the first load")
        else:
            yield _wrong(what, f"cannot be made in {there}", "make it, or choose another with --data")
        return
    if not data.is_dir():
        yield _wrong(what, "not a folder", "choose another with --data")
        return
    if not os.access(data, os.W_OK | os.X_OK):
        yield _wrong(what, "cannot be written", f"give it to the user that runs the bot: chown {os.getuid()} {data}")
        return
    if data.stat().st_mode & stat.S_IWOTH:
        yield _wrong(what, "everybody can write there", f"chmod o-w {data}")
        return
    room = shutil.disk_usage(data).free
    if room < _ENOUGH_ROOM:
        yield Finding(Verdict.NOTE, what, f"only {room // 1024 // 1024} MB left", "a load needs room for a snapshot")
        return
    yield _fine(what, f"{room // 1024 // 1024} MB free")


def _key(settings: Settings) -> Iterator[Finding]:
    key = settings.data / "secret.key"
    if not key.exists():
        return
    if key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield _wrong(f"key {key}", "others can read it", f"chmod 600 {key}")
    elif not os.access(key, os.R_OK):
        yield _wrong(
            f"key {key}", "cannot be read", f"give it to the user that runs the bot: chown {os.getuid()} {key}"
        )
    else:
        yield _fine(f"key {key}", "its owner's alone")


def _snapshots(settings: Settings) -> Iterator[Finding]:
    kept = keep.history(settings.data)
    if not kept:
        yield Finding(Verdict.NOTE, "snapshot", "nothing is loaded yet", "whoswho load does; run and ask do it too")
        return
    mend = "load again: whoswho load"
    try:
        with closing(Snapshot.open(keep.current_snapshot(settings.data))) as snapshot:
            fault = looks_whole(snapshot.connection)
            age = datetime.now(UTC) - snapshot.built_at
            told = f"{snapshot.id}, {count(snapshot.count_facts(), 'fact', 'facts')}, built {age.days} days ago"
            problems = len(snapshot.problems())
    except SnapshotError as error:
        yield _wrong("snapshot", str(error), mend)
        return
    if fault is not None:
        yield _wrong("snapshot", f"{snapshot.id} is damaged: {fault}", "delete it and load again: whoswho load")
        return
    yield _fine("snapshot", told)
    if problems:
        found = f"{count(problems, 'problem', 'problems')} in the documents"
        yield Finding(Verdict.NOTE, "documents", found, "whoswho check names them")
    if (undone := keep.undone(settings.data)) is not None:
        yield Finding(Verdict.NOTE, "snapshot", f"{undone.stem} was undone", "whoswho load puts the documents in force")
    for path in kept:
        with closing(connect_immutable(path)) as connection:
            if (fault := looks_whole(connection)) is not None:
                yield Finding(Verdict.NOTE, "snapshot", f"{path.name} is damaged: {fault}", f"delete it: rm {path}")


def _prompts(read_texts: Callable[[], object]) -> Finding:
    try:
        Prompts(shipped("prompts"))
        read_texts()
    except PromptError as error:
        return _wrong("prompts", str(error), "mend the file, or install the program again")
    return _fine("prompts", str(shipped("prompts")))


async def _state(settings: Settings) -> Finding:
    what = "state database"
    remembered = Remembered(settings)
    try:
        database = (await remembered.state()).database
        version, fault = await database.version(), await database.fault()
    except StateError as error:
        mend = "mend it, or restore a backup: whoswho restore"
        return _wrong(what, str(error), "see that the server runs and lets us in" if settings.state_url else mend)
    finally:
        await remembered.close()
    if fault is not None:
        return _wrong(what, fault, "restore a backup: whoswho restore")
    if not version:
        return Finding(Verdict.NOTE, what, "not there yet", "it is made when something is to be remembered")
    return _fine(what, f"{database.kind}, version {version}")


async def _discord(settings: Settings) -> Finding:
    what = "Discord"
    if settings.discord_token is None and settings.discord_token_file is None:
        return Finding(Verdict.NOTE, what, "no token is set", "only whoswho run needs one: DISCORD_TOKEN")
    try:
        token = settings.token()
    except SettingsError as error:
        return _wrong(what, str(error), "copy the token again from the application's Bot page")
    import httpx  # noqa: PLC0415 - slow, and not needed without a token

    address = (settings.discord_api_url or _DISCORD).rstrip("/")
    try:
        async with httpx.AsyncClient(timeout=_PATIENCE) as client:
            answer = await client.get(f"{address}/users/@me", headers={"Authorization": f"Bot {token}"})
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return _wrong(what, f"{address} cannot be reached: {type(error).__name__}", "look at the network and proxies")
    said: dict[int, Callable[[], Finding]] = {
        200: lambda: _fine(what, f"{address} is there and takes the token"),
        401: lambda: _wrong(what, "the token is refused", "make a new one on the application's Bot page"),
        429: lambda: Finding(Verdict.NOTE, what, "too many requests just now", "look again in a while"),
    }
    unexpected = _wrong(what, f"{address} answers with status {answer.status_code}", "look again in a while")
    return said.get(answer.status_code, lambda: unexpected)()
