"""Tables of a page whose columns are those of a list of people or events: each row a record; reads no vitae."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.ingest.documents.blocks import Block, Page, Shape
from bot.ingest.documents.drafting import Drafting
from bot.ingest.extract.layout import fields
from bot.ingest.extract.layout.sections import Section, kind_of
from bot.ingest.extract.listings.people import part_in_project
from bot.ingest.extract.subject import Subject
from bot.ingest.readers.record.event import read_event
from bot.ingest.readers.record.facts import RecordFacts, Source
from bot.ingest.readers.record.field_words import FieldWords, field_words
from bot.ingest.readers.record.fields import plain
from bot.ingest.readers.record.group import Group
from bot.ingest.readers.record.person import read_person
from bot.ingest.readers.record.texts import is_placeholder
from bot.ingest.readers.record.tree import Record
from bot.language.document_words import alternatives, folded, word_set, words_file
from bot.language.yaml_text import YamlPath
from bot.model.entity import EntityRef
from bot.model.fact import Evidence

_READ = ("person", "event")
_LEAST_ROWS = 2
_MOST_ROWS = 2000
_TITLE_PARTS = re.compile(r"\s+[|•·–—-]+\s+|:\s+|\s+(?:at|of)\s+(?:the\s+)?")
_NAMES = frozenset({"name", "givenName"})


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows below one header, and where their values stand; the place of a value begins with its row's number."""

    document: str
    blocks: Sequence[Block]

    def evidence(self, path: YamlPath, said: str = "") -> Evidence:
        """The line of the row that says it."""
        return self._block(path).evidence(self.document, said)

    def line(self, path: YamlPath) -> int:
        """The line on which the row begins."""
        return self._block(path).line

    def first_line(self, path: YamlPath) -> int:
        """The same: the cells of a row stand together."""
        return self._block(path).line

    def _block(self, path: YamlPath) -> Block:
        row = path[0] if path else 0
        return self.blocks[row if isinstance(row, int) else 0]


def read_record_tables(
    page: Page, sections: list[Section], subject: Subject | None, drafting: Drafting
) -> list[Section]:  # fmt: skip
    """State what the rows of such tables say; the sections without them."""
    if subject is not None and subject.kind == "person":
        return sections
    words = field_words(drafting.vocabulary)
    group = Group()
    if subject is not None:
        group.occasions.append((subject.kind, subject.name, None))
    elif (named := _listed_organization(page)) is not None:
        name, heading = named
        drafting.declare("organization", name, heading.line)
        group.occasions.append(("organization", name, None))
    done: set[int] = set()
    above = _headings(page)
    for section in sections:
        for header, rows in _tables(section.blocks):
            title = above.get(id(header), section.title)
            kind = _kind(words, header, rows, title)
            if kind is not None:
                placed = _Rows(drafting.document, rows)
                source = Source(drafting, words, group, placed)
                _read(source, header, rows, kind, title)
                done |= {id(block) for block in (header, *rows)}
    if not done:
        return sections
    return [
        replace(section, blocks=[block for block in section.blocks if id(block) not in done]) for section in sections
    ]


def _headings(page: Page) -> dict[int, str]:
    """The heading that each row stands below, the title of the page among them."""
    above, found = "", {}
    for block in page.blocks:
        if block.shape is Shape.HEADING:
            above = block.text
        elif block.shape is Shape.ROW:
            found[id(block)] = above
    return found


def _tables(blocks: Sequence[Block]) -> Iterator[tuple[Block, list[Block]]]:
    """Each header row with the rows below it."""
    header: Block | None = None
    rows: list[Block] = []
    for block in [*blocks, None]:
        row = block is not None and block.shape is Shape.ROW
        if block is not None and row and not block.level and header is not None:
            rows.append(block)
            continue
        if header is not None and len(rows) >= _LEAST_ROWS:
            yield header, rows[:_MOST_ROWS]
        header, rows = (block if row and block is not None and block.level else None), []


def _kind(words: FieldWords, header: Block, rows: Sequence[Block], title: str) -> str | None:
    """What the rows are, by what the columns are called and by the heading above."""
    columns = [cell for cell in header.cells if cell.strip()]
    if len(columns) < 2 or len({plain(cell) for cell in columns}) < len(columns):
        return None
    kinds = (words.kind_of([columns], names, "") for names in ((title,) if title else (), ()))
    kind = next((kind for kind in kinds if kind in _READ), None)  # below "Reading room" people may be listed
    if kind is None:
        return None
    targets = [words.target(kind, cell) for cell in header.cells]
    if _topic(words, kind, header):
        targets.append("name")
    known = sum(target is not None for target in targets)
    named = bool(_NAMES & {target or "" for target in targets})
    return (
        kind
        if named and 2 * known > len(columns) and all(len(row.cells) <= len(header.cells) for row in rows)
        else None
    )


def _topic(words: FieldWords, kind: str, header: Block) -> str:
    """The column that calls each event by its topic, where a day and who speaks stand beside it and no title does."""
    targets = {words.target(kind, cell): cell for cell in header.cells}
    named = kind == "event" and not _NAMES & targets.keys() and {"startDate", "performer"} <= targets.keys()
    return targets.get("about", "") if named else ""


def _read(source: Source, header: Block, rows: Sequence[Block], kind: str, title: str) -> None:
    topic = _topic(source.words, kind, header)
    source.overrides.update({plain(topic): "name"} if topic else {})
    for number, row in enumerate(rows):
        data = {
            name: cell for name, cell in zip(header.cells, row.cells, strict=False) if name.strip() and cell.strip()
        }
        facts = RecordFacts(source, Record(data, (number,)), kind)
        if not facts.name or is_placeholder(facts.name):
            continue
        if kind == "person":
            _state_part(facts, title)
            read_person(facts)
        else:
            read_event(facts, (title,))


def _state_part(facts: RecordFacts, title: str) -> None:
    """What somebody is to the project whose page has the table, by the heading above or by the column of the names."""
    occasion = facts.source.group.occasion
    if occasion is None or occasion[0] != "project":
        return
    part, past = part_in_project(title, facts.name_field)
    named = folded(facts.name_field)
    told = [named] if part == "contributor" and named in word_set("fields", "roles") else []
    told += [said.text for said in facts.take("")]  # columns that are of no person: "Area"
    details = [("contribution", ", ".join(told))] if told else []
    details += [("status", "past")] if past else []
    facts.drafting.state(EntityRef(occasion[1], ("project",)), part, facts.name, facts.evidence, qualifiers=details)


def _listed_organization(page: Page) -> tuple[str, Block] | None:
    """Whose people a page lists by its heading: `Staff of the Harbour Institute`."""
    people = alternatives({folded(word) for word in words_file("sections")["sections"]["people"]})
    for block in page.blocks[:8]:
        if block.shape is not Shape.HEADING:
            continue
        match = re.match(rf"(?:our\s+)?(?:{people})\s+(?:of|at|der|des|von|de)\s+(?:the\s+)?", folded(block.text))
        name = (
            block.text[match.end() :].strip(" .:")
            if match is not None and len(folded(block.text)) == len(block.text)
            else ""
        )
        if name[:1].isupper() and len(name) < 90:
            return name, block
    return _titled_organization(page)


def _titled_organization(page: Page) -> tuple[str, Block] | None:
    """Whose people a page lists by its title: `Staff directory | Harbour Institute`."""
    pieces = [piece.strip() for piece in _TITLE_PARTS.split(page.title) if piece.strip()]
    lists = [piece for piece in pieces if kind_of(piece) == "people"]
    names = [piece for piece in pieces if piece not in lists and fields.organization(piece) >= fields.LIKELY]
    block = next(iter(page.blocks), None)
    return (names[0], block) if len(pieces) == 2 and lists and names and block is not None else None
