"""HTML to blocks with the lines of its source: what a visitor reads, without menus and banners; means nothing."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.ingest.documents.blocks import Block, Link, Page, Shape
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.readers.encoding import broken, decode
from bot.ingest.readers.markup.html_elements import (
    BLOCKS,
    CLOSED_BY_OTHERS,
    COLUMN,
    DROPPED,
    columns_of,
    heading_level,
    is_apart,
    is_hidden,
    is_item,
    is_layout,
    is_list,
)
from bot.ingest.readers.markup.lines import bullet, columns, join_wrapped, pair

SUFFIXES = (".html", ".htm", ".xhtml")
_STRONG = frozenset({"b", "strong", "u"})
_SLANTED = frozenset({"i", "em", "cite"})
_NUMBER = re.compile(r"[\[(]?\d{1,4}[\]).:]?")
_OWN_NAME = re.compile(
    r"(?:^|\s)(?:site-(?:name|title)|p-name|p-author|fn|author-?_?name|profile-?_?name|author__name|brand-name|masthead-title|navbar-brand)"
    r"(?:$|\s)",
    re.IGNORECASE,
)
_META = ("name", "property", "itemprop", "http-equiv")
_MOST_DEPTH = 1_000
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)[^<>]{0,2000}?(?P<alone>/?)>")
_MOST_AHEAD = 200_000  # characters in which the next words of the page are looked for
_LONG = 2_000  # of a line of the source
_MOST_NODES = 400_000
_MOST_REFERENCES = 100_000  # like "&amp;"; where there are more, words are looked for among those without


class HtmlReader:
    """Reads a saved web page; see `Reader`."""

    def accepts(self, raw: Raw) -> bool:
        """By its name, or by how it begins where the name says nothing."""
        path = raw.path.lower()
        if path.endswith(SUFFIXES):
            return True
        name = path.rsplit("/", 1)[-1]
        return "." not in name and raw.data[:200].lstrip().lower().startswith((b"<!doctype html", b"<html"))

    def read(self, raw: Raw, _context: Context) -> Reading | Page:
        """The page; its head is `meta`."""
        decoded = decode(raw)
        if not decoded.readable:
            return Reading(problems=decoded.problems)
        if _too_deep(decoded.text):
            return broken(raw, 1, f"elements nested more than {_MOST_DEPTH} deep")
        tree = LexborHTMLParser(decoded.text)
        problems = decoded.problems
        title, meta = _head(tree)
        root = tree.root
        blocks = tuple(_Walk(list(decoded.lines), 0).blocks(root)) if root is not None else ()
        return Page(blocks, title, meta, problems)


def blocks_of(fragment: str, lines: list[str], first: int) -> Iterator[Block]:
    """The blocks of HTML that stands within another text, from line index `first` on."""
    root = None if _too_deep(fragment) else LexborHTMLParser(fragment).body
    if root is not None:
        count = fragment.count("\n") + 1
        yield from _Walk(lines[first : first + count], first).blocks(root)


def _too_deep(text: str) -> bool:
    """Whether elements lie so deep in each other that no person made it; building such a tree takes hours."""
    depth = 0
    for match in _TAG.finditer(text):
        if match["name"].lower() in CLOSED_BY_OTHERS or match["alone"]:
            continue
        depth = max(0, depth - 1) if match["end"] else depth + 1
        if depth > _MOST_DEPTH:
            return True
    return False


def _head(tree: LexborHTMLParser) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The title, and what the head and the names on the page say of it."""
    node = tree.css_first("title")
    title = " ".join(node.text().split()) if node is not None else ""
    meta: list[tuple[str, str]] = []
    for node in tree.css("meta")[:200]:
        attributes = node.attributes
        key = next((value for name in _META if (value := attributes.get(name))), None)
        value = attributes.get("content")
        if key and value and value.strip():
            meta.append((key.lower(), " ".join(value.split())[:1000]))
    links = (node.attributes.get("href") for node in tree.css("link[rel=canonical]")[:1])
    meta += [("url", address) for address in links if address]
    marked = (node for node in tree.css("[class]")[:5000] if _OWN_NAME.search(node.attributes.get("class") or ""))
    names = (" ".join(node.text().split()) for node in marked)
    meta += [("name", text) for text in names if 0 < len(text) < 80]
    root = tree.root
    if root is not None and (language := root.attributes.get("lang")):
        meta.append(("language", language))
    return title, tuple(meta)


@dataclass(slots=True)
class _Gathered:
    """The words of the block that is being read."""

    parts: list[str] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)  # places in `parts` where a line ends
    links: list[Link] = field(default_factory=list)
    strong: list[str] = field(default_factory=list)
    slanted: list[str] = field(default_factory=list)
    first: int = -1  # line indexes
    last: int = -1

    def text(self, *, kept: bool) -> str:
        lines = []
        start = 0
        for place in [*self.breaks, len(self.parts)]:
            line = "".join(self.parts[start:place])
            start = place
            texts = [columns(part) for part in line.split("\n")] if kept else [columns_of(line)]
            lines += [text for text in texts if text]
        return join_wrapped(lines, [True] * len(lines))


class _Walk:
    """Goes over a tree once, without recursion, for a page can be nested as deep as it likes."""

    def __init__(self, lines: Sequence[str], offset: int) -> None:
        self._places = _Places(lines)
        self._offset = offset  # of these lines in the document
        self._now = _Gathered()
        self._found: list[Block] = []
        self._marks: list[tuple[LexborNode, int]] = []  # open links, bold and italic parts, with their place in `parts`
        self._lists = 0
        self._shape: list[Shape] = []
        self._level = self._heading = 0  # of the open heading, and which element it is
        self._fresh = False
        self._term = ""
        self._row: list[_Gathered] | None = None
        self._header_row = False
        self._pre = 0

    def blocks(self, root: LexborNode) -> Iterator[Block]:
        node: LexborNode | None = root
        for _ in range(_MOST_NODES):
            if node is None:
                break
            inside = self._enter(node)
            if inside and node.first_child is not None:
                node = node.first_child
                continue
            while node is not None:
                self._leave(node)
                if node.mem_id == root.mem_id:
                    node = None
                    break
                if node.next is not None:
                    node = node.next
                    break
                node = node.parent
        self._flush()
        yield from self._found

    def _enter(self, node: LexborNode) -> bool:  # noqa: PLR0912 (a case for each kind of element)
        """Note what begins here; False: nothing within counts."""
        if node.is_text_node:
            self._say(node.text_content or "")
            return False
        if not node.is_element_node and not node.is_document_node:
            return False
        tag = node.tag or ""
        if tag in DROPPED or is_hidden(node):
            return False
        if tag == "br":
            self._now.breaks.append(len(self._now.parts))
        elif not self._level and (level := heading_level(node, tag)):
            self._flush()
            self._level, self._heading = level, node.mem_id
        elif is_list(node, tag):
            self._flush()
            self._lists += 1
        elif is_item(node, tag):
            self._flush()
            self._fresh = True
        elif tag in ("dt", "dd"):
            self._flush()
        elif tag == "tr":
            self._flush()
            if not is_layout(node):
                self._row = []
                self._header_row = True
        elif tag in ("td", "th"):
            if self._row is None:
                self._flush()
            else:
                self._now = _Gathered()
                self._header_row = self._header_row and tag == "th"
        elif tag in BLOCKS:
            self._block_edge()
            self._pre += tag == "pre"
        elif is_apart(node, tag):
            self._now.parts.append(COLUMN)
        elif tag == "a" or tag in _STRONG or tag in _SLANTED:
            self._marks.append((node, len(self._now.parts)))
        elif tag == "hr":
            self._flush()
        return True

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if self._level and node.mem_id == self._heading:
            self._flush(Shape.HEADING)
            self._level = 0
        elif is_list(node, tag):
            self._flush()
            self._lists = max(0, self._lists - 1)
        elif is_item(node, tag):
            self._flush()
            self._fresh = False
        elif tag == "dt":
            self._term = " ".join("".join(self._now.parts).split())
            self._take()
        elif tag == "dd":
            self._flush(Shape.PAIR)
        elif tag in ("td", "th") and self._row is not None:
            self._row.append(self._now)
            self._now = _Gathered()
        elif tag == "tr" and self._row is not None:
            self._end_row(self._row)
            self._row = None
        elif tag in BLOCKS:
            self._block_edge()
            self._pre -= tag == "pre" and self._pre > 0
        elif is_apart(node, tag):
            self._now.parts.append(COLUMN)
        elif self._marks and self._marks[-1][0].mem_id == node.mem_id:
            self._end_mark(node)

    def _end_mark(self, node: LexborNode) -> None:
        _, place = self._marks.pop()
        said = " ".join("".join(self._now.parts[place:]).split())
        tag = node.tag or ""
        if tag == "a":
            address = node.attributes.get("href")
            if not said:
                said = node.attributes.get("title") or node.attributes.get("aria-label") or ""
            if address and not address.startswith(("#", "javascript:")):
                self._now.links.append(Link(said, address))
        elif said:
            (self._now.strong if tag in _STRONG else self._now.slanted).append(said)

    def _say(self, text: str) -> None:
        if not text.strip():
            self._now.parts.append(" ")
            return
        line = self._places.line_of(text)
        if self._now.first < 0:
            self._now.first = line
        self._now.last = max(line, self._now.last)
        self._now.parts.append(text)

    def _block_edge(self) -> None:
        if self._row is not None or self._level:  # within a cell or a heading a block is a line of its own
            self._now.breaks.append(len(self._now.parts))
        else:
            self._flush()

    def _take(self) -> _Gathered:
        """What was gathered. Marks that are still open go on in the next block."""
        taken, self._now = self._now, _Gathered()
        self._marks = [(node, 0) for node, _ in self._marks]
        return taken

    def _flush(self, shape: Shape | None = None) -> None:
        taken = self._take()
        text = taken.text(kept=bool(self._pre))
        if not text:
            if taken.links:
                self._found.append(
                    Block(Shape.PARAGRAPH, self._line(taken), "", self._source(taken), links=tuple(taken.links))
                )
            return
        item = self._lists > 0 and self._fresh
        if item and _NUMBER.fullmatch(text):
            return  # the mark of an item, set in a box of its own
        self._fresh = False
        depth = max(self._lists - 1, 0)
        cells: tuple[str, ...] = ()
        if shape is Shape.PAIR and self._term:
            cells, text = (self._term, text), f"{self._term}: {text}"
        elif shape is not Shape.HEADING:
            shape = Shape.ITEM if item else Shape.PARAGRAPH
            glyph = bullet(text) if shape is Shape.PARAGRAPH and not text[0].isalnum() else None
            if glyph is not None:
                shape, text = Shape.ITEM, text[glyph[0] :]
            found = pair(text) if "\n" not in text else None
            if found is not None and shape is Shape.PARAGRAPH:
                shape, cells = Shape.PAIR, found
        level = self._level if shape is Shape.HEADING else depth if shape is Shape.ITEM else 0
        if shape is Shape.HEADING:
            text = " ".join(text.split())
        self._found.append(
            Block(
                shape or Shape.PARAGRAPH, self._line(taken), text, self._source(taken), level, cells,
                tuple(taken.links), tuple(taken.strong), tuple(taken.slanted),
            )
        )  # fmt: skip

    def _end_row(self, cells: list[_Gathered]) -> None:
        texts = tuple(cell.text(kept=False) for cell in cells)
        if not any(texts):
            return
        whole = _Gathered(
            links=[link for cell in cells for link in cell.links],
            strong=[part for cell in cells for part in cell.strong],
            slanted=[part for cell in cells for part in cell.slanted],
            first=min((cell.first for cell in cells if cell.first >= 0), default=0),
            last=max(cell.last for cell in cells),
        )
        header = self._header_row and len(texts) > 1
        strong = texts if header else tuple(whole.strong)
        self._found.append(
            Block(
                Shape.ROW, self._line(whole), "\t".join(texts), self._source(whole), int(header), texts,
                tuple(whole.links), strong, tuple(whole.slanted),
            )
        )  # fmt: skip

    def _line(self, taken: _Gathered) -> int:
        return max(taken.first, 0) + self._offset + 1

    def _source(self, taken: _Gathered) -> tuple[str, ...]:
        return self._places.source(max(taken.first, 0), max(taken.last, 0), taken.parts)


class _Places:
    """Where the words of a page stand in its source: they are looked for in their order."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        escaped = sum(line.count("&") for line in lines) <= _MOST_REFERENCES
        plain = [unescape(line) if escaped and "&" in line else line for line in lines]
        self._text = "\n".join(plain)
        self._starts = []
        place = 0
        for line in plain:
            self._starts.append(place)
            place += len(line) + 1
        self._cursor = 0

    def line_of(self, text: str) -> int:
        """The index of the line in which `text`, the next words of the page, begins."""
        head = text.strip().split("\n", 1)[0][:60].rstrip()
        place = self._text.find(head, self._cursor, self._cursor + _MOST_AHEAD)
        if place >= 0:
            self._cursor = place + len(head)
        return max(0, bisect_right(self._starts, max(place, 0) if place >= 0 else self._cursor) - 1)

    def source(self, first: int, last: int, parts: list[str]) -> tuple[str, ...]:
        """The lines from `first` to `last`; of a very long one the part around the words."""
        cut = []
        for line in self._lines[first : last + 1]:
            if len(line) <= _LONG:
                cut.append(line)
                continue
            said = next((part.strip() for part in parts if part.strip()), "")[:20]
            at = max(line.find(said), 0)
            cut.append(line[at : at + _LONG])
        return tuple(cut)
