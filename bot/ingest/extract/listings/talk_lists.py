"""Lists of talks: which lines are one, and whether title or occasion comes first in all of them; reads no course."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.extract.layout.entries import Entry, Line, entries_of
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.sections import Section
from bot.ingest.extract.listings.talks import has_occasion, state_links, state_talk, talk_event
from bot.ingest.extract.lives.posts import is_year, span_above
from bot.ingest.readers.markup.lines import looks_like_prose

_LED = re.compile(r"\s*[–—-]\s+(?P<title>\S.*)\Z")
_FEWEST_LED = 3
_MOST_TITLE = 300  # characters


def read_talks(notes: Notes, section: Section) -> None:
    """The talks of a section."""
    entries = list(_talks_of(section.blocks))
    led = _led_by_occasions(entries)
    for place, entry in enumerate(entries):
        if place in led:
            _state_led(notes, entry, *led[place])
            continue
        if looks_like_prose(entry.head[0].text) and entry.block.shape is Shape.PARAGRAPH and not entry.dated:
            continue
        if entry.dated or span_above(entry)[0] is not None or has_occasion(entry) or entry.groups:
            state_talk(notes, entry)
        elif looks_like_prose(entry.head[0].text):
            continue
        else:
            notes.leave(entry.head[0], "no date and no occasion")


def _talks_of(blocks: Sequence[Block]) -> Iterator[Entry]:
    """The entries of a section, where each item of a list below a year is one, whatever paragraphs it has."""
    place = 0
    while place < len(blocks):
        end = next((at for at in range(place + 1, len(blocks)) if blocks[at].shape is Shape.HEADING), len(blocks))
        head, below = blocks[place], blocks[place + 1 : end]
        if head.shape is Shape.HEADING and is_year(head.text) and below and below[0].shape is Shape.ITEM:
            year = Line(head.text, head)
            yield from (replace(entry, groups=(year, *entry.groups)) for entry in entries_of(below))
            place = end
            continue
        years = (at for at in range(place + 1, len(blocks)) if is_year(blocks[at].text))
        end = next((at for at in years if blocks[at].shape is Shape.HEADING), len(blocks))
        yield from entries_of(blocks[place:end])
        place = end


def _led_by_occasions(entries: Sequence[Entry]) -> dict[int, tuple[str, str]]:
    """Occasion and title of the entries, by their place, where most begin with an occasion in bold and a dash.

    That the bold part is the occasion shows in all of them together: what follows it is longer.
    """
    led = {place: found for place, entry in enumerate(entries) if (found := _in_bold_and_behind(entry)) is not None}
    longer = sum(len(title.split()) > len(occasion.split()) for occasion, title in led.values())
    return led if len(led) >= _FEWEST_LED and 2 * len(led) > len(entries) and 4 * longer >= 3 * len(led) else {}


def _in_bold_and_behind(entry: Entry) -> tuple[str, str] | None:
    line = entry.head[0]
    bold = next(iter(line.block.strong), "")
    behind = _LED.match(line.text[len(bold) :]) if bold and line.text.startswith(bold) else None
    return (bold, behind["title"]) if behind is not None and len(behind["title"]) <= _MOST_TITLE else None


def _state_led(notes: Notes, entry: Entry, occasion: str, title: str) -> None:
    """Note one talk of such a list."""
    line, (span, dated) = entry.head[0], span_above(entry)
    event = talk_event(notes, title, line, span, occasion)
    if event is None:
        return
    notes.state("performer", notes.subject.name, line, (), span, subject=event, said=title)
    if span is not None and span.start is not None:
        notes.state("startDate", str(span.start), dated or line, (), subject=event, said=(dated or line).text)
    notes.state("superEvent", occasion, line, (), span, subject=event, said=occasion)
    state_links(notes, entry, event, span, title=title, occasions=[occasion])
