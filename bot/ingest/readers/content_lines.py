"""The content lines of calendars and cards: unfolded, with the line each begins on; knows no property."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from icalendar.parser import Contentline

from bot.ingest.readers.encoding import tidy

_LINE = re.compile(
    r"(?:(?P<group>[A-Za-z0-9-]+)\.)?(?P<name>[A-Za-z0-9-]+)(?P<params>(?:;[^:;\"]*(?:\"[^\"]*\"[^:;\"]*)*)*):(?P<value>.*)\Z",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MOST_VALUE = 200_000
_MOST_DEPTH = 20
_MOST_PARAMS = 2000
MOST_LINES = 100_000  # of a file
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
        return tidy_lines(_ESCAPED.sub(_unescape, self.value))


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END; `closed` is False where the end is missing."""

    name: str
    number: int
    lines: list[Line] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)
    closed: bool = False

    def all(self, *names: str) -> list[Line]:
        """The lines of these names that say something."""
        return [line for line in self.lines if line.name in names and line.value.strip()]

    def one(self, *names: str) -> Line | None:
        """The first of them."""
        return next(iter(self.all(*names)), None)


def read_components(lines: Sequence[str]) -> tuple[Component, list[tuple[int, str]]]:
    """All components below a nameless root, and the lines that belong nowhere."""
    root = Component("", 1)
    stack = [root]
    stray: list[tuple[int, str]] = []
    for line in _content(lines[:MOST_LINES]):
        if isinstance(line, tuple):
            stray.append(line)
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
        else:
            stack[-1].lines.append(line)
    return root, stray


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
