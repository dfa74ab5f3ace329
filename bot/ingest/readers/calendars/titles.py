"""Titles of a calendar's events: the title itself, who is named in it, what most have in common; reads no event."""

import re
from collections import Counter
from collections.abc import Callable

from bot.ingest.extract.layout.persons import is_person
from bot.ingest.readers.calendars.content_lines import Component
from bot.ingest.readers.record.names import split_names
from bot.ingest.readers.record.texts import readable
from bot.language.document_words import folded, word_set

PERSON = r"[A-Z\u00c0-\u017d][\w'’.-]*(?:\s+(?:(?:van|von|de|der|den|da|di|la|le)\s+)*[A-Z\u00c0-\u017d][\w'’-]*){1,3}"
_HELD_BY = re.compile(
    r"(?P<title>.*\w.*?)\s*[(\[](?:(?P<type>talk|workshop|keynote|lecture|tutorial|session|presented|given|held|led)\s+)?by\s+"
    r"(?P<names>[^()\[\]]{2,120})[)\]]\Z",
    re.IGNORECASE | re.DOTALL,
)
_NAMED = re.compile(PERSON)
_TAIL = re.compile(r"\s+[-–—|]\s+[^-–—|]+\Z")
_FEWEST_TAILS = 3


def name_of(event: Component) -> str:
    """The title of an event; empty where it has none."""
    line = event.one("SUMMARY")
    text = readable(line.text) if line is not None else ""
    return text[:300] if any(char.isalnum() for char in text) else ""


def tail_of(events: list[Component]) -> str:
    """What most titles of a calendar end with, behind a dash; empty where there is nothing such."""
    tails = Counter(match.group() for event in events if (match := _TAIL.search(name_of(event))))
    tail, count = next(iter(tails.most_common(1)), ("", 0))
    return tail if count >= _FEWEST_TAILS and 2 * count > len(events) else ""


def is_named_behind(events: list[Component]) -> bool:
    """Whether most titles of a calendar end, behind a dash, with names of people and nothing else."""
    told = sum(bool(_names_behind(name_of(event), is_person)[1]) for event in events)
    return told >= _FEWEST_TAILS and 2 * told > len(events) and not tail_of(events)


def title_and_names(summary: str, *, behind: bool) -> tuple[str, list[str], str]:
    """`Knots (talk by Ada King)` is a talk whose speaker is named; so is `Knots - Ada King` where most are `behind`."""
    match = _HELD_BY.match(summary)
    if match is not None and folded(match["names"]) not in word_set("fields", "no_speakers"):
        return match["title"], split_names(match["names"]), (match["type"] or "").casefold()
    title, names = _names_behind(summary, _NAMED.fullmatch) if behind else (summary, [])
    return title, names, ""


def _names_behind(summary: str, is_name: Callable[[str], object]) -> tuple[str, list[str]]:
    """A title and the people named behind its last dash; the whole and nobody where that is anything else."""
    title, dash, rest = summary.rpartition(" - ")
    names = split_names(rest) if dash and title.strip() else []
    return (title.strip(), names) if names and all(map(is_name, names)) else (summary, [])
