"""Documents that wait for somebody's yes, in the data folder so that they outlive a restart; reads and adds none."""

import json
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ShelfError
from bot.whole_files import write_whole

FOLDER = "waiting"  # within the data folder
SECONDS = 24 * 3600  # after which nobody is waited for any longer
MOST = 8  # documents, each of a few megabytes; the oldest gives way
_KEY = re.compile(r"[0-9a-f]{16}\Z")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document as it would be added; `url` is where it came from."""

    name: str
    data: bytes
    url: str = ""


def hold(data_dir: Path, document: Waiting) -> str:
    """Keep a document; the key by which it is found again. Raises ShelfError."""
    folder, key = data_dir / FOLDER, secrets.token_hex(8)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = json.dumps({"name": document.name, "url": document.url}).encode()
        write_whole(folder / key, about + b"\n" + document.data, private=True)
    except OSError as error:
        raise ShelfError(f"{folder}: {error.strerror or error}") from error
    _clear(folder)
    return key


def held(data_dir: Path, key: str) -> Waiting | None:
    """The document of a key; None where it was let go, or waited too long."""
    if not _KEY.match(key):
        return None
    try:
        file = data_dir / FOLDER / key
        if time.time() - file.stat().st_mtime > SECONDS:
            return None
        about, _, data = file.read_bytes().partition(b"\n")
        said = json.loads(about)
        return Waiting(said["name"], data, said["url"])
    except (OSError, ValueError, KeyError, TypeError):  # gone, or cut short by a crash
        return None


def let_go(data_dir: Path, key: str) -> None:
    """Keep a document no longer."""
    if _KEY.match(key):
        (data_dir / FOLDER / key).unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    """Let go what waited too long, and the oldest of too many."""
    ages = sorted((time.time() - file.stat().st_mtime, file.name) for file in folder.iterdir() if _KEY.match(file.name))
    for number, (age, name) in enumerate(ages):
        if number >= MOST or age > SECONDS:
            (folder / name).unlink(missing_ok=True)
