"""Lists of people on the page of a project, an organisation or an event: who they are to it; reads no prose."""

import re

from bot.ingest.blocks import Shape
from bot.ingest.extract import fields, persons
from bot.ingest.extract.entries import Entry, Line, entries_of
from bot.ingest.extract.notes import Notes
from bot.ingest.extract.sections import Section, plain_heading
from bot.ingest.extract.segments import Segment, cut
from bot.language.document_words import folded

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BY_WORDS = (  # property by what is said of somebody, of a project
    ("maintainer", re.compile(r"\b(?:current\s+)?maintain(?:er|s|ed|ing)\b", re.IGNORECASE)),
    (
        "creator",
        re.compile(
            r"\b(?:originally\s+)?(?:created|creator|wrote|founded|founder|original author|inventor)\b", re.IGNORECASE
        ),
    ),
)
_LEADS = re.compile(
    r"\b(?:director|president|chair(?:man|woman|person)?|head|leader|captain|vorsitzende[rn]?|leiter(?:in)?|conductor|ceo|founder)\b",
    re.IGNORECASE,
)
_SPEAK = re.compile(r"\b(?:speakers?|presenters?|lecturers?|performers?|program(?:me)?)\b", re.IGNORECASE)
_MOST_ROLE = 80


def read_people(notes: Notes, section: Section) -> None:
    """The people of a section, each with what is said of them."""
    speak = bool(_SPEAK.search(plain_heading(section.title)))
    for entry in entries_of(section.blocks):
        line = entry.head[0]
        name, said = _person(entry)
        if not name:
            if line.block.shape in (Shape.ITEM, Shape.ROW) and len(line.text) < 200:
                notes.leave(line, "no person named")
            continue
        person = notes.entity("person", name, line)
        if person is None:
            continue
        _state(notes, line, name, said, speak=speak)
        for match in _EMAIL.finditer(" ".join(block.text for block in [line.block])):
            notes.state("email", match.group(), line, subject=person, said=match.group())


def _state(notes: Notes, line: Line, name: str, said: str, *, speak: bool) -> None:
    kind = notes.subject.kinds[0]
    role = said if 2 < len(said) <= _MOST_ROLE else ""
    words = f"{name} {said[:60]}"
    if kind == "project":
        property_ = next((known for known, pattern in _BY_WORDS if pattern.search(said)), "contributor")
        notes.state(property_, name, line, [("contribution", said[:200])] if len(said) > 3 else (), said=words)
    elif kind == "event" or speak:
        notes.state(
            "performer" if kind == "event" else "participant",
            name,
            line,
            [("roleName", role)] if role and fields.role(role) >= fields.LIKELY else (),
            said=words,
        )
    elif kind == "organization":
        title = role if role and fields.role(role) >= 1.8 else ""
        person = notes.entity("person", name, line)
        notes.state(
            "memberOf", notes.subject.name, line, [("roleName", title)] if title else (), subject=person, said=words
        )
        if title and _LEADS.search(title):
            notes.state("leader", name, line, [("roleName", title)], said=words)


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
