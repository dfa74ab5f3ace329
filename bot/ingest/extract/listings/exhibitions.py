"""Lists of exhibitions and concerts to events of their own: title, time, house, place; states none that lacks one."""

from bot.ingest.extract.layout import fields, persons
from bot.ingest.extract.layout.arrange import span_of
from bot.ingest.extract.layout.entries import Entry, entries_of
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.post import Post
from bot.ingest.extract.layout.sections import Section
from bot.ingest.extract.layout.segments import Segment, cut
from bot.ingest.extract.layout.towns import take_places
from bot.ingest.extract.listings.talks import state_links
from bot.ingest.extract.lives.posts import span_above
from bot.language.date_ranges import DateSpan
from bot.model.entity import EntityRef

_MOST_TITLE_WORDS = 14
_TITLE_HOUSE_TOWN = 3  # segments


def read_exhibitions(notes: Notes, section: Section) -> None:
    """The exhibitions, concerts or performances of a section, each an event that the person took part in."""
    for entry in entries_of(section.blocks):
        _state_exhibition(notes, entry)


def _state_exhibition(notes: Notes, entry: Entry) -> None:
    parts = cut(entry)
    span, dated = span_of(parts)
    if span is None:
        span, dated = span_above(entry)
    where = Post()
    segments = take_places(parts.segments, where)
    title = parts.quoted[0][0] if parts.quoted else _title(segments, placed=bool(where.location))
    house = next((item for item in segments if item.text != title and fields.organization(item.text) >= 2), None)
    house = house or next((item for item in segments if item.text != title and item.linked), None)
    house = house or _second(segments, title, placed=bool(where.location))
    line = entry.head[0]
    if not title or span is None or dated is None or (house is None and not where.location):
        notes.leave(line, "no title, no time or no place found")
        return
    event = _event(notes, title, entry, span, house)
    if event is None:
        return
    notes.state("performer", notes.subject.name, line, (), span, subject=event, said=f"{title} {line.text[:60]}")
    notes.state_days(event, span, dated)
    if house is not None:
        notes.state("location", house.text.strip(" ."), house.source, (), span, subject=event)
    if where.location:
        notes.state("location", where.location, line, (), span, subject=event)
    state_links(notes, entry, event, span, title=title, occasions=[house.text] if house is not None else [])


def _second(segments: list[Segment], title: str, *, placed: bool) -> Segment | None:
    """What stands between the title and the town: "Salt, Lantern Rooms, Ostby"; `placed`: the town is taken out."""
    plain = [item for item in segments if not item.bracketed]
    named = len(plain) == _TITLE_HOUSE_TOWN - placed and all(fields.is_name(item.text) for item in plain[1:])
    return plain[1] if named and plain[0].text == title and all(item.before == "," for item in plain[1:]) else None


def _title(segments: list[Segment], *, placed: bool) -> str:
    """What is set off, else what stands first, unless that is a person or a house."""
    marked = next((item for item in segments if item.slanted or item.strong), None)
    item = marked or next(iter(segments), None)
    if item is None or item.bracketed or len(item.text.split()) > _MOST_TITLE_WORDS:
        return ""
    if marked is None and (len(segments) < 2 or fields.organization(item.text) >= fields.SURE):
        return ""
    if marked is None and persons.is_person(item.text) and _second(segments, item.text, placed=placed) is None:
        return ""
    block = item.source.block
    if f"{item.text}(" in block.text:  # brackets within a word
        return ""
    return next((part.strip(" ,.") for part in block.slanted if item.text in part), item.text)


def _event(notes: Notes, title: str, entry: Entry, span: DateSpan, house: Segment | None) -> EntityRef | None:
    """The entity of an exhibition; one that is shown again elsewhere is another event."""
    shown = notes.entity_named("event", title)
    if shown and house is not None:
        title = f"{title} ({house.text.strip(' .')})"
    if notes.entity_named("event", title):
        title = f"{title}, {span.start}"
    return notes.entity("event", title, entry.head[0], "exhibition")
