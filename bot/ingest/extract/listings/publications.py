"""Lists of publications to entities of their own: authors, title, year, where it appeared, identifiers."""

import re
from dataclasses import dataclass, field, replace

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.extract.layout import fields, persons
from bot.ingest.extract.layout.entries import Entry, Line
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.sections import Section
from bot.ingest.extract.layout.segments import is_link_word
from bot.ingest.extract.listings.authors import Authors, own_author, read_authors
from bot.ingest.extract.listings.talks import state_links
from bot.ingest.extract.listings.titles import (
    QUOTED,
    SENTENCE_END,
    YEAR,
    find_title,
    line_of_authors,
    looks_like_authors,
    without_date,
    without_link_words,
)
from bot.ingest.extract.lives.posts import span_above
from bot.language.date_ranges import DateSpan, find_ranges
from bot.language.document_words import folded, word_set, words_file
from bot.model.partial_date import PartialDate

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;)\]}]")
_ARXIV = re.compile(
    r"(?:arxiv(?:\.org/(?:abs|pdf)/|\s*(?:preprint\s*)?:?\s*(?:arxiv:)?))(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})",
    re.IGNORECASE,
)
_ISBN = re.compile(r"\bISBN(?:-1[03])?[:\s]*(?P<id>[\dX][\dX -]{8,16}[\dX])", re.IGNORECASE)
_IN = re.compile(
    r"\A(?:in|in:|to appear in|appeared in|published in|proceedings of|proc\. of|proc\.)\s+(?=[A-Z])", re.IGNORECASE
)
_STOP = re.compile(
    r"\s*(?:,\s*(?:vol|no|pp|pages?|issue|article|art|edited|eds?|ser|chap|bd|nr|s)\b|[,:(]\s*\d|\s\d+\s*\(|\b(?:vol|pp|pages|volume|no)\b\.?\s*\d|\bdoi\b|\barxiv\b|\bhttps?:|\s\d{1,4}\s*[,:;]|;|\[)",
    re.IGNORECASE,
)
_EDITED = re.compile(r",\s+(?:[A-Z]\.[\s-]?){1,3}[A-Z][\w'’-]+(?=\s*(?:,|and\b|&|\Z))")  # , R. King, Ed.
_WAITING = re.compile(
    r"\b(?:under review|in preparation|submitted|in press|to appear|forthcoming"
    r"|accepted|working paper|preprint|unpublished)\b",
    re.IGNORECASE,
)
_AWARD = re.compile(
    r"\b(?:best|outstanding|distinguished|test.of.time)\s[\w\s-]{0,40}?"
    r"(?:award|prize|honou?rable mention|finalist|nominee|nomination|runner.up)\b"
    r"|\bbest\s(?:[\w-]+\s){0,3}(?:paper|poster|presentation|demo|talk|thesis|article)\b",
    re.IGNORECASE,
)
_THESIS = re.compile(
    r"\b(?P<degree>Ph\.?\s?D\.?|doctoral|M\.?\s?Sc\.?|master'?s?|bachelor'?s?|diploma)\s+(?:thesis|dissertation)\b",
    re.IGNORECASE,
)
_ADVISED = re.compile(
    r"\b(?:(?:co-?)?(?:super|ad)visors?\s*:?|supervised by|advised by|advisers?\s*:?|betreuer(?:in)?\s*:?"
    r"|betreut von|directeurs?\s*:)"
    r"\s*(?P<names>[^.;:()\[\]]{4,120})",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\n|\s\|\s")  # of one entry: its lines, or what a bar sets apart
_KEY = re.compile(r"\A\[[^\[\]\s]+\]\s*\n")  # by which other pages cite it: "[king2020sums]"
_AND = re.compile(r"\s*(?:,|&|\band\b|\bund\b|\bet\b)\s*")
_PLACE_OF = re.compile(r"\A(?P<place>[A-ZÀ-Ž][\w’'-]+(?:\s[A-ZÀ-Ž][\w’'-]+)?):\s+(?=[A-ZÀ-Ž])")
_LETTERS = re.compile(r"[^\W\d_]{3}")  # as no title is without: "12:33-40"
_PAPER = ("paper",)
_JOURNALS = re.compile(r"\bjournals?\b|\barticles\b", re.IGNORECASE)
_MOST_LINES = 6  # of a paragraph with title, authors and venue
_MOST_TEXT = 1500
_MOST_TITLE = 250


@dataclass(slots=True)
class Work:
    """One entry of the list."""

    line: Line
    text: str
    title: str = ""
    authors: Authors = field(default_factory=Authors)
    venue: str = ""
    date: PartialDate | None = None
    types: tuple[str, ...] = ("paper",)
    identifiers: tuple[str, ...] = ()
    award: str = ""


def read_publications(notes: Notes, section: Section) -> None:
    """The publications of a section. Where authors are listed, the subject is the one that fits its name."""
    for entry in _entries(section):
        work = read_work(entry)
        if work is not None and work.types == _PAPER and _JOURNALS.search(section.title):
            work.types = ("article",)
        if work is not None and work.date is None:
            above = span_above(entry)[0]
            work.date = above.start if above is not None and above.single else None
        if work is None:
            notes.leave(entry.head[0], "no title found")
            continue
        _state(notes, work, entry)


def works_of(section: Section) -> list[Work]:
    """The publications of a section without stating them: whose page it is may have to be found first."""
    return [work for entry in _entries(section) if (work := read_work(entry)) is not None]


def read_work(entry: Entry) -> Work | None:
    """Take one entry of a list of publications apart."""
    block = _without_awards(entry.head[0].block)
    lines = [
        replace(line, text=without_link_words(line.text))
        for line in (*entry.head, *entry.details)
        if line.block is entry.head[0].block or line in entry.head
    ]
    lines = [line for line in lines if line.text] or lines
    text = " ".join(line.text for line in lines)[:_MOST_TEXT]
    work = Work(entry.head[0], text)
    addresses = " ".join(link.url for link in block.links)
    title, before, after = find_title(text, block, lines)
    if len(title) < 4 or not _LETTERS.search(title):
        return None
    work.title = title[:_MOST_TITLE].strip(" \t,;:|")
    if not work.title.endswith(("...", "etc.")):
        work.title = work.title.rstrip(".")
    at = line_of_authors(lines) if len(lines) > 1 and block.shape is not Shape.ROW else None
    if at and title in lines[0].text:
        before, after = lines[at].text, " ".join(line.text for line in lines[at + 1 :])
    work.authors = read_authors(without_date(before))
    if not work.authors.names and (
        match := re.match(r"\s*[,.]?\s*(?:by|with|von|joint with|par)\s+(?P<names>[^.()\d\t]{4,200})", after)
    ):
        work.authors = read_authors(match["names"])
        after = after[match.end() :]
    elif not before.strip(" \t,.:;()0123456789") and not work.authors.names:
        head = SENTENCE_END.split(after.strip(" ,.;:"), maxsplit=1)[0]
        listed = read_authors(head)
        if len(listed.names) > 1 or (listed.names and listed.certain):
            work.authors, after = listed, after[after.find(head) + len(head) :]
    work.venue = _publisher(_venue(after, block, work.title))
    work.identifiers = _identifiers(f"{text} {addresses}")
    work.date = _date(before, after, text, work.identifiers)
    work.types = _types(text)
    honoured = _AWARD.search(after)
    work.award = honoured.group() if honoured is not None else ""
    return work


def _without_awards(block: Block) -> Block:
    """The block with its prize no longer set off, as titles are: "**Best paper**"."""
    return replace(block, strong=tuple(part for part in block.strong if not _AWARD.search(part)))


def _entries(section: Section) -> list[Entry]:
    """One entry an item, a row or a paragraph, whatever dates stand in them."""
    items = [block for block in section.blocks if block.shape in (Shape.ITEM, Shape.ROW)]
    if not items:
        blocks = [block for block in section.blocks if block.shape is not Shape.HEADING]
        return [Entry(_lines(block)) for block in blocks if block.text and not _is_remark(block)]
    highest = min(item.level for item in items)
    entries: list[Entry] = []
    groups: tuple[Line, ...] = ()
    for block in section.blocks:
        if block.shape is Shape.HEADING:
            groups = (Line(block.text, block),)
        if block.shape is Shape.HEADING or (block.shape is Shape.ROW and block.level):
            continue
        line = Line(" ".join(block.text.replace("\n", " ").split()), block)
        below = block.shape is Shape.ITEM and block.level > highest
        if below or block.shape not in (Shape.ITEM, Shape.ROW):
            if entries and below:
                entries[-1].details.append(line)
            continue
        lines = (
            [line]
            if block.shape is Shape.ROW
            else [Line(text.strip(), block) for text in _PARTS.split(_KEY.sub("", block.text)) if text.strip()]
        )
        entries.append(Entry(lines or [line], [], groups))
    return entries


def _lines(block: Block) -> list[Line]:
    """The lines of a paragraph where one of them lists the authors; else it is only broken to fit the page."""
    lines = [Line(" ".join(text.split()), block) for text in block.text.split("\n") if text.strip()]
    plain = [replace(line, text=without_link_words(line.text)) for line in lines]
    listed = 1 < len(lines) <= _MOST_LINES and line_of_authors(plain) is not None
    return lines if listed else [Line(" ".join(block.text.split()), block)]


def _is_remark(block: Block) -> bool:
    """A sentence about the list, not one of it."""
    text = block.text
    return (
        len(text) < 140
        and not find_ranges(text)
        and not block.strong
        and not block.slanted
        and not QUOTED.search(text)
        and not _ARXIV.search(" ".join(link.url for link in block.links))
    )


def _venue(after: str, block: Block, title: str) -> str:
    """Where it appeared: in italics behind the title, or the first thing said after it."""
    for part in block.slanted:
        said = " ".join(part.split()).strip(" .,")
        if (
            said
            and said in after
            and said != title
            and not said.isdigit()
            and len(said) < 160
            and (_is_numbered(said, after) or not looks_like_authors(said))
        ):
            return _named(_with_short_name(_IN.sub("", " ".join(part.split())), after), block.text)
    rest = re.sub(r"\A[\s\"”.,;:)–—-]+", "", after)
    rest = _IN.sub("", _IN.sub("", re.sub(r"\A[(\[]?\d{4}[)\]]?[.,:]?\s*", "", rest)))
    said = _STOP.split(SENTENCE_END.split(rest, maxsplit=1)[0], maxsplit=1)[0]
    said = _EDITED.split(said, maxsplit=1)[0]
    span = next(iter(find_ranges(said)), None)
    if span is not None:
        said = said[: span.first] if span.first > 2 else ""
    said = said.split("\t")[0].strip(' .,()–—-"”')
    known = fields.organization(said) >= fields.LIKELY or any(
        word in word_set("fields", "journal_words") for word in fields.words(said)
    )
    numbered = _is_numbered(said, rest)
    listed = not numbered and looks_like_authors(said)
    fits = 2 < len(said) < 160 and fields.is_name(said) and not listed and not is_link_word(said)
    return (
        said
        if fits
        and not _WAITING.search(said)
        and (known or numbered or re.match(r"[A-Z]{3,}", said) or (len(said.split()) > 1 and len(said.split()) < 9))
        else ""
    )


def _is_numbered(said: str, text: str) -> bool:
    """Whether year and volume stand behind a name, so that it is no author's: "J Knots. 2014;12:33"."""
    return bool(said) and re.search(rf"{re.escape(said)}\.?\s+(?:1[89]|20)\d\d\b[^.;]{{0,12}};", text) is not None


def _publisher(said: str) -> str:
    """A publisher without the place before it: `Bergen: Fjord Press`."""
    match = _PLACE_OF.match(said)
    house = said[match.end() :] if match is not None else ""
    return house if match is not None and fields.organization(house) >= fields.LIKELY else said


def _with_short_name(said: str, after: str) -> str:
    """A preprint server without the number of the paper; a conference with what it is called for short behind it."""
    if _ARXIV.search(said):
        return "arXiv"
    short = re.search(rf"{re.escape(said)}\s*(\([A-Z][\w’'’&-]{{1,14}}\))", after)
    return f"{said} {short[1]}" if short is not None else said


def _named(said: str, text: str) -> str:
    """The name of a journal; the dot behind an abbreviation belongs to it."""
    said = said.strip(" ,")
    bare = said.rstrip(".")
    abbreviated = "." in bare and f"{bare}." in text
    return f"{bare}." if abbreviated else bare


def _identifiers(text: str) -> tuple[str, ...]:
    found = [f"doi:{match.group()}" for match in _DOI.finditer(text)]
    found += [f"arXiv:{match['id']}" for match in _ARXIV.finditer(text)]
    found += [f"ISBN {match['id'].strip()}" for match in _ISBN.finditer(text)]
    return tuple(dict.fromkeys(found))[:4]


def _date(before: str, after: str, text: str, identifiers: tuple[str, ...]) -> PartialDate | None:
    match = YEAR.search(text)
    if match is not None:
        return PartialDate(int(match["year"]))
    spans: list[DateSpan] = [*find_ranges(before), *reversed(find_ranges(after))]
    single = next((span for span in spans if span.single and span.start is not None), None)
    if single is not None:
        return single.start
    numbered = next((item for item in identifiers if re.match(r"arXiv:\d{4}\.", item)), None)
    if numbered is not None:
        try:
            return PartialDate(2000 + int(numbered[6:8]), int(numbered[8:10]))
        except ValueError:
            return None
    return None


def _types(text: str) -> tuple[str, ...]:
    key = folded(text)
    for name, known in words_file("fields")["publication_types"].items():
        if any(re.search(rf"(?<!\w){re.escape(folded(word))}", key) for word in known):
            return (str(name),)
    return _PAPER


def _state(notes: Notes, work: Work, entry: Entry) -> None:
    publication = notes.entity("publication", work.title, work.line, *work.types)
    if publication is None:
        return
    own = own_author(work.authors, notes.subject.name) if notes.subject.kinds[0] == "person" else None
    names = [notes.subject.name if name == own else name for name in work.authors.names]
    if not names and notes.subject.kinds[0] == "person":
        names = [notes.subject.name]
    if names and own is None and notes.subject.kinds[0] == "person" and notes.subject.name not in names:
        notes.state(
            "contributor",
            notes.subject.name,
            work.line,
            (),
            None,
            subject=publication,
            said=work.title,
            start=work.date,
            end=work.date,
        )
    span = DateSpan(0, 0, work.date, work.date) if work.date is not None else None
    for name in names[:60]:
        notes.state("author", name, work.line, (), span, subject=publication, said=f"{name} {work.title}")
    if work.date is not None:
        notes.state(
            "datePublished", str(work.date), work.line, (), subject=publication, said=f"{work.title} {work.date.year}"
        )
    if work.venue:
        notes.state("publisher", work.venue, work.line, (), span, subject=publication, said=work.venue)
    for identifier in work.identifiers:
        notes.state("identifier", identifier, work.line, (), span, subject=publication, said=identifier.split(":")[-1])
    if work.award:
        notes.state("award", work.award, work.line, (), subject=publication, said=work.award)
    _thesis(notes, work, own or (names[0] if len(names) == 1 else ""))
    _advisors(notes, work, own or (names[0] if len(names) == 1 else ""))
    state_links(notes, entry, publication)
    for line in (*entry.head, *entry.details):
        notes.mark(line.block)


def _advisors(notes: Notes, work: Work, author: str) -> None:
    """Who supervised a thesis is said of whoever wrote it."""
    match = _ADVISED.search(work.text) if "thesis" in work.types and author else None
    names = [name.strip() for name in _AND.split(match["names"])] if match is not None else []
    person = notes.entity("person", author, work.line) if names else None
    degree = _THESIS.search(work.text)
    details = [("degree", degree["degree"])] if degree is not None else []
    details.append(("thesisTitle", work.title))
    for name in names if all(persons.is_person(name) for name in names) else ():
        notes.state("advisor", name, work.line, details, subject=person, said=name, start=work.date, end=work.date)


def _thesis(notes: Notes, work: Work, author: str) -> None:
    """A thesis is also said of whoever wrote it: what it is called, when and where it was written."""
    if "thesis" not in work.types or not author or work.date is None:
        return
    match = _THESIS.search(work.text)
    school = next(
        (
            re.sub(r"\s*\([^)]*\)", "", part)
            for part in re.split(r"[,.]\s+", work.text)
            if fields.organization(part) >= fields.LIKELY
        ),
        "",
    )
    details = [("degree", match["degree"])] if match is not None and match["degree"] else []
    details += [("sourceOrganization", school.strip(" ."))] if school else []
    subject = notes.subject if author in (notes.subject.name, own_author(work.authors, notes.subject.name)) else None
    person = subject or notes.entity("person", author, work.line)
    notes.state("thesisTitle", work.title, work.line, details, subject=person, start=work.date, end=work.date)
