"""What is said beside a study: who advised it, its thesis, its grade; states none of it."""

import re

from bot.ingest.extract.layout import persons
from bot.ingest.extract.layout.entries import Entry, Line
from bot.ingest.extract.layout.post import Post
from bot.ingest.extract.layout.segments import Parts
from bot.ingest.extract.lives.studies import is_own

_ADVISED = re.compile(
    r"(?:advis[eo]rs?|supervis(?:ors?|ed by)|advised by|betreuer(?:in)?|under the supervision of"
    r"|(?:under|with|bei|con|avec)(?=\s+prof))\b[:.]?\s*(?:by\s+|of\s+)?",
    re.IGNORECASE,
)
_THESIS = re.compile(
    r"(?:(?:ph\.?d\.?|doctoral|master'?s?|bachelor'?s?|diploma)\s+)?(?:thesis|dissertation|th[eè]se|tesi|tesis|diplomarbeit|masterarbeit|doktorarbeit|m[eé]moire)(?:\s+(?:title|topic|on))?\s*[:–-]\s*",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s*[.;|(]\s*(?:advis|supervis|under|grade|betreu|note\b|gpa\b)|,\s+(?:advised|supervised|betreut)\s",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“„«\"][^”“»\"]{4,300}[”“»\"]")
_GPA = re.compile(
    r"\b(?:cumulative\s+|overall\s+|major\s+)?(?:c?gpa|grade point average)"
    r"\s*[:of]*\s*(?P<value>\d[.,]\d{1,3}(?:\s*/\s*\d(?:[.,]\d{1,2})?)?)",
    re.IGNORECASE,
)

_BETWEEN = re.compile(r"\s*(?:[,;(|–]|\.\s(?=[A-Z][a-z]+:)|\s+(?:and|&|und|et|y|e|en)\s+|$)\s*")
_TITLES = re.compile(r"^(?:(?:Prof|Dr|Professor|PD|Assoc|Asst|h\.c|habil|rer|nat|Ing|ir)\b\.?\s*)+", re.IGNORECASE)
_MOST_ADVISORS = 4


def asides(
    entry: Entry, parts: Parts, post: Post
) -> tuple[list[tuple[str, Line]], tuple[str, Line] | None, tuple[str, Line] | None]:
    """Advisors, thesis and grade, from labels, italics, quotes or the lines below."""
    advisors: list[tuple[str, Line]] = []
    thesis: tuple[str, Line] | None = None
    gpa: tuple[str, Line] | None = None
    for name, value, line in parts.labelled:
        if name == "advisor" and not advisors:
            advisors = [(person, line) for person in _persons(value)]
        elif name == "thesisTitle" and value:
            thesis = (_unquoted(value.split(" | ")[0]), line)
        elif name == "gpa":
            gpa = (value, line)
    for line in (*entry.head, *parts.rest, *(line for line in entry.details if not is_own(line.text))):
        if not advisors and (match := _ADVISED.search(line.text)):
            advisors = [(person, line) for person in _persons(line.text[match.end() :])]
        if thesis is None and (match := _THESIS.search(line.text)):
            said = line.text[match.end() :]
            quoted = _QUOTED.match(said)
            title = _unquoted(quoted[0] if quoted is not None else _ENDS.split(said)[0])
            thesis = (title, line) if len(title) > 8 else None
        if gpa is None and (match := _GPA.search(line.text)):
            gpa = (match["value"].replace(" ", ""), line)
    if thesis is None:
        thesis = next(((title, line) for title, line in parts.quoted if not _is_gloss(title, line)), None)
    if thesis is None and post.slanted and any(degree.level >= 2 for degree in post.degrees):
        place = next((line for line in entry.head if post.slanted in line.text), entry.head[0])
        thesis = None if _is_gloss(post.slanted, place) else (post.slanted, place)
    return advisors, thesis, gpa


def _is_gloss(title: str, line: Line) -> bool:
    """Whether what is set off is all of a bracket: what a degree or its grade is called ("Diplom-Ingenieur")."""
    return re.search(rf"\(\s*[\"“„«‘]?\s*{re.escape(title)}", line.text) is not None


def _persons(text: str) -> list[str]:
    """The names of persons that what follows "Advisors:" begins with."""
    found: list[str] = []
    for part in _BETWEEN.split(text.strip()):
        said = _TITLES.sub("", part).strip(" .:")
        if not persons.is_person(said) or len(found) == _MOST_ADVISORS:
            break
        found.append(said)
    return found


def _unquoted(text: str) -> str:
    return text.strip().strip("\"“”„«»‘’'.,; ")
