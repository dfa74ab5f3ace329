"""One page to one reading: puts subject, layout and prose together; knows none of their rules."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from bot.ingest.documents.blocks import Block, Page, Shape
from bot.ingest.documents.drafting import Drafting
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.extract.layout.entries import Line, lines_of
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.sections import HEAD, MIXED, UNKNOWN, Section, kind_of, split
from bot.ingest.extract.listings.exhibitions import read_exhibitions
from bot.ingest.extract.listings.meetings import is_meetings, read_meetings
from bot.ingest.extract.listings.officers import is_office, read_list_of_people
from bot.ingest.extract.listings.people import introduced, listed, read_people, read_students
from bot.ingest.extract.listings.projects import read_projects
from bot.ingest.extract.listings.publications import read_publications
from bot.ingest.extract.listings.readme import read_license, read_readme
from bot.ingest.extract.listings.record_tables import read_record_tables
from bot.ingest.extract.listings.sponsors import read_sponsors
from bot.ingest.extract.listings.talk_lists import read_talks
from bot.ingest.extract.listings.talks import read_courses
from bot.ingest.extract.lives.contacts import read_contacts
from bot.ingest.extract.lives.credentials import read_credentials
from bot.ingest.extract.lives.lists import read_awards, read_clients, read_languages, read_qualities, read_skills
from bot.ingest.extract.lives.posts import is_year, read_mixed, read_posts, read_studies
from bot.ingest.extract.lives.repeated import told_once
from bot.ingest.extract.owners import PERSONAL, path_words
from bot.ingest.extract.prose.read import is_listing, opened_by, suggest
from bot.ingest.extract.several import Part, parts_of, read_part, things_of
from bot.ingest.extract.subject import Subject, find_subject
from bot.ingest.readers.markup.lines import looks_like_prose
from bot.language.date_ranges import find_ranges
from bot.language.document_words import words_file
from bot.language.tokens import name_key
from bot.model.entity import EntityDraft, EntityRef
from bot.model.fact import Rank
from bot.model.partial_date import PartialDate
from bot.model.passage import PassageDraft
from bot.model.problem import Problem

MOST_BLOCKS = 2_500  # of one page that are looked at for facts; all can be searched
MOST_CHARACTERS = 5_000  # of one block that are looked at for facts
_FEWEST_DATED = 3  # paragraphs that open with a date, to be the lines of a life
_BEGINNING = 3  # blocks among which the heading of a page stands
_MOST_LINE = 200  # characters of one
_MOST_MARKUP = 4  # characters of a document for one of its text
_READ: dict[str, Callable[[Notes, Section], None]] = {
    "work": read_posts,
    "education": read_studies,
    "service": lambda notes, section: read_posts(notes, section, "memberOf"),
    "teaching": read_courses,
    "talks": read_talks,
    "exhibitions": read_exhibitions,
    "publications": read_publications,
    "projects": read_projects,
    "awards": read_awards,
    "certifications": read_credentials,
    "skills": read_skills,
    "languages": read_languages,
    "clients": read_clients,
    "interests": lambda notes, section: read_skills(notes, section, "interest"),
    "qualities": read_qualities,
    "students": read_students,
    MIXED: read_mixed,
    UNKNOWN: read_mixed,
}
_NOT_PERSONS: dict[str, Callable[[Notes, Section], None]] = {
    "people": read_people,
    "program": read_people,
    "sponsors": read_sponsors,
}
_CONTACTS = frozenset({HEAD, "contact", "links", "about"})
_OF_OFFICES = frozenset({UNKNOWN, "students"})  # kinds of sections below a title like "Councillors"
_LISTS = frozenset({"publications", "talks", "skills", "languages", "links", "references", "awards"})
_OF_PERSONS = frozenset(_READ) - {"publications", "projects", "talks", "clients"}


def extract(raw: Raw, page: Page, context: Context) -> Reading:
    """Everything that is understood of a page."""
    meta = dict(reversed(page.meta))
    source = raw.source(page.title, date=_written(meta))
    written, title, trusted = source.date, source.title, raw.hints.trusted
    blocks, page = page.blocks, _bounded(raw, page)
    sections = _titled(split(page.blocks), page.title, raw)
    subject, parts = _whole_or_parts(find_subject(raw, page, sections), parts_of(page.blocks, sections), sections)
    parts += things_of(sections) if subject is not None and subject.kind == "organization" else []
    apart = {id(block) for part in parts for block in part.blocks}
    rest = [block for block in page.blocks if id(block) not in apart]
    about = opened_by(rest, title)
    if subject is not None and about is not None and _is_about_another(subject, about, sections, meta):
        subject = None
    if subject is not None:
        about = EntityRef(subject.name, (subject.kind,))
    passages = _passages(blocks, title if title != raw.path else _headline(blocks) or title, about, parts)
    drafting = Drafting(raw.path, context.vocabulary, Rank.LAYOUT)
    sections = read_record_tables(page, sections, subject, drafting)
    for part in parts:
        read_part(Notes(drafting, EntityRef("", ("person",)), written), part)
        suggest(part.blocks, part.about, drafting, written=written, trusted=trusted)
    if subject is None or about is None:
        suggest(rest, about, drafting, written=written, trusted=trusted)
        _read_nobodys(Notes(drafting, EntityRef("", ("organization",)), written), sections, parts, about)
    else:
        drafting.entities.append(_entity(raw, subject))
        lists = _read_own(Notes(drafting, about, written), sections, subject)
        running = [block for block in rest if id(block) not in lists]
        suggest(running, about, drafting, names=subject.aliases, written=written, trusted=trusted)
        drafting.facts = told_once(drafting.facts)
    return drafting.reading(passages, page.problems, source)


def _bounded(raw: Raw, page: Page) -> Page:
    """The page as far as it is looked at for facts, with what is told of the rest."""
    blocks = page.blocks[:MOST_BLOCKS]
    told: list[tuple[Block, str]] = []
    if len(page.blocks) > MOST_BLOCKS:
        told.append((page.blocks[MOST_BLOCKS], "so long a page that no facts are read from here on"))
    if (long := next((block for block in blocks if len(block.text) > MOST_CHARACTERS), None)) is not None:
        text = f"so long a paragraph that no facts are read beyond its first {MOST_CHARACTERS} characters"
        told.append((long, text))
    problems = [Problem(raw.path, block.line, text, fatal=False) for block, text in told]
    return replace(page, blocks=tuple(map(_cut, blocks)), problems=(*page.problems, *problems))


def _read_own(notes: Notes, sections: list[Section], subject: Subject) -> set[int]:
    """What a page says of whom it is about; gives the blocks in which no sentence is to be looked for."""
    _read_sections(notes, sections, subject)
    if subject.kind != "project":
        return _lists(sections)
    if any(section.kind == "documentation" for section in sections):
        read_readme(notes, sections)
    return _lists(sections) | _listed_people(sections)


def _read_nobodys(notes: Notes, sections: list[Section], parts: Sequence[Part], opened: EntityRef | None) -> None:
    """The lists of people of a page that is about nobody in particular, and whom it opens with."""
    items = {id(part.heading) for part in parts if part.heading.shape is not Shape.HEADING}
    _leave_all(notes, _without(sections, items))
    if opened is not None:
        first = EntityDraft(opened.kinds[0], opened.name, (), (), notes.drafting.document, 1)
        notes.drafting.entities.insert(0, first)


def _whole_or_parts(
    subject: Subject | None, parts: list[Part], sections: Sequence[Section]
) -> tuple[Subject | None, list[Part]]:  # fmt: skip
    """A page is about one person, whose vita may have headings that name others, or about several."""
    if not parts or subject is None or subject.kind != "person":
        return subject, parts
    people = {name_key(person.name) for part in parts for person in part.people}
    own = name_key(subject.name) not in people and any(section.kind in PERSONAL for section in sections)
    return (subject, []) if own else (None, parts)


def _is_about_another(
    subject: Subject, opened: EntityRef, sections: Sequence[Section], meta: dict[str, str]
) -> bool:  # fmt: skip
    """Whether an article opens with somebody else than its author, or than whom a later paragraph tells of."""
    if set(name_key(opened.name).split()) & set(name_key(subject.name).split()):
        return False
    told = subject.said is not None and subject.said.shape is Shape.PARAGRAPH and looks_like_prose(subject.said.text)
    later = told and subject.kind == "person" and not any(section.kind in PERSONAL for section in sections)
    return later or name_key(meta.get("author", "")) == name_key(subject.name)


def _titled(sections: list[Section], title: str, raw: Raw) -> list[Section]:
    """A page without headings, or with years for headings, is one section, as its title or its file's name says."""
    said = (kind_of(text) for text in (title, *path_words(raw)))
    kind = next((kind for kind in said if kind in _LISTS), None)
    if kind is None:
        return sections
    if len(sections) == 1 and sections[0].heading is None:
        return [Section(HEAD), replace(sections[0], kind=kind)]
    if kind == "publications":  # what a page of works calls its references are those works
        sections = [replace(one, kind=kind) if one.kind == "references" else one for one in sections]
    head, *years = sections
    if years and all(section.kind == UNKNOWN and is_year(section.title) for section in years):
        blocks = [block for section in years for block in (section.heading, *section.blocks) if block is not None]
        return [head, Section(kind, None, blocks)]
    return sections


def _lists(sections: list[Section]) -> set[int]:
    """The blocks that are lists of works, talks or links, in which no sentence is to be looked for."""
    return {id(block) for section in sections if section.kind in _LISTS for block in section.blocks}


def _listed_people(sections: list[Section]) -> set[int]:
    """The paragraphs of a page that is a list of people, one to a line."""
    named = listed(sections[0]) if len(sections) == 1 else None
    lines = {block.line for block in named.blocks} if named is not None else set()
    return {
        id(block)
        for block in sections[0].blocks
        if len(lines.intersection(range(block.line, block.line + len(block.lines)))) >= _FEWEST_DATED
    }


def _cut(block: Block) -> Block:
    """A block without the end of a text that no entry can be."""
    if len(block.text) <= MOST_CHARACTERS:
        return block
    ends = accumulate(len(line) + 1 for line in block.lines)
    lines = sum(1 for end in ends if end <= MOST_CHARACTERS * _MOST_MARKUP) + 1
    return replace(block, text=block.text[:MOST_CHARACTERS], lines=block.lines[:lines])


def _read_sections(notes: Notes, sections: list[Section], subject: Subject) -> None:
    person = subject.kind == "person"
    for section in sections:
        if subject.kind == "project" and len(sections) == 1 and (people := listed(section)) is not None:
            read_people(notes, people)
            told = _listed_people(sections)  # whose addresses are not the project's
            read_contacts(notes, [block for block in section.blocks if id(block) not in told], head=True)
            continue
        own = section.kind in _CONTACTS
        if own or section.kind != "people":
            read_contacts(notes, section.blocks, head=own, labels_only=not own)
        if section.kind == "documentation" and subject.kind == "project":
            read_license(notes, section)
        if section.kind == HEAD and person:
            read_mixed(notes, _tables(section))
        reader = _READ.get(section.kind) if person else _NOT_PERSONS.get(section.kind) or _READ.get(section.kind)
        if subject.kind == "organization" and section.kind in _OF_OFFICES and is_office(section.title):
            read_people(notes, section)
            continue
        if not person and is_meetings(section, series="series" in subject.types):
            read_meetings(notes, section)
        elif reader is not None and (person or section.kind not in _OF_PERSONS):
            reader(notes, section)
        elif section.kind != HEAD and person:
            _leave_dated(notes, section)
        for people in introduced(section) if subject.kind == "project" and section.kind != "people" else ():
            read_people(notes, people)


def _tables(section: Section) -> Section:
    """The dated lists and tables of a page that has no headings."""
    dated = [
        block for block in section.blocks if block.shape in (Shape.ROW, Shape.ITEM) and find_ranges(block.text[:160])
    ]
    lines = [block for block in section.blocks if block.shape is Shape.PARAGRAPH and _opens_with_date(block.text)]
    if len(lines) >= _FEWEST_DATED and not dated:
        return Section(UNKNOWN, section.heading, lines)
    headed = any(block.shape is Shape.ROW and block.level for block in section.blocks)
    return Section(UNKNOWN, section.heading, section.blocks if len(dated) > 1 or (dated and headed) else [])


def _opens_with_date(text: str) -> bool:
    """Whether a paragraph is one line of a life: the years, then what was."""
    spans = find_ranges(text[:60]) if len(text) < _MOST_LINE else []
    return bool(spans) and spans[0].first <= len("since ") and "\n" not in text


def _without(sections: list[Section], told: set[int]) -> list[Section]:
    """The sections without the blocks of which somebody's part is made."""
    return [replace(one, blocks=[block for block in one.blocks if id(block) not in told]) for one in sections]


def _leave_all(notes: Notes, sections: list[Section]) -> None:
    """Name what nothing is made of on a page that is nobody's, but for its lists of people."""
    for section in sections:
        if not read_list_of_people(notes, section):
            _leave_dated(notes, section)


def _leave_dated(notes: Notes, section: Section) -> None:
    """Name the dated lines and list items of a section that nothing is made of."""
    for block in section.blocks:
        if block.shape is Shape.HEADING or looks_like_prose(block.text):
            continue
        for line in lines_of(block)[:1]:
            if block.shape in (Shape.ITEM, Shape.ROW) or find_ranges(line.text):
                notes.leave(Line(line.text, block), f"below {section.title!r}" if section.title else "in no section")


def _entity(raw: Raw, subject: Subject) -> EntityDraft:
    line = subject.said.line if subject.said is not None else 1
    return EntityDraft(subject.kind, subject.name, subject.aliases, subject.types, raw.path, line)


def _written(meta: dict[str, str]) -> PartialDate | None:
    """When a page says it was written."""
    for key in words_file("labels")["head_fields"]["written"]:
        text = meta.get(key, "")[:10]
        try:
            return PartialDate.parse(text)
        except ValueError:
            continue
    return None


def _texts(block: Block) -> Iterator[tuple[int, str]]:
    """What a block says with its line: each line by itself where all are entries with a date or a label before them."""
    if not is_listing(block):
        yield block.line, " ".join(block.text.split())
        return
    whole = len(block.lines) == block.text.count("\n") + 1 and not block.paged
    for place, line in enumerate(block.text.split("\n")):
        yield block.line + place * whole, " ".join(line.split())


def _headline(blocks: Sequence[Block]) -> str:
    """What a page is headed, where it begins with the one heading above all others."""
    top = [block for block in blocks if block.shape is Shape.HEADING and block.level <= 1]
    return top[0].text if len(top) == 1 and top[0] in blocks[:_BEGINNING] else ""


def _passages(
    blocks: tuple[Block, ...], title: str, about: EntityRef | None, parts: Sequence[Part]
) -> list[PassageDraft]:  # fmt: skip
    """What can be searched: every block under the heading it stands below, with whom it or the page is about."""
    passages: list[PassageDraft] = []
    of_part = {(block.line, block.text): part.about for part in parts for block in part.blocks}
    section = ""
    for block in blocks:
        if block.shape is Shape.HEADING:
            section = block.text
        elif block.text.strip():
            own = of_part.get((block.line, block.text), about)
            for place, text in _texts(block):
                passages.append(PassageDraft(place, title, section, text, own))
    return passages
