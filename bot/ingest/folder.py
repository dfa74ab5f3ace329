"""Which files a knowledge folder holds and what their bytes are; opens nothing but to read it whole."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.errors import SettingsError
from bot.ingest import sources, vocabulary_files

MOST_BYTES = 8_000_000  # of one document
_NOT_DOCUMENTS = frozenset({sources.FILE_NAME, vocabulary_files.FILE_NAME, "readme.md", "readme", "readme.txt"})


class Found(NamedTuple):
    """A file of a knowledge folder. `path` is relative to the folder, with slashes, and unique among all folders."""

    path: str
    file: str


class Content(NamedTuple):
    """The bytes of a file at one moment, with what tells them from others; `error` instead if it could not be read."""

    data: bytes
    sha256: bytes
    size: int
    mtime_ns: int
    error: str = ""


def scan(folders: Sequence[Path]) -> list[Found]:
    """All documents of all folders, by path. A path that an earlier folder has too gets its folder's name before it.

    Raises SettingsError for a folder that does not exist.
    """
    seen: set[str] = set()
    found: list[Found] = []
    for folder in folders:
        if not folder.is_dir():
            raise SettingsError(f"{folder}: no such folder")
        root = str(folder)
        cut = len(root.rstrip("/")) + 1
        for file in _files(root):
            path = file[cut:].replace(os.sep, "/")
            if len(folders) > 1:
                while path in seen:
                    path = f"{folder.name or 'folder'}/{path}"
                seen.add(path)
            found.append(Found(path, file))
    found.sort(key=lambda item: item.path)
    return found


def read_content(file: str) -> Content:
    """Read a file whole, unless it is too large."""
    try:
        with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 (a Path a file would cost as much as its hash)
            status = os.fstat(stream.fileno())
            if status.st_size > MOST_BYTES:
                return Content(b"", b"large", status.st_size, status.st_mtime_ns, f"larger than {MOST_BYTES} bytes")
            data = stream.read(status.st_size + 1)
    except OSError as error:
        return Content(b"", b"unreadable", 0, 0, f"cannot be read: {error.strerror or type(error).__name__}")
    return Content(data, hashlib.sha256(data).digest(), status.st_size, status.st_mtime_ns)


def _files(folder: str) -> Iterator[str]:
    """Files below a folder that may be documents; links are followed to files, not to folders."""
    below: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                below.append(entry.path)
            elif entry.name.lower() not in _NOT_DOCUMENTS and entry.is_file():
                yield entry.path
    for path in below:
        yield from _files(path)
