"""Of the page of a piece of software: how it is installed, and which version came out when; reads no sentence."""

import re
from collections.abc import Iterator

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.extract.layout.entries import Line, lines_of
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.sections import Section
from bot.ingest.readers.markup.commands import install_command
from bot.language.date_ranges import find_ranges
from bot.language.document_words import folded, word_set
from bot.model.partial_date import PartialDate

_VERSION = re.compile(
    r"\W*(?:v|version|release)?\.?\s*(?P<version>\d+(?:\.\d+)+(?:[-.]?(?:rc|alpha|beta|a|b)\.?\d*)?)(?![\w.])",
    re.IGNORECASE,
)
_NEAR = 40  # characters in which a version's date stands
_MOST_COMMANDS, _MOST_RELEASES = 6, 200


def read_installation(notes: Notes, sections: list[Section]) -> None:
    """The commands that install it, wherever the page shows them."""
    found = 0
    for block in (block for section in sections for block in section.blocks):
        for line in lines_of(block) if block.shape is not Shape.HEADING else ():
            command = install_command(line.text)
            if command and found < _MOST_COMMANDS:
                found += notes.state("installation", command, line, said=command) is not None


def read_releases(notes: Notes, section: Section) -> None:
    """Each version with its date, from a table, a list or the headings of a change log."""
    if folded(section.title).rstrip(": ") not in word_set("sections", "releases"):
        return
    for line, version, day in list(_releases(section.blocks))[:_MOST_RELEASES]:
        notes.state("version", version, line, said=line.text[:_NEAR], start=day, end=day)


def _releases(blocks: list[Block]) -> Iterator[tuple[Line, str, PartialDate]]:
    for block in blocks:
        cells = [cell for cell in block.cells if cell.strip()] if block.shape is Shape.ROW else [block.text]
        first = next((match for cell in cells if (match := _VERSION.match(cell)) is not None), None)
        if first is None or (len(cells) == 1 and block.shape is Shape.PARAGRAPH):
            continue
        rest = " ".join(cells) if block.shape is Shape.ROW else first.string[first.end() : first.end() + _NEAR]
        spans = [span for span in find_ranges(rest.replace(first.group(), " ", 1)) if span.start is not None]
        if spans and spans[0].start is not None and spans[0].start == spans[0].end:
            yield Line(block.text, block), first["version"], spans[0].start
