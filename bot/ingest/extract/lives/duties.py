"""What was done in a post, sentence by sentence, and what such a sentence tells of the employer; knows no dates."""

import re

from bot.ingest.documents.blocks import Shape
from bot.ingest.extract.layout.entries import Entry, Line
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.segments import Parts, is_link_word
from bot.ingest.extract.lives.told_of import is_told, told_of
from bot.language.sentences import sentences
from bot.model.entity import EntityRef

_MOST = 12
_MOST_DUTY = 300
_FEWEST_LETTERS = 3
_AND = re.compile(r"\s*,\s*(?:(?:and|&|und|et|y|e)\s+)?|\s+(?:and|&|und|et|y|e)\s+")
_BRACKETED = re.compile(r"\[([^\[\]]*)\]")


def duties(entry: Entry, parts: Parts) -> list[tuple[str, str]]:
    """What was done there, as it is listed, or sentence by sentence."""
    return [
        ("duty", text[:_MOST_DUTY])
        for _, text in _told(entry, parts)
        if len(text) > _FEWEST_LETTERS and not _is_links(text) and not is_told(text, "employer", "acquiredBy")
    ][:_MOST]


def state_employer(notes: Notes, entry: Entry, parts: Parts, name: str) -> None:
    """Note what the sentences below a job say of the employer: whose it became, whom it worked for."""
    employer = EntityRef(name, ("organization",))
    for line, text in _told(entry, parts):
        for property_, said in told_of(text, "employer"):
            notes.state(property_, said, line, subject=employer)


def _told(entry: Entry, parts: Parts) -> list[tuple[Line, str]]:
    """The sentences below an entry, or the items of its list, with their lines."""
    found: list[tuple[Line, str]] = []
    for line in (*parts.rest, *entry.details):
        text = " ".join(line.text.split())
        whole = line.block.shape is Shape.ITEM and line not in parts.rest
        said = [text] if whole else [text[start:end].rstrip(" .") for start, end in sentences(text)]
        found += [(line, part) for part in said]
    return found


def _is_links(text: str) -> bool:
    """Whether nothing but what links are called stands there: "[Source code] and [slides]"."""
    marked = _BRACKETED.findall(text)
    rest = _AND.sub("", _BRACKETED.sub("", text)).strip(" .,|")
    return bool(marked) and not rest and any(map(is_link_word, marked))
