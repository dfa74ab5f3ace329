"""Headings to the kinds of what stands below them, by the words of the data; reads no entry."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.ingest.documents.blocks import Block, Shape
from bot.language.date_ranges import find_ranges
from bot.language.document_words import folded, word_set, words_file

HEAD = "head"  # what stands before the first section
UNKNOWN = ""  # below a heading that no section is known by
MIXED = "mixed"  # posts and studies together
DATED = frozenset(
    {"work", "education", "service", "teaching", "talks", "awards", "certifications", "projects", "exhibitions", MIXED}
)
_LONG, _LONGEST = 50, 70  # characters of a heading that only its words, or that bold print shows to be one
_ORNAMENT = re.compile(r"^[^\w(]*(?:\d{1,2}[.)]\s+|[IVX]+[.)]\s+|[A-Z]\.\s+)?|[^\w)]*$")
_REMARK = re.compile(r"\s[—–-]\s+(?=[^\W\d_]*\d|about\b|over\b).*\Z")  # "Experience — 15 years in all"
_NOTE = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


@dataclass(slots=True)
class Section:
    """The blocks below one heading, up to the next section's. `kind` is a key of the data or one of those above."""

    kind: str
    heading: Block | None = None
    blocks: list[Block] = field(default_factory=list)
    above: str = ""  # the heading of the section that this one stands within

    @property
    def title(self) -> str:
        """Its heading."""
        return self.heading.text if self.heading is not None else ""


def split(blocks: Sequence[Block]) -> list[Section]:
    """The sections of a page in their order, the first of them without a heading."""
    sections = [Section(HEAD)]
    parents: list[tuple[int, str]] = []
    for place, block in enumerate(_headed(blocks)):
        now = sections[-1]
        if block.shape is not Shape.HEADING:
            now.blocks.append(block)
            continue
        labelled = _entry_kind(block.text)
        if labelled is not None:
            sections.append(Section(labelled[0], None, [replace(block, text=labelled[1])]))
            continue
        kind = kind_of(block.text) if not _is_within(block, now) else None
        level = now.heading.level if now.heading is not None else 0
        if kind is None:
            within = now.kind not in (HEAD, UNKNOWN) and (
                block.level > level or (now.kind in DATED and _is_entry(blocks, block, place))
            )
            titled = now.kind == HEAD and len(sections) == 1 and not _has_body(now) and not find_ranges(block.text)
            if within or titled:
                now.blocks.append(block)
                continue
            kind = UNKNOWN
        if kind == "about" and now.kind == HEAD and not _has_body(now):
            now.blocks.append(block)  # the title of the page
            continue
        while parents and parents[-1][0] >= block.level:
            parents.pop()
        sections.append(Section(kind, block, [], parents[-1][1] if parents else ""))
        parents.append((block.level, block.text))
    return sections


@lru_cache(maxsize=4096)
def kind_of(heading: str) -> str | None:
    """The kind of section that a heading opens; None where it names something of its own."""
    text = plain_heading(_REMARK.sub("", heading))
    if not text or find_ranges(heading):
        return None
    whole = _whole()
    if text in whole:
        return whole[text]
    words = text.split()
    if len(words) > 12:
        return None
    if (alike := _alike(text)) is not None:
        return alike
    parts = [
        part.strip() for part in re.split(r"\s*(?:,|&|/|\band\b|\bund\b|\bet\b|\by\b|\be\b)\s*", text) if part.strip()
    ]
    kinds = [kind for part in parts if (kind := whole.get(part) or _alike(part))]
    if len(parts) > 1 and len(kinds) == len(parts):
        return MIXED if {"work", "education"} <= set(kinds) else kinds[0]
    opening = re.match(
        r"(?P<word>[^\W\d_]{7,}(?:\s[^\W\d_]+)?)\s+(?:op|in|im|als|as|auf|en|de|del|di|da|nel|in the|au)\s", text
    )
    if opening is not None and opening["word"] in whole and len(words) <= 12:
        return whole[opening["word"]]
    for where, fits in (("ends", str.endswith), ("begins", str.startswith)):
        for kind, phrases in words_file("sections")[where].items():
            for phrase in phrases:
                edge = f" {phrase}" if where == "ends" else f"{phrase} "
                if fits(text, edge) and len(words) <= 5:
                    return str(kind)
    return None


def _alike(text: str) -> str | None:
    """The kind of a heading that only says more closely which: "other work experiences", "selected honors"."""
    whole, first = _whole(), text.split(" ", 1)
    said = first[1] if len(first) > 1 and first[0] in word_set("sections", "qualifiers") else text
    return whole.get(said) or (whole.get(said.removesuffix("s")) if " " in text else None)


def _entry_kind(heading: str) -> tuple[str, str] | None:
    """The kind and the name of the one entry that a heading like "Talk: Knots Without Tears" opens."""
    label, found, name = heading.partition(": ")
    kinds = words_file("sections")["entry_labels"].items()
    kind = next((kind for kind, labels in kinds if plain_heading(label) in labels), None)
    return (kind, name.strip()) if kind is not None and found and name.strip() else None


def plain_heading(heading: str) -> str:
    """A heading as it is compared: folded, without numbers, ornaments and brackets."""
    text = _ORNAMENT.sub("", heading)
    return folded(_NOTE.sub("", _ORNAMENT.sub("", text))).replace("my ", "", 1).strip()


@lru_cache(maxsize=1)
def _whole() -> dict[str, str]:
    known: dict[str, str] = {}
    for kind, phrases in words_file("sections")["sections"].items():
        for phrase in phrases:
            known.setdefault(folded(phrase), kind)
    for phrase in words_file("sections")["attended"]:
        known[folded(phrase)] = "attended"
    return known


def _headed(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with those made headings that are one in all but markup: a section's name alone, or set off."""
    for place, block in enumerate(blocks):
        if _is_lone_item(block, blocks[place + 1 : place + 2]):
            yield replace(block, shape=Shape.HEADING, level=5)
            continue
        if block.shape is not Shape.PARAGRAPH or not block.text:
            yield block
            continue
        first, _, rest = block.text.partition("\n")
        alone = len(first) < (_LONGEST if first in block.strong else _LONG) and kind_of(first.rstrip(":"))
        capital = first[:1].isupper() or not first[:1].isalpha()
        exact = alone and capital and (plain_heading(first) in _whole() or first in block.strong or first.isupper())
        if not exact or "\t" in first or any(link.text == first for link in block.links):
            yield block
            continue
        yield replace(block, shape=Shape.HEADING, text=first.rstrip(":"), level=block.level or 5, lines=block.lines[:1])
        if rest:
            line = block.line if block.paged else block.line + 1
            yield replace(block, text=rest, line=line, lines=block.lines[1:] or block.lines)


def _is_lone_item(block: Block, after: Sequence[Block]) -> bool:
    """Whether a bullet only sets off the name of a section: "- Education" above lines that have none."""
    return (
        block.shape is Shape.ITEM
        and plain_heading(block.text) in _whole()
        and bool(after)
        and after[0].shape is Shape.PARAGRAPH
        and not any(link.text == block.text for link in block.links)
    )


def _is_entry(blocks: Sequence[Block], heading: Block, place: int) -> bool:
    """Whether a heading at a section's own level is one of its entries: it, or what comes next, has a date."""
    if find_ranges(heading.text):
        return True
    below = blocks[place + 1 : place + 3]
    if len(below) > 1 and all(block.shape is Shape.ITEM and find_ranges(block.text) for block in below):
        return False  # a list of entries, each with its date
    for block in below:
        if block.shape is Shape.HEADING:
            return False
        if find_ranges(block.text[:120]):
            return True
    return False


def _is_within(heading: Block, section: Section) -> bool:
    """Whether a heading whose words could open a section is part of this one: an entry as others of its level are."""
    plain = plain_heading(heading.text)
    if section.kind == "skills" and section.heading is not None and heading.level > section.heading.level:
        return plain in word_set("sections", "skill_groups")
    levels = {block.level for block in section.blocks if block.shape is Shape.HEADING}
    return section.kind in DATED and heading.level in levels and plain not in _whole()


def _has_body(section: Section) -> bool:
    return any(block.shape is not Shape.HEADING and block.text for block in section.blocks)
