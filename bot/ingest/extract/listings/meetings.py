"""Lists of a group's meetings: each line a day, who spoke and about what; a line that names neither is left."""

import re
from dataclasses import replace
from typing import NamedTuple

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.extract.layout import persons
from bot.ingest.extract.layout.entries import Line
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.sections import Section, plain_heading
from bot.ingest.extract.listings.talks import link_property
from bot.language.date_ranges import DateSpan, find_ranges
from bot.language.document_words import folded, word_set

_LEAD, _NEAR = 40, 2  # characters within which the date of a line stands, and begins
_FOUR = 4  # digits of a year
_WEEKDAY = r"(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?|mon|wed|thu|sat)\b\.?,?\s*"
_BEFORE = re.compile(rf"\W*(?:{_WEEKDAY})?", re.IGNORECASE)
_DAY = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th|\.)?\s+[^\W\d_]+\.?|[^\W\d_]+\.?\s+\d{1,2}(?:st|nd|rd|th)?)(?!\w)")
_AFTER = re.compile(r"\s*(?:[:–—|,.\t-]|\s)+")
_CLOCK = re.compile(
    r"\A\s*,?\s*(?:at\s+)?\d{1,2}[:.h]\d\d(?:\s*(?:[-–]\s*\d{1,2}[:.h]\d\d)?)\s*(?:[ap]m|uhr|h)?\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“„«](?P<title>[^\"“”„«»]{3,200})[\"”“»]")
_BY = re.compile(
    r"\A(?P<title>.{3,200}?),?\s+(?:(?P<verb>[a-z]+(?:ed|en)|won|led|held|run|taught)\s+)?(?:by|with|mit|von|par|por|con)\s+"
    r"(?P<names>[^,.;:()]{3,100})\Z"
)
_NONE = re.compile(
    r"(?:no|kein|keine|pas de|sin|nessun)\s+(?:\w+\s+)?"
    r"(?:seminar|meeting|talk|session|lecture|treffen|vortrag|seance|reunion)",
    re.IGNORECASE,
)
_SPOKE = frozenset({"given", "presented", "held", "led", "taught", "run", "delivered"})  # what a speaker does
_PARTS = re.compile(r"\s*(?::\s|\s[–—-]\s|\s\|\s|\t)\s*")
_BEHIND = re.compile(r"\A(?P<title>.{3,200}?)\s+\((?P<names>[^()]{3,100})\)\Z")
_AND = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s+(?:and|&|und|et|y|e)\s+)")
_LINKS = re.compile(
    r"\s*[(\[](?:slides|video|recording|notes|photos|pdf|code|materials?)(?:[,/| ]+\w+){0,3}[)\]]\s*", re.IGNORECASE
)
_MOST_TITLE = 160  # characters; a longer line tells a story


class _Meeting(NamedTuple):
    title: str
    names: tuple[str, ...]


def is_meetings(section: Section, *, series: bool) -> bool:
    """Whether a heading, or that of a year below it, opens a list of meetings; on the page of a `series` any term."""
    wanted = word_set("sections", "meetings")
    if plain_heading(section.title) in wanted:
        return True
    term = bool(section.title) and bool(find_ranges(section.title)) and len(section.title) <= _LEAD
    return term and (series or plain_heading(section.above) in wanted)


def count_meetings(section: Section) -> int:
    """How many items of a section name a day and who held what on it."""
    items = [block for block in section.blocks if block.shape is Shape.ITEM]
    dated = ((block, _date(block.text, section.title)) for block in items)
    return sum(1 for block, span in dated if span is not None and (found := _meeting(block, span)) and found.names)


def read_meetings(notes: Notes, section: Section) -> None:
    """Each dated line of the section."""
    for block in section.blocks:
        if block.shape not in (Shape.ITEM, Shape.PARAGRAPH, Shape.PAIR) or block.level:
            continue
        line = Line(block.text, block)
        span = _date(block.text, section.title)
        meeting = _meeting(block, span) if span is not None else None
        if span is None or meeting is None:
            if span is not None:
                notes.leave(line, "a meeting without a title")
            continue
        _state(notes, line, meeting, span)


def _state(notes: Notes, line: Line, meeting: _Meeting, span: DateSpan) -> None:
    types = ("talk",) if meeting.names else ()
    event = notes.entity("event", meeting.title, line, *types)
    if event is None or span.start is None:
        return
    notes.state("startDate", str(span.start), line, span=span, subject=event, said=line.text[:_LEAD])
    if notes.subject.kinds[0] == "organization":
        notes.state("organizer", notes.subject.name, line, span=span, subject=event, said=meeting.title)
    elif notes.subject.kinds[0] == "event":
        notes.state("superEvent", notes.subject.name, line, span=span, subject=event, said=meeting.title)
    for name in meeting.names:
        notes.entity("person", name, line)
        notes.state("performer", name, line, span=span, subject=event, said=name)
    for link in line.block.links:
        if link.on_web:
            said = f"{link.text} {link.url}"
            notes.state(link_property(link, event), link.url, line, (), span, subject=event, said=said)


def _date(text: str, title: str) -> DateSpan | None:
    """The day with which a line begins; the heading gives the year that it lacks."""
    start = _BEFORE.match(text)
    head = text[start.end() if start is not None else 0 :][:_LEAD]
    spans = [span for span in find_ranges(head) if span.start is not None and span.first <= _NEAR]
    if spans and spans[0].start is not None and spans[0].start.year is not None:
        return spans[0]
    day = _DAY.match(head)
    year = title.strip()
    if day is None or not (year.isdigit() and len(year) == _FOUR):
        return None
    whole = next(iter(find_ranges(f"{day.group()} {year}")), None)
    return replace(whole, first=0, last=day.end()) if whole is not None and whole.start is not None else None


def _meeting(block: Block, span: DateSpan) -> _Meeting | None:
    """What is behind the date: a title and who held it, in any order; a title alone; None for what is neither."""
    start = _BEFORE.match(block.text)
    offset = (start.end() if start is not None else 0) + span.last
    rest = _CLOCK.sub("", _LINKS.sub(" ", block.text[offset:]))
    rest = _AFTER.sub("", rest, count=1) if _AFTER.match(rest) else rest
    rest = " ".join(rest.split("\n")[0].split()).strip(" .,;:–—-")
    if (
        not rest
        or len(rest) > _MOST_TITLE
        or _NONE.match(rest)
        or folded(rest.split("(")[0].strip()) in word_set("fields", "called_off")
    ):
        return None
    quoted = _QUOTED.search(rest)
    title = quoted["title"] if quoted is not None else next((part for part in block.slanted if part in rest), "")
    if title.strip(" ,.:"):
        first, last = quoted.span() if quoted is not None else (rest.index(title), rest.index(title) + len(title))
        around = [part.strip(" .,:;–—-") for part in (rest[:first], rest[last:])]
        names = next((found for part in around if (found := _names(re.sub(r"\A\(?by\s+", "", part)))), ())
        return _Meeting(title.strip(" ,.:"), names) if names or quoted is not None or title == rest else None
    for pattern in (_BY, _BEHIND):
        match = pattern.match(rest)
        if match is not None and (names := _names(match["names"])):
            verb = match.groupdict().get("verb")
            return _Meeting(match["title"].strip(" ,.:–—-"), names if not verb or verb in _SPOKE else ())
    parts = [part for part in _PARTS.split(rest) if part]
    for place, part in enumerate(parts[:2] if len(parts) == 2 else ()):
        if names := _names(part):
            return _Meeting(parts[1 - place], names)
    return _Meeting(rest, ()) if len(parts) == 1 and len(rest.split()) > 1 and "," not in rest else None


def _names(text: str) -> tuple[str, ...]:
    """The people of a text that names nothing else."""
    names = [re.sub(r"\s*\([^()]*\)\Z", "", part).strip() for part in _AND.split(text) if part.strip()]
    return tuple(names) if names and all(persons.is_person(name) for name in names) else ()
