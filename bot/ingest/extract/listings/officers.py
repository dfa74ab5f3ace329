"""Who is who in an organisation, by the people its page lists: their offices and when, contacts; reads no sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.extract.layout import fields, persons
from bot.ingest.extract.layout.entries import Line, lines_of
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.sections import Section, kind_of
from bot.ingest.readers.markup.lines import looks_like_prose, pair
from bot.language.date_ranges import DateSpan, find_ranges
from bot.language.document_words import folded, word_set
from bot.language.sentences import sentences
from bot.model.entity import EntityRef

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LEADS = re.compile(
    r"(?<!vice[ -])(?<!deputy )(?<!assistant )(?<!past )(?<!former )\b(?:director|president|chair(?:man|woman|person)?"
    r"|head(?=\s+of\b|\Z)|leader|captain|vorsitzende[rn]?|leiter(?:in)?|conductor|ceo)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:past|former(?:ly)?|previous(?:ly)?|emerit(?:us|i|a)|alumni|retired|ehemalige[rn]?|anciens?)\b", re.IGNORECASE
)
_NAME_END = re.compile(r"\s+[–—-]{1,2}\s|\s*[(,:|\t\n;]|\Z")
_CLAUSE_END = re.compile(r"\s*[,;|/\t\n()]\s*|\s+[–—-]\s+|\s+(?:and|&|und|et)\s+")
_LISTED = re.compile(r"\s*;\s*|\s*,\s*(?![^()]*\))(?:and\s+)?|\s+(?:and|&|und|et)\s+(?![^()]*\))")
_NOW = re.compile(r"\A(?:now|currently)\s+(?:(?:an?\s+)?(?P<role>\S.*?)\s+)?at\s+(?:the\s+)?(?P<where>[A-ZÀ-Þ].*)\Z")
_SINCE_THEN = re.compile(r"[,;.(]\s*(?:now|currently)\b.*", re.DOTALL)  # what somebody is elsewhere
_POSSIBLE = 1.8  # how much a text must look like an office, in a list of people
_FEWEST = 2  # of a list of people that stands by itself
_MOST_OFFICE = 60  # characters
_MOST_LABEL = 40


@dataclass(frozen=True, slots=True)
class _Holder:
    """Somebody whom a line names: `office` is what a label or heading says, `said` what stands behind the name."""

    name: str
    said: str
    line: Line
    office: str = ""
    past: bool = False
    contacts: str = ""


def read_officers(notes: Notes, section: Section) -> None:
    """The people of a section of an organisation's page."""
    for holder in _holders(section):
        person = notes.entity("person", holder.name, holder.line)
        if person is None:
            continue
        _state_offices(notes, holder, person)
        for match in EMAIL.finditer(holder.contacts or holder.said):
            notes.state("email", match.group(), holder.line, subject=person, said=match.group())


def read_list_of_people(notes: Notes, section: Section) -> bool:
    """The people of a page that is nobody's, where its list is clear: two or more of them have an office each."""
    clear = [one for one in _holders(section) if one.office or any(office for office, _ in _offices(one))]
    if section.kind == "people" and len({one.name for one in clear}) >= _FEWEST:
        read_officers(notes, section)
        return True
    return False


def is_office(title: str) -> bool:
    """Whether a heading says what everybody below it is: "Councillors", "Group leader"."""
    return bool(_of_title(title))


def _holders(section: Section) -> Iterator[_Holder]:
    """Everybody named, in their order."""
    title = section.title
    named: Block | None = None  # the heading of somebody, below which nobody else is told of
    columns: tuple[str, ...] = ()
    offices = any(fields.role(label[0]) >= fields.LIKELY for block in section.blocks for label in _labels(block))
    for place, block in enumerate(section.blocks):
        if block.shape is Shape.HEADING:
            named = block if persons.is_person(_plain(block.text)) else None
            if named is None:
                title = block.text
            else:
                said = _subtitle(section.blocks[place + 1 : place + 2])
                yield _Holder(_plain(block.text), said, Line(block.text, block), _of_title(title), is_past(title))
        elif named is not None:
            continue
        elif block.shape is Shape.ROW:
            columns = block.cells if block.level and block.strong else columns
            yield from _of_row(block, columns, title)
        else:
            lines = [Line(block.text, block)] if block.shape is Shape.ITEM else lines_of(block)
            found = _stacked(lines, title) or [
                holder for line in lines for holder in _of_label(line, title, offices=offices) or _of_line(line, title)
            ]
            contacts = " ".join(EMAIL.findall(block.text)) if len(found) == 1 else ""
            yield from (replace(holder, contacts=contacts) if contacts else holder for holder in found)


def _stacked(lines: Sequence[Line], title: str) -> list[_Holder]:
    """Whoever stands alone below an office that stands alone."""
    office, name = (lines[0].text, _plain(lines[1].text)) if len(lines) == _FEWEST else ("", "")
    if fields.role(office) < fields.LIKELY or not persons.is_person(name):
        return []
    return [_Holder(name, "", lines[1], office.strip(" :"), is_past(title))]


def _subtitle(below: Sequence[Block]) -> str:
    """The short line below a name."""
    line = below[0].text.split("\n")[0] if below and below[0].shape is not Shape.HEADING else ""
    return "" if looks_like_prose(line) or line.rstrip().endswith(".") else line


def _labels(block: Block) -> Iterator[tuple[str, str]]:
    """The labels of a block's lines that are no names, each with what stands behind it."""
    for line in lines_of(block):
        label = pair(line.text)
        if label is not None and len(label[0]) <= _MOST_LABEL and not persons.is_person(_plain(label[0])):
            yield label


def _of_label(line: Line, title: str, *, offices: bool) -> list[_Holder]:
    """Those behind a label: "Chair: Ada King (since 2012)", "Former members: Ada King (clerk 2001–2004), Mel Rowe"."""
    label, said = next(_labels(Block(Shape.PARAGRAPH, line.block.line, line.text)), ("", ""))
    items = [item for item in _LISTED.split(said) if item.strip() and not EMAIL.fullmatch(item.strip())]
    names = [_opening(item) for item in items]
    if not items or not all(names):
        return []
    role = fields.role(label)
    group = kind_of(label) is not None and role < fields.LIKELY
    if not (group or is_past(label) or role >= _POSSIBLE or offices):
        return []
    office = "" if group or is_past(label) else label
    return [
        _Holder(_plain(name), item[len(name) :], line, office, is_past(title) or is_past(label))
        for name, item in zip(names, items, strict=True)
    ]


def _of_line(line: Line, title: str) -> list[_Holder]:
    """Whom a line opens with: "Ada King – chair since 2011, beekeeper. A nurse by day."."""
    text = line.text
    name = _opening(text)
    if not name:
        return []
    end = next((end for _, end in sentences(text) if end > len(name)), len(text))
    return [_Holder(_plain(name), text[len(name) : end], line, _of_title(title), is_past(title))]


def _of_row(block: Block, columns: tuple[str, ...], title: str) -> Iterator[_Holder]:
    """Whom one of the first cells of a row names, by the others."""
    place = next((place for place, cell in enumerate(block.cells[:2]) if persons.is_person(_plain(cell))), None)
    if place is None or block.cells == columns:
        return
    others = [" ".join(cell.split()) for at, cell in enumerate(block.cells) if at != place and cell.strip()]
    yield _Holder(
        _plain(block.cells[place]), ", ".join(others), Line(block.text, block), _of_title(title), is_past(title)
    )


def _opening(text: str) -> str:
    """The name that a text opens with, as written; empty where it opens otherwise."""
    end = _NAME_END.search(text)
    name = text[: end.start()] if end is not None else text
    return name if persons.is_person(_plain(name)) else ""


def _plain(text: str) -> str:
    """A name without titles and marks."""
    return persons.without_titles(" ".join(text.split()).strip(" ,.:*"))


def is_past(told: str) -> bool:
    """Whether a heading, a label or what stands beside a name says that it is over."""
    return _PAST.search(told) is not None


def _of_title(title: str) -> str:
    """What everybody below a heading is by it: a "PhD student" below "PhD students"; empty below "Our team"."""
    said = title.strip().removesuffix("s") if not title.strip().endswith("ss") else title.strip()
    return (
        ""
        if kind_of(title) == "people"
        or fields.role(said) < fields.LIKELY
        or folded(said) in word_set("fields", "only_members")
        else said
    )


def _state_offices(notes: Notes, holder: _Holder, person: EntityRef) -> None:
    """Each office with its time; of somebody without any, that they belong to it."""
    offices = list(_offices(holder))
    if not offices:
        offices = [("", next((span for span in find_ranges(holder.said) if not span.single), None))]
    organization = notes.subject.name
    for office, span in offices:
        details = [("roleName", office)] if office else []
        details += [("status", "past")] if holder.past and (span is None or span.end is None) else []
        said = f"{holder.name} {office}"
        if organization and folded(office) in word_set("fields", "founder_words"):
            notes.state("founder", holder.name, holder.line, said=said)
            continue
        if not organization:  # a page that does not say whose officers they are
            notes.state("jobTitle", office, holder.line, details[bool(office) :], span, subject=person, said=said)
            continue
        notes.state("memberOf", organization, holder.line, details, span, subject=person, said=said)
        if _LEADS.search(office):
            notes.state("leader", holder.name, holder.line, details, span, said=said)
    for clause in re.split(r"\s*[,;]\s*", holder.said):
        now = _NOW.match(clause.strip(" .)("))
        if now is not None:
            role = [("roleName", now["role"])] if now["role"] else []
            notes.state("worksFor", now["where"], holder.line, role, subject=person)


def _offices(holder: _Holder) -> Iterator[tuple[str, DateSpan | None]]:
    """What the words behind a name say that somebody is, and when; a date by itself is that of what stands before."""
    told = _SINCE_THEN.sub("", EMAIL.sub("", holder.said))
    spans = find_ranges(told)
    found: list[tuple[str, DateSpan | None]] = [(holder.office, None)] if holder.office else []
    plain = _without_dates(told, spans)
    cuts = [match.span() for match in _CLAUSE_END.finditer(plain) if _opens_clause(match, plain)]
    for start, end in zip([0, *(end for _, end in cuts)], [*(first for first, _ in cuts), len(told)], strict=True):
        own = [span for span in spans if start <= span.first < end]
        said = told[start:end]
        for span in reversed(own):
            said = said[: span.first - start] + said[span.last - start :]
        said = said.strip(" ,;:|.()–—-/\n\t")
        if not said and own and found and found[-1][1] is None:
            found[-1] = (found[-1][0], own[0])
        elif 2 < len(said) <= _MOST_OFFICE and fields.role(said) >= _POSSIBLE and not _NOW.match(said):
            if found and found[0] == (holder.office, None) and folded(said) == folded(holder.office):
                found.pop()
            found.append((said, own[0] if own else None))
    yield from found


def _opens_clause(match: re.Match[str], text: str) -> bool:
    """Whether a new office may begin behind a sign, or behind "and": not in "Head of Tides and Currents"."""
    if not match.group().strip().isalpha() and match.group().strip() != "&":
        return True
    end = _CLAUSE_END.search(text, match.end())
    return fields.role(text[match.end() : end.start() if end is not None else len(text)]) >= _POSSIBLE


def _without_dates(text: str, spans: Sequence[DateSpan]) -> str:
    """The text with its dates made inert, so that nothing is cut within one."""
    for span in spans:
        text = text[: span.first] + "x" * (span.last - span.first) + text[span.last :]
    return text
