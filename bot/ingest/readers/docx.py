"""DOCX to blocks in the order of the document, after its archive was found harmless; means nothing.

Its lines are its paragraphs and table rows, counted from 1.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from bot.ingest.documents.blocks import Block, Link, Page, Shape
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.readers.encoding import broken
from bot.ingest.readers.markup.lines import bullet, columns, join_wrapped, looks_like_prose, pair

MOST_ENTRIES = 2_000
MOST_BYTES = 48_000_000  # of all parts, unpacked
_MOST_RATIO = 150
_MOST_BLOCKS = 50_000
_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop)\s*(\d)", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|titel)$", re.IGNORECASE)
_LIST = re.compile(r"(?:list|liste|bullet|aufzählung)", re.IGNORECASE)
_READ = ("word/document.xml", "word/styles.xml", "word/numbering.xml")


class DocxReader:
    """Reads a Word document where the extra `docx` is installed; see `Reader`."""

    def accepts(self, raw: Raw) -> bool:
        """By its name."""
        return raw.path.lower().endswith(".docx")

    def read(self, raw: Raw, _context: Context) -> Reading | Page:
        """The page."""
        if not raw.data.strip():
            return broken(raw, 1, "the file is empty")
        if raw.data.startswith(b"\xd0\xcf\x11\xe0"):
            return broken(raw, 1, "it is encrypted, or an old .doc file")
        if find_spec("docx") is None:
            return broken(raw, 1, "DOCX needs python-docx; install whoswho[docx]")
        wrong = _harm(raw.data)
        if wrong:
            return broken(raw, 1, wrong)
        from docx import Document  # noqa: PLC0415 (an extra)

        try:
            document = Document(io.BytesIO(raw.data))
            blocks = tuple(_blocks(document))
        except Exception as error:  # noqa: BLE001 (a damaged part can raise nearly anything)
            return broken(raw, 1, f"not a readable DOCX: {type(error).__name__}")
        about = document.core_properties
        author = (("author", about.author),) if about.author and about.author != "python-docx" else ()
        return Page(blocks, about.title or "", author)


def _harm(data: bytes) -> str:
    """Why the archive is not opened; empty if nothing speaks against it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "not a readable DOCX: its archive is damaged"
    if "word/document.xml" not in names:
        return "not a DOCX: no document in its archive"
    if len(entries) > MOST_ENTRIES:
        return f"its archive has more than {MOST_ENTRIES} parts"
    if any(entry.flag_bits & 1 for entry in entries):
        return "it is encrypted"
    whole = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    text = sum(entry.file_size for entry in entries if entry.filename in _READ)
    if whole > MOST_BYTES or text > MOST_BYTES // 4 or whole > _MOST_RATIO * max(packed, 1):
        return "its archive unpacks to too much"
    return ""


def _blocks(document: Any) -> Iterator[Block]:
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 (an extra)

    line = 0
    for item in document.iter_inner_content():
        if line > _MOST_BLOCKS:
            return
        if isinstance(item, Paragraph):
            line += 1
            block = _paragraph(item, line)
            if block is not None:
                yield block
            continue
        for number, row in enumerate(item.rows):
            line += 1
            block = _row(row, line, header=number == 0)
            if block is not None:
                yield block


def _paragraph(item: Any, line: int) -> Block | None:
    lines = [columns(part) for part in item.text.split("\n")]
    text = join_wrapped([part for part in lines if part], [True] * len(lines))
    if not text:
        return None
    style = (item.style.name if item.style is not None else "") or ""
    runs = [(run.text.strip(), run.bold, run.italic) for run in item.runs if run.text.strip()]
    strong = tuple(said for said, bold, _ in runs if bold)
    slanted = tuple(said for said, _, italic in runs if italic)
    links = tuple(Link(link.text, link.address) for link in item.hyperlinks if link.address)
    heading = _HEADING.search(style)
    if heading is not None or _TITLE.match(style):
        level = int(heading[1]) if heading is not None else 1
        return Block(Shape.HEADING, line, " ".join(text.split()), (item.text,), level, (), links, strong, slanted)
    whole = bool(runs) and all(bold for _, bold, _ in runs)
    if (whole or text.isupper()) and len(text) < 50 and "\t" not in text and not any(char.isdigit() for char in text):
        return Block(Shape.HEADING, line, text, (item.text,), 4, (), links, strong, slanted)
    properties = item._p.pPr  # noqa: SLF001 (python-docx has no other way to tell a list item)
    numbered = properties is not None and properties.numPr is not None
    glyph = bullet(text)
    if numbered or _LIST.search(style) or glyph is not None:
        level = properties.numPr.ilvl.val if numbered and properties.numPr.ilvl is not None else 0
        shown = text[glyph[0] :] if glyph is not None else text
        return Block(Shape.ITEM, line, shown, (item.text,), level, (), links, strong, slanted)
    cells = pair(text) if "\n" not in text and not looks_like_prose(text) else None
    shape = Shape.PARAGRAPH if cells is None else Shape.PAIR
    return Block(shape, line, text, (item.text,), 0, cells or (), links, strong, slanted)


def _row(row: Any, line: int, *, header: bool) -> Block | None:
    texts: list[str] = []
    last = None
    for cell in row.cells:
        if last is not None and cell._tc is last:  # noqa: SLF001 (a merged cell comes once for each column)
            continue
        last = cell._tc  # noqa: SLF001
        texts.append("\n".join(part.strip() for part in cell.text.split("\n") if part.strip()))
    if not any(texts):
        return None
    bold = tuple(
        run.text.strip()
        for cell in row.cells
        for part in cell.paragraphs
        for run in part.runs
        if run.bold and run.text.strip()
    )
    is_header = header and len(texts) > 1 and all(text in bold for text in texts if text)
    return Block(Shape.ROW, line, "\t".join(texts), ("\t".join(texts),), int(is_header), tuple(texts), (), bold)
