"""What is said beside a study: who advised it, its thesis, its grade; states none of it."""

import re

from bot.ingest.extract import persons
from bot.ingest.extract.arrange import Post
from bot.ingest.extract.entries import Entry, Line
from bot.ingest.extract.segments import Parts
from bot.ingest.extract.studies import is_own

_ADVISED = re.compile(
    r"(?:advis[eo]rs?|supervis(?:ors?|ed by)|advised by|betreuer(?:in)?|under (?:prof|the supervision of))\b"
    r"[:.]?\s*(?:by\s+|of\s+)?",
    re.IGNORECASE,
)
_THESIS = re.compile(
    r"(?:(?:ph\.?d\.?|doctoral|master'?s?|bachelor'?s?|diploma)\s+)?(?:thesis|dissertation|th[eè]se|tesi|tesis|diplomarbeit|masterarbeit|doktorarbeit|m[eé]moire)(?:\s+(?:title|topic|on))?\s*[:–-]\s*",
    re.IGNORECASE,
)
_GPA = re.compile(
    r"\b(?:cumulative\s+|overall\s+|major\s+)?(?:c?gpa|grade point average)"
    r"\s*[:of]*\s*(?P<value>\d[.,]\d{1,3}(?:\s*/\s*\d(?:[.,]\d{1,2})?)?)",
    re.IGNORECASE,
)


def asides(
    entry: Entry, parts: Parts, post: Post
) -> tuple[tuple[str, Line] | None, tuple[str, Line] | None, tuple[str, Line] | None]:
    """Advisor, thesis and grade, from labels, italics, quotes or the lines below."""
    advisor: tuple[str, Line] | None = None
    thesis: tuple[str, Line] | None = None
    gpa: tuple[str, Line] | None = None
    for name, value, line in parts.labelled:
        if name == "advisor" and advisor is None and (person := _person(value)):
            advisor = (person, line)
        elif name == "thesisTitle":
            thesis = (_unquoted(value.split(" | ")[0]), line)
        elif name == "gpa":
            gpa = (value, line)
    for line in (*entry.head, *parts.rest, *(line for line in entry.details if not is_own(line.text))):
        if advisor is None and (match := _ADVISED.search(line.text)) and (person := _person(line.text[match.end() :])):
            advisor = (person, line)
        if thesis is None and (match := _THESIS.search(line.text)):
            title = _unquoted(
                re.split(
                    r"\s*[.;|(]\s*(?:advis|supervis|under|grade|betreu|note\b|gpa\b)",
                    line.text[match.end() :],
                    flags=re.IGNORECASE,
                )[0]
            )
            thesis = (title, line) if len(title) > 8 else None
        if gpa is None and (match := _GPA.search(line.text)):
            gpa = (match["value"].replace(" ", ""), line)
    if thesis is None and parts.quoted:
        thesis = parts.quoted[0]
    if thesis is None and post.slanted and any(degree.level >= 2 for degree in post.degrees):
        thesis = (post.slanted, next((line for line in entry.head if post.slanted in line.text), entry.head[0]))
    return advisor, thesis, gpa


def _person(text: str) -> str:
    """The first name of a person in what follows "Advisor:"; empty if it is none."""
    said = re.split(r"\s*(?:[,;(|–]|\.\s|\s+and\s+|\s+&\s+|\s+und\s+|\s+et\s+|$)", text.strip())[0]
    said = re.sub(r"^(?:(?:Prof|Dr|Professor|PD|Assoc|Asst|h\.c|habil|rer|nat|Ing)\.?\s*)+", "", said).strip(" .:")
    return said if persons.is_person(said) else ""


def _unquoted(text: str) -> str:
    return text.strip().strip("\"“”„«»‘’'.,; ")
