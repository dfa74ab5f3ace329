"""A stretch of a document that can be searched and shown as it stands; states nothing."""

from dataclasses import dataclass

from bot.model.entity import EntityRef
from bot.model.fact import Source


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """One paragraph as a reader found it; `line` counts from 1 (a page for PDF), `title` names what it is part of."""

    line: int
    title: str
    section: str
    text: str
    about: EntityRef | None = None  # of whom it speaks without naming them: a page's subject, a record's


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a snapshot. The lower `score`, the closer it is to what was searched for."""

    id: int
    document: str
    line: int
    title: str
    section: str
    text: str
    about: int | None = None  # the entity of which it speaks, whether or not it names it
    score: float = 0.0
    source: Source | None = None  # the document itself; None for a profile, which cites others
