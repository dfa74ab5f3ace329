"""The content lines of calendars and cards: unfolded, with the line each begins on; knows no property."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.ingest.readers.encoding import tidy
from bot.model.problem import Problem

_LINE = re.compile(
    r"(?:(?P<group>[A-Za-z0-9-]+)\.)?(?P<name>[A-Za-z0-9-]+)(?P<params>(?:;[^:;\"]*(?:\"[^\"]*\"[^:;\"]*)*)*):(?P<value>.*)\Z",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MOST_VALUE = 200_000
_MOST_DEPTH = 20
_MOST_PARAMS = 2000
MOST_LINES = 50_000  # of a file
MOST_OF_ONE = 1_000  # lines of one card or event
MOST_TOLD = 20  # of one kind of problem
_SOFT_BREAK = "="


@dataclass(frozen=True, slots=True)
class Line:
    """One property: its name in capitals, its parameters, its value as written, and where it stands."""

    name: str
    value: str
    number: int
    written: str  # its first physical line
    params: dict[str, str] = field(default_factory=dict)
    group: str = ""

    @property
    def text(self) -> str:
        """The value as text: escapes read, line breaks kept."""
        if self.value.isprintable() and "\\" not in self.value and self.value.isascii():
            return " ".join(self.value.split())
        return tidy_lines(_ESCAPED.sub(_unescape, self.value))


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END; `closed` is False where the end is missing."""

    name: str
    number: int
    lines: list[Line] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)
    closed: bool = False
    full: bool = False  # it has more lines than are read
    known: dict[Any, Any] = field(default_factory=dict)  # what was worked out of it, by who asked for it
    _named: dict[str, list[Line]] | None = None

    def all(self, *names: str) -> list[Line]:
        """The lines of these names that say something; read once all of them are there."""
        if self._named is None:
            self._named = {}
            for line in self.lines:
                if line.value.strip():
                    self._named.setdefault(line.name, []).append(line)
        if len(names) == 1:
            return self._named.get(names[0], [])
        found = [line for name in names for line in self._named.get(name, ())]
        return sorted(found, key=lambda line: line.number) if len(found) > 1 else found

    def one(self, *names: str) -> Line | None:
        """The first of them."""
        return next(iter(self.all(*names)), None)


@dataclass(slots=True)
class Content:
    """All components below a nameless root, the lines that belong nowhere, and what is too long to be read whole."""

    root: Component
    stray: list[tuple[int, str]] = field(default_factory=list)
    too_long: list[tuple[int, str]] = field(default_factory=list)  # the line from which on something is left out, why

    def problems(self, document: str, what: str) -> list[Problem]:
        """What is told of a `what`, the first of each."""
        told = [Problem(document, line, f"not a line of a {what}", text[:80], fatal=False) for line, text in self.stray]
        return told[:MOST_TOLD] + [
            Problem(document, line, text, fatal=False) for line, text in self.too_long[:MOST_TOLD]
        ]


def read_components(lines: Sequence[str]) -> Content:
    """Everything within `lines`, as far as a file and its parts may go."""
    root = Component("", 1)
    stack = [root]
    content = Content(root)
    if len(lines) > MOST_LINES:
        told = f"so long a file that it is left out from here on; split it into some of {MOST_LINES} lines"
        content.too_long.append((MOST_LINES + 1, told))
    for line in _content(lines[:MOST_LINES]):
        if isinstance(line, tuple):
            content.stray.append(line)
        elif line.name == "BEGIN":
            part = Component(line.value.strip().upper(), line.number)
            if len(stack) < _MOST_DEPTH:
                stack[-1].parts.append(part)
                stack.append(part)
        elif line.name == "END":
            kind = line.value.strip().upper()
            if any(part.name == kind for part in stack[1:]):
                while (part := stack.pop()).name != kind:
                    pass
                part.closed = True
        elif len(stack[-1].lines) < MOST_OF_ONE:
            stack[-1].lines.append(line)
        elif not stack[-1].full:
            stack[-1].full = True
            told = f"so long a {stack[-1].name or 'part'} that its lines after {MOST_OF_ONE} are left out"
            content.too_long.append((line.number, told))
    return content


def values_of(line: Line, mark: str = ",") -> list[str]:
    """The parts of a value that lists several, escapes read."""
    parts = re.split(rf"(?<!\\){re.escape(mark)}", line.value[:_MOST_VALUE])
    return [text for part in parts if (text := " ".join(tidy(_ESCAPED.sub(_unescape, part)).split()))]


def tidy_lines(text: str) -> str:
    """A text of several lines without what cannot be shown."""
    return "\n".join(" ".join(tidy(part).split()) for part in text.split("\n")).strip()


def _content(lines: Sequence[str]) -> Iterator[Line | tuple[int, str]]:
    number, parts, written = 0, [""], ""
    soft = False
    for index, physical in enumerate([*lines, ""], start=1):
        folded = physical[:1] in (" ", "\t")
        if number and (folded or soft):
            parts.append(physical[1:] if folded else physical)
            soft = soft and physical.endswith(_SOFT_BREAK)
            continue
        if number:
            if index <= len(lines) and physical.strip() and _LINE.match(physical[:_MOST_PARAMS]) is None:
                parts.append("\\n" + physical)  # a line break that nobody folded
                continue
            yield _parsed("".join(parts), number, written)
        number, parts, written = (index, [physical], physical) if physical.strip() else (0, [""], "")
        soft = "QUOTED-PRINTABLE" in physical.upper() and physical.endswith(_SOFT_BREAK)


def _parsed(text: str, number: int, written: str) -> Line | tuple[int, str]:
    match = _LINE.match(text[:_MOST_VALUE])
    if match is None:
        return number, written
    params: dict[str, str] = {}
    if match["params"] and len(match["params"]) <= _MOST_PARAMS:
        from icalendar.parser import Contentline  # noqa: PLC0415 - it takes long to import, and most folders have no calendar

        try:
            _, found, _ = Contentline(f"X{match['params']}:").parts()  # type: ignore[no-untyped-call]
            params = {
                name.upper(): ",".join(value) if isinstance(value, list) else str(value)
                for name, value in found.items()
            }
        except ValueError:
            params = {}
    return Line(match["name"].upper(), match["value"], number, written.strip(), params, match["group"] or "")


def _unescape(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]
