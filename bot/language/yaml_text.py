"""YAML text to plain values with the line of each; refuses what can hang or crash a reader, resolves no types but its own.

Every scalar stays the text that was written, so that `4.80`, `no` and `2018-08` mean what the page says; only `true`,
`false` and `null` (or nothing) are read. Anchors, aliases, merge keys and tags are refused: they can expand without
bound. Nesting is bounded while reading, before anything recursive sees it.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 40
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}

YamlPath = tuple[str | int, ...]


class YamlError(ValueError):
    """The text is not YAML that is accepted here; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(slots=True)
class _Open:
    """A mapping or list that is still being read."""

    holder: dict[str, Any] | list[Any]
    path: YamlPath
    key: str | None = None  # the key whose value comes next


@dataclass(slots=True)
class Yaml:
    """What a text says: `data`, and for each path into it the line it starts on."""

    data: Any = None
    lines: dict[YamlPath, int] = field(default_factory=dict)


def read_yaml(text: str, first_line: int = 1) -> Yaml:
    """Read one YAML document whose first line is `first_line` of its file. Raises YamlError."""
    if len(text) > MAX_CHARACTERS:
        raise YamlError(first_line, f"longer than {MAX_CHARACTERS} characters")
    result = Yaml()
    stack: list[_Open] = []
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            _take(event, stack, result, first_line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise YamlError(line, str(error.problem or error.context or "not YAML")) from error
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, YamlError):
            raise
        raise YamlError(first_line, "not YAML: " + " ".join(str(error).split())[:200]) from error
    return result


def _take(event: Any, stack: list[_Open], result: Yaml, first_line: int) -> None:
    line = first_line + event.start_mark.line
    if isinstance(event, yaml.ScalarEvent):
        _refuse_indirection(event, line)
        plain = event.style is None
        value = _CONSTANTS.get(event.value, event.value) if plain else event.value
        _put(value, event.value, stack, result, line)
    elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
        _refuse_indirection(event, line)
        holder: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = _put(holder, None, stack, result, line)
        stack.append(_Open(holder, path))
        if len(stack) > MAX_DEPTH:
            raise YamlError(line, f"nested deeper than {MAX_DEPTH} levels")
    elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
        stack.pop()
    elif isinstance(event, yaml.AliasEvent):
        raise YamlError(line, "an alias (*name) is not accepted; write the value out")
    elif isinstance(event, yaml.DocumentStartEvent) and () in result.lines:
        raise YamlError(line, "a second YAML document in one file")


def _refuse_indirection(event: Any, line: int) -> None:
    if event.anchor is not None:
        raise YamlError(line, "an anchor (&name) is not accepted; write the value out")
    if event.tag is not None and event.tag != "!":
        raise YamlError(line, f"a tag ({event.tag[:40]}) is not accepted")


def _put(value: Any, written: str | None, stack: list[_Open], result: Yaml, line: int) -> YamlPath:
    """Hang a value into what is open; the first scalar of a mapping's pair is its key, kept as written."""
    if not stack:
        result.data = value
        result.lines[()] = line
        return ()
    top = stack[-1]
    if isinstance(top.holder, list):
        path = (*top.path, len(top.holder))
        top.holder.append(value)
    elif top.key is None:
        if written is None:
            raise YamlError(line, "a key must be a word, not a list or mapping")
        if written in top.holder:
            raise YamlError(line, f"the key {written[:60]!r} stands here twice")
        if written == "<<":
            raise YamlError(line, "a merge key (<<) is not accepted; write the values out")
        top.key = written
        result.lines[(*top.path, written)] = line
        return (*top.path, written)
    else:
        path = (*top.path, top.key)
        top.holder[top.key] = value
        top.key = None
    result.lines.setdefault(path, line)
    return path
