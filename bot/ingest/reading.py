"""What a reader gives back for one document, and the compact bytes in which it is kept; resolves no names."""

import json
import zlib
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

from bot.language.fact_words import content_words, fact_words, stems
from bot.language.tokens import name_key
from bot.model.entity import EntityDraft, EntityRef
from bot.model.fact import Evidence, FactDraft, Rank, ValueDraft
from bot.model.partial_date import PartialDate
from bot.model.passage import PassageDraft
from bot.model.problem import Problem
from bot.store.facts import partial_date

_FAST = 1  # zlib level: half the size for a tenth of the time that reading YAML takes


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


@dataclass(frozen=True, slots=True)
class Head:
    """What has to be known of a document before names can be resolved."""

    entities: tuple[EntityDraft, ...]
    mentions: tuple[tuple[str, str, str], ...]  # key, allowed kinds as |organization|place|, spelling
    words: tuple[str, ...]  # the different content words of its names and facts
    problems: tuple[Problem, ...]


def pack(reading: Reading, stop: Container[str]) -> tuple[bytes, bytes]:
    """Head and body of a reading as bytes."""
    mentions: dict[tuple[str, str], str] = {}
    words = {
        word for item in reading.entities for name in (item.name, *item.aliases) for word in content_words(name, stop)
    }
    facts = []
    for draft in reading.facts:
        said = fact_words(draft, stop)
        words |= said
        for value in (draft.value, *(value for _, value in draft.qualifiers)):
            if value.ref is not None:
                key = (name_key(value.ref.name), "|" + "|".join(value.ref.kinds) + "|")
                mentions[key] = min(mentions.get(key, value.ref.name), value.ref.name)
        facts.append(_fact_to_row(draft, " ".join(sorted(stems(said)))))
    entities = [[item.kind, item.name, item.aliases, item.types, item.line] for item in reading.entities]
    problems = [[item.line, item.message, item.text, item.fatal] for item in reading.problems]
    head = [entities, [[*key, name] for key, name in mentions.items()], sorted(words), problems]
    passages = [[item.line, item.title, item.section, item.text] for item in reading.passages]
    return _pack(head), _pack([facts, passages])


def unpack_head(document: str, data: bytes) -> Head:
    """The head of the reading of `document`."""
    entities, mentions, words, problems = json.loads(zlib.decompress(data))
    return Head(
        tuple(EntityDraft(kind, name, tuple(aliases), tuple(types), document, line)
              for kind, name, aliases, types, line in entities),
        tuple((key, kinds, name) for key, kinds, name in mentions),
        tuple(words),
        tuple(Problem(document, *row) for row in problems),
    )  # fmt: skip


def unpack_body(document: str, data: bytes) -> tuple[Iterator[tuple[FactDraft, str]], list[PassageDraft]]:
    """The facts of a reading, each with the stems of what it says, and its passages."""
    facts, passages = json.loads(zlib.decompress(data))
    return (_fact_of_row(document, row) for row in facts), [PassageDraft(*row) for row in passages]


def _pack(data: Any) -> bytes:
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), _FAST)


def _fact_to_row(draft: FactDraft, said: str) -> list[Any]:
    return [
        draft.subject.name, draft.subject.kinds, draft.property, _value_to_row(draft.value),
        [[name, *_value_to_row(value)] for name, value in draft.qualifiers],
        draft.start and str(draft.start), draft.end and str(draft.end), draft.source,
        draft.evidence.line, draft.evidence.text, draft.evidence.place, draft.rank.value, said,
    ]  # fmt: skip


def _fact_of_row(document: str, row: list[Any]) -> tuple[FactDraft, str]:
    name, kinds, property_, value, qualifiers, start, end, source, line, text, place, rank, said = row
    draft = FactDraft(
        EntityRef(name, tuple(kinds)),
        property_,
        _value_of_row(value),
        tuple((item[0], _value_of_row(item[1:])) for item in qualifiers),
        _date(start),
        _date(end),
        source,
        Evidence(document, line, text, place),
        Rank(rank),
    )
    return draft, said


def _value_to_row(value: ValueDraft) -> list[Any]:
    ref = value.ref
    return [value.text, ref and ref.name, ref and ref.kinds, value.number, value.date and str(value.date)]


def _value_of_row(row: list[Any]) -> ValueDraft:
    text, name, kinds, number, day = row
    return ValueDraft(text, None if name is None else EntityRef(name, tuple(kinds)), number, _date(day))


def _date(text: str | None) -> PartialDate | None:
    return partial_date(text) if text else None
