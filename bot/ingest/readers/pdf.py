"""PDF to blocks with their pages, by a process of its own that has a time and a memory; means nothing."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from bot.ingest.documents.blocks import Block, Link, Page, Shape
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.readers.encoding import broken
from bot.ingest.readers.plain import text_blocks
from bot.model.problem import Problem

SECONDS = 20
BYTES = 1_000_000_000  # of addresses, of which a fraction is used
_MOST_HEADING = 70
_LARGER = 1.12  # than most of the text: a heading
_LARGER_AND_BOLD = 1.05


class PdfReader:
    """Reads a PDF where the extra `pdf` is installed; see `Reader`."""

    def accepts(self, raw: Raw) -> bool:
        """By its name or its first bytes."""
        return raw.path.lower().endswith(".pdf") or raw.data.startswith(b"%PDF-")

    def read(self, raw: Raw, _context: Context) -> Reading | Page:
        """The page."""
        if not raw.data.strip():
            return broken(raw, 1, "the file is empty")
        if find_spec("pypdfium2") is None:
            return broken(raw, 1, "PDF needs pypdfium2; install whoswho[pdf]")
        command = [sys.executable, "-m", "bot.ingest.readers.markup.pdf_pages", str(SECONDS), str(BYTES)]
        try:
            done = subprocess.run(command, input=raw.data, capture_output=True, timeout=SECONDS + 5, check=False)  # noqa: S603
        except subprocess.TimeoutExpired:
            return broken(raw, 1, f"reading it took more than {SECONDS} seconds")
        except OSError as error:
            return broken(raw, 1, f"no process could be started to read it: {error.strerror}")
        if done.returncode:
            return broken(raw, 1, "reading it took too much time or memory, or it is damaged")
        result = json.loads(done.stdout)
        if "error" in result:
            return broken(raw, 1, result["error"])
        return _page(raw, result)


def _page(raw: Raw, result: dict[str, Any]) -> Reading | Page:
    blocks = [
        block for number, lines in enumerate(result["pages"], start=1) for block in _blocks(lines, number, result)
    ]
    if not blocks:
        return broken(raw, 1, "no text in it; is it a scan?")
    problems = (Problem(raw.path, 1, "only its first pages were read", fatal=False),) if result["cut"] else ()
    about = result["about"]
    meta = tuple((name, text) for name, text in about.items() if name in ("author", "subject", "keywords"))
    return Page(tuple(blocks), about.get("title", ""), meta, problems)


def _blocks(lines: list[list[Any]], page: int, result: dict[str, Any]) -> list[Block]:
    """The blocks of a page. What is set larger than the rest, or bold and alone, is a heading."""
    body = _body_size(result)
    blocks: list[Block] = []
    run: list[str] = []
    ended: list[bool] = []
    links = {text: tuple(Link(*link) for link in found) for text, _, _, found, _ in lines if found}
    for place, (text, size, bold, _, end) in enumerate(lines):
        alone = (place == 0 or not lines[place - 1][0]) and bold and size >= body
        larger = size > (_LARGER_AND_BOLD if bold else _LARGER) * body
        title = text and len(text) <= _MOST_HEADING and "\t" not in text and (larger or alone)
        if not title or any(char.isdigit() for char in text):
            run.append(text)
            ended.append(end)
            continue
        blocks += text_blocks(tuple(run), page=page, meant=tuple(ended))
        run, ended = [], []
        level = 1 if size > 1.5 * body else 2 if size > _LARGER * body else 3
        blocks.append(Block(Shape.HEADING, page, text, (text,), level, paged=True))
    blocks += text_blocks(tuple(run), page=page, meant=tuple(ended))
    return [_linked(block, links) for block in blocks]


def _linked(block: Block, links: dict[str, tuple[Link, ...]]) -> Block:
    """A block with the links of the lines it is made of."""
    found = tuple(link for line in block.lines for link in links.get(line, ()))
    return replace(block, links=(*block.links, *found)) if found else block


def _body_size(result: dict[str, Any]) -> float:
    """The size in which most of the document is set."""
    sizes: Counter[float] = Counter()
    for lines in result["pages"]:
        for text, size, *_ in lines:
            sizes[round(size, 1)] += len(text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
