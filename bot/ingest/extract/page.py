"""One page to one reading: puts subject, layout and prose together; knows none of their rules."""

from bot.ingest.blocks import Block, Page, Shape
from bot.ingest.readers import Context, Raw
from bot.ingest.reading import Reading
from bot.model.fact import Source
from bot.model.passage import PassageDraft


def extract(raw: Raw, page: Page, _context: Context) -> Reading:
    """Everything that is understood of a page."""
    hints = raw.hints
    title = hints.title or page.title or raw.path
    source = Source(raw.path, title, hints.author, hints.publisher, hints.date, hints.url)
    return Reading(passages=tuple(_passages(page.blocks, title)), problems=page.problems, source=source)


def _passages(blocks: tuple[Block, ...], title: str) -> list[PassageDraft]:
    """What can be searched: every block under the heading it stands below."""
    passages: list[PassageDraft] = []
    section = ""
    for block in blocks:
        if block.shape is Shape.HEADING:
            section = block.text
        elif block.text.strip():
            passages.append(PassageDraft(block.line, title, section, " ".join(block.text.split())))
    return passages
