"""What a reader gives back for one document, and the compact form in which it waits for its names to be resolved."""

import json
from collections.abc import Container
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple

from bot.language.fact_words import fact_words, stems, words_of
from bot.language.naming import Key, Naming, naming
from bot.model.entity import EntityDraft, EntityRef
from bot.model.fact import FactDraft, ValueDraft
from bot.model.passage import PassageDraft
from bot.model.problem import Problem
from bot.store.schema import OPEN_END, OPEN_START


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says. `whole` is False when it is too broken for any of it to be loaded."""

    entities: tuple[EntityDraft, ...] = ()
    facts: tuple[FactDraft, ...] = ()
    passages: tuple[PassageDraft, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether what was read may be loaded."""
        return not any(problem.fatal for problem in self.problems)


class Head(NamedTuple):
    """What has to be known of all documents before names can be resolved."""

    entities: tuple[tuple[Naming, int], ...]  # with the line of each
    mentions: list[tuple[str, str, str]]  # key, allowed kinds as |organization|place|, spelling
    words: list[str]  # the different content words of its names and facts
    problems: tuple[Problem, ...]


class Statement(NamedTuple):
    """A fact but for its names, which are places in the list of `Body.refs`."""

    subject: int
    property: str
    object: int | None
    text: str
    number: float | None
    date: str | None
    qualifiers: str | list[list[Any]] | None  # as in the table fact; a list where a name in it is to be resolved
    start: str | None
    end: str | None
    first_day: int | None
    last_day: int | None
    source: str
    place: str | None
    line: int
    evidence: str
    rank: int
    words: str  # stems of all but the names
    statement: int
    hash: int


class Body(NamedTuple):
    """What a document says, ready to be stored once its names are resolved."""

    refs: list[tuple[str, str]]  # name, allowed kinds as |organization|place|
    statements: list[Statement]
    passages: list[PassageDraft]


def pack(reading: Reading, stop: Container[str]) -> tuple[str, str]:
    """Head and body of a reading as text."""
    words = {word for item in reading.entities for name in (item.name, *item.aliases) for word in words_of(name)}
    refs: dict[tuple[str, str], int] = {}
    statements = [_statement(draft, refs, words, stop) for draft in reading.facts]
    entities = [
        (*naming(item.kind, item.name, item.aliases, item.types, stop), item.line) for item in reading.entities
    ]  # fmt: skip
    mentions: dict[tuple[str, str], str] = {}
    for name, kinds in refs:
        key = (" ".join(words_of(name)), kinds)
        mentions[key] = min(mentions.get(key, name), name)
    problems = [(item.line, item.message, item.text, item.fatal) for item in reading.problems]
    head = (entities, [(*key, name) for key, name in mentions.items()], sorted(words), problems)
    passages = [(item.line, item.title, item.section, item.text) for item in reading.passages]
    return _to_text(head), _to_text((list(refs), statements, passages))


def unpack_head(document: str, text: str) -> Head:
    """The head of the reading of `document`."""
    entities, mentions, words, problems = json.loads(text)
    return Head(
        tuple(
            (Naming(kind, name, tuple(types), stems_, tuple(Key(*key) for key in keys)), line)
            for kind, name, types, stems_, keys, line in entities
        ),
        mentions,
        words,
        tuple(Problem(document, *row) for row in problems),
    )


def unpack_body(text: str) -> Body:
    """The body of a reading."""
    refs, statements, passages = json.loads(text)
    return Body(refs, [Statement(*row) for row in statements], [PassageDraft(*row) for row in passages])


def qualifier_rows(item: Statement) -> list[list[Any]]:
    """The qualifiers of a statement, each with its property first."""
    rows: list[list[Any]] = json.loads(item.qualifiers) if isinstance(item.qualifiers, str) else item.qualifiers or []
    return rows


def _statement(
    draft: FactDraft, refs: dict[tuple[str, str], int], words: set[str], stop: Container[str]
) -> Statement:  # fmt: skip
    said = fact_words(draft, stop)
    words |= said
    value, start, end = draft.value, draft.start, draft.end
    first = start.first if start else None
    last = end.last if end else None
    timed = first is not None or last is not None
    started, ended = str(start) if start else None, str(end) if end else None
    qualifiers = _qualifiers(draft.qualifiers, refs)
    digest = blake2b(
        f"{draft.subject.kinds[0]}/{_same(draft.subject)}\x1f{draft.property}\x1f"
        f"{_same(value.ref) if value.ref else value.text}".encode(),
        digest_size=8,
    )
    statement = int.from_bytes(digest.digest(), "big", signed=True)
    details = [(name, _same(item.ref) if item.ref else item.text) for name, item in draft.qualifiers]
    digest.update(f"{details}\x1f{started}\x1f{ended}\x1f{draft.source}\x1f{draft.rank:d}".encode())
    return Statement(
        _place(draft.subject, refs),
        draft.property,
        _place(value.ref, refs) if value.ref else None,
        value.text,
        value.number,
        str(value.date) if value.date else None,
        qualifiers,
        started,
        ended,
        None if not timed else first.toordinal() if first else OPEN_START,
        None if not timed else last.toordinal() if last else OPEN_END,
        draft.source,
        draft.evidence.place,
        draft.evidence.line,
        draft.evidence.text,
        int(draft.rank),
        " ".join(sorted(stems(said))),
        statement,
        int.from_bytes(digest.digest(), "big", signed=True),
    )


def _same(ref: EntityRef) -> str:
    """What stays the same when a name is only spelled differently."""
    return " ".join(words_of(ref.name))


def _place(ref: EntityRef, refs: dict[tuple[str, str], int]) -> int:
    return refs.setdefault((ref.name, f"|{'|'.join(ref.kinds)}|"), len(refs))


def _qualifiers(
    items: tuple[tuple[str, ValueDraft], ...], refs: dict[tuple[str, str], int]
) -> str | list[list[Any]] | None:  # fmt: skip
    if not items:
        return None
    rows = [
        [
            name,
            item.text,
            _place(item.ref, refs) if item.ref else None,
            item.number,
            str(item.date) if item.date else None,
        ]
        for name, item in items
    ]
    return rows if any(row[2] is not None for row in rows) else _to_text(rows)


_to_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
