"""The vocabulary from its files: the packaged general one, then each knowledge folder's own; reads no document."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.errors import VocabularyError, told_of_value
from bot.language.yaml_text import YamlError, read_yaml
from bot.model.vocabulary import Vocabulary

PACKAGED = Path(__file__).parents[2] / "vocabulary"
FILE_NAME = "vocabulary.yaml"
_ADDING = ("collections", "fields")  # sections in which a later file adds words and replaces none


def load_vocabulary(folders: Iterable[Path] = ()) -> Vocabulary:
    """The general vocabulary, then `vocabulary.yaml` of each knowledge folder; a later entry replaces an earlier one.

    Raises VocabularyError naming the file when one is malformed or when they contradict each other.
    """
    files = sorted(PACKAGED.glob("*.yaml")) + [folder / FILE_NAME for folder in folders]
    merged: dict[str, Any] = {}
    where = str(PACKAGED)
    for file in (file for file in files if file.is_file()):
        where = str(file) if file.parent != PACKAGED else file.name
        for section, entries in _read(file, where).items():
            _merge(merged, section, entries, where)
    try:
        return Vocabulary.model_validate(merged)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        told = told_of_value(first)
        raise VocabularyError(_place_of(first["loc"], files) or where, f"{place}: {told}" if place else told) from error


def _place_of(path: tuple[str | int, ...], files: Sequence[Path]) -> str | None:
    """The file that says last what stands at a path, and the line."""
    for file in (file for file in reversed(files) if file.is_file()):
        lines = read_yaml(file.read_text(encoding="utf-8")).lines
        for end in range(len(path), 1, -1):
            if path[:end] in lines:
                return f"{file if file.parent != PACKAGED else file.name}:{lines[path[:end]]}"
    return None


def _read(file: Path, where: str) -> dict[str, Any]:
    try:
        data = read_yaml(file.read_text(encoding="utf-8")).data or {}
    except YamlError as error:
        raise VocabularyError(f"{where}:{error.line}", str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(where, f"unreadable: {error}") from error
    if not isinstance(data, dict):
        raise VocabularyError(where, "not a mapping of kinds and properties")
    return data


def _merge(merged: dict[str, Any], section: str, entries: Any, where: str) -> None:
    known = merged.setdefault(section, type(entries)())
    if section in _ADDING:
        _add(known, entries, where)
    elif isinstance(entries, dict) and isinstance(known, dict):
        known.update(entries)
    elif isinstance(entries, list) and isinstance(known, list):
        known.extend(entries)
    else:
        raise VocabularyError(where, f"{section}: a list in one file, a mapping in another")


def _add(known: Any, entries: Any, where: str) -> None:
    """Words of a community beside the general ones, kind by kind."""
    if not isinstance(entries, dict) or not isinstance(known, dict):
        raise VocabularyError(where, "a mapping of kinds to the words of data files is missing")
    for key, value in entries.items():
        if key not in known:
            known[key] = value
        elif isinstance(value, list) and isinstance(known[key], list):
            known[key] = [*known[key], *value]
        else:
            _add(known[key], value, where)
