"""Who pays for a project, a group or an event: lists below a heading that says so, and sentences there."""

import re
from collections.abc import Iterator

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.extract.layout.entries import Line
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.sections import Section, plain_heading
from bot.language.document_words import word_set

_WORD = r"[A-ZÀ-Ž0-9][\w&'’+-]*(?:\.\w+)*"
_NAME = rf"(?:the\s+)?{_WORD}(?:\s+(?:(?:of|for|the|de|der|du|für|&)\s+)*{_WORD})*"
_PAID_BY = re.compile(
    rf"\b(?:sponsored|supported|funded|financed|backed)\s+by\s+(?P<names>{_NAME}(?:(?:,\s*(?:and\s+)?|\s+and\s+)(?:by\s+)?{_NAME})*)"
)
_JOINS = re.compile(r"(?:,\s*(?:and\s+)?|\s+and\s+)(?:by\s+)?")
_NAME_END = re.compile(r"\s*(?:[(:;|\t\n]|\s[–—-]\s|,\s)")
_MOST_NAME, _MOST_LEVEL = 60, 30  # characters


def read_sponsors(notes: Notes, section: Section) -> None:
    """Every sponsor of the section, with the level where lists or labels have one."""
    level = _level(section.title)
    for block in section.blocks:
        if block.shape is Shape.HEADING:
            level = _level(block.text)
        elif block.shape is Shape.PARAGRAPH:
            read_thanks(notes, block)
        else:
            for name, own in _listed(block):
                _state(notes, block, name, own or level)


def read_thanks(notes: Notes, block: Block) -> None:
    """Whoever a sentence says that it is sponsored by."""
    for match in _PAID_BY.finditer(block.text):
        for name in _JOINS.split(match["names"].rstrip(".")):
            _state(notes, block, name, "")


def _state(notes: Notes, block: Block, name: str, level: str) -> None:
    name = name.removeprefix("the ").strip(" .,*")
    if not 1 < len(name) <= _MOST_NAME or not name[:1].isalnum():
        return
    line = Line(block.text, block)
    notes.entity("organization", name, line)
    notes.state("sponsor", name, line, [("roleName", f"{level} sponsor")] if level else (), said=name)


def _listed(block: Block) -> Iterator[tuple[str, str]]:
    """The sponsors of an item or row, each with a level where the item has one: `Gold: Acme, Globex`."""
    if block.shape is Shape.PAIR and len(block.cells) == 2 and len(block.cells[0]) <= _MOST_LEVEL:
        label = _level(block.cells[0]) or block.cells[0]
        yield from ((name, label) for name in re.split(r"\s*[,;]\s*", block.cells[1]) if name)
        return
    first = block.cells[0] if block.shape is Shape.ROW and block.cells else block.text
    if block.shape is Shape.ROW and block.level:
        return
    linked = next((link.text for link in block.links if link.text and first.startswith(link.text)), "")
    label, found, rest = first.partition(": ")
    if found and not linked and _level(label) and _level(label) != label:
        yield from ((name, _level(label)) for name in re.split(r"\s*[,;]\s*", rest) if name)
    else:
        yield linked or _NAME_END.split(first, maxsplit=1)[0], ""


def _level(title: str) -> str:
    """`Gold sponsors` is the level gold; `Our sponsors` is none."""
    words = [word for word in plain_heading(title).split() if word not in word_set("sections", "sponsor_words")]
    return " ".join(words).capitalize() if words and len(words) <= 2 else ""
