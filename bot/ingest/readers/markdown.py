"""Markdown to blocks with their lines: what CommonMark sees, and what people write that it does not; means nothing."""

import re
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.ingest.documents.blocks import Block, Link, Page, Shape
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.readers.encoding import broken, decode
from bot.ingest.readers.html import blocks_of
from bot.ingest.readers.markup.commands import install_command
from bot.ingest.readers.markup.front_matter import split_front_matter
from bot.ingest.readers.markup.lines import BULLETS, bullet, join_wrapped, pair
from bot.ingest.readers.plain import text_blocks
from bot.model.problem import Problem

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".rmd", ".qmd")
MOST_CHARACTERS = 1_000_000
MOST_LINE = 10_000  # characters; the time to read one grows with its square
MOST_CELLS = 20_000
_MOST_NESTING = 60
_TEMPLATE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{:.*?\}|<!--.*?-->", re.DOTALL)
_ATTRIBUTES = re.compile(r"\s*\{[:#.][^{}]*\}\s*\Z")
_GLYPH_LINE = re.compile(rf"[ \t]*[{BULLETS}]\s*\S")
_MARKS = re.compile(r"\A(?:\[[ xX]\]\s+|_(?=\d))")  # a box to tick; italics that are never closed
_SHORTCODE = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]+:(?![\w:])")  # of a picture: "Experience :office:"
_SLIP = re.compile(
    r"(?m)^(#{1,6})(?=[^\s#])(?=(?P<long>.{200})?)"
)  # "#Heading", which people write and most sites show as one


class MarkdownReader:
    """Reads Markdown that is no profile; see `Reader`."""

    def accepts(self, raw: Raw) -> bool:
        """By its name."""
        return raw.path.lower().endswith(SUFFIXES)

    def read(self, raw: Raw, _context: Context) -> Reading | Page:
        """The page, with what its front matter says as `meta`."""
        decoded = decode(raw)
        if not decoded.readable:
            return Reading(problems=decoded.problems)
        if len(decoded.text) > MOST_CHARACTERS:
            return broken(raw, 1, f"longer than {MOST_CHARACTERS} characters; split it")
        problems = list(decoded.problems)
        strange = next((at for at, line in enumerate(decoded.lines, start=1) if len(line) > MOST_LINE), None)
        if strange is not None or decoded.text.count("|") > MOST_CELLS:
            text = "too long a line or too large a table for Markdown; read as plain text"
            problems.append(Problem(raw.path, strange or 1, text, fatal=False))
            return Page(tuple(text_blocks(decoded.lines)), problems=tuple(problems))
        return read_markdown(raw.path, list(decoded.lines), problems)


def read_markdown(path: str, lines: list[str], problems: list[Problem]) -> Page:
    """The page that these lines make."""
    front, body = split_front_matter(path, lines)
    problems += front.problems
    blocks = tuple(markdown_blocks(lines, body))
    return Page(blocks, front.title, front.meta, tuple(problems))


def markdown_blocks(lines: list[str], body: int = 0) -> Iterator[Block]:
    """The blocks of the lines from `body` on."""
    text = "\n".join([""] * body + lines[body:])
    text = _TEMPLATE.sub(lambda match: re.sub(r"[^\n]", "", match.group()), text)
    text = _SLIP.sub(lambda match: "" if match["long"] else f"{match[1]} ", text)  # set large, a paragraph is none
    parser = MarkdownIt("commonmark", {"maxNesting": _MOST_NESTING}).enable(["table", "strikethrough"])
    return _Walk(lines, parser.parse(text)).blocks()


class _Walk:
    """Turns the tokens of one text into blocks."""

    def __init__(self, lines: list[str], tokens: list[Token]) -> None:
        self._lines = lines
        self._tokens = tokens

    def blocks(self) -> Iterator[Block]:  # noqa: PLR0912 (a case for each kind of token)
        depth = -1  # of lists
        fresh = False  # whether the next paragraph begins a list item
        row: list[Token] = []
        header = False
        for place, token in enumerate(self._tokens):
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    depth += 1
                case "bullet_list_close" | "ordered_list_close":
                    depth -= 1
                case "list_item_open":
                    fresh = True
                case "heading_open":
                    yield from self._heading(self._tokens[place + 1], int(token.tag[1]))
                case "paragraph_open":
                    yield from self._paragraph(self._tokens[place + 1], depth if fresh else -1)
                    fresh = False
                case "thead_open":
                    header = True
                case "thead_close":
                    header = False
                case "tr_open":
                    row = []
                case "th_open" | "td_open":
                    row.append(self._tokens[place + 1])
                case "tr_close" if row:
                    yield from self._row(row, header=header)
                case "html_block":
                    first = token.map[0] if token.map else 0
                    yield from blocks_of(token.content, self._lines, first)
                case "fence" | "code_block" if token.map:
                    yield from self._code(token)
                case _:
                    pass

    def _heading(self, inline: Token, level: int) -> Iterator[Block]:
        first, last = inline.map or (0, 1)
        text = _Inline(inline)
        shown = _ATTRIBUTES.sub("", text.joined())
        if shown:
            yield text.block(Shape.HEADING, first + 1, shown, self._lines[first:last], level)

    def _paragraph(self, inline: Token, depth: int) -> Iterator[Block]:
        first, last = inline.map or (0, 1)
        written = self._lines[first:last]
        if all("|" in line for line in written) and written[0].lstrip().startswith("|"):
            yield from self._loose_table(first, written)
            return
        if len(written) > 1 and any(_GLYPH_LINE.match(line) for line in written):
            yield from self._glyphs(first, written, max(depth, 0))
            return
        if len(written) > 1 and any(line.startswith(":") for line in written[1:]) and not written[0].startswith(":"):
            yield from self._definitions(first, written)
            return
        text = _Inline(inline)
        shown = _ATTRIBUTES.sub("", text.joined())
        if not shown.strip():
            if text.links:
                yield Block(Shape.PARAGRAPH, first + 1, "", tuple(written), 0, (), text.links)
            return
        shape = Shape.ITEM if depth >= 0 else Shape.PARAGRAPH
        glyph = bullet(shown) if depth < 0 and _GLYPH_LINE.match(shown) else None
        if glyph is not None:
            shape, shown = Shape.ITEM, shown[glyph[0] :]
        shown = _MARKS.sub("", shown)
        cells = pair(shown) if "\n" not in shown else None
        if cells is not None and shape is Shape.PARAGRAPH:
            yield text.block(Shape.PAIR, first + 1, shown, written, cells=cells)
        else:
            yield text.block(shape, first + 1, shown, written, max(depth, 0))

    def _row(self, cells: list[Token], *, header: bool) -> Iterator[Block]:
        texts = [_Inline(cell) for cell in cells]
        lines = [[" ".join(line.split()) for line in text.joined().split("\n")] for text in texts]
        shown = tuple("\n".join(filter(None, cell)) for cell in lines)
        if not any(shown):
            return
        first = (cells[0].map or (0, 1))[0]
        links = tuple(link for text in texts for link in text.links)
        strong = shown if header else tuple(part for text in texts for part in text.strong)
        yield Block(Shape.ROW, first + 1, "\t".join(shown), (self._lines[first],), int(header), shown, links, strong)

    def _loose_table(self, first: int, written: list[str]) -> Iterator[Block]:
        """Rows without the line of dashes that GitHub wants below the first."""
        for offset, line in enumerate(written):
            if not line.strip(" |:-+="):
                continue
            texts = [inline_text(cell) for cell in line.strip().strip("|").split("|")]
            cells = tuple(" ".join(text.text.split()) for text in texts)
            links = tuple(link for text in texts for link in text.links)
            strong = tuple(part for text in texts for part in text.strong)
            yield Block(Shape.ROW, first + offset + 1, "\t".join(cells), (line,), 0, cells, links, strong)

    def _glyphs(self, first: int, written: list[str], depth: int) -> Iterator[Block]:
        """Lines each with a bullet that Markdown does not know."""
        start, gathered = 0, [written[0]]
        for offset, line in enumerate([*written[1:], None], start=1):
            if line is not None and not _GLYPH_LINE.match(line):
                gathered.append(line)
                continue
            glyph = bullet(gathered[0].strip()) if _GLYPH_LINE.match(gathered[0]) else None
            texts = [inline_text(part.strip()) for part in gathered]
            joined = join_wrapped([text.text for text in texts])
            links = tuple(link for text in texts for link in text.links)
            strong = tuple(part for text in texts for part in text.strong)
            shape = Shape.PARAGRAPH if glyph is None else Shape.ITEM
            shown = joined if glyph is None else joined[glyph[0] :]
            yield Block(shape, first + start + 1, shown, tuple(gathered), depth, (), links, strong)
            if line is not None:
                start, gathered = offset, [line]

    def _definitions(self, first: int, written: list[str]) -> Iterator[Block]:
        """A term, then its meanings behind colons."""
        term, at = "", 0
        for offset, line in enumerate(written):
            text = inline_text(line.strip().removeprefix(":").strip())
            if not line.startswith(":"):
                term, at = text.text, offset
                continue
            cells = (term, text.text)
            yield Block(
                Shape.PAIR, first + offset + 1 if offset > at + 1 else first + at + 1, f"{term}: {text.text}",
                tuple(written[at if offset == at + 1 else offset : offset + 1]), 0, cells, text.links, text.strong,
            )  # fmt: skip

    def _code(self, token: Token) -> Iterator[Block]:
        """Indented text that is prose is often no code; of a fenced one only commands that install something count."""
        first = token.map[0] if token.map else 0
        if token.type != "code_block":
            for offset, line in enumerate(token.content.splitlines(), start=1):
                if command := install_command(line):
                    yield Block(Shape.PARAGRAPH, first + offset + 1, command, (self._lines[first + offset],))
            return
        if token.content.lstrip().startswith("<"):
            yield from blocks_of(token.content, self._lines, first)
            return
        for offset, line in enumerate(token.content.splitlines()):
            if line.strip():
                yield Block(Shape.PARAGRAPH, first + offset + 1, " ".join(line.split()), (self._lines[first + offset],))


class _Inline:
    """The text of a run of inline tokens, with its breaks, links and what is set off."""

    def __init__(self, token: Token) -> None:
        self._parts: list[str] = []
        self._breaks: list[tuple[int, bool]] = []  # where in `_parts` a line ends, and whether it was meant to
        links: list[Link] = []
        strong: list[str] = []
        self._slanted: list[str] = []
        self._read(token.children or [], links, strong)
        self.links = tuple(links)
        self.slanted = tuple(part for part in self._slanted if part)
        self.strong = tuple(part for part in strong if part)

    def block(
        self, shape: Shape, line: int, shown: str, written: list[str], level: int = 0, cells: tuple[str, ...] = ()
    ) -> Block:
        """The block that it is, with all that is set off within it."""
        return Block(shape, line, shown, tuple(written), level, cells, self.links, self.strong, self.slanted)

    @property
    def text(self) -> str:
        """On one line."""
        return " ".join(self.joined().split())

    def joined(self) -> str:
        """With the breaks that were meant."""
        lines, meant = [], []
        start = 0
        for place, certain in [*self._breaks, (len(self._parts), True)]:
            line = "".join(self._parts[start:place])
            tabbed = "\t".join(" ".join(part.split()) for part in re.split(r"\t|(?<=\S) {4,}(?=\S)", line.strip()))
            if tabbed:
                lines.append(tabbed)
                meant.append(certain)
            start = place
        return join_wrapped(lines, meant)

    def _read(  # noqa: PLR0912 (a case for each kind of token)
        self, tokens: list[Token], links: list[Link], strong: list[str]
    ) -> None:
        open_links: list[tuple[str, int]] = []
        open_strong: list[int] = []
        open_slanted: list[int] = []
        code = -9  # where the last code stands
        for token in tokens:
            match token.type:
                case "text":
                    self._parts.append(_SHORTCODE.sub(" ", token.content))
                case "code_inline":
                    if code == len(self._parts) - 2 and not self._parts[-1].strip():
                        self._parts[-1] = "\t"  # one code behind the other is a list of them
                    code = len(self._parts)
                    self._parts.append(token.content)
                case "softbreak":
                    if open_links:
                        self._parts.append(" ")
                    else:
                        self._breaks.append((len(self._parts), False))
                case "hardbreak":
                    self._breaks.append((len(self._parts), True))
                case "html_inline":
                    tag = token.content.lower()
                    if tag.startswith("<br"):
                        self._breaks.append((len(self._parts), True))
                    elif tag.startswith(("<b>", "<strong", "<u>")):
                        open_strong.append(len(self._parts))
                    elif tag.startswith(("</b>", "</strong", "</u>")) and open_strong:
                        strong.append("".join(self._parts[open_strong.pop() :]).strip())
                    elif (address := _address_of(token.content)) is not None:
                        open_links.append((address, len(self._parts)))
                    elif tag.startswith("</a") and open_links:
                        self._close(open_links, links)
                case "link_open":
                    open_links.append((str(token.attrGet("href") or ""), len(self._parts)))
                case "link_close" if open_links:
                    self._close(open_links, links)
                case "strong_open":
                    open_strong.append(len(self._parts))
                case "strong_close" if open_strong:
                    strong.append("".join(self._parts[open_strong.pop() :]).strip())
                case "em_open":
                    open_slanted.append(len(self._parts))
                case "em_close" if open_slanted:
                    self._slanted.append("".join(self._parts[open_slanted.pop() :]).strip())
                case "image":
                    self._image(token, open_links, links)
                case _:
                    pass

    def _close(self, open_links: list[tuple[str, int]], links: list[Link]) -> None:
        address, place = open_links.pop()
        said = " ".join("".join(self._parts[place:]).split())
        if said or not any(link.url == address for link in links):  # a picture that is a link has said what it is
            links.append(Link(said, address))

    def _image(self, token: Token, open_links: list[tuple[str, int]], links: list[Link]) -> None:
        """A picture is no text; one that is a link is, by what it says instead."""
        if open_links and (alt := " ".join(token.content.split())):
            links.append(Link(alt, open_links[-1][0]))


def inline_text(source: str) -> _Inline:
    """One line of Markdown."""
    tokens: list[Any] = _INLINE.parseInline(source)
    return _Inline(tokens[0]) if tokens else _Inline(Token("inline", "", 0, children=[]))


def _address_of(tag: str) -> str | None:
    match = re.match(r"<a\s[^>]*href\s*=\s*[\"']?([^\"'\s>]+)", tag, re.IGNORECASE)
    return match[1] if match else None


_INLINE = MarkdownIt("commonmark").enable("strikethrough")
