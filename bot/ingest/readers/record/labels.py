"""Categories that a file lists once and its records name by key: "Track: Radio", "Level: beginner"; states nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bot.ingest.readers.record.fields import plain
from bot.ingest.readers.record.placed import text_of
from bot.language.yaml_text import YamlPath

_CHOSEN = frozenset({"categoryitems", "categoryitemids", "categoryids"})  # what a record has of them, by key
_LISTS = frozenset({"categories", "categorygroups"})
_ITEMS = ("items", "categoryitems", "options", "values")
_NAMES = ("name", "title", "label")
_MOST = 2000


class Label(NamedTuple):
    """One category: what kind of category it is (`Track`), and its name."""

    title: str
    name: str


class Chosen(NamedTuple):
    """A category that a record has, and where it says so."""

    label: Label
    path: YamlPath


def labels_of(data: Any) -> dict[str, Label]:
    """All categories that a file lists, by their key."""
    if not isinstance(data, dict):
        return {}
    groups = [value for key, value in data.items() if plain(key) in _LISTS]
    return {key: label for group in groups for key, label, _ in _listed(group, ()) if key}


def is_label_list(key: str, value: Any) -> bool:
    """Whether a field lists categories of its record rather than records."""
    return plain(key) in _LISTS and any(True for _ in _listed(value, ()))


def is_label(data: dict[str, Any], names: Sequence[str], labels: Mapping[str, Label]) -> bool:
    """Whether a record is one of the categories; `names` are those of the lists it stands in."""
    return any(plain(name) in _LISTS for name in names) and text_of(data.get("id")) in labels


def chosen_by(data: dict[str, Any], path: YamlPath, labels: dict[str, Label]) -> dict[str, list[Chosen]]:
    """The categories of a record, by the field that names them; fields with one that is not known are left out."""
    found: dict[str, list[Chosen]] = {}
    for key, value in data.items():
        where = (*path, key)
        if plain(key) in _CHOSEN and isinstance(value, list):
            keys = [text_of(item) for item in value]
            if keys and all(name in labels for name in keys):
                found[key] = [Chosen(labels[name], (*where, place)) for place, name in enumerate(keys)]
        elif is_label_list(key, value):
            found[key] = [Chosen(label, place) for _, label, place in _listed(value, where)]
    return found


def _listed(groups: Any, path: YamlPath) -> Iterator[tuple[str, Label, YamlPath]]:
    """The items of each group: `{title: Track, items: [{id: 7, name: Radio}]}`."""
    for place, group in enumerate(groups[:_MOST] if isinstance(groups, list) else ()):
        fields = {plain(key): key for key in group} if isinstance(group, dict) else {}
        title = _named(group, fields)
        items = next((fields[name] for name in _ITEMS if name in fields), None)
        if not title or items is None or not isinstance(group[items], list):
            continue
        for at, item in enumerate(group[items][:_MOST]):
            inner = {plain(key): key for key in item} if isinstance(item, dict) else {}
            if name := _named(item, inner):
                key = text_of(item[inner["id"]]) if "id" in inner else ""
                yield key, Label(title, name), (*path, place, items, at)


def _named(data: Any, fields: dict[str, str]) -> str:
    return next((text for name in _NAMES if name in fields and (text := text_of(data[fields[name]]))), "")
