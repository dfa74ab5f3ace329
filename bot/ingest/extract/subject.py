"""Whom or what a page is about: what its maintainer said, its own name for itself, its head, its address; no facts."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.ingest.documents.blocks import Block, Page, Shape
from bot.ingest.documents.format import Raw
from bot.ingest.extract.layout import fields
from bot.ingest.extract.layout.sections import HEAD, MIXED, Section, kind_of
from bot.ingest.extract.listings.meetings import count_meetings
from bot.ingest.extract.listings.publications import works_of
from bot.ingest.extract.owners import (
    FIRST_PERSON,
    PERSONAL,
    PIECES,
    called,
    people_of,
    person_name,
    what_is,
    words_of_file,
)
from bot.ingest.extract.prose.read import opened_by
from bot.ingest.readers.markup.lines import pair
from bot.language.document_words import alternatives, folded, word_set, words_file
from bot.language.tokens import name_key
from bot.model.entity import EntityRef

_README = re.compile(r"(?:\A|[/_-])readme(?:\.\w+)?\Z", re.IGNORECASE)
_AUTHORS = re.compile(r"(?:\A|[/_-])(?:authors|contributors|maintainers|credits|thanks)(?:\.\w+)?\Z", re.IGNORECASE)
_CREDITS = re.compile(
    r"(?:history|authors|contributors|maintainers|credits|thanks)(?: (?:and|&) (?:\w+))?", re.IGNORECASE
)
_LONGEST_HEAD = 80  # characters of a line that is a name and what stands beside it
_FEWEST_TALKS = 3  # of a series
_FEWEST_PERSONAL = 2  # sections of a life, for a page to be somebody's
_FEWEST_TOLD, _MOST_TOLD = 4, 20  # times that its first blocks say "I", and how many of them


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a page is about. `said` is where it says so, None where it never does."""

    kind: str
    name: str
    said: Block | None = None
    aliases: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


def find_subject(raw: Raw, page: Page, sections: Sequence[Section]) -> Subject | None:
    """The subject of a page; None where nothing tells it."""
    hints = raw.hints
    if hints.about:
        kind = hints.kind or _kind_of_page(raw, page, sections) or "person"
        return Subject(kind, hints.about, _where(page, hints.about))
    if not hints.kind and (_AUTHORS.search(raw.path) or _is_credits(page)):
        words = [word for word in words_of_file(raw)[0] if not _CREDITS.fullmatch(word)]
        return Subject("project", "-".join(words)) if words else None
    if not hints.kind and (name := _series(page, sections)):
        return Subject("event", name, _where(page, name), types=("series",))
    if not hints.kind and (body := _by_opening(page)) is not None:
        return body
    kind = hints.kind or _kind_of_page(raw, page, sections)
    if kind in ("project", "organization", "event", "publication", "place", "topic"):
        name = _thing(page)
        types = _types(page, EntityRef(name, (kind,))) if name and kind == "organization" else ()
        return Subject(kind, name, _where(page, name), _short_of(kind, name), types) if name else None
    for name, block in people_of(raw, page, sections):
        if word_set("fields", "no_persons").isdisjoint(fields.words(name)):
            said = block or _where(page, name)
            head = said.text.split("\n")[0] if said is not None and len(said.text) < _LONGEST_HEAD else ""
            return Subject("person", name, said, called(head, name))
    if kind != "person":
        return None
    return _by_title(page, sections) or _by_file(raw, page, sections) or _by_handle(page)


def _short_of(kind: str, name: str) -> tuple[str, ...]:
    """What software is called for short whose name says within what it is: `Net::Tide`."""
    within, _, short = name.rpartition("::")
    return (short,) if kind == "project" and within and short.isalnum() else ()


def _is_credits(page: Page) -> bool:
    """Whether a page is headed as the credits of something: `History and Credits`, `Authors and Contributors`."""
    opening = next((block.text for block in page.blocks[:1] if block.shape is Shape.HEADING), "")
    return _CREDITS.fullmatch(opening.strip()) is not None and len(opening.split()) > 1


def _by_opening(page: Page) -> Subject | None:
    """The body or project that a page is headed by, and whose first sentence says what it is: "Reed Club is a …"."""
    opened = opened_by(page.blocks, page.title)
    if opened is None or opened.kinds[0] == "person":
        return None
    own = name_key(opened.name)
    headings = [block.text for block in page.blocks if block.shape is Shape.HEADING][:1]
    named = [name for text in (*headings, page.title) for name in map(name_key, (text, *PIECES.split(text))) if name]
    if not any(own in name for name in named):
        return None
    return Subject(opened.kinds[0], opened.name, _where(page, opened.name), types=_types(page, opened))


def _types(page: Page, opened: EntityRef) -> tuple[str, ...]:
    """What it is, by what its first sentence calls it and by its name: a club, a choir, a garden."""
    told = next((match for block in page.blocks if (match := what_is(opened.name, block.text))), "")
    last = [words[-1] for text in (told, opened.name) if (words := fields.words(text))]
    nouns = words_file("prose")["subjects"][opened.kinds[0]]
    return tuple(dict.fromkeys(word for word in last if word in nouns))


def _by_handle(page: Page) -> Subject | None:
    """On a person's own page that gives no name: what its owner is called elsewhere."""
    platforms = words_file("labels")["platforms"]
    for block in page.blocks:
        for link in block.links:
            for known in platforms.values():
                match = re.match(
                    rf"https?://(?:\w+\.)?{re.escape(known['host'])}/(?P<handle>{known['handle']})/?\Z", link.url
                )
                if (
                    match is not None
                    and (handle := match["handle"].rsplit("/", 1)[-1].strip("@"))
                    and "=" not in handle
                    and not handle.isdigit()
                ):
                    return Subject("person", handle, block)
    return None


def _by_title(page: Page, sections: Sequence[Section]) -> Subject | None:
    """The body whose list it is by its title: `Publications – Tide Lab`, on a page of such lists only."""
    if any(section.kind in PERSONAL - {"publications"} for section in sections):
        return None
    pieces = [piece.strip() for piece in PIECES.split(page.title)]
    names = [
        name for piece in pieces if (name := piece.partition(", ")[0]) and fields.organization(name) >= fields.LIKELY
    ]
    listed = any(kind_of(piece) == "publications" for piece in pieces)
    return Subject("organization", names[0], _where(page, names[0])) if listed and names else None


def _by_file(raw: Raw, page: Page, sections: Sequence[Section]) -> Subject | None:
    """On a person's own page that gives no name: the surname its file has beside a word like "vita"."""
    words, removed = words_of_file(raw)
    told = FIRST_PERSON.findall(" ".join(block.text for block in page.blocks[:_MOST_TOLD]))
    personal = sum(section.kind in PERSONAL or section.kind == MIXED for section in sections)
    if len(words) != 1 or not removed:
        return None
    if personal < _FEWEST_PERSONAL and len(told) < _FEWEST_TOLD and not (personal and told):
        return None
    if fields.organization(words[0].title()) >= fields.LIKELY or not word_set("fields", "no_persons").isdisjoint(words):
        return None
    works = [work for section in sections if section.kind == "publications" for work in works_of(section)]
    authors = [folded(name) for work in works for name in work.authors.names]
    if authors and not any(folded(words[0]) in name for name in authors):
        return None  # whoever wrote none of what the page lists does not own it
    linked = " ".join(link.url for block in page.blocks for link in block.links)
    beside = re.search(rf"(?<![A-Za-z]){re.escape(words[0])}[_+-]([A-Z][a-z]+)(?![a-z])", linked, re.IGNORECASE)
    first = f"{beside[1]} " if beside is not None and kind_of(beside[1]) is None else ""
    name = f"{first}{words[0].title()}"
    joined = re.fullmatch(
        rf"({alternatives(word_set('fields', 'joined_particles'))})(\w{{4,}})", words[0], re.IGNORECASE
    )
    return Subject("person", name, aliases=(f"{joined[1]} {joined[2]}".title(),) if joined is not None else ())


def _kind_of_page(raw: Raw, page: Page, sections: Sequence[Section]) -> str:
    """Person, project, organisation or event, by the sections and labels it has; empty where nothing tells."""
    kinds = Counter(section.kind for section in sections)
    personal = sum(kinds[kind] for kind in ("work", "education", "teaching", "publications", "talks", "awards"))
    if kinds["documentation"] >= 2 or (kinds["documentation"] and _README.search(raw.path)):
        return "project"
    labels = {folded(block.cells[0]) for block in page.blocks[:25] if block.shape is Shape.PAIR and block.cells}
    labels |= {
        folded(found[0]) for block in page.blocks[:25] for line in block.text.split("\n")[:8] if (found := pair(line))
    }
    opening = next((block.text for block in page.blocks if block.shape is Shape.HEADING and block.text), page.title)
    when = labels & set(words_file("labels")["event"]["startDate"])
    where = labels & set(words_file("labels")["event"]["location"])
    if when and where and not personal:
        return "event"
    if person_name(opening) or personal >= 2:
        return "person"
    of_people = kinds["people"] or any(kind_of(piece) == "people" for piece in PIECES.split(opening))
    if (
        of_people
        and not personal
        and sections[0].kind == HEAD
        and re.search(
            r"\b(?:we|our|us|wir|unser\w*|nous|notre)\b",
            " ".join(block.text for block in page.blocks[:10]),
            re.IGNORECASE,
        )
    ):
        return "organization"
    own = FIRST_PERSON.search(" ".join(block.text for block in page.blocks[:8])) is not None
    return "person" if own or any(section.kind in PERSONAL for section in sections) else ""


def _series(page: Page, sections: Sequence[Section]) -> str:
    """What a page calls itself that lists the talks of a seminar: `Tide Seminar`; empty for any other page."""
    name = _thing(page)
    last = fields.words(name)[-1:]
    if not last or last[0] not in word_set("fields", "series_words") or len(name.split()) < 2:
        return ""
    return name if sum(map(count_meetings, sections)) >= _FEWEST_TALKS else ""


def _thing(page: Page) -> str:
    """What a page about a thing calls it."""
    heading = next((block.text for block in page.blocks if block.shape is Shape.HEADING and block.text.strip()), "")
    for text in (heading, page.title):
        for piece in re.split(r"\s+[|•·–—]+\s+|\s+-{1,3}\s+|:\s+", " ".join(text.split())):
            said = piece.strip(" #*_.:")
            if 1 < len(said) <= 90 and folded(said) not in word_set("sections", "titles") and kind_of(said) is None:
                return said.title() if said.isupper() and len(said) > 3 and said.isalpha() else said
    return ""


def _where(page: Page, name: str) -> Block | None:
    return next((block for block in page.blocks if name.casefold() in block.text.casefold()), None)
