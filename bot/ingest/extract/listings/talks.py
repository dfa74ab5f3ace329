"""Talks and courses to events of their own: title, date, occasion, place, links; finds no entries of talks."""

import re
from collections.abc import Sequence

from bot.ingest.documents.blocks import Link, Shape
from bot.ingest.extract.layout import fields, life, persons
from bot.ingest.extract.layout.arrange import span_of
from bot.ingest.extract.layout.entries import Entry, Line, entries_of
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.post import Custom
from bot.ingest.extract.layout.sections import Section, kind_of
from bot.ingest.extract.layout.segments import Parts, Segment, cut, is_link_word
from bot.ingest.extract.lives.posts import is_year, span_above, state_post, topic_of
from bot.ingest.readers.markup.lines import looks_like_prose
from bot.language.date_ranges import DateSpan
from bot.language.document_words import folded, word_set, words_file
from bot.model.entity import EntityRef

_RECORDED = re.compile(
    r"https?://(?:www\.)?(?:youtu\.be|youtube\.com|vimeo\.com|videolectures\.net|infoq\.com)/", re.IGNORECASE
)
_SLIDES = re.compile(
    r"https?://(?:www\.)?(?:speakerdeck\.com|slideshare\.net|slides\.com|docs\.google\.com/presentation)", re.IGNORECASE
)
_YEARED = re.compile(r"[A-Z][A-Za-z&.-]*[A-Z][A-Za-z&.-]*\s?['’]?(?:\d{2}|\d{4})?\Z")
_KIND_WORDS = re.compile(
    r"\s*\((?:invited|keynote|contributed|poster|remote|online|virtual|with .{3,60}"
    r"|upcoming|slides|video|lightning talk|talk|in \w+)\)\s*",
    re.IGNORECASE,
)
_MOST_TITLE = 250
_SENTENCE = re.compile(r"\A[A-Z].* [a-z]+ .*[a-z][.:]\Z")
_CODE = re.compile(r"[A-Z]{2,6}[ -]?\d{2,5}[A-Z]?")
_DID = re.compile(r"(?:[A-Z][a-z]+(?:ed|ing|ught)\b|Led\b|Ran\b|Independently\b|Responsible\b|Duties\b)")


def state_talk(notes: Notes, entry: Entry) -> None:
    """Note one talk as an event of its own."""
    parts = cut(entry, keep_years=True)
    span, dated = span_of(parts)
    if span is None:
        span, dated = span_above(entry)
    title, rest = _title(parts, entry)
    occasions = [item for item in rest if is_occasion(item.text) or (item.before == "at" and item.linked)]
    places = [item.text for item in rest if fields.is_place(item.text) and item not in occasions]
    hosts = [
        item for item in rest
        if item not in occasions and item.text not in places
        and (fields.organization(item.text) >= 1.5 or fields.is_room(item.text))
    ]  # fmt: skip
    names = [
        item
        for item in rest
        if item not in occasions and item not in hosts and item.text not in places and fields.is_name(item.text)
    ]
    if not title and not occasions and not hosts:
        hosts = names[:1]
    elif title and not occasions and not hosts and names and names[0].source.block is (dated or entry.head[0]).block:
        occasions = names[:1]
    topic = topic_of(entry.groups)
    told = looks_like_prose(topic) or _SENTENCE.search(topic) is not None
    topic = "" if is_year(topic) or kind_of(topic) is not None or told else topic
    where = _narrowest(occasions) or hosts[:1]
    if not title and not where:
        notes.leave(entry.head[0], "neither a title nor an occasion found")
        return
    line = entry.head[0]
    name = title or _own_name(notes, topic, where[0].text)
    event = talk_event(notes, name, line, span, where[0].text if where else "")
    if event is None:
        return
    notes.state("performer", notes.subject.name, line, (), span, subject=event, said=f"{name} {line.text[:60]}")
    if span is not None:
        notes.state_days(event, span, dated or line)
    for item in occasions[:2]:
        notes.state("superEvent", _plain(item.text), item.source, (), span, subject=event)
    for item in hosts[:2]:
        notes.state("location", _plain(item.text), item.source, (), span, subject=event)
    if places:
        notes.state("location", ", ".join(places[:3]), line, (), span, subject=event)
    if topic:
        notes.state("about", topic, entry.groups[-1], (), span, subject=event)
    state_links(notes, entry, event, span, title=name, occasions=[_plain(item.text) for item in occasions])


def read_courses(notes: Notes, section: Section) -> None:
    """The courses that a person gave."""
    for entry in entries_of(section.blocks):
        parts = cut(entry)
        schools = [
            item
            for item in parts.segments
            if notes.is_organization(item.text) or (fields.is_school(item.text) and fields.department(item.text) < 4)
        ]
        role = next((item for item in parts.segments if fields.role(item.text) >= 4), None)
        sentences = any(
            not line.short or len(line.text) > 70 or line.text.endswith(".") or _DID.match(line.text)
            for line in entry.details
        )
        elsewhere = not schools and bool(entry.details)
        if (
            role is not None
            and not parts.quoted
            and (sentences or elsewhere or not entry.details)
            and _is_post(parts, role, schools)
        ):
            state_post(notes, entry, parts, "worksFor", Custom())
            continue
        school = schools[0].text if schools else _school_above(entry)
        titles = [(title, line) for title, line in parts.quoted]
        rest = [item for item in parts.segments if item not in schools and item is not role and _is_course(item)]
        listed = [line for line in entry.details if line.short and not looks_like_prose(line.text)]
        if not titles and schools and not rest and listed:
            titles = [(line.text.strip(" ."), line) for line in listed]
        elif not titles and not schools and len(listed) > 1 and len(rest) == 1:
            school, titles = rest[0].text, [(line.text.strip(" ."), line) for line in listed]
        elif not titles and rest:
            code = _CODE.fullmatch(rest[0].text) is not None and len(rest) > 1 and rest[1].line == rest[0].line
            titles = [(f"{rest[0].text} {rest[1].text}" if code else rest[0].text, rest[0].source)]
        if not titles:
            notes.leave(entry.head[0], "no course named")
        spans: list[DateSpan | None] = [*(span for span, _ in parts.spans[:4])] or [None]
        for title, line in titles:
            course = notes.entity("event", title, line, "course")
            if course is None:
                continue
            qualifiers = [("roleName", role.text if role else ""), ("location", school)]
            for held in spans:
                details = [item for item in qualifiers if item[1]]
                notes.state("performer", notes.subject.name, line, details, held, subject=course, said=title)
        for other in entry.head:
            notes.mark(other.block)


def _is_post(parts: Parts, role: Segment, schools: list[Segment]) -> bool:
    """Whether an entry about teaching names a position and no course."""
    rest = [
        item
        for item in parts.segments
        if item is not role
        and item not in schools
        and not fields.is_place(item.text)
        and not fields.is_region(item.text)
        and not life.is_aside(item.text)
    ]
    named = [
        item
        for item in rest
        if fields.organization(item.text) < fields.LIKELY and fields.department(item.text) < fields.SURE
    ]
    held = bool(schools) or any(fields.organization(item.text) >= fields.LIKELY for item in rest)
    return held and not named


def state_links(
    notes: Notes,
    entry: Entry,
    about: EntityRef,
    span: DateSpan | None = None,
    *,
    title: str = "",
    occasions: Sequence[str] = (),
) -> None:
    """Recordings, slides and addresses of an entry; a link on the name of an occasion is that of the occasion."""
    for line in _places(entry):
        for link in line.block.links:
            held = next((name for name in occasions if link.text and link.text in name), "")
            if held and not _RECORDED.match(link.url):
                occasion = notes.entity("event", held, line)
                if occasion is not None and link.on_web:
                    notes.state("url", link.url, line, (), subject=occasion, said=f"{link.text} {link.url}")
                continue
            if (
                title
                and link.text
                and not is_link_word(link.text)
                and link.text not in title
                and not _RECORDED.match(link.url)
            ):
                continue
            if link.on_web:
                said = f"{link.text} {link.url}"
                notes.state(link_property(link, about), link.url, line, (), span, subject=about, said=said)


def link_property(link: Link, about: EntityRef) -> str:
    """What a link of an entry leads to."""
    if _RECORDED.match(link.url):
        return "recording" if about.kinds[0] == "event" else "url"
    if _SLIDES.match(link.url):
        return "slides" if about.kinds[0] == "event" else "url"
    key = folded(link.text).strip("[]() ")
    for property_, known in words_file("fields")["link_words"].items():
        if key in known:
            return "url" if property_ in ("recording", "slides") and about.kinds[0] != "event" else str(property_)
    return "url"


def is_occasion(text: str) -> bool:
    """Whether it names a conference, a seminar, a meetup."""
    parts = fields.words(text)
    known = word_set("fields", "occasions")
    if any(part in known for part in parts) or any(two in known for two in fields.zip_words(parts)):
        return len(parts) <= 14
    ends = tuple(word_set("fields", "occasion_endings"))
    head = parts[0] if parts else ""
    grown = any(
        len(part) > 4 and part.endswith(ends) and text[:1].isupper()
        for part in parts
        if part not in ("recon", "silicon", "lexicon", "icon", "beacon")
    )
    return (grown and len(parts) <= 5) or (
        _YEARED.match(text) is not None and any(char.isdigit() for char in text) and bool(head)
    )


def has_occasion(entry: Entry) -> bool:
    """Whether an entry names a conference, a seminar or the like."""
    return any(is_occasion(item.text) for item in cut(entry, keep_years=True).segments)


def _title(parts: Parts, entry: Entry) -> tuple[str, list[Segment]]:
    """The title of a talk: in quotes, set off, linked, or the longest part that is no occasion; and what is left."""
    segments = [
        item
        for item in parts.segments
        if folded(item.text).strip("[]() ") not in word_set("fields", "talk_asides") and not is_link_word(item.text)
    ]
    if parts.quoted:
        return parts.quoted[0][0], segments
    head = entry.head[0]
    headed = head.block.shape is Shape.HEADING and len(entry.head) > 1 and not head.dated
    if headed and not is_occasion(head.text) and len(head.text.split()) > 1:
        return head.text, [item for item in segments if item.line]
    for mark in ("slanted", "strong", "linked"):
        marked = [
            item
            for item in segments
            if getattr(item, mark) and len(item.text.split()) >= 2 and not is_occasion(item.text)
        ]
        marked = [
            item for item in marked if fields.organization(item.text) < fields.SURE and not fields.is_place(item.text)
        ]
        if marked and (mark != "linked" or len(marked[0].text.split()) >= 3 or len(segments) > len(marked)):
            first = marked[0]
            whole = _whole_mark(first, mark)
            return whole, [item for item in segments if item.text not in whole]
    open_ = [
        item for item in segments
        if not is_occasion(item.text) and not fields.is_place(item.text)
        and fields.organization(item.text) < fields.LIKELY
        and not persons.is_person(item.text)
    ]  # fmt: skip
    others = [item for item in segments if item not in open_]
    longest = max(open_, key=lambda item: len(item.text), default=None)
    if (
        longest is not None
        and len(longest.text.split()) >= 3
        and (others or len(open_) > 1 or not is_occasion(longest.text))
    ):
        if not others and len(open_) == 1 and len(longest.text.split()) < 4:
            return "", segments
        same = [
            item
            for item in open_
            if item.line == longest.line and item.before == ":" and item.place == longest.place + 1
        ]
        title = f"{longest.text}: {same[0].text}" if same else longest.text
        return title[:_MOST_TITLE], [item for item in segments if item is not longest and item not in same]
    return "", segments


def _whole_mark(item: Segment, mark: str) -> str:
    """The whole of what is set off or linked, of which a segment may be a part."""
    block = item.source.block
    marked = {"slanted": block.slanted, "strong": block.strong}
    wholes = marked.get(mark, tuple(link.text for link in block.links))
    return next((whole.strip(" ,.") for whole in wholes if item.text in whole), item.text)


def _own_name(notes: Notes, topic: str, where: str) -> str:
    """What a talk without a title is called: by its topic and occasion, else by who gave it."""
    where = _plain(where)
    return f"{topic} talk at {where}" if topic else f"{notes.subject.name}'s talk at {where}"


def _narrowest(occasions: list[Segment]) -> list[Segment]:
    """The occasion by which a talk is told from others: the workshop at a conference, else the first."""
    inner = word_set("fields", "inner_occasions")
    within = [item for item in occasions[:2] if inner.intersection(fields.words(item.text))]
    return within if len(within) == 1 else occasions[:1]


def talk_event(notes: Notes, name: str, line: Line, span: DateSpan | None, where: str) -> EntityRef | None:
    """The entity of a talk; one that is given again elsewhere is another event."""
    if where and notes.entity_named("event", name):
        name = f"{name} ({_plain(where)})"
        if notes.entity_named("event", name) and span is not None and span.start is not None:
            name = f"{name[:-1]}, {span.start})"
    return notes.entity("event", name, line, "talk")


def _plain(text: str) -> str:
    return _KIND_WORDS.sub(" ", text).strip(" ,.;()[]")


def _places(entry: Entry) -> list[Line]:
    """A line of each block of an entry, for blocks hold the links."""
    seen: dict[int, Line] = {}
    for line in (*entry.head, *entry.details):
        seen.setdefault(id(line.block), line)
    return list(seen.values())


def _is_course(item: Segment) -> bool:
    key = folded(item.text).strip("[]() ")
    return (
        len(item.text.split()) >= 2 and key not in word_set("fields", "talk_asides") and not fields.is_place(item.text)
        and fields.role(item.text) < fields.SURE
        and fields.department(item.text) < fields.SURE and not life.is_aside(item.text) and len(item.text) < 120
    ) or (item.linked and len(item.text) > 4)  # fmt: skip


def _school_above(entry: Entry) -> str:
    for line in reversed(entry.groups):
        found = next((item.text for item in cut(Entry([line])).segments if fields.is_school(item.text)), "")
        if found:
            return found
    return ""
