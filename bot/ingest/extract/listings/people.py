"""Lists of people on the page of a project, an organisation or an event: who they are to it; reads no prose."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.extract.layout import fields, persons
from bot.ingest.extract.layout.entries import Entry, Line, entries_of, lines_of
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.sections import Section, plain_heading
from bot.ingest.extract.layout.segments import Segment, cut
from bot.ingest.extract.listings.officers import EMAIL, is_past, read_officers
from bot.ingest.extract.listings.sponsors import read_thanks
from bot.ingest.readers.markup.lines import columns, looks_like_prose, pair
from bot.ingest.readers.record.accounts import platform_of
from bot.language.date_ranges import find_ranges
from bot.language.document_words import folded, word_set

_WORD = r"[A-ZÀ-ÞĀ-Ž][\w.'’-]*(?:\s+(?:van|von|de|der|den|da|di|la|le))*"  # of a name
_BY_WORDS = (  # property by what is said of somebody, of a project
    ("creator", re.compile(r"\b(?:originally|initially)\s+(?:written|created|developed|designed)\b", re.IGNORECASE)),
    ("leader", re.compile(r"\b(?:chair(?:person|man|woman)?|project lead(?:er)?|bdfl)\b", re.IGNORECASE)),
    ("maintainer", re.compile(r"\b(?:current\s+)?maintain(?:ers?|s|ed|ing)\b", re.IGNORECASE)),
    (
        "creator",
        re.compile(
            r"\b(?:originally\s+)?(?:created|creators?|wrote|founded|founders?|inventors?"
            r"|(?:original|main|principal|lead) authors?)\b",
            re.IGNORECASE,
        ),
    ),
    ("author", re.compile(r"\Aauthors?\Z", re.IGNORECASE)),
)
_SPEAK = re.compile(r"\b(?:speakers?|presenters?|lecturers?|performers?|program(?:me)?)\b", re.IGNORECASE)
_ONLY_ROLE = re.compile(
    r"(?:past|former|previous|emeritus|current|retired)?\s*(?:maintainers?|authors?|creators?)", re.IGNORECASE
)
_ACCOUNT = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/(?P<handle>[\w-]+)/?")
_HANDLE = re.compile(r"[(\[]?(?<![\w.])@[\w-]+[)\]]?")
_NAMED_SO = r"(?:[^\W\d_a-z][\w.&'’-]*)(?:\s+(?:of\s+|for\s+|and\s+|&\s+)?[^\W\d_a-z][\w.&'’-]*){0,4}"
_BEHIND_HANDLE = re.compile(
    rf"\s*(?:<[^<>]*>\s*)?[(\[]?@[\w-]+[)\]]?\s*(?:,\s*(?P<one>{_NAMED_SO})|[(\[](?P<two>{_NAMED_SO})[)\]])\s*"
)
_DATES = re.compile(r"[,\s(]*(?:\d{4}\s*[-–]?\s*)+(?:\d{4}|present|now)?[\s)]*\Z", re.IGNORECASE)  # behind all else
_TERM = re.compile(r"[\s,;(\[]*\bterm(?: dates?)?\b.*\Z", re.IGNORECASE | re.DOTALL)
_LEADS_TO_PEOPLE = re.compile(
    r"\A(?!.*\bbased on\b).*\b(?:maintained|written|created|developed|designed|authored|led)\b[^.:]{0,40}:\Z",
    re.IGNORECASE | re.DOTALL,
)
_LEADS_TO_THANKED = re.compile(r"\b(?:contribut\w+|thank\w*|people|helped)\b[^:]*:\Z", re.IGNORECASE)
_LISTED_PERSON = re.compile(rf"(?:{_WORD}\s+){{1,4}}(?:\([^()]*\)\s*)?(?:<[^<>]*>|,|\(|[-–]\s|\Z)")
_IN_COLUMNS = re.compile(rf"{_WORD}(?:\s{_WORD}){{1,3}}\t")
_MOST_ROLE = 80
_MOST_DONE = 12  # things that one did for a project
_FEWEST_LINES = 4  # of people that make such a list
_FEWEST = 2  # items that make a list
_LISTED = re.compile(r"\s*[;•·]\s*|,\s+(?![^()]*\))(?:and\s+|und\s+)?|\s+and\s+(?=[A-ZÀ-Þ])")


def read_people(notes: Notes, section: Section) -> None:
    """The people of a section, each with what is said of them."""
    speak = bool(_SPEAK.search(plain_heading(section.title)))
    for block in section.blocks:
        if block.shape is Shape.PARAGRAPH:
            read_thanks(notes, block)
    if notes.subject.kinds[0] == "organization" and not speak:
        read_officers(notes, section)
    else:
        _read_each(notes, section, speak=speak)


def _read_each(notes: Notes, section: Section, *, speak: bool) -> None:
    for entry in _entries(section):
        line = entry.head[0]
        name, said = _person(entry)
        if not name:
            if line.block.shape in (Shape.ITEM, Shape.ROW) and len(line.text) < 200:
                notes.leave(line, "no person named")
            continue
        person = notes.entity("person", name, line)
        if person is None:
            continue
        done = _done_below(entry) if notes.subject.kinds[0] == "project" else []
        if done:
            details = [("contribution", text) for text in done]
            notes.state(part_in_project(section.title)[0], name, line, details, said=name)
            for item in entry.details:
                notes.mark(item.block)
            continue
        _state(notes, line, name, said, speak=speak, title=section.title)
        for match in EMAIL.finditer(line.block.text):
            notes.state("email", match.group(), line, subject=person, said=match.group())
        for link in line.block.links:
            if account := _ACCOUNT.fullmatch(link.url):
                platform = [("platform", platform_of(link.url))]
                notes.state("sameAs", link.url, line, platform, subject=person, said=f"{name} {account['handle']}")
        if (employer := _employer(line.text, name)) is not None:
            notes.state("worksFor", employer, line, subject=person, said=f"{name} {employer}")


def _done_below(entry: Entry) -> list[str]:
    """What items below a name in a heading say that somebody did for a project."""
    listed = entry.block.shape is Shape.HEADING and all(line.block.shape is Shape.ITEM for line in entry.details)
    return [" ".join(line.text.split()).strip(" .") for line in entry.details[:_MOST_DONE]] if listed else []


def _employer(text: str, name: str) -> str | None:
    """Where somebody works, which alone stands behind an account: "Ada King (@ada), Acme"."""
    match = _BEHIND_HANDLE.fullmatch(text.removeprefix(name))
    said = (match["one"] or match["two"]).strip() if match is not None else ""
    if not said or folded(said) in word_set("fields", "no_employers") or fields.role(said) >= fields.LIKELY:
        return None
    return said


def _entries(section: Section) -> list[Entry]:
    """One entry for each item of a list, even where one of them has a date; otherwise what the layout shows."""
    blocks = [block for block in section.blocks if block.shape is not Shape.HEADING]
    items = [block for block in blocks if block.shape in (Shape.ITEM, Shape.PAIR) and not block.level]
    if len(items) >= _FEWEST and len(blocks) == len(section.blocks) and all(map(_names_first, items)):
        return [entry for block in blocks for entry in entries_of([block])]  # "2006-2008:" above is no head of theirs
    if len(items) < _FEWEST or len(items) < len(blocks) or not any(find_ranges(block.text) for block in items):
        return entries_of(section.blocks)
    return [entry for block in items for entry in entries_of([block])]


def _names_first(item: Block) -> bool:
    """Whether an item begins with a person, and what follows is set apart."""
    return _LISTED_PERSON.match(item.text) is not None and not item.level


def read_students(notes: Notes, section: Section) -> None:
    """Whom somebody advises: "PhD students: Ada King (2023), Mel Rowe (current)", or one to an item."""
    for block in section.blocks:
        if block.shape is Shape.HEADING or (
            looks_like_prose(block.text.split("\n")[0]) and block.shape is Shape.PARAGRAPH
        ):
            continue
        for line in lines_of(block):
            label = pair(line.text)
            said = label[1] if label is not None else line.text
            items = _LISTED.split(said) if block.shape is not Shape.ITEM or label is not None else [said]
            names = [(name, item) for item in items if (name := _leading_name(item))]
            if not names or len(names) < len(items):
                notes.leave(line, "no list of names")
                continue
            for name, item in names:
                student = notes.entity("person", name, line)
                if student is not None:
                    notes.state("advisor", notes.subject.name, line, subject=student, said=item)


def _leading_name(text: str) -> str:
    """The name that an item opens with, before its brackets and whatever a comma or a dash sets behind it."""
    said = persons.without_titles(re.split(r"\s*[(\[,;:]|\s+[–—-]\s", text.strip(" .*"), maxsplit=1)[0].strip())
    return said if persons.is_person(said) else ""


def _state(notes: Notes, line: Line, name: str, said: str, *, speak: bool, title: str) -> None:
    kind = notes.subject.kinds[0]
    role = said if 2 < len(said) <= _MOST_ROLE else ""
    words = f"{name} {said[:60]}"
    if kind == "project":
        _state_of_project(notes, line, name, said, title)
    elif kind == "event" or speak:
        notes.state(
            "performer" if kind == "event" else "participant",
            name,
            line,
            [("roleName", role)] if role and fields.role(role) >= fields.LIKELY else (),
            said=words,
        )


def part_in_project(*told: str) -> tuple[str, bool]:
    """What somebody is to a project by what is said of them, and whether that is over; the first that tells counts."""
    found = next((known for text in told for known, pattern in _BY_WORDS if pattern.search(text)), "contributor")
    return found, any(map(is_past, told))


def _state_of_project(notes: Notes, line: Line, name: str, said: str, title: str) -> None:
    """Who maintains or made it, by what is said of them or by the heading, and when."""
    property_, past = part_in_project(said, title)
    text = line.block.text
    dates = next((span for span in find_ranges(text) if past or span.last >= len(text.rstrip(" )."))), None)
    said = _HANDLE.sub("", said if dates is None else _DATES.sub("", _TERM.sub("", said))).strip(" ,")
    said = "" if _employer(line.text, name) == said.strip("()[]") else said
    details = [("contribution", said[:200])] if len(said) > 3 and not _ONLY_ROLE.fullmatch(said) else []
    start, end = (dates.start, dates.end) if dates is not None else (None, None)
    details += [("status", "past")] if past and end is None else []
    notes.state(property_, name, line, details, said=f"{name} {said[:60]}", start=start, end=end)


def introduced(section: Section) -> Iterator[Section]:
    """Lists of people that a sentence leads to: "It is maintained by:", and below it one to a line."""
    title: Block | None = None
    listed: list[Block] = []
    for block in [*section.blocks, None]:
        people = _one_to_a_line(block) if title is not None and block is not None else []
        if people:
            listed += people
            continue
        if title is not None and listed:
            yield Section("people", replace(title, shape=Shape.HEADING), listed)
        leads = block is not None and block.shape is Shape.PARAGRAPH and _leads_to_people(block.text)
        title, listed = (block if leads else None), []


def _leads_to_people(text: str) -> bool:
    """Whether a paragraph ends in a colon behind which people are listed."""
    last = " ".join(re.split(r"(?<=\.)\s", text)[-2:])
    return _LEADS_TO_PEOPLE.search(text) is not None or _LEADS_TO_THANKED.search(last) is not None


def listed(section: Section) -> Section | None:
    """The lists of people without markup on a page of authors: "Ada King <ada@…> - the first version" to a line."""
    named: list[Block] = []
    led = False  # by a sentence that says what they did
    for block in section.blocks:
        items = _items(block) if block.shape is Shape.PARAGRAPH and not led else []
        led = _leads_to_people(block.text)
        people = [item for item in items if _is_listed(item.text)]
        named += people if 4 * len(people) >= 3 * len(items) else []
    return Section("people", None, named) if len(named) >= _FEWEST_LINES else None


def _items(block: Block) -> list[Block]:
    """The lines of a paragraph, each with those that go on with it further to the right."""
    items: list[Block] = []
    for place, text in enumerate(block.lines):
        if items and text[:1].isspace() and not _is_listed(text.strip()):
            items[-1] = replace(items[-1], text=f"{items[-1].text} {text.strip()}", lines=(*items[-1].lines, text))
        else:
            items.append(replace(block, shape=Shape.ITEM, text=columns(text), line=block.line + place, lines=(text,)))
    return items


def _is_listed(text: str) -> bool:
    """Whether a line of a list begins with a person, and what follows is set apart."""
    return _LISTED_PERSON.match(text) is not None or _IN_COLUMNS.match(text) is not None


def _one_to_a_line(block: Block) -> list[Block]:
    """The people of a block, each an item of its own; none where some line names nobody."""
    if block.shape is Shape.ITEM:
        return [block] if _LISTED_PERSON.match(block.text) else []
    lines = block.text.split("\n") if block.shape is Shape.PARAGRAPH else []
    if not lines or not all(_LISTED_PERSON.match(line) for line in lines):
        return []
    return [
        replace(block, shape=Shape.ITEM, text=text, line=block.line + place, lines=block.lines[place : place + 1])
        for place, text in enumerate(lines)
    ]


def _person(entry: Entry) -> tuple[str, str]:
    """The person an entry names and the rest of its words."""
    block = entry.head[0].block
    if block.cells and block.shape in (Shape.PAIR, Shape.ROW):
        for place, cell in enumerate(block.cells[:2]):
            name = _plain(cell)
            if persons.is_person(name):
                rest = [other for at, other in enumerate(block.cells) if at != place and other]
                return name, " ".join(", ".join(rest).split())
    parts = cut(entry)
    found: Segment | None = next((item for item in parts.segments[:4] if persons.is_person(_plain(item.text))), None)
    if found is None:
        return "", ""
    rest = [item.text for item in parts.segments if item is not found and "@" not in item.text]
    return _plain(found.text), ", ".join(rest[:3])


def _plain(text: str) -> str:
    """A name without its address and titles."""
    said = re.sub(r"\s*[<(\[][^<>()\[\]]*[>)\]]", "", text).strip(" ,.:*")
    said = persons.without_titles(said)
    return said if folded(said) else ""
