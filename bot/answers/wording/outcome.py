"""What the answering side found, before it is a Reply: the status, the reason, the text and the facts it states."""

from dataclasses import dataclass
from enum import StrEnum

from bot.answers.wording.markdown import Ready
from bot.model.answer import Status
from bot.model.entity import Entity
from bot.model.fact import Fact, Source


class Reason(StrEnum):
    """Which "no" an answer is, or what else sets it apart."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOBODY = "nobody_of_that_name"
    NOTHING = "nothing_recorded"
    UNTOLD = "not_told"  # the fact is known, the piece asked for is not
    PREMISE = "wrong_premise"
    OPEN = "recorded_as_unknown"
    NONE = "recorded_as_none"
    WORDS = "not_understood"
    NOT_ABOUT = "not_about_the_documents"
    WHOM = "no_subject"
    SMALL_TALK = "small_talk"
    SLOW = "took_too_long"
    LEAD = "closest_lines_only"
    QUOTE = "quoted"  # answered in the words of a document, not by a fact
    PROFILE = "profile"  # everything that is told first of whoever is asked about
    AMBIGUOUS = "several_of_that_name"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way in which a question ended."""

    status: Status
    text: Ready
    reason: Reason | None = None
    facts: tuple[Fact, ...] = ()
    answers: tuple[Entity, ...] = ()
    choices: tuple[Entity, ...] = ()
    marks: tuple[str, ...] = ()  # Markdown: what tells each of the choices from the others; empty: nothing
    sources: tuple[Source, ...] = ()  # further than those of the facts
