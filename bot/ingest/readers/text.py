"""Plain text by its name, and Markdown that goes by a text's name; the blocks of either are made elsewhere."""

import re

from bot.ingest.documents.blocks import Page
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.readers.encoding import decode
from bot.ingest.readers.markdown import MOST_CHARACTERS, MOST_LINE, read_markdown
from bot.ingest.readers.markup.side_by_side import columns_apart
from bot.ingest.readers.plain import text_blocks
from bot.language.document_words import word_set

SUFFIXES = (".txt", ".text", ".asc")
_MARKDOWN = re.compile(r"(?m)^#{1,6} \S|\]\(https?://|^\s*[*-] \*\*\S|^\*\*[^*\n]+\*\*")


class TextReader:
    """Reads plain text, and Markdown that goes by a text's name; see `Reader`."""

    def accepts(self, raw: Raw) -> bool:
        """By its name."""
        name = raw.path.lower().rsplit("/", 1)[-1]
        return name.endswith(SUFFIXES) or name in word_set("labels", "text_files")

    def read(self, raw: Raw, _context: Context) -> Reading | Page:
        """The page."""
        decoded = decode(raw)
        if not decoded.readable:
            return Reading(problems=decoded.problems)
        problems = list(decoded.problems)
        plain = len(decoded.text) > MOST_CHARACTERS or max(map(len, decoded.lines)) > MOST_LINE
        if not plain and len(_MARKDOWN.findall(decoded.text)) >= 2:
            return read_markdown(raw.path, list(decoded.lines), problems)
        parts = columns_apart(decoded.lines)
        return Page(tuple(block for part in parts for block in text_blocks(part)), problems=tuple(problems))
