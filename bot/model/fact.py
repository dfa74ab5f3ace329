"""One statement with its qualifiers, its time, its source and the words that prove it."""

import builtins
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from bot.model.audience import Limits
from bot.model.entity import Entity, EntityRef
from bot.model.partial_date import PartialDate, Period


class Rank(IntEnum):
    """How a fact came in; a higher one is shown first, none hides another."""

    SUGGESTION = 1  # read out of prose, not yet approved: states nothing, only points to its sentence
    PROSE = 2  # the same, approved by a maintainer or from a document whose prose is trusted
    LAYOUT = 3  # entries of a CV, lists, tables
    STRUCTURED = 4  # JSON Resume, calendars, cards, JSON-LD
    PROFILE = 5  # written by a maintainer


@dataclass(frozen=True, slots=True)
class Source:
    """A document as its readers know it. `date` is the day it was published, as far as known."""

    key: str
    title: str
    author: str | None = None
    publisher: str | None = None
    date: PartialDate | None = None
    url: str | None = None
    note: str | None = None  # where a name or date comes from that the page itself never gives


class Evidence(NamedTuple):
    """Where a fact was read: `text` stands verbatim at `line` (from 1; a page for PDF) of `document`."""

    document: str
    line: int
    text: str
    place: str | None = None  # the section or line of the original that a profile cites


class Value(NamedTuple):
    """An entity or a literal. `text` is always what a member reads; `number` and `date` are set for such properties."""

    text: str
    entity: Entity | None = None
    number: float | None = None
    date: PartialDate | None = None


class Qualifier(NamedTuple):
    """A detail of a fact: the role, the degree, the place, the companions."""

    property: str
    value: Value


class Fact(NamedTuple):
    """One statement of a snapshot."""

    id: int
    subject: Entity
    property: str
    value: Value
    qualifiers: tuple[Qualifier, ...]
    start: PartialDate | None
    end: PartialDate | None
    source: Source
    evidence: Evidence
    rank: Rank
    words: frozenset[str]  # stems of everything that is said in it, and of the words members use for it

    @builtins.property  # `property` is a field here
    def period(self) -> Period:
        """When it held; open where the document leaves it open."""
        return Period(self.start, self.end)

    @builtins.property
    def ends(self) -> tuple[Entity, ...]:
        """Its subject, and its value if that is an entity."""
        return (self.subject,) if self.value.entity is None else (self.subject, self.value.entity)

    @builtins.property
    def named(self) -> tuple[Entity, ...]:
        """Everyone and everything in it: its ends, then those in its details."""
        within = [item.value.entity for item in self.qualifiers if item.value.entity is not None]
        return (*self.ends, *within) if within else self.ends


class ValueDraft(NamedTuple):
    """A value as a document gives it: a name to be resolved, or a literal."""

    text: str
    ref: EntityRef | None = None
    number: float | None = None
    date: PartialDate | None = None


class FactDraft(NamedTuple):
    """What a document says, before names are resolved. `subject` names an entity, qualifiers keep their order."""

    subject: EntityRef
    property: str
    value: ValueDraft
    qualifiers: tuple[tuple[str, ValueDraft], ...]
    start: PartialDate | None
    end: PartialDate | None
    source: str  # key of a Source
    evidence: Evidence
    rank: Rank
    words: tuple[str, ...] = ()  # further words that members may use to ask for it
    limits: Limits = ()  # who may see it, beside those of its document
