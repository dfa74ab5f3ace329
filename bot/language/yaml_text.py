"""YAML text to plain values with the line of each; refuses what can hang or crash a reader, resolves no types.

Every scalar stays the text that was written, so that `4.80`, `no` and `2018-08` mean what the page says; only `true`,
`false` and `null` (or nothing) are read. Anchors, aliases, merge keys and tags are refused: they can expand without
bound. Nesting is bounded while reading, before anything recursive sees it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 40
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
# What the parser says, in the words of somebody who writes YAML by hand and has never read its grammar.
_IN_OTHER_WORDS = {
    "mapping values are not allowed in this context":
        'a colon where none can stand: put a value that holds ": " in quotes, and begin all keys at one column',
    "found character that cannot start any token":
        "a tab, or a value that begins with @, % or `: use blanks before a key, and put such a value in quotes",
    "did not find expected key": "not a key with its value: put the whole of a value in quotes, or none of it",
    "could not find expected ':'": "a key without a colon",
    "found unexpected end of stream": "a quote that is not closed",
}  # fmt: skip

_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")  # they end a line for YAML, but for no editor that counts lines

YamlPath = tuple[str | int, ...]
_Holder = dict[str, Any] | list[Any]


class YamlError(ValueError):
    """The text is not YAML that is accepted here; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(slots=True)
class Yaml:
    """What a text says: `data`, and for each path into it the line it starts on."""

    data: Any = None
    lines: dict[YamlPath, int] = field(default_factory=dict)


def items_of(value: Any, path: YamlPath) -> Iterator[tuple[Any, YamlPath]]:
    """The entries of a list, each with its place; whatever is no list is the one entry itself."""
    if isinstance(value, list):
        yield from ((item, (*path, index)) for index, item in enumerate(value))
    else:
        yield value, path


def read_yaml(text: str, first_line: int = 1, most: int = MAX_CHARACTERS) -> Yaml:
    """Read one YAML document whose first line is `first_line` of its file. Raises YamlError."""
    if len(text) > most:
        raise YamlError(first_line, f"longer than {most} characters")
    if not text.isascii():
        text = _OTHER_BREAKS.sub(" ", text)
    try:
        return _read(text, first_line)
    except yaml.MarkedYAMLError as error:
        scanning = (error.context or "").startswith("while scanning a")  # then the fault is where that began
        mark = (error.context_mark if scanning else None) or error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        fault = str(error.problem or error.context or "it ends too early")
        raise YamlError(line, f"not YAML: {_IN_OTHER_WORDS.get(fault, fault)}") from error
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, YamlError):
            raise
        raise YamlError(first_line, "not YAML: " + " ".join(str(error).split())[:200]) from error


def _read(text: str, first_line: int) -> Yaml:  # noqa: PLR0912, PLR0915 (a call for each event would double the time)
    """Hang every event into what is open at its place. One loop, for it is run for every word of every document."""
    result = Yaml()
    lines = result.lines
    stack: list[tuple[_Holder, YamlPath, str | None]] = []  # what encloses the mapping or list that is open
    holder: _Holder | None = None
    path: YamlPath = ()
    key: str | None = None  # of a mapping: the key whose value comes next
    next_event = yaml.CSafeLoader(text).get_event
    while True:
        event: Any = next_event()
        kind = type(event)
        line = first_line + event.start_mark.line
        value: Any
        if kind is yaml.ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                _refuse_indirection(event, line)
            value = event.value
            if type(holder) is dict and key is None:
                key = _key(value, holder, line)
                lines[(*path, key)] = line
                continue
            if not event.style and value in _CONSTANTS:
                value = _CONSTANTS[value]
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor is not None or event.tag is not None:
                _refuse_indirection(event, line)
            if type(holder) is dict and key is None:
                raise YamlError(line, "a key must be a word, not a list or mapping")
            value = {} if kind is yaml.MappingStartEvent else []
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            holder, path, key = stack.pop() if stack else (None, (), None)
            continue
        elif kind is yaml.StreamEndEvent:
            return result
        elif kind is yaml.AliasEvent:
            raise YamlError(line, "an alias (*name) is not accepted; write the value out")
        else:
            if kind is yaml.DocumentStartEvent and () in lines:
                raise YamlError(line, "a second YAML document in one file")
            continue
        where = path
        if holder is None:
            result.data = value
            lines[()] = line
        elif type(holder) is dict:
            where = (*path, str(key))
            holder[str(key)] = value
            key = None
        else:
            where = (*path, len(holder))
            holder.append(value)  # type: ignore[union-attr]
            lines[where] = line
        if kind is not yaml.ScalarEvent:
            if holder is not None:
                stack.append((holder, path, key))
                if len(stack) >= MAX_DEPTH:
                    raise YamlError(line, f"nested deeper than {MAX_DEPTH} levels")
            holder, path, key = value, where, None


def _key(written: str, holder: _Holder, line: int) -> str:
    """A key as it was written, if it may stand here."""
    if written in holder:
        raise YamlError(line, f"the key {written[:60]!r} stands here twice")
    if written == "<<":
        raise YamlError(line, "a merge key (<<) is not accepted; write the values out")
    return written


def _refuse_indirection(event: Any, line: int) -> None:
    if event.anchor is not None:
        raise YamlError(line, "an anchor (&name) is not accepted; write the value out")
    if event.tag is not None and event.tag != "!":
        raise YamlError(line, f"a tag ({event.tag[:40]}) is not accepted")
