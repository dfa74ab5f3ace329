"""Lists of short things to facts: skills, languages, interests, awards, qualities; splits them, judges none."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.ingest.documents.blocks import Shape
from bot.ingest.extract.layout import fields, life
from bot.ingest.extract.layout.entries import Entry, Line, entries_of, lines_of
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.sections import Section
from bot.ingest.extract.layout.segments import cut
from bot.ingest.readers.markup.lines import looks_like_prose, pair
from bot.language.date_ranges import DateSpan, find_ranges, without_ranges
from bot.language.document_words import alternatives, folded, word_set

_ITEMS = re.compile(r"\s*(?:[;•·|\t\n]|,(?!\d))\s*")
_GROUPS = re.compile(r"[;•·|\t\n]")  # behind which nothing is part of what stands before
_INTO = re.compile(
    r"\A(?:e\.\s?g\.|i\.\s?e\.|especially|in particular|particularly|including|incl\.?|such as|like|mainly|mostly"
    r"|z\.\s?b\.|insbesondere|u\.\s?a\.|notamment|p\.\s?ej\.)[,:]?\s*",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+(?:and|und|et|&|y|e|en|og|och)\s+")
_JUDGED = re.compile(
    r"\s*[(\[–—:-]?\s*(?:\d+\+?\s*(?:years?|yrs?|jahre)|expert|advanced|intermediate|beginner|proficient|basic|fluent|experienced|good|excellent|\d+\s*%)\s*[)\]]?\s*\Z",
    re.IGNORECASE,
)
_MOST_WORDS = 7
_MOST_BRACKET = 120
_FIRST_PERSON = re.compile(r"(?<![\w-])(?:I|my|we|our|ich|je|yo|io)(?![\w-])")
_PART = re.compile(
    r"\A(?P<part>(?:co-?)?(?:PI|P\.I\.|I)|(?:co-)?(?:principal )?investigator)\s*[,:–-]\s+(?=\S)", re.IGNORECASE
)


def read_skills(notes: Notes, section: Section, property_: str = "knowsAbout") -> None:
    """Topics that a person knows about, or is interested in. Natural languages among the skills are languages."""
    for line, text in _listed(section):
        if text.endswith(":"):
            notes.mark(line.block)
            continue
        label = pair(text)
        said = label[1] if label is not None else text
        if label is not None and folded(label[0]) in word_set("labels", "tongue_labels") and _tongues(said):
            state_languages(notes, line, said)
            continue
        alone = property_ == "interest" and line.block.shape in (Shape.ITEM, Shape.ROW)
        topics = list(topics_within(said, whole=alone))
        if not topics:
            notes.leave(line, "no short topics in it")
        for topic in topics:
            notes.state(property_, topic.name, line, [("area", area) for area in topic.areas])


def read_languages(notes: Notes, section: Section) -> None:
    """The languages that a person speaks; a list of programming languages is one of skills."""
    listed = list(_listed(section))
    text = " , ".join(said for _, said in listed)
    if not _tongues(text):
        read_skills(notes, section)
        return
    for line, said in listed:
        if not state_languages(notes, line, said):
            notes.leave(line, "no language that is known in it")


def read_awards(notes: Notes, section: Section) -> None:
    """Prizes, grants, scholarships: each the words of its entry without its date."""
    for entry in entries_of(section.blocks):
        if len(entry.head[0].text) > 300 or _FIRST_PERSON.search(entry.head[0].text):
            notes.leave(entry.head[0], "a sentence, not an award")
            continue
        state_award(notes, entry)


def has_first_person(text: str) -> bool:
    """Whether a text says "I" or "we", so that it is a sentence."""
    return _FIRST_PERSON.search(text) is not None


def state_award(notes: Notes, entry: Entry, property_: str = "award") -> None:
    """Note one award or certificate."""
    parts = cut(entry)
    said = _without_dates(entry)
    spans: list[DateSpan | None] = [*(span for span, _ in parts.spans)] or [None]
    if len(said) < 4 or not any(char.isalpha() for char in said):
        notes.leave(entry.head[0], "no award named")
        return
    line = next((line for line in entry.head if any(word in line.text for word in said.split()[:1])), entry.head[0])
    part = _PART.match(said)
    said = life.award_name(said if part is None else f"{said[part.end() :]} ({part['part']})")
    for span in spans[:5]:
        notes.state(property_, said, line, (), span)
    for other in entry.head:
        notes.mark(other.block)


def read_clients(notes: Notes, section: Section) -> None:
    """Whom somebody has worked for by order: the names of a list."""
    listed = list(_listed(section))
    apart = len(listed) > 1 and all(line.block.shape is Shape.ITEM for line, _ in listed)
    for line, text in listed:
        several = not apart or text.count(",") > 1
        names = [name for name in (topics_of(text, whole=True) if several else (text,)) if fields.is_name(name)]
        for name in names:
            notes.state("customer", name, line)
        if not names:
            notes.leave(line, "no names in it")


def read_qualities(notes: Notes, section: Section) -> None:
    """What somebody says of their own character, item by item."""
    for block in section.blocks:
        if block.shape is Shape.ITEM and len(block.text) < 300:
            notes.state("quality", " ".join(block.text.split()), Line(block.text, block))


def _listed(section: Section) -> Iterator[tuple[Line, str]]:
    """Every line of the section with its text; a table row says "label: rest"."""
    for block in section.blocks:
        if block.shape is Shape.HEADING:
            continue
        if block.shape is Shape.ROW:
            if not block.level:
                cells = [cell for cell in block.cells if cell]
                text = f"{cells[0]}: {', '.join(cells[1:])}" if len(cells) > 1 else cells[0]
                yield Line(text, block), text
            continue
        for line in lines_of(block):
            yield line, line.text


class Topic(NamedTuple):
    """One topic of a line, and those of the line that it was given as a part of: "Devops, e.g. containers"."""

    name: str
    areas: tuple[str, ...] = ()


def topics_of(text: str, *, whole: bool = False) -> Iterator[str]:
    """The names of the topics of one line."""
    return (topic.name for topic in topics_within(text, whole=whole))


def topics_within(text: str, *, whole: bool = False) -> Iterator[Topic]:
    """The topics of one line; what is in brackets behind one is part of it. `whole`: an "and" parts none."""
    if looks_like_prose(text) and text.count(",") < 3:
        return
    if _FIRST_PERSON.search(text):
        return
    outside = re.sub(r"\(([^()]*)\)", "\x00", text)
    inside = re.findall(r"\(([^()]*)\)", text)
    used = 0
    for group in _GROUPS.split(outside):
        last: tuple[str, ...] = ()  # the topics of the part before
        areas: tuple[str, ...] = ()
        for part in _ITEMS.split(group):
            count = part.count("\x00")
            brackets = inside[used : used + count]
            used += count
            said = part.replace("\x00", " ").strip(" .:*")
            areas = last if _INTO.match(said) else areas
            plain = re.sub(r"\A(?:and|und|et|y)\s+", "", _INTO.sub("", said).strip())
            last = tuple(filter(_fits, [plain] if whole else _split_and(_JUDGED.sub("", plain))))
            yield from (Topic(piece, areas) for piece in last)
            for piece in (piece for bracket in brackets for piece in _bracketed(bracket)):
                yield Topic(piece, last)


def _bracketed(bracket: str) -> Iterator[str]:
    """The topics in brackets: a list, or what "e.g." opens; a level or a count of years is none."""
    level = any(char.isdigit() for char in bracket) or folded(bracket) in word_set("labels", "proficiency")
    listed = "," in bracket or _INTO.match(bracket.strip()) is not None
    if level or len(bracket) > _MOST_BRACKET or not listed:
        return
    for piece in _ITEMS.split(_INTO.sub("", bracket.strip())):
        if _fits(piece.strip(" .")):
            yield _INTO.sub("", piece.strip(" ."))


def _split_and(text: str) -> list[str]:
    parts = _AND.split(text)
    if len(parts) == 2 and all(1 <= len(part.split()) <= 3 for part in parts):
        return [part.strip() for part in parts]
    return [text.strip()]


def _fits(text: str) -> bool:
    if "@" in text:
        return False  # somebody's account
    if not text or len(text.split()) > _MOST_WORDS or len(text) > 70 or not any(char.isalpha() for char in text):
        return False
    return folded(text) not in word_set("labels", "and_so_on") and not text.startswith("http")


def _tongues(text: str) -> list[str]:
    """The natural languages named in a text."""
    names = word_set("labels", "tongues")
    words = re.findall(r"[^\W\d_]+", folded(text))
    return [word for word in words if word in names]


def state_languages(notes: Notes, line: Line, text: str) -> bool:
    """Note each language with the level that stands beside it."""
    names = alternatives(word_set("labels", "tongues"))
    levels = alternatives(word_set("labels", "proficiency")).replace("ss", "(?:ss|ß)")
    key = _fold_kept(text)
    found = False
    matches = list(re.finditer(rf"(?<![^\W\d_])(?:{names})(?![^\W\d_])", key))
    cuts = [*(match.start() for match in matches[1:]), len(key)]
    shared = re.match(rf"\s*(?P<level>{levels})\s*:", key)
    for match, end in zip(matches, cuts, strict=False):
        behind = key[match.end() : end]
        level = re.search(rf"(?<![^\W_])(?:{levels})(?![^\W_])(?:\s*(?:/|,|and|or)?\s*(?:{levels})(?![^\W_]))*", behind)
        words = text[match.end() + level.start() : match.end() + level.end()] if level is not None else ""
        if not words and shared is not None:
            words = text[shared.start("level") : shared.end("level")]
        name = text[match.start() : match.end()]
        before = re.search(rf"(?P<level>{levels})\s+(?:in\s+)?\Z", key[: match.start()])
        if (
            not words
            and before is not None
            and (match is matches[0] or "," in key[matches[matches.index(match) - 1].end() : match.start()])
        ):
            words = text[before.start("level") : before.end("level")]
        found = (
            notes.state(
                "knowsLanguage", name[:1].upper() + name[1:], line, [("proficiency", words.strip())] if words else ()
            )
            is not None
            or found
        )
    return found


def _fold_kept(text: str) -> str:
    """Folded with every character in its place."""
    return "".join(folded(char) if len(folded(char)) == 1 else char for char in text)


def _without_dates(entry: Entry) -> str:
    """The words of an entry's head, without dates and what held them."""
    pieces = []
    for line in entry.head[:3]:
        text = line.text
        if line.block.shape is Shape.ROW:
            text = "\t".join(cell for cell in line.block.cells if cell)
        bare = without_ranges(text, find_ranges(text))
        bare = re.sub(r"\(\s*[,;]?\s*\)|\[\s*\]", "", bare)
        bare = ", ".join(part for raw in bare.split("\t") if (part := raw.strip(" \n,;:|–—-•·")))
        if bare:
            pieces.append(bare)
    said = " ".join(", ".join(pieces).split())
    return re.sub(r"(?:[\s,;:.|–—&-]|\s(?:and|und|et))+\Z", "", said).strip(" ,;:.|–—-")
