"""The named sources of a knowledge folder, from its `sources.yaml`; knows nothing of the facts that rest on them."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import ValidationError, field_validator

from bot.errors import KnowledgeError
from bot.ingest.documents.hints import Description, faults, limits_of_broken, unknown_audiences
from bot.ingest.documents.yaml_file import read_yaml_file
from bot.language.yaml_text import YamlPath
from bot.model.audience import Limits
from bot.model.fact import Source
from bot.model.partial_date import PartialDate
from bot.model.problem import Problem

FILE_NAME = "sources.yaml"
_INTERVAL = re.compile(r"(?P<number>[1-9]\d{0,4}) ?(?P<unit>[mhdw])\Z")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Fetch(Enum):
    """Which links a load may fetch; only somebody's word makes it more than none."""

    NONE = "none"
    DUE = "due"
    ALL = "all"


class SourceEntry(Description):
    """One entry of the file as a maintainer writes it.

    `file` names the document it was read from; if that lies in the folder, all that is said here is said of it. With
    `refresh` the link is a document itself, fetched again after that time.
    """

    file: str | None = None
    note: str | None = None
    refresh: str | None = None

    @field_validator("refresh")
    @classmethod
    def _is_an_interval(cls, refresh: str | None) -> str | None:
        if refresh is not None and not _INTERVAL.match(refresh):
            raise ValueError("not a time like 30m, 12h, 1d or 2w")
        return refresh

    @property
    def interval(self) -> timedelta | None:
        """After which time the link is fetched again; None: it is no document."""
        match = _INTERVAL.match(self.refresh or "")
        return timedelta(**{_UNITS[match["unit"]]: int(match["number"])}) if match else None

    def to_source(self, key: str) -> Source:
        """The same as a source of facts."""
        day = PartialDate.parse(self.date) if self.date else None
        note = None if self.note is None else " ".join(self.note.split())
        return Source(key, self.title or self.url or key, self.author, self.publisher, day, self.url, note)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry and where it stands, `folder` being the knowledge folder as it was given."""

    folder: str
    line: int
    said: SourceEntry


@dataclass(slots=True)
class Declared:
    """The entries of all folders by key, with what is wrong with them."""

    entries: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def sources(self) -> dict[str, Source]:
        """The entries as sources of facts."""
        return {key: entry.said.to_source(key) for key, entry in self.entries.items()}

    def limits(self) -> dict[str, Limits]:
        """The sources that not everybody may see, and who may."""
        return {key: entry.said.limits for key, entry in self.entries.items() if entry.said.audience}

    def files(self) -> dict[str, tuple[str, Entry]]:
        """Key and entry of every document that an entry names, by the path of its file."""
        named = ((key, entry) for key, entry in self.entries.items() if entry.said.file is not None)
        return {str(Path(entry.folder, str(entry.said.file))): (key, entry) for key, entry in named}

    def links(self) -> Iterator[tuple[str, Entry]]:
        """Key and entry of every link that is a document itself."""
        return ((key, entry) for key, entry in self.entries.items() if entry.said.interval is not None)

    def without(self, names: Callable[..., bool]) -> "Declared":
        """The same without the entries that name somebody who was removed."""
        kept = {
            key: entry
            for key, entry in self.entries.items()
            if not names(key, *(str(said) for said in entry.said.model_dump().values() if said))
        }
        return Declared(kept, self.problems)

    def to_text(self) -> str:
        """For the next load, should a file be broken then."""
        return json.dumps(
            {
                key: (entry.folder, entry.line, entry.said.model_dump(exclude_defaults=True))
                for key, entry in self.entries.items()
            }
        )


def entries_of_text(text: str) -> dict[str, Entry]:
    """The entries of an earlier load."""
    return {
        key: Entry(folder, line, SourceEntry.model_validate(said))
        for key, (folder, line, said) in json.loads(text).items()
    }


def load_sources(
    folders: Iterable[Path],
    kinds: Iterable[str] = (),
    last: Mapping[str, Entry] | None = None,
    audiences: Collection[str] | None = None,
) -> Declared:
    """The sources of all folders; `last` are those of the load before, which stay where one cannot be read now.

    Of two sources with one key the first counts. Raises KnowledgeError where something wrong has to do with the
    `audiences` that are known: then nobody can tell who may see the documents that are named here.
    """
    declared = Declared()
    closed: list[Problem] = []
    for folder in folders:
        file = folder / FILE_NAME
        if not file.is_file():
            continue
        read, problem = read_yaml_file(file, FILE_NAME, dict, "not a mapping of keys to sources")
        lines = read.lines
        if problem is not None:
            if audiences and limits_of_broken(_text_of(file)):
                closed.append(problem)
            declared.problems.append(problem)
            kept = {key: entry for key, entry in (last or {}).items() if entry.folder == str(folder)}
            declared.entries = kept | declared.entries
            continue
        for key, value in read.data.items():
            before = len(declared.problems)
            _declare(declared, Entry(str(folder), lines.get((key,), 1), SourceEntry()), key, value, lines, kinds, last)
            if audiences is not None and isinstance(value, dict) and "audience" in value:
                closed += declared.problems[before:]
                line = lines.get((key, "audience"), 1)
                said = declared.entries[key].said.audience if key in declared.entries else ()
                closed += unknown_audiences(said, audiences, FILE_NAME, line)
    if closed:
        raise KnowledgeError("nobody can tell who may see what, so nothing was loaded", closed)
    return declared


def _declare(
    declared: Declared,
    place: Entry,
    key: str,
    value: Any,
    lines: Mapping[YamlPath, int],
    kinds: Iterable[str],
    last: Mapping[str, Entry] | None,
) -> None:
    problems = declared.problems
    if key in declared.entries:
        problems.append(Problem(FILE_NAME, place.line, "this source is declared in another folder too", key))
        return
    before = len(problems)
    try:
        said = SourceEntry.model_validate(value)
    except ValidationError as error:
        problems += faults(error, FILE_NAME, lines, (key,), key)
    else:
        problems += _inconsistent(said, place.line, key, lines, kinds)
        if len(problems) == before:
            declared.entries[key] = Entry(place.folder, place.line, said)
            return
    earlier = (last or {}).get(key)
    if earlier is not None and earlier.folder == place.folder:
        declared.entries[key] = earlier


def _inconsistent(
    said: SourceEntry, line: int, key: str, lines: Mapping[YamlPath, int], kinds: Iterable[str]
) -> Iterator[Problem]:
    if said.title is None and said.refresh is None:
        yield Problem(FILE_NAME, line, "title: is missing", key)
    if said.refresh is not None and (said.url is None or said.file is not None):
        yield Problem(FILE_NAME, lines.get((key, "refresh"), line), "refresh: needs a url, and no file", key)
    known = tuple(kinds)
    if said.kind is not None and known and said.kind not in known:
        where = lines.get((key, "kind"), line)
        yield Problem(FILE_NAME, where, f"kind: unknown; one of {', '.join(known)}", said.kind)


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "audience"  # for all that anybody knows
