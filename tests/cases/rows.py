"""The rows of the YAML files here: how they are written, how they are played, and what is wrong with a reply."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.language.yaml_text import YamlPath, read_yaml
from bot.model.answer import Reply, Turn
from tests.cases.communities import answerer_of

FOLDER = Path(__file__).parent
FILES = tuple(sorted(FOLDER.glob("*.yaml")))
_KEYS = {"question", "status", "expect", "forbid", "text", "xfail"}
_STATUSES = {"answered", "passage", "ambiguous", "unknown"}


class BadRow(ValueError):
    """A row is not written as rows are."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question and what its reply must be. `leans_on` is the row before it in a conversation."""

    file: Path
    path: YamlPath
    line: int
    community: str
    question: str
    status: str
    expect: tuple[tuple[str, ...], ...]
    forbid: tuple[str, ...]
    text: str | None
    xfail: str | None
    leans_on: "Row | None" = None

    @property
    def place(self) -> str:
        """`choir.yaml:12`."""
        return f"{self.file.name}:{self.line}"


@cache
def rows_of(file: Path) -> tuple[Row, ...]:
    """The rows of a file from top to bottom, turns of conversations included. Raises BadRow."""
    read = read_yaml(file.read_text(encoding="utf-8"))
    rows: list[Row] = []
    for number, entry in enumerate(read.data):
        if "turns" not in entry:
            rows.append(_row(file, (number,), read.lines, file.stem, entry, None))
            continue
        before: Row | None = None
        for turn_number, turn in enumerate(entry["turns"]):
            before = _row(file, (number, "turns", turn_number), read.lines, entry["community"], turn, before)
            rows.append(before)
    return tuple(rows)


def _row(
    file: Path, path: YamlPath, lines: Mapping[YamlPath, int], community: str, entry: Any, before: Row | None
) -> Row:
    line = lines[path]
    unknown = set(entry) - _KEYS
    if unknown or not isinstance(entry.get("question"), str) or entry.get("status") not in _STATUSES:
        raise BadRow(f"{file.name}:{line}: a row has a question, a status and maybe {sorted(_KEYS)}: {sorted(entry)}")
    groups = entry.get("expect") or []
    if not all(isinstance(group, list) and group for group in groups):
        raise BadRow(f"{file.name}:{line}: every group of `expect` is a list of wordings")
    return Row(
        file=file,
        path=path,
        line=line,
        community=community,
        question=entry["question"],
        status=entry["status"],
        expect=tuple(tuple(map(str, group)) for group in groups),
        forbid=tuple(map(str, entry.get("forbid") or [])),
        text=entry.get("text"),
        xfail=entry.get("xfail"),
        leans_on=before,
    )


def all_rows() -> Iterator[Row]:
    """Every row of every file."""
    for file in FILES:
        yield from rows_of(file)


@cache
def reply_to(row: Row) -> Reply:
    """The reply to a row, the turns before it played first."""
    turn: Turn | None = reply_to(row.leans_on).turn if row.leans_on else None
    return answerer_of(row.community).answer(row.question, turn)


def faults(row: Row, *, wording: bool = True) -> list[str]:
    """What is wrong with the reply to a row; the exact words count only with `wording`."""
    reply = reply_to(row)
    said = reply.text.casefold()
    found = [] if reply.status == row.status else [f"status {reply.status} instead of {row.status}"]
    found += [f"none of {list(group)}" for group in row.expect if not any(one.casefold() in said for one in group)]
    found += [f"says {one!r}" for one in row.forbid if one.casefold() in said]
    if wording and row.text is not None and reply.text != row.text:
        found.append("other words than recorded")
    return found


def complaint(row: Row, found: list[str]) -> str:
    """A failing row as a maintainer reads it."""
    reply = reply_to(row)
    said = reply.text.replace("\n", "\n        ")
    reason = f" ({reply.reason})" if reply.reason else ""
    return f"{row.place}: {row.question}\n    {'; '.join(found)}\n    {reply.status}{reason}: {said}"
