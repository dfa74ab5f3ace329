"""What the data files of one folder name together: keys of records, the occasion they belong to, its days."""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from bot.ingest.documents.format import Raw
from bot.ingest.readers.data_text import JSON, YAML, read_data
from bot.ingest.readers.encoding import decode
from bot.ingest.readers.record.field_words import FieldWords, field_words
from bot.ingest.readers.record.fields import plain
from bot.ingest.readers.record.labels import Label, labels_of
from bot.ingest.readers.record.names import without_pronouns
from bot.ingest.readers.record.placed import text_of
from bot.ingest.readers.record.texts import is_kept_free, is_placeholder, readable
from bot.ingest.readers.record.tree import Collection, Record, collections_of
from bot.ingest.readers.record.when import When, read_when
from bot.ingest.readers.tables import SUFFIXES as TABLES
from bot.ingest.readers.tables import read_table
from bot.language.dates import WEEKDAYS
from bot.language.yaml_text import Yaml
from bot.model.partial_date import PartialDate
from bot.model.problem import Problem
from bot.model.vocabulary import Vocabulary

SUFFIXES = (*JSON, *YAML, *TABLES)
MAPPING = ".mapping.yaml"
# What lies beside documents and is none: what is said of them, by whom, in which words.
_BESIDE = (MAPPING, ".about.yaml", "sources.yaml", "vocabulary.yaml", "decisions.yaml", "audiences.yaml")
_MOST_FILES = 40  # of one group
_MOST_BYTES = 2_000_000
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_PARTS = re.compile(r"[-_. ]+")


@dataclass(slots=True)
class Group:
    """The records of files that belong together, by kind and key. A key that several have names none of them."""

    ids: dict[str, dict[str, str | None]] = field(default_factory=dict)
    occasions: list[tuple[str, str, When | None]] = field(default_factory=list)  # kind, name and time of whole files
    days: dict[str, PartialDate] = field(default_factory=dict)  # what a day is called -> its date
    labels: dict[str, Label] = field(default_factory=dict)  # categories by key

    def name_of(self, kinds: Iterable[str], key: str) -> str | None:
        """The name of the record with this key."""
        return next((name for kind in kinds if (name := self.ids.get(kind, {}).get(key))), None)

    @property
    def occasion(self) -> tuple[str, str, When | None] | None:
        """What all of it belongs to, if that is one thing."""
        return self.occasions[0] if len(self.occasions) == 1 else None

    def day(self, called: str) -> PartialDate | None:
        """The date of a day that is only called so: `1`, `day 2`, `Friday`."""
        key = plain(called)
        known = self.days.get(key) or self.days.get(key.removeprefix("day"))
        if known is not None or self.occasion is None or self.occasion[2] is None:
            return known
        start, end = self.occasion[2].start, self.occasion[2].end
        if start is None or end is None or start.day is None or end.day is None or not start.first or not end.last:
            return None
        days = [start.first.fromordinal(number) for number in range(start.first.toordinal(), end.last.toordinal() + 1)]
        fits = [day for day in days[:14] if len(key) >= 3 and WEEKDAYS[day.weekday()].startswith(key)]
        return PartialDate(fits[0].year, fits[0].month, fits[0].day) if len(fits) == 1 else None


def group_name(path: str, words: FieldWords) -> str:
    """What a file name says beside what is listed in the file: `talks-2018.yml` and `speakers-2018.yml` are one."""
    stem = PurePosixPath(path.removesuffix(MAPPING)).name.split(".")[0]
    return "-".join(part.casefold() for part in _PARTS.split(stem) if part and not words.is_collection(part))


def file_name(path: str) -> str:
    """What a file is called without its ending."""
    return PurePosixPath(path).name.split(".")[0]


def is_data_file(path: str) -> bool:
    """Whether a file may hold records that others refer to."""
    return path.lower().endswith(SUFFIXES)


def together(path: str, vocabulary: Vocabulary) -> str | None:
    """What tells the files of one group from others; None for a file that names nothing of others."""
    if not is_data_file(path):
        return None
    return f"{PurePosixPath(path).parent}/{group_name(path, field_words(vocabulary))}"


def group_of(raw: Raw, own: Yaml, words: FieldWords) -> Group:
    """The records of a file and of those in its folder that belong to it."""
    group = Group()
    _add(group, own.data, raw.path, words)
    if raw.folder is not None:
        wanted = group_name(raw.path, words)
        mine = PurePosixPath(raw.path).name
        for name in _groups(raw.folder, _changed(raw.folder), words).get(wanted, [])[:_MOST_FILES]:
            if name == mine or name in raw.closed:
                continue
            if (data := _read_beside(str(Path(raw.folder) / name))) is not None:
                _add(group, data, name, words)
    return group


def read_values(raw: Raw) -> tuple[Yaml | Problem, tuple[str, ...], Problem | None]:
    """The values of a data file of any of these formats, its lines, and what was guessed of its encoding."""
    decoded = decode(raw)
    if not decoded.readable:
        return decoded.problem or Problem(raw.path, 1, "no text"), (), None
    if raw.path.lower().endswith(TABLES):
        return read_table(raw.path, decoded.text, decoded.lines), decoded.lines, decoded.problem
    return read_data(raw, decoded), decoded.lines, decoded.problem


def named_by(
    words: FieldWords, kind: str, record: Record, overrides: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, str]:
    """The name of a record and the field in which it stands; both empty where it has none."""
    fields = {plain(name): name for name in record.data}
    parts = {
        overrides.get(plain(name)) or words.target(kind, name): name
        for name in record.data
        if text_of(record.data[name])
    }
    told = [name for name, target in overrides.items() if target == "name"]
    usual = [name for name in words.naming.get(kind, ()) if name not in overrides]
    for wanted in (*told, *usual):
        name = readable(text_of(one_language(record.data[fields[wanted]]))) if wanted in fields else ""
        name = without_pronouns(name)[0] if kind == "person" else name
        if name and not (is_kept_free(name) if kind == "person" else is_placeholder(name)):
            family = text_of(record.data[parts["familyName"]]) if kind == "person" and "familyName" in parts else ""
            alone = family and family.casefold() not in name.casefold()  # the field `name` is the first name only
            return f"{name} {family}" if alone else name, fields[wanted]
    if kind == "person" and "givenName" in parts and "familyName" in parts:
        given, family = (text_of(record.data[parts[part]]) for part in ("givenName", "familyName"))
        return f"{given} {family}", parts["givenName"]
    key = record.key.strip()
    if key and not key.isdigit() and read_when(key) is None:
        return " ".join(key.split()), ""
    return "", ""


def one_language(value: Any) -> Any:
    """A text that is given in several languages, in one of them."""
    if isinstance(value, dict) and value and all(len(key) == 2 and key.isalpha() for key in value):
        return value.get("en") or next(iter(value.values()))
    return value


def ids_of(words: FieldWords, kind: str, record: Record) -> list[str]:
    """The keys by which other records may refer to this one."""
    found = [text_of(value) for name, value in record.data.items() if words.target(kind, name) == "id"]
    return [key for key in (record.key, *found) if key]


def kind_of(words: FieldWords, collection: Collection, path: str) -> str | None:
    """What the records of a collection are."""
    records = [
        [name for name, value in record.data.items() if value not in _EMPTY] for record in collection.records[:200]
    ]
    return words.kind_of(records, collection.names, file_name(path))


def _add(group: Group, data: Any, path: str, words: FieldWords) -> None:
    group.labels.update(labels_of(data))
    for collection in collections_of(data, file_name(path)):
        kind = kind_of(words, collection, path)
        for record in collection.records:
            _note_day(group, record.data)
            for around, _ in record.around:
                _note_day(group, around)
            if kind is None:
                continue
            name, _ = named_by(words, kind, record)
            if collection.whole and name and kind in ("event", "organization"):
                group.occasions.append((kind, name, _time_of(words, kind, record.data)))
            known = group.ids.setdefault(kind, {})
            for key in ids_of(words, kind, record) if name else ():
                known[key] = name if known.get(key, name) == name else None


def _time_of(words: FieldWords, kind: str, data: Mapping[str, Any]) -> When | None:
    times = {words.target(kind, name): read_when(text_of(value)) for name, value in data.items()}
    start, end = times.get("startDate"), times.get("endDate")
    if start is None or end is None:
        return start
    return When(start.start, end.end)


def _note_day(group: Group, data: Mapping[str, Any]) -> None:
    """A mapping that gives a day its date: `{day: 1, date: 2018-05-09}`."""
    names = {plain(name): text_of(value) for name, value in data.items() if isinstance(value, str)}
    when = read_when(names.get("date", ""))
    if when is None or when.start is None or when.start != when.end or when.start.day is None:
        return
    for name in ("day", "id", "name", "title", "label", "dayname", "number"):
        if names.get(name):
            group.days.setdefault(plain(names[name]), when.start)


def _changed(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 (one call for each document)
    except OSError:
        return 0


@lru_cache(maxsize=64)
def _groups(folder: str, _changed_at: int, words: FieldWords) -> dict[str, list[str]]:
    """The data files of a folder by group; the folder's own time makes them anew when files come or go."""
    found: dict[str, list[str]] = {}
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return {}
    for name in names:
        if is_data_file(name) and not name.startswith(".") and not name.endswith(_BESIDE):
            found.setdefault(group_name(name, words), []).append(name)
    return found


def _read_beside(file: str) -> Any:
    try:
        status = os.stat(file)  # noqa: PTH116 (as above)
    except OSError:
        return None
    return _data_of(file, status.st_size, status.st_mtime_ns) if status.st_size <= _MOST_BYTES else None


@lru_cache(maxsize=32)
def _data_of(file: str, _size: int, _changed_at: int) -> Any:
    try:
        content = Path(file).read_bytes()
    except OSError:
        return None
    values, _, _ = read_values(Raw(file, content))
    return values.data if isinstance(values, Yaml) else None
