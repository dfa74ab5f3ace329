"""Which files a knowledge folder holds and what their bytes are; opens nothing but to read it whole."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.errors import SettingsError
from bot.ingest.decisions import file as decisions
from bot.ingest.documents import hints
from bot.ingest.documents.hints import Said
from bot.ingest.folder import audiences, sources, vocabulary_files

MOST_BYTES = 8_000_000  # of one document
_NOT_DOCUMENTS = frozenset(
    {
        sources.FILE_NAME,
        decisions.FILE_NAME,
        vocabulary_files.FILE_NAME,
        audiences.FILE_NAME,
        "readme.md",
        "readme",
        "readme.txt",
    }
)


class Found(NamedTuple):
    """A file of a knowledge folder. `path` is relative to the folder, with slashes, and unique among all folders.

    One that ends with a slash is a folder whose files nobody could tell; reading it says why.
    """

    path: str
    file: str
    sidecar: str = ""  # the file beside it that says what it is about
    said: Said | None = None  # what the sidecar, and the folder's sources.yaml, say of it
    hidden: bool = False  # it lies in such a folder, so nobody can tell whether it is as it was
    astray: bool = False  # a link out of the knowledge folder: what else lies on this machine is told to nobody


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
        for file, sidecar in _files(root):
            path = file[cut:].replace(os.sep, "/")
            if len(folders) > 1:
                while path in seen:
                    path = f"{folder.name or 'folder'}/{path}"
                seen.add(path)
            astray = _leads_out(file, root) or (sidecar != "" and _leads_out(sidecar, root))
            found.append(Found(path, file, "" if astray else sidecar, astray=astray))
    found.sort(key=lambda item: item.path)
    return found


def is_document_name(name: str) -> bool:
    """Whether a file of this name is taken for a document."""
    return not name.startswith(".") and name.lower() not in _NOT_DOCUMENTS and not name.endswith(hints.SUFFIX)


def read_content(found: Found) -> Content:
    """Read a document whole, unless it is too large; what is said of it tells it from others as its bytes do."""
    if found.astray:
        return Content(b"", b"astray", 0, 0, "a link that leads out of the knowledge folder")
    try:
        with open(found.file, "rb", buffering=0) as stream:  # noqa: PTH123 (a Path a file would cost as much as its hash)
            status = os.fstat(stream.fileno())
            if status.st_size > MOST_BYTES:
                return Content(b"", b"large", status.st_size, status.st_mtime_ns, f"larger than {MOST_BYTES} bytes")
            data = stream.read(status.st_size + 1)
    except OSError as error:
        return Content(b"", b"unreadable", 0, 0, f"cannot be read: {error.strerror or type(error).__name__}")
    digest = hashlib.sha256(data)
    if found.said is not None:
        digest.update(found.said.stamp)
    return Content(data, digest.digest(), status.st_size, status.st_mtime_ns)


def _files(folder: str) -> Iterator[tuple[str, str]]:
    """Files below a folder that may be documents, each with its sidecar; links are followed to files, not to folders.

    A sidecar without its document comes alone, so that somebody hears of it; so does a folder that cannot be opened.
    """
    below: list[str] = []
    files: list[str] = []
    sidecars: set[str] = set()
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                below.append(entry.path)
            elif entry.name.lower() not in _NOT_DOCUMENTS and entry.is_file():
                if entry.name.endswith(hints.SUFFIX):
                    sidecars.add(entry.path)
                else:
                    files.append(entry.path)
    for path in files:
        sidecar = path + hints.SUFFIX
        if sidecar in sidecars:
            sidecars.remove(sidecar)
            yield path, sidecar
        else:
            yield path, ""
    for path in sidecars:
        yield path, ""
    for path in below:
        try:
            yield from _files(path)
        except OSError:
            yield path + os.sep, ""


def _leads_out(file: str, folder: str) -> bool:
    """Whether a file is a link to what lies elsewhere."""
    if not os.path.islink(file):  # noqa: PTH114 (a Path a file would cost too much)
        return False
    return not Path(file).resolve().is_relative_to(Path(folder).resolve())
