"""What comes back from a question: the reply a member reads, and the facts that prove it; no wording, no Discord."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.model.entity import Entity
from bot.model.fact import Fact, Source


class Status(StrEnum):
    """The four ways in which a question can end."""

    ANSWERED = "answered"
    PASSAGE = "passage"  # not an answer: the closest lines there are
    AMBIGUOUS = "ambiguous"  # the name fits several; the member picks
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Turn:
    """What a follow-up may lean on: whom the last answer was about, what it stated, and how it was asked."""

    topics: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    answers: tuple[Entity, ...] = ()  # the entities that were the answer ("which of them …")
    query: object = None  # how the question was read, for the answering side alone
    person: Entity | None = None  # who "she" is: of this turn, or of an earlier one where it speaks of nobody
    seen_by: str = ""  # the audiences for whom that answer was; empty: everybody


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as every surface shows it. `text` is Discord Markdown without the source line."""

    status: Status
    text: str
    reason: str | None = None  # which "no" it is; None when answered
    facts: tuple[Fact, ...] = ()
    sources: tuple[Source, ...] = ()
    choices: tuple[Entity, ...] = ()  # the pick-list of an ambiguous name
    marks: tuple[str, ...] = ()  # Markdown: what tells each of the choices from the others; empty: nothing
    more: bool = False  # the text says that a list goes on
    turn: Turn = field(default_factory=Turn)
    asked: object = None  # how the question was read, for the answering side alone


@dataclass(frozen=True, slots=True)
class Introduction:
    """How much is known, in words ("12 people and 1 event"), and questions worth trying; both may be empty."""

    known: str = ""
    questions: tuple[str, ...] = ()
