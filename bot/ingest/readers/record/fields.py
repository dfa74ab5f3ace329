"""The fields of one mapping, each of which is read or named as not taken over; knows no format."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.ingest.documents.drafting import Drafting
from bot.ingest.readers.record.placed import Placed, mappings_of, text_of, texts_of
from bot.ingest.readers.record.when import When, read_when
from bot.language.yaml_text import YamlPath, items_of
from bot.model.fact import Evidence

_MOST_LEFT = 200  # fields of one mapping that are named one by one


@dataclass(frozen=True, slots=True)
class Field:
    """One value as text, and where it stands."""

    text: str
    path: YamlPath
    evidence: Evidence


class Fields:
    """A mapping being read. Names are compared without case, blanks, hyphens and underscores."""

    def __init__(self, placed: Placed, data: dict[str, Any], path: YamlPath) -> None:
        self.placed = placed
        self.path = path
        self._data = data
        self._names: dict[str, str] = {}
        for name in data:
            self._names.setdefault(plain(name), name)
        self._read: set[str] = set()

    def value(self, *names: str) -> tuple[Any, YamlPath]:
        """The first of these fields that is not empty, with its place; None where there is none."""
        for name in names:
            key = self._names.get(plain(name))
            if key is not None and self._data[key] not in (None, "", [], {}):
                self._read.add(key)
                return self._data[key], (*self.path, key)
        return None, self.path

    def text(self, *names: str) -> Field | None:
        """The first of these fields as one text; of a list its first entry."""
        return next(iter(self.texts(*names)), None)

    def texts(self, *names: str) -> list[Field]:
        """All entries of the first of these fields that is not empty."""
        value, path = self.value(*names)
        return [Field(text, where, self.placed.evidence(where, text)) for text, where in texts_of(value, path)]

    def when(self, name: str, drafting: Drafting) -> When | None:
        """A field as a time; one that is none is left."""
        field = self.text(name)
        if field is None:
            return None
        found = read_when(field.text)
        if found is None:
            drafting.leave(field.evidence, f"{name}: not a date")
        return found

    def mappings(self, *names: str) -> Iterator["Fields"]:
        """The mappings below the first of these fields that is not empty."""
        value, path = self.value(*names)
        for item, where in mappings_of(value, path):
            yield Fields(self.placed, item, where)

    def entries(self, *names: str) -> Iterator["Fields"]:
        """The same, where a plain text stands for a mapping with that name."""
        value, path = self.value(*names)
        for item, where in items_of(value, path):
            if isinstance(item, dict):
                yield Fields(self.placed, item, where)
            elif text := text_of(item):
                yield Fields(self.placed, {"name": text}, where)

    def leave_rest(self, drafting: Drafting, why: str = "not taken over") -> None:
        """Name every field that was not read and says something."""
        left = 0
        for key, value in self._data.items():
            if key in self._read or value in (None, "", [], {}):
                continue
            left += 1
            if left <= _MOST_LEFT:
                shown = text_of(value)
                drafting.leave(self.placed.evidence((*self.path, key), shown), f"{key[:60]}: {why}")

    def skip(self, *names: str) -> None:
        """Count fields as read that say nothing of the world."""
        self._read |= {self._names[plain(name)] for name in names if plain(name) in self._names}


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """The name of a field as names are compared: `Start_Date` and `startDate` are one."""
    return "".join(char for char in name.casefold() if char.isalnum())


def field_among(data: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """The first field of a mapping that is called by one of these plain names and is not empty."""
    known = {plain(name): name for name in data if text_of(data[name])}
    return next((known[name] for name in names if name in known), None)
