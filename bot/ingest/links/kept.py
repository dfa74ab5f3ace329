"""Links that are documents, as they were fetched last: kept in the data folder and read like any file; fetches none.

A link that cannot be fetched keeps its last good version, and whoever loads is told how old that is.
"""

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

from bot.ingest.documents.hints import Said
from bot.ingest.folder.files import Found
from bot.ingest.folder.sources import FILE_NAME, Declared, Entry
from bot.model.problem import Problem
from bot.whole_files import write_whole

FOLDER = "links"
_UNFIT = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a link; `file` is empty until it was fetched once. Moments are ISO 8601 in UTC."""

    url: str
    file: str = ""
    etag: str = ""
    modified: str = ""
    fetched: str = ""  # when the file was received
    checked: str = ""  # when it was last known to be what the link leads to
    tried: str = ""
    failure: str = ""  # why the last try brought nothing


def documents(declared: Declared, data_dir: Path, now: datetime | None = None) -> tuple[list[Found], list[Problem]]:
    """The links that were fetched, as documents, and what is wrong with the others; fetches nothing."""
    moment = now or datetime.now(UTC)
    folder = data_dir / FOLDER
    found: list[Found] = []
    problems: list[Problem] = []
    for key, entry in declared.links():
        kept = read_kept(folder, key, entry)
        if kept.file:
            said = Said(entry.said.hints(), key, entry.said.to_source(key).note, fetched=True)
            found.append(Found(f"{FOLDER}/{kept.file}", str(folder / kept.file), said=said))
        if kept.failure or not kept.file:
            problems.append(_problem(key, entry, kept, moment))
    return found, problems


def forget(declared: Declared, data_dir: Path) -> None:
    """Remove what was fetched for entries that are gone."""
    known = {file_name(key) for key, _ in declared.links()}
    folder = data_dir / FOLDER
    for file in folder.iterdir() if folder.is_dir() else ():
        if file.name.split(".")[0] not in known and not file.name.startswith("."):
            file.unlink(missing_ok=True)


def _problem(key: str, entry: Entry, kept: Kept, now: datetime) -> Problem:
    if not kept.failure:
        return Problem(FILE_NAME, entry.line, f"{key}: not fetched yet; whoswho load fetches it", fatal=False)
    if not kept.file:
        return Problem(FILE_NAME, entry.line, f"{key}: {kept.failure}", fatal=False)
    days = (now - datetime.fromisoformat(kept.checked)).days
    age = "of today" if days < 1 else "1 day old" if days == 1 else f"{days} days old"
    return Problem(FILE_NAME, entry.line, f"{key}: {kept.failure}; its last version, {age}, stays", fatal=False)


def read_kept(folder: Path, key: str, entry: Entry) -> Kept:
    """What is kept of a link; nothing of another one that had its key before."""
    fresh = Kept(str(entry.said.url))
    try:
        kept = Kept(**json.loads((folder / f"{file_name(key)}.json.kept").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return fresh
    if kept.url != fresh.url or (kept.file and not (folder / kept.file).is_file()):
        return fresh
    return kept


def write_kept(folder: Path, key: str, kept: Kept) -> None:
    """Note what is known of a link."""
    write_whole(folder / f"{file_name(key)}.json.kept", json.dumps(asdict(kept)).encode())


def file_name(key: str) -> str:
    """A file name for a key, without a dot in it; two keys never share one."""
    plain = _UNFIT.sub("-", key)[:60].strip("-")
    return plain if plain == key else f"{plain or 'link'}-{crc32(key.encode()):08x}"
