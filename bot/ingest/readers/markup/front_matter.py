"""The front matter of a page that is no profile: what it calls itself and what its head says; no facts."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.language.yaml_text import YamlError, read_yaml
from bot.model.problem import Problem

_MOST_DEPTH = 4
_TOML = "+++"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`meta` has every scalar under its name, those of a mapping under `outer.inner`."""

    title: str = ""
    meta: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def split_front_matter(path: str, lines: list[str]) -> tuple[FrontMatter, int]:
    """What stands between the first two lines of dashes or of plus signs, and the index of the first line after it."""
    if lines and lines[0].rstrip() == _TOML:
        return _toml(lines)
    if not lines or lines[0].rstrip() != "---":
        return FrontMatter(), 0
    end = head_end(lines)
    if end is None:
        return FrontMatter(), 0
    try:
        data = read_yaml("\n".join(lines[1:end]), first_line=2).data
    except YamlError as error:
        problem = Problem(path, error.line, f"the front matter cannot be read: {error}", fatal=False)
        return FrontMatter(problems=(problem,)), end + 1
    if not isinstance(data, dict):
        return FrontMatter(), end + 1
    meta = tuple(_scalars(data))
    title = next((value for name, value in meta if name == "title"), "")
    return FrontMatter(title, meta), end + 1


def head_end(lines: Sequence[str], marks: tuple[str, ...] = ("---", "...")) -> int | None:
    """The index of the line that ends a front matter; None where none does."""
    return next((index for index in range(1, len(lines)) if lines[index].rstrip() in marks), None)


def _toml(lines: list[str]) -> tuple[FrontMatter, int]:
    """The same of a head in TOML; one that cannot be read says nothing."""
    end = head_end(lines, (_TOML,))
    if end is None:
        return FrontMatter(), 0
    try:
        data = tomllib.loads("\n".join(lines[1:end]))
    except (tomllib.TOMLDecodeError, RecursionError):
        return FrontMatter(), end + 1
    meta = tuple(_scalars({name: str(value) if isinstance(value, date) else value for name, value in data.items()}))
    return FrontMatter(next((value for name, value in meta if name == "title"), ""), meta), end + 1


def _scalars(data: dict[str, Any], outer: str = "", depth: int = 0) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in data.items():
        key = f"{outer}{name}".lower()
        if isinstance(value, str) and value.strip():
            found.append((key, " ".join(value.split())))
        elif isinstance(value, dict) and depth < _MOST_DEPTH:
            found += _scalars(value, f"{key}.", depth + 1)
        elif isinstance(value, list):
            found += [(key, " ".join(item.split())) for item in value if isinstance(item, str) and item.strip()]
    return found
