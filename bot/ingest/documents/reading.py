"""What a reader gives back for one document, and the compact form in which it waits for its names to be resolved."""

import json
import marshal
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple
from zlib import crc32

from bot.language.fact_words import fact_words, stems
from bot.language.naming import Key, Naming, naming
from bot.language.tokens import words_of
from bot.model.coverage import Unplaced
from bot.model.entity import EntityDraft, EntityRef
from bot.model.fact import FactDraft, Rank, Source
from bot.model.partial_date import PartialDate
from bot.model.passage import PassageDraft
from bot.model.problem import Problem
from bot.store.rows import QUALIFIERS, FactRow
from bot.store.schema import OPEN_END, OPEN_START

MOST_UNPLACED = 5000  # lines of one document that are named one by one
_MOST_SHOWN = 300  # characters of such a line
_DATES = ("startDate", "datePublished")  # of an event, of a publication
_LINK_START = re.compile(r"\A[a-z]+://(?:www\.)?")
_FORMAT = 2  # of marshal: without references, so that the same reading is always the same bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says. `whole` is False when it is too broken for any of it to be loaded."""

    entities: tuple[EntityDraft, ...] = ()
    facts: tuple[FactDraft, ...] = ()
    passages: tuple[PassageDraft, ...] = ()
    problems: tuple[Problem, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    source: Source | None = None  # the document itself; None: it only cites others
    audiences: frozenset[str] = frozenset()  # of single facts, those included that had to be left out

    @property
    def whole(self) -> bool:
        """Whether what was read may be loaded."""
        return not any(problem.fatal for problem in self.problems)


class Declaration(NamedTuple):
    """An entity that the document declares, with what proves who it is."""

    naming: Naming
    line: int
    marks: tuple[str, ...]  # addresses, links, identifiers
    when: str | None  # the date of an event or publication


class Head(NamedTuple):
    """What has to be known of all documents before names can be resolved."""

    entities: tuple[Declaration, ...]
    mentions: list[tuple[str, str, str, int]]  # key, allowed kinds as |organization|place|, spelling, 1: only suggested
    words: list[str]  # the different content words of its names and facts, sorted
    problems: tuple[Problem, ...]
    raw: bool  # no profile: what it says was read out of a document
    about: str  # the key of the name that a maintainer gave for whom it is about, or empty


class Body(NamedTuple):
    """What a document says, ready to be stored once its names are resolved."""

    refs: list[tuple[str, str]]  # name, allowed kinds as |organization|place|
    rows: list[FactRow]  # subject, object and names in qualifiers are places in `refs`, the source is its key
    passages: list[tuple[tuple[int, str, str, str], int | None]]  # line, title, section, text; a place in `refs`
    unplaced: list[Unplaced]
    source: Source | None  # the document itself, under the key that its own facts name


def pack(
    reading: Reading, stop: Container[str], identifying: Container[str] = (), about: str | None = None
) -> tuple[bytes, bytes]:
    """Head and body of a reading as bytes.

    The values of `identifying` properties prove who somebody is; `about` is whom a maintainer said it is about.
    """
    words = {word for item in reading.entities for name in (item.name, *item.aliases) for word in words_of(name)}
    refs = _Refs()
    rows = [_row(draft, refs, words, stop) for draft in reading.facts if draft.rank > Rank.SUGGESTION]
    stated = len(refs.keys)  # the names from here on stand in no fact
    rows += [_row(draft, refs, words, stop) for draft in reading.facts if draft.rank == Rank.SUGGESTION]
    entities = []
    proofs = _proofs(reading.facts, identifying)
    for item in reading.entities:
        *identity, keys = naming(item.kind, item.name, item.aliases, item.types, stop)
        marks, dates = proofs.get((item.name, item.kind), ((), ()))
        entities.append((*identity, [tuple(key) for key in keys], item.line, sorted(marks), min(dates, default=None)))
    passages = [
        ((item.line, item.title, item.section, item.text), refs.place(item.about) if item.about else None)
        for item in reading.passages
    ]
    mentions: dict[tuple[str, str], tuple[int, str]] = {}
    named = [(name, _kinds(kinds)) for name, kinds in refs.places]
    for place, ((name, kinds), key) in enumerate(zip(named, refs.keys, strict=True)):
        mention = (int(place >= stated), name)
        mentions[key, kinds] = min(mention, mentions.get((key, kinds), mention))
    problems = [(item.line, item.message, item.text, item.fatal) for item in reading.problems]
    noted = [(*key, name, suggested) for key, (suggested, name) in mentions.items()]
    head = (
        entities,
        noted,
        " ".join(sorted(words)),
        problems,
        reading.source is not None,
        " ".join(words_of(about or "")),
    )
    unplaced = [(item.line, item.text[:_MOST_SHOWN], item.why) for item in reading.unplaced[:MOST_UNPLACED]]
    return _to_bytes(head), _to_bytes((named, rows, passages, unplaced, _source_parts(reading.source)))


def unpack_head(document: str, packed: bytes) -> Head:
    """The head of the reading of `document`."""
    entities, mentions, words, problems, raw, about = marshal.loads(packed)  # noqa: S302 (our own file)
    return Head(
        tuple(
            Declaration(Naming(kind, name, types, stems_, tuple(map(Key._make, keys))), line, tuple(marks), when)
            for kind, name, types, stems_, keys, line, marks, when in entities
        ),
        mentions,
        words.split(),
        tuple(Problem(document, *row) for row in problems),
        raw,
        about,
    )


def unpack_body(packed: bytes) -> Body:
    """The body of a reading."""
    refs, rows, passages, unplaced, source = marshal.loads(packed)  # noqa: S302 (our own file)
    read = None if source is None else _source_of(source)
    return Body(refs, rows, passages, [Unplaced(*row) for row in unplaced], read)


def qualifier_rows(row: FactRow) -> list[list[Any]]:
    """The qualifiers of a fact, each with its property first."""
    written = row[QUALIFIERS]
    rows: list[list[Any]] = json.loads(written) if isinstance(written, str) else written or []
    return rows


def _statement(draft: FactDraft, subject: str, value: str) -> str:
    return f"{draft.subject.kinds[0]}/{subject}\x1f{draft.property}\x1f{value}"


def _proofs(
    facts: Iterable[FactDraft], identifying: Container[str]
) -> dict[tuple[str, str], tuple[set[str], set[str]]]:
    """By name and kind of a subject what proves who it is, and its dates."""
    proofs: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for fact in facts:
        dated = fact.property in _DATES
        if not (dated or fact.property in identifying) or fact.rank == Rank.SUGGESTION:
            continue
        marks, dates = proofs.setdefault((fact.subject.name, fact.subject.kinds[0]), (set(), set()))
        if dated and fact.value.date is not None and fact.value.date.first is not None:
            dates.add(str(fact.value.date))
        if fact.property in identifying and (mark := _mark(fact)):
            marks.add(mark)
    return proofs


def _mark(fact: FactDraft) -> str:
    """An identifying value as it is compared; empty where it is too vague to prove anything."""
    day = fact.value.date
    if day is not None:
        return f"{fact.property}:{day}" if day.day is not None and day.year is not None else ""
    text = fact.value.text.casefold().strip()
    if "://" in text:
        return "link:" + _LINK_START.sub("", text).partition("#")[0].rstrip("/")
    return f"{fact.property}:" + ("".join(filter(str.isalnum, text)) if "@" not in text else text)


class _Refs:
    """The names that a document mentions, each once."""

    def __init__(self) -> None:
        self.places: dict[EntityRef, int] = {}
        self.keys: list[str] = []

    def place(self, ref: EntityRef) -> int:
        place = self.places.get(ref)
        if place is None:
            place = self.places[ref] = len(self.keys)
            self.keys.append(" ".join(words_of(ref.name)))
        return place


def _row(draft: FactDraft, refs: _Refs, words: set[str], stop: Container[str]) -> FactRow:
    said = fact_words(draft, stop)
    words |= said
    value, start, end = draft.value, draft.start, draft.end
    started = None if start is None else _day(start)
    ended = started if end is start else _iso(end)
    first, last = (None, None) if start is None and end is None else _days(start, end)
    subject = refs.place(draft.subject)
    object_, shown = None, value.text
    if value.ref is not None:
        object_ = refs.place(value.ref)
        shown = refs.keys[object_]
    qualifiers: list[list[Any]] | str | None = None
    details = ""
    if draft.qualifiers:
        qualifiers = [
            [name, item.text, refs.place(item.ref) if item.ref else None, item.number, _iso(item.date)]
            for name, item in draft.qualifiers
        ]  # fmt: skip
        details = "\x1f".join([f"{row[0]}\x1e{row[1]}" for row in qualifiers])
        if all(row[2] is None for row in qualifiers):
            qualifiers = _to_text(qualifiers)
    rank = int(draft.rank)
    statement = _statement(draft, refs.keys[subject], shown)
    whole = f"{statement}\x1f{details}\x1f{started}\x1f{ended}\x1f{draft.source}\x1f{rank}"
    evidence = draft.evidence
    return [
        0, crc32(statement.encode()), _hash(whole), 0, evidence.line, subject, draft.property, object_,
        value.text, value.number, _iso(value.date), qualifiers, started, ended, first, last,
        draft.source, evidence.place, evidence.text, rank, " ".join(sorted(stems(said))),
    ]  # fmt: skip


@lru_cache(maxsize=1024)
def _kinds(kinds: tuple[str, ...]) -> str:
    return f"|{'|'.join(kinds)}|"


_day = lru_cache(maxsize=4096)(str)  # of a date; the same ones are written again and again


def _iso(day: PartialDate | None) -> str | None:
    return None if day is None else _day(day)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


@lru_cache(maxsize=4096)
def _days(start: PartialDate | None, end: PartialDate | None) -> tuple[int | None, int | None]:
    """First and last day as numbers; None for both when nothing can be compared."""
    first = start.first if start is not None else None
    last = end.last if end is not None else None
    if first is None and last is None:
        return None, None
    return first.toordinal() if first else OPEN_START, last.toordinal() if last else OPEN_END


def _source_parts(source: Source | None) -> tuple[str | None, ...] | None:
    if source is None:
        return None
    return (
        source.key, source.title, source.author, source.publisher, _iso(source.date), source.url, source.note,
    )  # fmt: skip


def _source_of(parts: tuple[Any, ...]) -> Source:
    key, title, author, publisher, day, url, note = parts
    return Source(key, title, author, publisher, PartialDate.parse(day) if day else None, url, note)


def _to_bytes(parts: tuple[Any, ...]) -> bytes:
    """Several times faster than JSON, and of a version in which the same parts always give the same bytes."""
    return marshal.dumps(parts, _FORMAT)


_to_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
