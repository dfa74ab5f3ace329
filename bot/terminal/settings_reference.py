"""The page of all settings, made from the settings themselves, so that it can leave none out; reads no setting."""

from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from bot.settings import FILE_NAME, FILE_VARIABLE, PREFIX, Settings

_HEAD = f"""\
# Settings

Each setting can stand in the settings file (`{FILE_NAME}` in the working directory, or the file that
`{FILE_VARIABLE}` names), in the environment, and some on the command line; the later of these wins. A folder in
the settings file is meant relative to that file. This page is written by `make docs`.

| in `{FILE_NAME}` | in the environment | value | if it is not given |
|---|---|---|---|
"""
_WORDS: dict[Any, str] = {int: "number", str: "text", Path: "path", bool: "true or false"}


def settings_page() -> str:
    """The page in Markdown."""
    rows, notes = [], []
    for name, field in Settings.model_fields.items():
        variable = name.upper() if field.validation_alias is not None else f"{PREFIX}{name.upper()}"
        rows.append(f"| `{name}` | `{variable}` | {_kind(field)} | {_default(field)} |\n")
        notes.append(f"- **`{name}`**: {' '.join((field.description or '').split())}\n")
    return f"{_HEAD}{''.join(rows)}\n{''.join(notes)}"


def _kind(field: FieldInfo) -> str:
    known = [kind for kind in _flat(field.annotation) if kind is not type(None)]
    if all(isinstance(kind, str) for kind in known):
        return " or ".join(f"`{kind}`" for kind in known)
    text = " or ".join(dict.fromkeys(_WORDS.get(kind, "text") for kind in known))
    low = next((item.ge for item in field.metadata if hasattr(item, "ge")), None)
    high = next((item.le for item in field.metadata if hasattr(item, "le")), None)
    several = get_origin(field.annotation) in (tuple, frozenset)
    return f"{text}{'s' if several else ''}{f', {low} to {high}' if low is not None else ''}"


def _flat(annotation: Any) -> list[Any]:
    """The types that an annotation allows; the words of a Literal stand for themselves."""
    inner = [item for item in get_args(annotation) if item is not Ellipsis]
    if get_origin(annotation) is Literal:
        return inner
    return [kind for item in inner for kind in _flat(item)] if inner else [annotation]


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return "the shipped one" if field.annotation != Path else "the system's place for data"
    if field.default in (None, PydanticUndefined) or field.default == frozenset():
        return "–"
    return f"`{field.default}`"
