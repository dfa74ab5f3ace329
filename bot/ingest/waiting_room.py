"""Documents that wait for somebody's yes, in the data folder so that they outlive a restart; reads and adds none."""

import json
import os
import re
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ShelfError

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
        descriptor = os.open(folder / key, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(json.dumps({"name": document.name, "url": document.url}).encode() + b"\n")
            file.write(document.data)
    except OSError as error:
        with suppress(OSError):
            (folder / key).unlink(missing_ok=True)
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
