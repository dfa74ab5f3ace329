"""Putting documents into a knowledge folder and taking them out; reads and loads none of them.

Nothing is overwritten unless that is asked for, no name leads out of the folder, and what is taken out goes to the data
folder, from where it can be brought back.
"""

import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import yaml

from bot.errors import ShelfError
from bot.ingest.documents.hints import SUFFIX, Description
from bot.ingest.folder import sources
from bot.ingest.folder.files import Found, is_document_name, scan
from bot.ingest.links.kept import FOLDER as LINKS
from bot.ingest.links.kept import file_name
from bot.language.yaml_text import YamlError, read_yaml
from bot.whole_files import write_whole

REMOVED = "removed"  # within the data folder
_UNFIT = re.compile(r"[^\w. ()+-]+")
_LONGEST_NAME = 120


def safe_name(name: str) -> str:
    """A file name that leads nowhere else and that a load takes for a document. Raises ShelfError."""
    plain = _UNFIT.sub("-", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .-")
    stem, dot, ending = plain.rpartition(".")
    plain = f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}" if dot and stem else plain[:_LONGEST_NAME]
    if not plain or not is_document_name(plain):
        raise ShelfError(f"{name[:80]!r} is no name for a document")
    return plain


def name_of_link(url: str, suffix: str) -> str:
    """A file name for what a link brought."""
    parts = urlsplit(url)
    path = PurePosixPath(parts.path)
    end = path.name.removesuffix(path.suffix) if path.name else ""
    return safe_name("-".join(filter(None, [(parts.hostname or "link").removeprefix("www."), end])) + suffix)


def put(folder: Path, name: str, data: bytes, said: Description | None = None, *, overwrite: bool = False) -> Path:
    """Put a document into a folder, with what is said of it beside it. Raises ShelfError."""
    file = folder / safe_name(name)
    if not overwrite and file.exists():
        raise ShelfError(f"{file}: there is a document of this name already; remove it first")
    _write(file, data)
    about = said.model_dump(exclude_defaults=True) if said is not None else {}
    if about:
        _write(file.with_name(file.name + SUFFIX), yaml.safe_dump(about, allow_unicode=True, sort_keys=False).encode())
    return file


def put_link(folder: Path, url: str, refresh: str, said: Description | None = None) -> str:
    """Declare a link as a document in the folder's sources.yaml; its key. Raises ShelfError."""
    file = folder / sources.FILE_NAME
    before = _text(file)
    known = _entries(file, before)[0]
    for key, entry in known.items():
        if isinstance(entry, dict) and entry.get("url") == url and "refresh" in entry:
            raise ShelfError(f"{file}: {key} is this very link already")
    key = base = file_name(name_of_link(url, ".link").removesuffix(".link").replace(".", "-").replace(" ", "-"))
    number = 2
    while key in known:
        key, number = f"{base}-{number}", number + 1
    about = said.model_dump(exclude_defaults=True) if said is not None else {}
    entry = {key: {**about, "url": url, "refresh": refresh}}
    text = before + ("\n" if before and not before.endswith("\n") else "") + yaml.safe_dump(
        entry, allow_unicode=True, sort_keys=False
    )  # fmt: skip
    _entries(file, text)
    _write(file, text.encode())
    return key


def find(folders: Sequence[Path], path: str) -> Found | tuple[Path, str]:
    """A document, named as in the list of documents or by its file; of a link its sources.yaml and its key there.

    Raises ShelfError when there is no such document.
    """
    if path.startswith(f"{LINKS}/"):
        name = path.removeprefix(f"{LINKS}/").split(".")[0]
        for file in (folder / sources.FILE_NAME for folder in folders):
            entries, _ = _entries(file, _text(file))
            key = next((key for key in entries if file_name(key) == name), None)
            if key is not None:
                return file, key
    asked = str(Path(path).absolute())
    found = next((item for item in scan(folders) if path == item.path or item.file == asked), None)
    if found is None:
        raise ShelfError(f"{path}: there is no such document")
    return found


def take_out(folders: Sequence[Path], data_dir: Path, path: str, now: datetime | None = None) -> Path:
    """Take a document, named as in the list of documents or by its file, out of its folder; where it is kept.

    Raises ShelfError when there is no such document.
    """
    moment = (now or datetime.now(UTC)).strftime("%Y-%m-%dT%H%M%S")
    target = data_dir / REMOVED / moment
    found = find(folders, path)
    if not isinstance(found, Found):
        _take_entry(*found, target)
        return target / sources.FILE_NAME
    kept = target / found.path
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.move(found.file, kept)
        if found.sidecar:
            shutil.move(found.sidecar, str(kept) + SUFFIX)
    except OSError as error:
        raise ShelfError(f"{found.file}: {error.strerror or error}") from error
    return kept


def with_url(said: Description | None, url: str) -> Description:
    """What is said of a document, and where it came from."""
    return (said or Description()).model_copy(update={"url": url})


def _take_entry(file: Path, key: str, target: Path) -> None:
    text = _text(file)
    entries, starts = _entries(file, text)
    target.mkdir(parents=True, exist_ok=True)
    (target / file.name).write_text(text, encoding="utf-8")
    lines = text.splitlines(keepends=True)
    first = starts[key] - 1
    last = min((start - 1 for start in starts.values() if start - 1 > first), default=len(lines))
    while last > first + 1 and lines[last - 1].lstrip().startswith(("#", "\n", "\r")):
        last -= 1  # a remark before the next entry belongs to that
    left = "".join(lines[:first] + lines[last:])
    if set(_entries(file, left)[0]) != set(entries) - {key}:
        raise ShelfError(f"{file}:{first + 1}: take the entry {key} out by hand, it does not stand by itself")
    _write(file, left.encode())


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _entries(file: Path, text: str) -> tuple[Mapping[str, Any], dict[str, int]]:
    """The entries of a sources.yaml, and the line of each."""
    try:
        read = read_yaml(text)
    except YamlError as error:
        raise ShelfError(f"{file}:{error.line}: {error}; it has to be mended first") from error
    if read.data is not None and not isinstance(read.data, dict):
        raise ShelfError(f"{file}:1: not a mapping of keys to sources; it has to be mended first")
    return read.data or {}, {str(path[0]): line for path, line in read.lines.items() if len(path) == 1}


def _write(file: Path, data: bytes) -> None:
    try:
        write_whole(file, data)
    except OSError as error:
        raise ShelfError(f"{file}: {error.strerror or error}") from error
