"""A stretch of a document that can be searched and shown as it stands; states nothing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """One paragraph as a reader found it; `line` counts from 1 (a page for PDF), `title` names what it is part of."""

    line: int
    title: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a snapshot. The lower `score`, the closer it is to what was searched for."""

    id: int
    document: str
    line: int
    title: str
    section: str
    text: str
    score: float = 0.0
