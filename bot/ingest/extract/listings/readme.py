"""The page of a piece of software: what it is, what it needs, where its code is, whose copyright; no other prose."""

import re

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.extract.layout import persons
from bot.ingest.extract.layout.entries import Line
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.sections import HEAD, Section
from bot.ingest.extract.listings.releases import read_installation, read_releases
from bot.ingest.readers.record.accounts import is_repository
from bot.ingest.readers.record.texts import introduction
from bot.language.document_words import alternatives, folded, word_set
from bot.language.tokens import name_key

_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))\s*(?:©|\(c\))?\s*(?:(?:19|20)\d\d(?:\s*[-–,]\s*(?:(?:19|20)\d\d|present|now))*)?,?\s*(?:by\s+)?"
    r"(?P<who>[^\W\d_][^\n<(\[|;]{3,60}?)\s*(?:[.<(\[|;\n]|\bAll rights\b|\Z)",
    re.IGNORECASE,
)
_REPOSITORY = re.compile(r"https?://[^/\s]+/[^/\s]+/(?P<name>[^/\s#?]+?)(?:\.git)?(?=[/#?]|\Z)")
_SENTENCE_END = re.compile(r"(?<=[a-z\d)\]`\"'])[.!](?:\s|\Z)")
_TALKS_OF_PAGE = re.compile(
    r"\b(?:this (?:repository|repo|readme|page|document|fork)|deprecated|archived|moved|no longer|warning|note:|see )",
    re.IGNORECASE,
)
_OR = re.compile(r"\A[^.;]*\b(?:or|oder|ou|o)\b[^.;]*\Z")  # of two licences one may be chosen
_WRITTEN = frozenset({"author", "creator"})
_MOST_REQUIREMENT = 140  # characters; a longer text explains more than it requires
_MOST_REQUIREMENTS = 20
_LONGEST, _SHORTEST = 400, 15  # characters of what may say what it is


def read_readme(notes: Notes, sections: list[Section]) -> None:
    """Everything that the page says in its usual places."""
    if not any(_read_description(notes, section) for section in sections if section.kind == HEAD):
        _read_description(notes, next((section for section in sections if section.kind == "about"), None))
    for section in sections:
        if folded(section.title).rstrip(": ") in word_set("sections", "requirements"):
            _read_requirements(notes, section)
        read_releases(notes, section)
    read_installation(notes, sections)
    _read_repository(notes, [block for section in sections for block in section.blocks])
    if not any(fact.property in _WRITTEN for fact in notes.drafting.facts):
        _read_copyright(notes, [block for section in sections for block in section.blocks])


def _read_description(notes: Notes, head: Section | None) -> bool:
    """The first sentences below the title, if they say what it is rather than where it went."""
    for block in head.blocks if head is not None else ():
        text = " ".join(block.text.split())
        if block.shape is Shape.HEADING or not text or _only_links(block):
            continue
        fits = block.shape is Shape.PARAGRAPH and _SHORTEST <= len(text) <= _LONGEST and len(text.split()) > 2
        if fits and not _TALKS_OF_PAGE.search(text) and "http" not in text and not text.endswith(":"):
            end = _SENTENCE_END.search(text)
            said = text[: end.start() + 1] if end is not None and end.start() > _SHORTEST else introduction(text)
            notes.state("description", said, Line(text, block), said=said)
        return fits
    return False


def _only_links(block: Block) -> bool:
    """A line of badges or of links to the parts of the site."""
    rest = block.text
    for link in block.links:
        rest = rest.replace(link.text, " ", 1)
    return bool(block.links) and len(rest.strip(" |·•-–—\n\t")) < _SHORTEST


def _read_requirements(notes: Notes, section: Section) -> None:
    """The items of the list, or its short sentences."""
    items = [block for block in section.blocks if block.shape is Shape.ITEM and not block.level]
    for block in (items or [block for block in section.blocks if block.shape is Shape.PARAGRAPH])[:_MOST_REQUIREMENTS]:
        text = " ".join(block.text.split()).rstrip(".;, ")
        if 1 < len(text) <= _MOST_REQUIREMENT and not text.endswith(":"):
            notes.state("requirement", text, Line(text, block), said=text)


def _read_repository(notes: Notes, blocks: list[Block]) -> None:
    """The repository that has the project's name, among all that the page links."""
    wanted = name_key(notes.subject.name)
    for block in blocks:
        for link in block.links:
            match = _REPOSITORY.match(link.url) if is_repository(link.url) else None
            if match is not None and name_key(match["name"]) == wanted:
                notes.state("codeRepository", match.group(), Line(block.text, block), said=match.group())
                return


def _read_copyright(notes: Notes, blocks: list[Block]) -> None:
    """Whoever holds the copyright wrote it, where nobody else is said to have."""
    for block in blocks:
        match = _COPYRIGHT.search(block.text)
        who = match["who"].strip(" ,.") if match is not None else ""
        if who and persons.is_person(who) and len(who.split()) <= 4:
            line = Line(block.text, block)
            notes.entity("person", who, line)
            notes.state("author", who, line, (), said=who)
            return


def read_license(notes: Notes, section: Section) -> None:
    """The licence that a section of that name names, or both of which one may be chosen."""
    if folded(section.title).rstrip(":") not in ("license", "licence", "copyright", "lizenz", "copying"):
        return
    known = rf"(?<![\w-])(?:{alternatives(word_set('fields', 'licenses'))})(?![\w-])(?:[\s-]license)?"
    for block in section.blocks:
        text = folded(block.text)
        found = list(re.finditer(known, text))
        other = [match for match in found[1:2] if _OR.search(text[found[0].end() : match.start()])]
        for match in (*found[:1], *other):
            said = block.text[match.start() : match.end()]
            notes.state("license", said, Line(block.text, block))
        if found:
            return
