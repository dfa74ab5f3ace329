"""Pages that tell of several people, each below a heading that is a name: whose part is which; knows no other page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.extract.layout import fields
from bot.ingest.extract.layout.arrange import arrange_post
from bot.ingest.extract.layout.entries import Entry, Line
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.post import Custom
from bot.ingest.extract.layout.sections import Section, kind_of
from bot.ingest.extract.layout.segments import cut
from bot.ingest.extract.listings.talk_lists import read_talks
from bot.ingest.extract.lives.contacts import read_contacts
from bot.ingest.extract.lives.posts import state_post
from bot.ingest.extract.owners import person_name
from bot.ingest.readers.markup.lines import looks_like_prose
from bot.language.document_words import folded, word_set, words_file
from bot.language.tokens import name_key
from bot.model.entity import EntityRef

_FEWEST = 2  # people, and as large a share of the headings beside theirs: half of them
_MOST_HEADING = 70
_OF_THINGS = frozenset(
    {"projects", "publications", "talks", "awards", "documentation", "sponsors"}
)  # no persons' sections
_AND = re.compile(r"\s+(?:and|&|und|et|y|e|en|och|og)\s+|\s*,\s+(?=[A-ZÀ-Þ])")
_BEHIND = re.compile(r"\s*(?:[–—:,-]|\((?=[^()]*\)))\s*(?=\S)")
_SHORT = re.compile(r"\s*\([A-Z]{2,5}\)\Z")  # "(CEO)" behind what it stands for
_MOST_LINES = 3  # below the name in which stands what somebody is
_LABELLED = re.compile(r"(?P<label>[A-Z][\w ]{2,20}):\s+(?P<said>\S.*)\Z", re.DOTALL)


@dataclass(slots=True)
class Part:
    """What stands below one heading that names somebody, or several at once."""

    heading: Block
    people: tuple[EntityRef, ...]
    blocks: list[Block] = field(default_factory=list)

    @property
    def about(self) -> EntityRef | None:
        """Whom it is about, where that is one."""
        return self.people[0] if len(self.people) == 1 else None


def parts_of(blocks: Sequence[Block], sections: Sequence[Section] = ()) -> list[Part]:
    """The parts of a page of several people; empty for any other page."""
    things = {id(block) for section in sections if section.kind in _OF_THINGS for block in section.blocks}
    named = {
        id(block): names
        for block in blocks
        if block.shape is Shape.HEADING and id(block) not in things and (names := _named(block.text))
    }
    first = next((block for block in blocks if block.shape is Shape.HEADING), None)
    levels = {block.level for block in blocks if id(block) in named and block is not first}
    for level in sorted(levels):
        beside = [
            block
            for block in blocks
            if block.shape is Shape.HEADING and block.level == level and id(block) not in things
        ]
        own = [block for block in beside if id(block) in named]
        told = {name for block in own for name in map(name_key, named[id(block)])}
        if len(told) >= _FEWEST <= len(own) and 2 * len(own) >= len(beside):
            return _parts(blocks, level, named)
    items = [part for block in blocks if id(block) not in things and (part := _item(block)) is not None]
    listed = sum(block.shape is Shape.ITEM for block in blocks)
    people = {name_key(person.name) for part in items for person in part.people}
    several = len(people) > _FEWEST and 2 * len(people) > len(items)  # not the one author of all that is listed
    return items if several and 2 * len(items) > listed else []


def things_of(sections: Sequence[Section]) -> list[Part]:
    """The parts of an organisation's page that tell of its projects, each below a heading that is its name."""
    parts: list[Part] = []
    for section in sections:
        part: Part | None = None
        for block in section.blocks if section.kind == "projects" else ():
            if block.shape is Shape.HEADING:
                part = Part(block, (EntityRef(block.text.strip(" :"), ("project",)),))
                parts.append(part)
            elif part is not None:
                part.blocks.append(block)
    return [part for part in parts if part.blocks]


def _item(block: Block) -> Part | None:
    """What opens with a name in bold and goes on about whoever has it: "**Ada King** – keys. A nurse."."""
    first = block.strong[0] if block.shape in (Shape.ITEM, Shape.PARAGRAPH) and block.strong else ""
    behind = _BEHIND.match(block.text, len(first)) if first and block.text.startswith(first) else None
    names = _named(first.strip(" :")) if behind is not None else ()
    if behind is None or not names:
        return None
    rest = replace(block, shape=Shape.PARAGRAPH, text=block.text[behind.end() :], strong=())
    return Part(block, tuple(EntityRef(name, ("person",)) for name in names), [rest])


def _parts(blocks: Sequence[Block], level: int, named: dict[int, tuple[str, ...]]) -> list[Part]:
    parts: list[Part] = []
    part: Part | None = None
    for block in blocks:
        if block.shape is Shape.HEADING and block.level <= level:
            names = named.get(id(block), ()) if block.level == level else ()
            part = Part(block, tuple(EntityRef(name, ("person",)) for name in names)) if names else None
            parts += [part] if part is not None else []
        elif _is_of_all(block):
            part = None
        elif part is not None:
            part.blocks.append(block)
    return parts


def _is_of_all(block: Block) -> bool:
    """Whether a line behind the last part says who runs the occasion of all."""
    return block.shape is Shape.PAIR and folded(block.cells[0]) in words_file("labels")["event"]["organizer"]


def _named(heading: str) -> tuple[str, ...]:
    """Whom a heading names, and nothing else: "Ada King", "Ada King and Mel Rowe", "Dr. Ada King, archivist"."""
    if len(heading) > _MOST_HEADING or kind_of(heading) is not None:
        return ()
    several = tuple(map(person_name, _AND.split(heading)))
    if len(several) > 1 and all(several):
        return several
    name = person_name(heading)
    return (name,) if name and heading.find(name.split()[0]) <= len("Assoc. Prof. Dr. ") else ()


def read_part(notes: Notes, part: Part) -> None:
    """What the lines below a name say of that person: who they are and where, addresses, a talk of theirs."""
    if any("person" not in one.kinds for one in part.people):
        return
    for person in part.people:
        notes.drafting.declare("person", person.name, part.heading.line)
    if part.about is None:
        return
    own = replace(notes, subject=part.about)
    role = _role_beside(part.heading.text, part.about.name) if part.heading.shape is Shape.HEADING else ""
    if role:
        own.state("jobTitle", role, Line(part.heading.text, part.heading))
    for block in part.blocks[:_MOST_LINES]:
        if block.shape is Shape.PARAGRAPH and not looks_like_prose(block.text):
            _state_position(own, block)
    read_contacts(own, part.blocks, head=False)
    for block in part.blocks:
        said = _talk(block.text)
        if said:
            read_talks(own, Section("talks", None, [replace(block, text=said)]))


def _role_beside(heading: str, name: str) -> str:
    """What a heading says somebody is, behind the name: "Ada King - Keeper of the Nets (KN)"; empty where nothing."""
    _, found, rest = heading.partition(name.rsplit(maxsplit=1)[-1])
    behind = _BEHIND.match(rest) if found else None
    said = _SHORT.sub("", rest[behind.end() :]).strip(" )") if behind is not None else ""
    return said if fields.role(said) >= fields.LIKELY else ""


def _state_position(notes: Notes, block: Block) -> None:
    """A line like "PhD student, University of Tarn", or the house alone."""
    said = re.split(r"\s+[·|•]\s+", block.text.split("\n")[0])[0]
    entry = Entry([Line(said, block)])
    parts = cut(entry)
    post = arrange_post(parts, ())
    house = post.location.partition(", ")[0]
    if post.left or (house.isupper() and house != post.location):
        return  # "Director, Programs, LOOM, Norrenland": of which of them is not clear
    if post.role and post.organization and post.sure:
        state_post(notes, entry, parts, "worksFor", Custom())
    elif not post.role and len(post.names) == 1 and fields.organization(post.organization) >= fields.SURE:
        where = [("location", post.location)] if post.location else []
        notes.state("worksFor", post.organization, entry.head[0], where)


def _talk(text: str) -> str:
    """What stands behind "Talk:" in a paragraph; empty where nothing does."""
    labels = words_file("sections")["entry_labels"]["talks"]
    for match in re.finditer(r"(?:\A|(?<=[.!?] )|(?<=\n))(?=[A-Z][\w ]{2,20}: )", text):
        labelled = _LABELLED.match(text, match.start())
        if labelled is not None and folded(labelled["label"]) in labels:
            said = labelled["said"].split("\n")[0].strip()
            return "" if folded(said).startswith(tuple(word_set("labels", "placeholders"))) else said
    return ""
