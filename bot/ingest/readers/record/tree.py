"""Where in a data file its records are: lists and mappings of mappings, and what stands around them; knows no value."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from bot.ingest.readers.record.fields import plain
from bot.ingest.readers.record.labels import is_label_list
from bot.language.yaml_text import YamlPath

MOST_RECORDS = 5000
# Mappings that only hold others together: their own name names no record, but a date or a room holds for all below.
_GROUPS = frozenset(
    """days day schedule schedules agenda program programme timetable tracks track slots timeslots blocks block groups
    categories category levels level tiers tier list items data entries results rows content sections""".split()  # noqa: SIM905
)
# Lists that are records of their own wherever they stand; others (the speakers of a talk) are fields of what
# holds them.
_HOLDING = _GROUPS | frozenset(
    """talks sessions events workshops lectures presentations keynotes people persons members team staff sponsors
    partners
    organizations organisations companies projects publications papers meetings meetups concerts exhibitors""".split()  # noqa: SIM905
)
_PEOPLE = frozenset({"people", "persons", "members"})
_SESSION = frozenset({"abstract", "room", "duration", "starttime", "start"})  # fields of a talk, with its title
_TALKS = frozenset({"talks", "sessions", "lectures", "presentations", "keynotes"})
_LIFE = frozenset({"fullname", "firstname", "lastname", "bio", "biography"})  # fields of whoever gives them
_LABELS = frozenset({"tracks", "track", "categories", "levels", "tiers"})  # names of rows and columns, not records
_OCCASIONS = frozenset({"conference", "event", "festival", "meetup", "convention"})  # what a file may wrap up
_NAMES = frozenset({"name", "title"})
_MOST_WRAPPED = 3  # mappings around the occasion that a file is of
_HELD_BY_NAME = {"rooms": "room", "stages": "stage", "halls": "hall"}  # mappings of names to what is held there
_DEEPEST = 6
_MOST_KEYS = 2000

Around = tuple[tuple[dict[str, Any], YamlPath], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One mapping that says something. `key` is the one it stands under in a mapping of records."""

    data: dict[str, Any]
    path: YamlPath
    key: str = ""
    around: Around = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """Records side by side. `names` are the keys on the way to them; `whole` says that it is the file itself."""

    records: tuple[Record, ...]
    names: tuple[str, ...] = ()
    whole: bool = False


def collections_of(data: Any, file: str = "") -> list[Collection]:
    """All records of a file of that name. What is nested in a record as its field is left to it."""
    found: list[Collection] = []
    _walk(data, (), (file,), (), found)
    return [replace(collection, names=collection.names[1:]) for collection in found]


def _walk(value: Any, path: YamlPath, names: tuple[str, ...], around: Around, found: list[Collection]) -> None:
    if isinstance(value, list):
        records = [(item, (*path, index), "") for index, item in enumerate(value) if isinstance(item, dict)]
        _collect(records, names, around, found)
    elif isinstance(value, dict):
        if _is_mapping_of_records(value):
            records = [(item, (*path, key), key) for key, item in value.items() if isinstance(item, dict)]
            _collect(records, names, around, found)
            return
        if not path or (len(path) <= _MOST_WRAPPED and plain(names[-1]) in _OCCASIONS):
            found.append(Collection((Record(value, path),), names, whole=True))
        held = _HELD_BY_NAME.get(plain(names[-1])) if names else None
        for key, item in list(value.items())[:_MOST_KEYS]:
            if _holds_records(item) or _is_occasion(key, item, value):
                named = ({held: key}, path) if held else (value, path)
                _walk(item, (*path, key), (*names, *(() if held else (key,))), (*around, named), found)


def _is_occasion(key: str, item: Any, around: dict[str, Any]) -> bool:
    """Whether a mapping beside lists says what they are all of: `{conference: {name: …}, days: […]}`."""
    if not isinstance(item, dict) or plain(key) not in _OCCASIONS or _NAMES & set(map(plain, around)):
        return False
    return any(_holds_records(other) for name, other in around.items() if name != key)


def _collect(
    records: list[tuple[dict[str, Any], YamlPath, str]], names: tuple[str, ...], around: Around, found: list[Collection]
) -> None:  # fmt: skip
    """Records of one list; those that hold lists of records are walked into, and count themselves unless they group."""
    grouping = bool(names) and plain(names[-1]) in _GROUPS
    own: list[Record] = []
    inner: list[tuple[Any, YamlPath, str, Around]] = []
    for item, path, key in records[:MOST_RECORDS]:
        deeper = [name for name, value in item.items() if is_collection(name, value, item)]
        listed = bool(names) and plain(names[-1]) in _LABELS
        if (not deeper and not listed) or (deeper and not (grouping or len(item) - len(deeper) <= 1)):
            own.append(Record(item, path, key, around))
        here = (*around, ({**item, "": key} if key else item, path))
        inner += [(item[name], (*path, name), name, here) for name in deeper]
    if own:
        found.append(Collection(tuple(own), names))
    for value, path, name, here in inner:
        _walk(value, path, (*names, name), here, found)


def _is_mapping_of_records(value: dict[str, Any]) -> bool:
    """Whether every entry is a mapping with something in it: records by their keys."""
    mappings = [item for item in value.values() if isinstance(item, dict)]
    if len(mappings) < 2 or len(mappings) < len(value):
        return False
    fields = [set(map(plain, item)) for item in mappings[:50] if item]
    return bool(fields) and sum(bool(one & two) for one, two in pairwise(fields)) * 2 >= len(fields) - 1


def _holds_records(value: Any, depth: int = 0) -> bool:
    if isinstance(value, list):
        return any(isinstance(item, dict) for item in value[:20])
    return isinstance(value, dict) and (
        _is_mapping_of_records(value)
        or any(_holds_records(item) for item in value.values() if isinstance(item, list))
        or (depth < _DEEPEST and any(_wraps(key, item, depth) for key, item in list(value.items())[:_MOST_KEYS]))
    )


def _wraps(key: str, value: Any, depth: int) -> bool:
    """Whether a mapping in a mapping is a timetable: `schedule: {conference: {days: [...]}}`."""
    named = plain(key) in _OCCASIONS or plain(key) in _GROUPS or plain(key) in _HELD_BY_NAME
    return named and isinstance(value, dict) and _holds_records(value, depth + 1)


def is_collection(name: str, value: Any, record: Iterable[str] = ()) -> bool:
    """Whether a field holds records of their own, unlike the people of a session and the talks of a speaker."""
    key = plain(name)
    if key in _PEOPLE and not _SESSION.isdisjoint(fields := {plain(field) for field in record}) and "title" in fields:
        return False
    if is_label_list(name, value) and "title" in {plain(field) for field in record}:
        return False
    if key in _TALKS and not _LIFE.isdisjoint(plain(field) for field in record):
        return False
    return (key in _HOLDING or (key in _HELD_BY_NAME and isinstance(value, dict))) and _holds_records(value)


def scalars_below(value: Any, depth: int = 4) -> Iterator[str]:
    """Every text below a value, not too deep."""
    if isinstance(value, str):
        yield value
    elif depth and isinstance(value, (list, dict)):
        for item in value if isinstance(value, list) else value.values():
            yield from scalars_below(item, depth - 1)
