"""A made-up lighthouse society and an assistant that knows four questions about it, for tests of the terminal alone."""

import asyncio
import io
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any

from bot.errors import SearchTimeout
from bot.model.answer import Reply, Status, Turn
from bot.model.entity import Entity
from bot.model.fact import Evidence, Fact, Rank, Source, Value
from bot.model.partial_date import PartialDate
from bot.model.vocabulary import Kind, Vocabulary

ORLA = Entity(1, "person/orla-finch", "person", "Orla Finch")
IDA = Entity(2, "person/ida-brook", "person", "Ida Brook")
LAMP = Entity(3, "event/lamp-night", "event", "Lamp Night")
MINUTES = Source("minutes", "Minutes of the society", "Orla Finch", None, PartialDate(2021, 3), "https://example.org/m")
DIARY = Source("diary", "A keeper's diary", note="The author's name comes from the cover.")


def fact(
    number: int, subject: Entity, text: str, source: Source = MINUTES, *, place: str | None = None, year: int = 2019
) -> Fact:
    evidence = Evidence(f"people/{subject.slug.split('/')[1]}.md", number, f"role: {text}", place)
    date = PartialDate(year)
    words = frozenset(text.split())
    return Fact(number, subject, "roleName", Value(text), (), date, None, source, evidence, Rank.PROFILE, words)


KEEPER = fact(4, ORLA, "keeper", place="page 3")
PAINTER = fact(9, ORLA, "painter", DIARY)
ANSWERED = Reply(
    Status.ANSWERED, "**Orla Finch** is the keeper.", facts=(KEEPER,), sources=(MINUTES,), turn=Turn((ORLA,), (KEEPER,))
)
TWO_SOURCES = Reply(
    Status.ANSWERED, "- keeper\n- painter", facts=(KEEPER, PAINTER), sources=(MINUTES, DIARY), turn=Turn((ORLA,))
)
AMBIGUOUS = Reply(Status.AMBIGUOUS, "1. Orla Finch\n2. Ida Brook", choices=(ORLA, IDA), turn=Turn((ORLA, IDA)))
UNKNOWN = Reply(Status.UNKNOWN, "I have nothing on that.", reason="not_about_documents")


class FakeAssistant:
    """Knows its questions word for word and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Turn | None]] = []

    async def ask(self, question: str, turn: Turn | None = None) -> Reply:
        self.asked.append((question, turn))
        if question == "too broad":
            raise SearchTimeout(0.05)
        return {
            "Who is Orla Finch?": ANSWERED,
            "and before that?": TWO_SOURCES if turn == ANSWERED.turn else UNKNOWN,
            "What happened in 2019?": TWO_SOURCES,
            "Who is the keeper?": AMBIGUOUS,
        }.get(question, UNKNOWN)

    async def ask_of(self, turn: Turn, entity: Entity) -> Reply:
        return ANSWERED if (turn, entity) == (AMBIGUOUS.turn, ORLA) else UNKNOWN

    def names(self, prefix: str) -> Sequence[str]:
        return [name for name in ("Ida Brook", "Orla Finch") if name.casefold().startswith(prefix.casefold())]


class FakeSnapshot:
    """What a greeting looks at."""

    vocabulary = Vocabulary(
        kinds={"person": Kind(label="person", plural="people"), "event": Kind(label="event", plural="events")}
    )

    def counts(self) -> Mapping[str, int]:
        return {"event": 1, "person": 2, "place": 0}

    def entities_of(self, kind: str | None = None, type: str | None = None, limit: int = 25) -> Sequence[Entity]:
        return [entity for entity in (IDA, ORLA, LAMP) if entity.kind == kind]

    def links_count(self, entity_id: int) -> int:
        return {ORLA.id: 2, LAMP.id: 1}.get(entity_id, 0)

    def facts_of(self, entity_id: int) -> Sequence[Fact]:
        return [fact(7, LAMP, "night")] if entity_id == LAMP.id else []


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def run(coroutine: Coroutine[Any, Any, object]) -> object:
    """Run a coroutine to its end."""
    return asyncio.run(coroutine)
