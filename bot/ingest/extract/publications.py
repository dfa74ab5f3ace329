"""Lists of publications to entities of their own: authors, title, year, where it appeared, identifiers."""

import re
from dataclasses import dataclass, field

from bot.ingest.blocks import Block, Shape
from bot.ingest.extract import fields
from bot.ingest.extract.authors import Authors, own_author, read_authors
from bot.ingest.extract.entries import Entry, Line
from bot.ingest.extract.notes import Notes
from bot.ingest.extract.posts import span_above
from bot.ingest.extract.sections import Section
from bot.ingest.extract.talks import state_links
from bot.language.date_ranges import DateSpan, find_ranges
from bot.language.document_words import folded, word_set, words_file
from bot.model.partial_date import PartialDate

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;)\]}]")
_ARXIV = re.compile(
    r"(?:arxiv(?:\.org/(?:abs|pdf)/|\s*(?:preprint\s*)?:?\s*(?:arxiv:)?))(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})",
    re.IGNORECASE,
)
_ISBN = re.compile(r"\bISBN(?:-1[03])?[:\s]*(?P<id>[\dX][\dX -]{8,16}[\dX])", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«‘]{1,2}(?P<said>[^\"”“»]{8,300}?)[,.]?[\"”“»’]{1,2}(?=[\s,.;:(\[]|\Z)")
_YEAR = re.compile(r"[(\[]\s*(?:[A-Za-z.]+\s+)?(?P<year>(?:1[89]|20)\d\d)[a-z]?(?:,[^)]*)?\s*[)\]]")
_IN = re.compile(
    r"\A(?:in|in:|to appear in|appeared in|published in|proceedings of|proc\. of)\s+(?=[A-Z])", re.IGNORECASE
)
_STOP = re.compile(
    r"\s*(?:,\s*(?:vol|no|pp|pages?|issue|article|art|edited|eds?|ser|chap|bd|nr|s)\b|[,:(]\s*\d|\s\d+\s*\(|\b(?:vol|pp|pages|volume|no)\b\.?\s*\d|\bdoi\b|\barxiv\b|\bhttps?:|\s\d{1,4}\s*[,:;]|;|\[)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[^\s.A-Z][^\s.])[.?!]\s+(?=[A-Z\"“(\d])|(?<=[)\]])[.,:]?\s+(?=[A-Z\"“])")
_WAITING = re.compile(
    r"\b(?:under review|in preparation|submitted|in press|to appear|forthcoming"
    r"|accepted|working paper|preprint|unpublished)\b",
    re.IGNORECASE,
)
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


def read_publications(notes: Notes, section: Section) -> None:
    """The publications of a section. Where authors are listed, the subject is the one that fits its name."""
    for entry in _entries(section):
        work = read_work(entry)
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
    block = entry.head[0].block
    lines = [*entry.head, *(line for line in entry.details if line.block is block)]
    text = " ".join(line.text for line in lines)[:_MOST_TEXT]
    work = Work(entry.head[0], text)
    addresses = " ".join(link.url for link in block.links)
    title, before, after = _title(text, block, lines)
    if not title or len(title) < 4:
        return None
    work.title = title[:_MOST_TITLE].strip(" \t,;:|")
    if not work.title.endswith(("...", "etc.")):
        work.title = work.title.rstrip(".")
    work.authors = read_authors(_without_date(before))
    if not work.authors.names and (
        match := re.match(r"\s*[,.]?\s*(?:by|with|von|joint with|par)\s+(?P<names>[^.()\d\t]{4,200})", after)
    ):
        work.authors = read_authors(match["names"])
        after = after[match.end() :]
    elif not before.strip(" \t,.:;()0123456789") and not work.authors.names:
        head = _SENTENCE.split(after.strip(" ,.;:"), maxsplit=1)[0]
        listed = read_authors(head)
        if len(listed.names) > 1 or (listed.names and listed.certain):
            work.authors, after = listed, after[after.find(head) + len(head) :]
    work.venue = _venue(after, block, work.title)
    work.identifiers = _identifiers(f"{text} {addresses}")
    work.date = _date(before, after, text, work.identifiers)
    work.types = _types(text)
    return work


def _entries(section: Section) -> list[Entry]:
    """One entry an item, a row or a paragraph, whatever dates stand in them."""
    items = [block for block in section.blocks if block.shape in (Shape.ITEM, Shape.ROW)]
    if not items:
        blocks = [block for block in section.blocks if block.shape is not Shape.HEADING]
        return [
            Entry([Line(" ".join(block.text.split()), block)])
            for block in blocks
            if block.text and not _is_remark(block)
        ]
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
            else [Line(text.strip(), block) for text in block.text.split("\n") if text.strip()]
        )
        entries.append(Entry(lines or [line], [], groups))
    return entries


def _is_remark(block: Block) -> bool:
    """A sentence about the list, not one of it."""
    text = block.text
    return (
        len(text) < 140
        and not find_ranges(text)
        and not block.strong
        and not block.slanted
        and not _QUOTED.search(text)
        and not _ARXIV.search(" ".join(link.url for link in block.links))
    )


def _title(text: str, block: Block, lines: list[Line]) -> tuple[str, str, str]:
    """Title, and what stands before and after it."""
    match = _QUOTED.search(text)
    if match is not None and len(match["said"].split()) >= 2:
        return match["said"].strip(), text[: match.start()], text[match.end() :]
    names = {folded(link.text) for link in block.links if _is_address_word(link.text)}
    listed = _title_of_sentences(text)
    for marks, least in ((block.strong, 3), (tuple(link.text for link in block.links), 3), (block.slanted, 4)):
        if (
            marks is block.slanted
            and listed[0]
            and _YEAR.search(listed[1] + text[len(listed[1]) : len(listed[1]) + 12])
        ):
            return listed
        for part in marks:
            said = " ".join(part.split()).strip(" .,")
            place = text.find(said)
            if place < 0 or len(said.split()) < least or folded(said) in names or _looks_like_authors(said):
                continue
            if marks is block.slanted and _is_venue(said, text[place + len(said) :], text[:place]):
                continue
            return said, text[:place], text[place + len(said) :]
    if block.shape is Shape.ROW:
        cells = [cell for cell in block.cells if cell and not _looks_like_authors(cell) and len(cell.split()) >= 3]
        if cells:
            best = max(cells, key=len)
            return (
                best,
                " ".join(block.cells[: block.cells.index(best)]),
                " ".join(block.cells[block.cells.index(best) + 1 :]),
            )
    if len(lines) > 1:
        return _title_of_lines(lines)
    return listed


def _title_of_lines(lines: list[Line]) -> tuple[str, str, str]:
    """Title, authors and venue each on a line: the authors' line is known, the title is before or after it."""
    at = next((place for place, line in enumerate(lines) if _looks_like_authors(line.text)), None)
    if at is None:
        return lines[0].text, "", " ".join(line.text for line in lines[1:])
    if at:
        return (
            lines[0].text,
            lines[at].text,
            " ".join(line.text for place, line in enumerate(lines) if place not in (0, at)),
        )
    return (lines[1].text, lines[0].text, " ".join(line.text for line in lines[2:])) if len(lines) > 1 else ("", "", "")


def _title_of_sentences(text: str) -> tuple[str, str, str]:
    """Authors. (Year). Title. Venue. – told apart by where the names end."""
    match = _YEAR.search(text)
    if match is not None and match.start() and _looks_like_authors(text[: match.start()]):
        rest = text[match.end() :].lstrip(" .,:;")
        parts = _SENTENCE.split(rest, maxsplit=1)
        return parts[0].strip(), text[: match.start()], parts[1] if len(parts) > 1 else ""
    for colon in re.finditer(r":\s+", text):
        if _looks_like_authors(text[: colon.start()]):
            parts = _SENTENCE.split(text[colon.end() :], maxsplit=1)
            return parts[0].strip(), text[: colon.start()], parts[1] if len(parts) > 1 else ""
        break
    sentences = _SENTENCE.split(text)
    at = next((place for place, part in enumerate(sentences[:3]) if _looks_like_authors(part)), None)
    if at is not None and at + 1 < len(sentences):
        title = sentences[at + 1]
        return re.sub(r"\A\(?\d{4}\)?[.,:]?\s*", "", title).strip(), sentences[at], ". ".join(sentences[at + 2 :])
    return "", "", ""


def _looks_like_authors(text: str) -> bool:
    text = _without_date(text).strip(" ,.:;")
    if not text or len(text) > 600:
        return False
    read = read_authors(text)
    return bool(read.names) and read.certain


def _is_venue(said: str, after: str, before: str) -> bool:
    """What is in italics is where it appeared when numbers follow it, or when a sentence ended right before."""
    if re.match(r"\s*[,.]?\s*(?:\d|vol|\(|pp|doi|no\.)", after, re.IGNORECASE):
        return True
    return re.search(r"[.,?!]\s*(?:in:?\s*)?\Z", before, re.IGNORECASE) is not None and not _looks_like_authors(
        before.strip(" .,")
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
            and not _looks_like_authors(said)
        ):
            return _named(_IN.sub("", " ".join(part.split())), block.text)
    rest = re.sub(r"\A[\s\"”.,;:)–—-]+", "", after)
    rest = _IN.sub("", re.sub(r"\A[(\[]?\d{4}[)\]]?[.,:]?\s*", "", rest))
    said = _STOP.split(_SENTENCE.split(rest, maxsplit=1)[0], maxsplit=1)[0]
    span = next(iter(find_ranges(said)), None)
    if span is not None:
        said = said[: span.first] if span.first > 2 else ""
    said = said.split("\t")[0].strip(' .,()–—-"”')
    known = fields.organization(said) >= fields.LIKELY or any(
        word in word_set("fields", "journal_words") for word in fields.words(said)
    )
    fits = 2 < len(said) < 160 and fields.is_name(said) and not _looks_like_authors(said) and not _is_address_word(said)
    return (
        said
        if fits
        and not _WAITING.search(said)
        and (known or re.match(r"[A-Z]{3,}", said) or (len(said.split()) > 1 and len(said.split()) < 9))
        else ""
    )


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
    match = _YEAR.search(text)
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
    return ("paper",)


def _without_date(text: str) -> str:
    return re.sub(r"[(\[]?\b(?:1[89]|20)\d\d[a-z]?\b[)\]]?[.,:]?\s*", " ", text)


def _is_address_word(text: str) -> bool:
    key = folded(text).strip("[]() ")
    return any(key in known for known in words_file("fields")["link_words"].values())


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
    state_links(notes, entry, publication)
    for line in (*entry.head, *entry.details):
        notes.mark(line.block)
