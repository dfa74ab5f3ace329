"""The head of an entry cut into segments: dates taken out, labels set apart, the rest split where people separate."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from bot.ingest.extract.layout import fields
from bot.ingest.extract.layout.degrees import degrees_of
from bot.ingest.extract.layout.entries import Entry, Line, is_aside
from bot.ingest.extract.layout.persons import is_person
from bot.language.date_ranges import DateSpan, find_ranges
from bot.language.document_words import folded, word_set, words_file

_SEPARATOR = re.compile(
    r"\s*\t\s*|\s+[|•·∙‧●►»/]+\s+|\s*[|•]\s*|\s+[-–—−]{1,3}\s+|\s*—\s*|\s*;\s+|:\s+|,\s+|\s+@\s*|\s+(?=\()|(?<=\))\s*|\s+//\s+"
    r"|(?<=[a-zß-ž)\d]{3})\.\s+(?=[A-ZÀ-ÞĀ-Ž])"
)
_AT = re.compile(
    r"(?:\A|\s+)(?:at|at the|bei|bei der|beim|chez|presso|bij|with the|an der|en la|à l['’]|à la"
    r"|all['’]|presso l['’]|alla)"
    r"\s*(?<=[\s'’])(?=[A-ZÀ-ÞĀ-Ž0-9\"“])"
)
_TIME_SPENT = re.compile(
    r"\A\d+\+?\s*(?:years?|yrs?|months?|mos?|jahre|ans|anni|años)\b\s*(?:as\s+(?:an?\s+)?|of\s+)?", re.IGNORECASE
)
_SERIAL = re.compile(r"(?<=[\w)])(?:, [\w’' -]{2,40}){1,3}, (?:and|&|und|et|y|e) [A-ZÀ-ÞĀ-Ž][\w-]+")
_NO_SPLIT_BEFORE = re.compile(r"(?:university|college|institute)\s+of\s+[\w\s]+\Z", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«‘](?P<said>(?:[^\"”“»’]|’(?=\w)){3,300})[\"”“»’]")
_LABEL = re.compile(r"(?P<label>[A-Za-zÀ-ž][\w.'’ /-]{1,28}?)\s*:[^\S\t]*(?=[^;\t\n])")
_LABEL_LATER = re.compile(r"(?<=[;,.\t(])\s*" + _LABEL.pattern)
_LABELLED = re.compile(r"[^;\t\n]+")
_NEXT_LABEL = re.compile(r"(?<=[\w)\]\"”’])[.,]\s+(?=(?P<label>[A-Za-zÀ-ž][\w.'’ /-]{1,28}?)\s*:\s)")
_GRADE = re.compile(
    r"[,;(]?\s*(?:cumulative\s+|overall\s+|major\s+)?\b(?:c?gpa|grade point average)\b"
    r"\s*(?:of|:|-)?\s*(?P<value>\d[.,]\d{1,3}(?:\s*/\s*\d+(?:[.,]\d{1,2})?)?)\)?",
    re.IGNORECASE,
)
PICTURES = re.compile(r"\A[\U0001f000-\U0001faff\u2300-\u27bf\ufe0f\u200d\s]+(?=\w)")  # that stand before an entry
_ASIDE = re.compile(
    r"(?<=\w)\s+\([a-zß-ž/.\s-]{2,25}\)\s+(?=(?:of|at|for|des|der|bei|du|de|del|della)\s)"
)  # "(acting) of"
_VESSEL = re.compile(r"\b(?P<kind>MV|MS|SS|SV|RV|HMS|USS|RRS|MY|SY|FS|MT)\s+[\"“„«](?P<name>[^\"”“»]{2,30})[\"”“»]")
_LONG_TAIL = 60
_FEWEST_OF_TITLE = 3  # words
_BEFORE_SERIES = re.compile(
    r"\b(?:department|dept|school|faculty|institute|division|college|program|in|of)\b", re.IGNORECASE
)
_BLANKS = re.compile(r" {3,}")  # that would take the patterns long
_ITEM = r"[^\W\d_][\w’'-]*+(?: [\w’'-]++){0,3}?"
_SERIES = rf"(?P<series>{_ITEM}(?:, {_ITEM}){{1,4}} (?P<and>and|und|et|y|e|&) [^\W\d_][\w’'-]++)"
_OF = r"\s+(?:of|for|in|für|der|des|de|di|d[’'])\s*(?:the\s+|la\s+)?"
_OF_SEVERAL = re.compile(rf"(?<![\w.’'-])(?P<lead>[\w.’'-]++){_OF}{_SERIES}")
_STUDIED = re.compile(rf"\A\W*(?P<lead>[^\W\d_]++)(?:{_OF}|\s+){_SERIES}")
_ENDS_AND = re.compile(r"\s+(?:and|und|et|y|e|&)\s*\Z")
_EDGES = " \t,;:|·•–—-."


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of an entry's head. `line` counts the lines of the head, `place` the segments of the entry."""

    text: str
    line: int
    place: int
    source: Line
    strong: bool = False
    slanted: bool = False
    linked: bool = False
    bracketed: bool = False
    before: str = ""  # what separates it from the segment before: "," "at" "(" or a break
    column: str = ""  # what the table's header says of it

    @property
    def key(self) -> str:
        """Folded, for looking words up."""
        return folded(self.text)


@dataclass(slots=True)
class Parts:
    """An entry taken apart."""

    segments: list[Segment] = field(default_factory=list)
    spans: list[tuple[DateSpan, Line]] = field(default_factory=list)
    labelled: list[tuple[str, str, Line]] = field(default_factory=list)  # property, value
    quoted: list[tuple[str, Line]] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)  # prose behind the fields of a line
    keep_years: bool = False


def cut(entry: Entry, *, keep_years: bool = False) -> Parts:
    """Take an entry's head apart; `keep_years`: the year of an occasion stays part of its name."""
    parts = Parts(keep_years=keep_years)
    of_studies = any(_label(column) == "degree" for column in entry.columns)
    for number, line in enumerate(entry.head):
        cells = line.block.cells if line.block.shape.value == "row" else ()
        if cells:
            for place, cell in enumerate(cells):
                column = entry.columns[place] if place < len(entry.columns) else ""
                if of_studies and (label := _label(column)) in ("gpa", "fieldOfStudy"):
                    parts.labelled.append((label, cell.strip(), line))
                    continue
                for piece in cell.split("\n"):
                    _cut_text(parts, piece, line, number, column)
        else:
            _cut_text(parts, line.text, line, number, "")
    own = [(span, line) for span, line in parts.spans if not is_aside(span, line.text)]
    parts.spans = own or parts.spans
    return parts


def _cut_text(parts: Parts, text: str, line: Line, number: int, column: str) -> None:
    for link in line.block.links:
        if is_link_word(link.text):
            text = text.replace(link.text, "\t", 1)
        elif _names_person(link.text, text):
            text = text.replace(link.text, f"\t{link.text}\t", 1)
    text = _ASIDE.sub(" ", _parted(_BLANKS.sub("  ", text), line.block.strong))
    text = _VESSEL.sub(r"\g<kind> \g<name>", text)
    spans = [span for span in find_ranges(text) if not _is_of_title(text, span)]
    text, spans = _without_tail(parts, text, spans, line)
    parts.spans += [(span, line) for span in spans]
    text = _blank(text, [span for span in spans if not (parts.keep_years and _names_occasion(text, span))])
    text = _GRADE.sub(lambda match: _graded(parts, match, line), text)
    for match in _QUOTED.finditer(text):
        parts.quoted.append((match["said"].strip(" ,."), line))
    text = _QUOTED.sub("\t", text)
    text = _NEXT_LABEL.sub(lambda match: ";\t" if _label(match["label"]) else match.group(), text)
    text = _without_labelled(parts, text, line)
    for piece, before, bracketed in _pieces(text):
        said = piece.strip(_EDGES if not piece.rstrip().endswith(".") or " " in piece else " \t,;:|·•–—-")
        said = _TIME_SPENT.sub("", PICTURES.sub("", _tidy(said, piece)))
        if not any(char.isalpha() for char in said) or folded(said).strip(".") in _nothing():
            continue
        block = line.block
        strong = any(said in part or part in said for part in block.strong if len(part) > 1)
        slanted = any(said in part or part in said for part in block.slanted if len(part) > 1)
        linked = any(link.text and (said in link.text or link.text in said) for link in block.links)
        parts.segments.append(
            Segment(said, number, len(parts.segments), line, strong, slanted, linked, bracketed, before, column)
        )


def _is_of_title(text: str, span: DateSpan) -> bool:
    """Whether a date stands within the quoted title of something: "“Shore Laws, 1922–1945”"."""
    titles = (match for match in _QUOTED.finditer(text) if len(match["said"].split()) >= _FEWEST_OF_TITLE)
    return any(title.start() < span.first and span.last <= title.end() for title in titles)


def _names_person(linked: str, text: str) -> bool:
    """Whether a link within a text is on somebody's name, and not on words of a longer one: "Ostby Reed Seminar"."""
    if not is_person(linked) or linked == text or linked.isupper() or f"at {linked}" in text:
        return False
    behind = re.match(r"(?: [^\s,;:()]+){1,3}", text.partition(linked)[2])
    return behind is None or not word_set("fields", "occasions").intersection(folded(behind.group()).split())


def _parted(text: str, strong: tuple[str, ...]) -> str:
    """With a tab where what is set in bold at the beginning ends and something of its own begins: "**Acme** Bosun"."""
    first = strong[0] if strong else ""
    behind = text[len(first) + 1 :]
    own = len(first) > 1 and text.startswith(f"{first} ") and behind[:1].isupper()
    return f"{first}\t{behind}" if own else text


def _without_tail(parts: Parts, text: str, spans: list[DateSpan], line: Line) -> tuple[str, list[DateSpan]]:
    """Without the sentences that follow the date of a one-line entry, which say what was done."""
    if not spans or len(text) < 120:
        return text, spans
    first = spans[0]
    for span in spans[1:3]:
        if span.first - first.last > 3:
            break
        first = span
    tail = text[first.last :].lstrip(" )]")
    head = text[: first.first].strip(" ([")
    if head and len(tail) > _LONG_TAIL:
        parts.rest.append(Line(tail.strip(_EDGES + ")"), line.block))
        return text[: first.last + 1], [span for span in spans if span.last <= first.last]
    return text, spans


@lru_cache(maxsize=1)
def _nothing() -> frozenset[str]:
    """Words that are no field of an entry when they stand alone."""
    return word_set("dates", "weekdays") | word_set("fields", "no_fields")


def is_link_word(text: str) -> bool:
    """Whether a link says what it leads to, and is no part of the entry beside which it stands: video, slides, PDF."""
    return folded(text.split("(", maxsplit=1)[0] or text).strip("[]() ") in _link_words()


@lru_cache(maxsize=1)
def _link_words() -> frozenset[str]:
    return frozenset(folded(word) for known in words_file("fields")["link_words"].values() for word in known)


def _names_occasion(text: str, span: DateSpan) -> bool:
    """Whether a bare year belongs to the name before it: PyCon 2019."""
    bare = span.last - span.first == 4 and span.single
    return (
        bare
        and re.search(r"(?:[A-Z][\w&.-]*|[Cc]onference|[Ww]orkshop|[Ss]ymposium)\s['’]?\Z", text[: span.first])
        is not None
    )


def _graded(parts: Parts, match: re.Match[str], line: Line) -> str:
    parts.labelled.append(("gpa", match["value"].replace(" ", ""), line))
    return "\t"


def _blank(text: str, spans: list[DateSpan]) -> str:
    pieces = []
    place = 0
    for span in spans:
        pieces += [text[place : span.first], "\t"]
        place = span.last
    pieces.append(text[place:])
    return re.sub(r"[(\[]\s*[,;]?\s*\t\s*[,;]?\s*[)\]]", "\t", "".join(pieces))


def _without_labelled(parts: Parts, text: str, line: Line) -> str:
    """Take each "Advisor: X" out; a colon after anything else only separates, and what follows may be labelled."""
    kept = []
    place = 0
    match = _LABEL.match(text) or _LABEL_LATER.search(text)
    while match is not None:
        property_ = _label(match["label"])
        said = _LABELLED.match(text, match.end()) if property_ else None
        if said is not None:
            value = said.group().strip(_EDGES)
            parts.labelled.append((property_, value if "(" in value else value.removesuffix(")"), line))
            kept += [text[place : match.start()], "\t"]
            place = said.end()
        else:
            kept.append(text[place : match.end()])
            place = match.end()
        match = (None if said else _LABEL.match(text, place)) or _LABEL_LATER.search(text, place)
    return "".join([*kept, text[place:]])


@lru_cache(maxsize=2048)
def _label(text: str) -> str:
    """The property that a label stands for; empty for a word that is none, or that only says that a date follows."""
    label = folded(text.strip())
    found = (name for name, known in words_file("fields")["labels"].items() if label in known)
    return next((name for name in found if name != "date"), "")


def _pieces(text: str) -> Iterator[tuple[str, str, bool]]:
    """Pieces with what stands before each, and whether they are in brackets."""
    before = "break"
    place = 0
    depth_text = _brackets_kept(text)
    for match in _SEPARATOR.finditer(depth_text):
        piece = text[place : match.start()]
        if piece.strip():
            yield from _at(piece, before)
        mark = match.group().strip()
        before = "," if mark == "," else "break" if not mark or mark in "|•·" else mark[:1]
        place = match.end()
    if text[place:].strip():
        yield from _at(text[place:], before)


def _at(piece: str, before: str) -> Iterator[tuple[str, str, bool]]:
    stripped = piece.strip()
    if stripped.startswith("(") and stripped.endswith(")"):
        inner = stripped[1:-1]
        for number, part in enumerate(inner.split(", ")):
            yield part, "(" if not number else ",", True
        return
    place = 0
    for match in _AT.finditer(piece):
        if _NO_SPLIT_BEFORE.search(piece[: match.start()]):
            continue
        if piece[place : match.start()].strip():
            yield _ENDS_AND.sub("", piece[place : match.start()]), before, False
        place, before = match.end(), "at"
    yield piece[place:], before, False


def _brackets_kept(text: str) -> str:
    """The text with what stands in brackets, and a series that ends in "and", made inert: no comma separates."""
    text = _SERIAL.sub(lambda match: match.group().replace(",", "x"), text) if _BEFORE_SERIES.search(text) else text
    for pattern in (_OF_SEVERAL, _STUDIED):
        text = pattern.sub(lambda match: match.group().replace(",", "x") if _is_series(match) else match.group(), text)
    return re.sub(r"\([^()]*\)", lambda match: "(" + "x" * (len(match.group()) - 2) + ")", text)


def _is_series(match: re.Match[str]) -> bool:
    """Whether what is listed is all of one ministry or one study: "Ministry of Forests, Lakes and Rivers"."""
    lead = folded(match["lead"])
    named = lead.endswith(tuple(word_set("fields", "series_leads"))) or bool(degrees_of(match["lead"]))
    named = named or lead in word_set("fields", "degree_openers")
    parts = re.split(rf", | {match['and']} ", match["series"])
    return named and not any(
        max(fields.organization(part), fields.role(part), fields.department(part)) >= fields.LIKELY
        or fields.is_place(part)
        for part in parts
    )


def _tidy(said: str, piece: str) -> str:
    """A full stop belongs to an abbreviation: Ph.D., Inc., B.Sc."""
    whole = piece.strip(" \t,;:|·•–—-")
    last = whole.rsplit(None, 1)[-1] if whole else ""
    if whole.endswith(".") and (last.count(".") > 1 or len(last) <= 5):
        return whole
    return said
