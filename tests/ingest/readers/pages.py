"""What the tests of readers of laid-out documents share: a document read, and its blocks in short."""

from bot.ingest.documents.blocks import Block, Page
from bot.ingest.documents.format import Context, Raw, Reader
from bot.ingest.documents.reading import Reading
from bot.ingest.folder.vocabulary_files import load_vocabulary

CONTEXT = Context(load_vocabulary(), frozenset())


def page_of(reader: Reader, path: str, text: str | bytes) -> Page:
    raw = Raw(path, text.encode() if isinstance(text, str) else text)
    assert reader.accepts(raw)
    read = reader.read(raw, CONTEXT)
    assert isinstance(read, Page), read
    return read


def complaint_of(reader: Reader, path: str, data: bytes) -> str:
    read = reader.read(Raw(path, data), CONTEXT)
    assert isinstance(read, Reading)
    (problem,) = read.problems
    assert problem.fatal
    return str(problem)


def short(page: Page) -> list[tuple[str, int, str]]:
    return [(block.shape.value, block.line, block.text) for block in page.blocks]


def lines_stand_in(page: Page, text: str) -> bool:
    lines = text.split("\n")
    return all(_stands(block, lines) for block in page.blocks)


def _stands(block: Block, lines: list[str]) -> bool:
    return list(block.lines) == lines[block.line - 1 : block.line - 1 + len(block.lines)]
