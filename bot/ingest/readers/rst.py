"""reStructuredText and RDoc to blocks, as far as pages for people go: headings, lists, labels, links; means nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.ingest.documents.blocks import Block, Link, Page, Shape
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.readers.encoding import decode
from bot.ingest.readers.markup.front_matter import split_front_matter
from bot.ingest.readers.markup.lines import bullet, join_wrapped, pair
from bot.ingest.readers.markup.rst_tables import rows_of, table_end
from bot.ingest.readers.plain import bare_links
from bot.model.problem import Problem

SUFFIXES = (".rst", ".rest", ".rdoc")
_EQUALS = re.compile(r"(={1,6})\s+(\S.*?)\s*=*\s*\Z")
_UNDERLINE = re.compile(r"([=\-~^\"'`#*+.:_])\1{2,}\s*\Z")
_FIELD = re.compile(r":(?P<label>[^:\n]{1,40}):\s+(?P<value>\S.*)\Z")
_LABEL = re.compile(r"(?:\[(?P<boxed>[^\]\n]{1,90})\]|(?P<label>[\w .'-]{1,40}?)\s*::)\s+(?P<value>\S.*)\Z")
_TARGET = re.compile(r"\.\.\s+_`?(?P<name>[^:`]+)`?:\s*(?P<url>https?://\S+)\s*\Z")
_RST_LINK = re.compile(r"`(?P<text>[^`<]+)<(?P<url>[^`>]+)>`__?")
_RST_NAMED = re.compile(r"`(?P<text>[^`<>]+)`_|(?<![\w.-])(?P<word>[\w.-]*[^\W_])_(?!\w)")
_RDOC_LINK = re.compile(r"(?:\{(?P<text>[^}]+)\}|(?<![\w./-])(?P<word>[\w./-]+))\[(?P<url>[a-z-]+:[^\]\s]+)\]")
_ROLE = re.compile(r":[\w:]{1,60}:`([^`]+)`")
_TAG = re.compile(r"</?[a-z]{1,4}>")
_EMPHASIS = re.compile(r"\*\*([^*\n]+)\*\*|(?<!\w)\*([^*\n]+)\*(?!\w)|``([^`\n]+)``|<tt>([^<]+)</tt>")


_BAR = re.compile(r"\A\|\s+(?!.*\|\s*\Z)")  # before a line that keeps its end, as those of an address do
_ONLY_PICTURES = re.compile(r"(?:\|[\w -]{1,40}\|_{0,2}\s*)+")  # badges, which are written elsewhere
_MOST_LINES = 20_000


class RstReader:
    """Reads documentation in its usual markups; see `Reader`."""

    def accepts(self, raw: Raw) -> bool:
        """By its name."""
        return raw.path.lower().endswith(SUFFIXES)

    def read(self, raw: Raw, _context: Context) -> Reading | Page:
        """The page."""
        decoded = decode(raw)
        if not decoded.readable:
            return Reading(problems=decoded.problems)
        problems = list(decoded.problems)
        if len(decoded.lines) > _MOST_LINES:
            told = "so long a document that nothing is read from here on"
            problems.append(Problem(raw.path, _MOST_LINES + 1, told, fatal=False))
        front, body = split_front_matter(raw.path, list(decoded.lines))
        lines = [*[""] * body, *(_BAR.sub("", line[:20_000]) for line in decoded.lines[body:])]
        return Page(tuple(_Lines(lines).blocks()), front.title, front.meta, (*problems, *front.problems))


@dataclass(frozen=True, slots=True)
class _Said:
    """What lines say, without the markup within them."""

    text: str
    links: tuple[Link, ...]
    strong: tuple[str, ...]
    slanted: tuple[str, ...]

    def block(
        self, shape: Shape, line: int, written: tuple[str, ...], level: int = 0, cells: tuple[str, ...] = ()
    ) -> Block:
        """The block that they are."""
        return Block(shape, line, self.text, written, level, cells, self.links, self.strong, self.slanted)


def _begins(line: str) -> bool:
    return bool(line.strip()) and not line[0].isspace()


class _Lines:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._targets = {match["name"].lower(): match["url"] for line in lines if (match := _TARGET.match(line))}
        self._levels: list[str] = []  # underlines in the order in which they were met
        self._gathered: list[int] = []
        self._indents: list[int] = []

    def blocks(self) -> Iterator[Block]:
        index = 0
        while index < min(len(self._lines), _MOST_LINES):
            line = self._lines[index]
            stripped = line.strip()
            heading = self._heading(index)
            table = table_end(self._lines, index) if stripped else None
            if table is not None:
                yield from self._flush()
                for row in rows_of(self._lines, index, table):
                    yield self._told(row)
                index = table
            elif (
                stripped in ("", "::")
                or _ONLY_PICTURES.fullmatch(stripped)
                or _TARGET.match(line)
                or (heading is None and _UNDERLINE.match(stripped))
            ):
                yield from self._flush()
            elif heading is not None:
                yield from self._flush()
                yield heading[0]
                index = heading[1]
            elif stripped.startswith("..") and (len(stripped) == 2 or stripped[2] == " "):
                yield from self._flush()
                index = self._skip(index)
            else:
                self._take(index, stripped, len(line) - len(line.lstrip()))
            index += 1
        yield from self._flush()

    def _told(self, row: Block) -> Block:
        """A row of a table without the markup in its cells."""
        read = [self._inline(cell) for cell in row.cells]
        cells = tuple(said.text for said in read)
        links = tuple(link for said in read for link in said.links)
        strong = tuple(part for said in read for part in said.strong)
        slanted = tuple(part for said in read for part in said.slanted)
        return replace(row, text="\t".join(cells), cells=cells, links=links, strong=strong, slanted=slanted)

    def _take(self, index: int, stripped: str, indent: int) -> None:
        """Add a line to what is being read."""
        self._gathered.append(index)
        if bullet(stripped) is not None:
            while self._indents and self._indents[-1] > indent:
                self._indents.pop()
            if not self._indents or self._indents[-1] < indent:
                self._indents.append(indent)

    def _heading(self, index: int) -> tuple[Block, int] | None:
        """The heading that begins here, and the index of its last line."""
        line = self._lines[index]
        if match := _EQUALS.match(line):
            return self._made(index, match[2], len(match[1])), index
        rest = self._lines[index + 1 : index + 3]
        if len(rest) == 2 and (over := _UNDERLINE.match(line)) and _UNDERLINE.match(rest[1]) and rest[0].strip():
            return self._made(index + 1, rest[0], self._level(over[1] * 2)), index + 2
        titled = rest and line.strip() and not line[0].isspace() and not _UNDERLINE.match(line) and len(line) < 120
        under = _UNDERLINE.match(rest[0]) if titled else None
        if under is not None and len(rest[0].strip()) >= min(3, len(line.strip())):
            return self._made(index, line, self._level(under[1])), index + 1
        return None

    def _level(self, mark: str) -> int:
        if mark not in self._levels:
            self._levels.append(mark)
        return min(self._levels.index(mark) + 1, 6)

    def _made(self, index: int, text: str, level: int) -> Block:
        return self._inline(text.strip()).block(Shape.HEADING, index + 1, (self._lines[index],), level)

    def _skip(self, index: int) -> int:
        """The last line of a directive or comment."""
        while index + 1 < len(self._lines) and (
            not self._lines[index + 1].strip() or self._lines[index + 1][0].isspace()
        ):
            index += 1
        return index

    def _flush(self) -> Iterator[Block]:
        indexes, self._gathered = self._gathered, []
        start = 0
        for place in range(1, len(indexes) + 1):
            stripped = self._lines[indexes[place]].strip() if place < len(indexes) else ""
            if (
                place < len(indexes)
                and bullet(stripped) is None
                and not _LABEL.match(stripped)
                and not _FIELD.match(stripped)
            ):
                continue
            yield self._block(indexes[start:place])
            start = place

    def _block(self, indexes: list[int]) -> Block:
        written = tuple(self._lines[index] for index in indexes)
        texts = [line.strip() for line in written]
        glyph = bullet(texts[0])
        labelled = (_LABEL.match(texts[0]) or _FIELD.match(texts[0])) if glyph is None else None
        if labelled is not None:
            label = next(value for name, value in labelled.groupdict().items() if name != "value" and value)
            label = _TAG.sub("", label)
            said = self._inline(join_wrapped([labelled["value"], *texts[1:]]))
            cells = (label.strip(), said.text)
            return replace(said, text=f"{label}: {said.text}").block(Shape.PAIR, indexes[0] + 1, written, 0, cells)
        if glyph is not None:
            texts[0] = texts[0][glyph[0] :]
            indent = len(written[0]) - len(written[0].lstrip())
            depth = self._indents.index(indent) if indent in self._indents else 0
            return self._inline(join_wrapped(texts)).block(Shape.ITEM, indexes[0] + 1, written, depth)
        if len(written[0]) - len(written[0].lstrip()) and self._is_literal(indexes[0]):
            return Block(Shape.PARAGRAPH, indexes[0] + 1, "\n".join(texts), written)
        said = self._inline(join_wrapped(texts))
        if said.text.endswith("::"):
            said = replace(said, text=said.text[:-1])  # of what follows it says only that it is written as it stands
        told = pair(said.text) if "\n" not in said.text and len(said.text) < 160 else None
        return said.block(Shape.PAIR if told else Shape.PARAGRAPH, indexes[0] + 1, written, 0, told or ())

    def _is_literal(self, index: int) -> bool:
        """Whether the lines from here on stand as they are: indented below a paragraph that ends so."""
        above = next((line for line in reversed(self._lines[max(0, index - 40) : index]) if _begins(line)), "")
        return above.rstrip().endswith("::")

    def _inline(self, text: str) -> "_Said":
        links: list[Link] = []
        strong: list[str] = []
        slanted: list[str] = []

        def linked(match: re.Match[str]) -> str:
            parts = match.groupdict()
            said = str(parts.get("text") or parts.get("word")).rstrip()
            url = parts.get("url") or self._targets.get(said.lower())
            if url is None:
                return match.group()
            if url.startswith(("http", "mailto:")):
                links.append(Link(" ".join(said.split()), url))
            return said

        def plain(match: re.Match[str]) -> str:
            said = next(part for part in match.groups() if part)
            if match[1] or match[2]:
                (strong if match[1] else slanted).append(said)
            return said

        for pattern in (_RST_LINK, _RDOC_LINK, _RST_NAMED):
            text = pattern.sub(linked, text)
        text = _TAG.sub("", _EMPHASIS.sub(plain, _ROLE.sub(r"\1", text)))
        return _Said(text, (*links, *bare_links(text)), tuple(strong), tuple(slanted))
