"""JSON text to plain values with the line of each, in the form of `yaml_text`; refuses what can hang or crash a reader.

Numbers stay the text that was written. Comments and a comma before a closing bracket are passed over, for people write
these files by hand.
"""

import re
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from bot.language.yaml_text import MAX_DEPTH, Yaml, YamlPath

MAX_CHARACTERS = 2_000_000
_BLANK = re.compile(r"(?:[ \t\r\n\ufeff]+|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
_SCALAR = re.compile(r"[^\s,\]}:\"\[{]{1,400}")
_NUMBER = re.compile(r"-?\d[\d.eE+-]*\Z")
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


class JsonError(ValueError):
    """The text is not JSON that is accepted here; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def read_json(text: str, first_line: int = 1) -> Yaml:
    """Read one JSON document whose first line is `first_line` of its file. Raises JsonError."""
    if len(text) > MAX_CHARACTERS:
        raise JsonError(first_line, f"longer than {MAX_CHARACTERS} characters")
    return _Walk(text, first_line).read()


class _Walk:
    """One pass over the text with a stack of its own: nesting costs no recursion."""

    def __init__(self, text: str, line: int) -> None:
        self._text = text
        self._at = 0
        self._line = line
        self._counted = 0  # up to where line breaks were counted
        self._result = Yaml()

    def read(self) -> Yaml:
        stack: list[tuple[Any, YamlPath]] = []
        holder: Any = None
        path: YamlPath = ()
        while True:
            closing = self._peek()
            if holder is not None and closing and closing in "]}":
                if closing != ("}" if isinstance(holder, dict) else "]"):
                    raise self._error(f"{closing!r} closes nothing here")
                self._at += 1
                holder, path = stack.pop() if stack else (None, ())
            else:
                where = self._place(holder, path)
                value = self._value()
                self._hang(holder, where, value)
                if isinstance(value, (dict, list)):
                    if holder is not None:
                        stack.append((holder, path))
                    if len(stack) >= MAX_DEPTH:
                        raise self._error(f"nested deeper than {MAX_DEPTH} levels")
                    holder, path = value, where
                    continue
            if holder is None:
                if self._peek():
                    raise self._error("something stands after the end")
                return self._result
            if self._peek() == ",":
                self._at += 1
            elif self._peek() not in ("]", "}"):
                raise self._error("a comma is missing" if self._peek() else "the text breaks off")

    def _place(self, holder: Any, path: YamlPath) -> YamlPath:
        """The path of the value that comes next; a key is read here."""
        if isinstance(holder, list):
            return (*path, len(holder))
        if holder is None:
            return path
        if self._peek() != '"':
            raise self._error("a key in double quotes is missing" if self._peek() else "the text breaks off")
        line = self._now()
        key = self._string()
        if self._peek() != ":":
            raise self._error("a colon is missing")
        self._at += 1
        where = (*path, key)
        self._result.lines[where] = line
        return where

    def _hang(self, holder: Any, where: YamlPath, value: Any) -> None:
        if holder is None:
            self._result.data = value
            self._result.lines[()] = self._now()
        elif isinstance(holder, list):
            self._result.lines[where] = self._now()
            holder.append(value)
        else:
            holder[where[-1]] = value

    def _value(self) -> Any:
        first = self._peek()
        if first == '"':
            self._now()
            return self._string()
        if first in ("{", "["):
            self._now()
            self._at += 1
            return {} if first == "{" else []
        found = _SCALAR.match(self._text, self._at)
        if found is None:
            raise self._error("a value is missing" if first else "the text breaks off")
        word = found.group()
        if word not in _CONSTANTS and not _NUMBER.match(word):
            raise self._error("not JSON")
        self._now()
        self._at = found.end()
        return _CONSTANTS.get(word, word)

    def _string(self) -> str:
        try:
            value: str
            value, self._at = scanstring(self._text, self._at + 1, False)
        except ValueError as error:
            raise self._error(str(error).split(":", maxsplit=1)[0]) from error
        return value

    def _peek(self) -> str:
        """The next character that counts; empty at the end."""
        blank = _BLANK.match(self._text, self._at)
        if blank is not None:
            self._at = blank.end()
        return self._text[self._at : self._at + 1]

    def _now(self) -> int:
        """The line on which we are."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _error(self, message: str) -> JsonError:
        return JsonError(self._now(), message)
