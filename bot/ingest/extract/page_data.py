"""What a page says in the terms of data beside its text: front matter, JSON-LD, microdata, cards marked by classes."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from bot.ingest.documents.blocks import Page, Shape
from bot.ingest.documents.drafting import Drafting
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.readers.encoding import decode
from bot.ingest.readers.markup.front_matter import head_end
from bot.ingest.readers.markup.microdata import microdata_objects, microformat_objects
from bot.ingest.readers.record.event import read_event
from bot.ingest.readers.record.facts import RecordFacts, Source
from bot.ingest.readers.record.field_words import FieldWords, field_words
from bot.ingest.readers.record.group import Group
from bot.ingest.readers.record.person import read_person
from bot.ingest.readers.record.placed import Placed, text_of
from bot.ingest.readers.record.structured_data import SearchedLines, is_object, main_objects, state_objects
from bot.ingest.readers.record.tree import Record
from bot.language.json_text import JsonError, read_json
from bot.language.yaml_text import YamlError, read_yaml
from bot.model.entity import EntityDraft
from bot.model.fact import Rank
from bot.model.passage import PassageDraft

_SCRIPT = re.compile(
    r"<script[^>]*type\s*=\s*[\"']?application/ld\+json[^>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL
)
_MARKED = (b"itemscope", b"h-card", b"vcard", b"h-event", b"vevent")
_PAGES = (".html", ".htm", ".xhtml", ".md", ".markdown", ".mdown", ".mkd")
_MOST_SCRIPTS = 20
_MOST_BYTES = 2_000_000
# Fields of a front matter that by themselves say what the page is about.
_ENOUGH = {
    "person": {"worksFor", "jobTitle", "sameAs", "email"},
    "event": {"performer", "location", "startTime", "endTime"},
}


def with_data(raw: Raw, reading: Reading, context: Context) -> Reading:
    """The reading of a page together with what its data say; the same entities as its text, by their names."""
    if not raw.path.lower().endswith(_PAGES) or len(raw.data) > _MOST_BYTES:
        return reading
    front = raw.data.lstrip(b"\xef\xbb\xbf").startswith(b"---")
    linked, marked = b"ld+json" in raw.data.lower(), any(mark in raw.data for mark in _MARKED)
    if not (front or linked or marked):
        return reading
    decoded = decode(raw)
    drafting = Drafting(raw.path, context.vocabulary, Rank.STRUCTURED)
    passages = _front_matter(raw, decoded.lines, drafting) if front else []
    if linked:
        _linked_data(raw, decoded.text, decoded.lines, drafting)
    if marked:
        _marked_up(raw, decoded.text, decoded.lines, drafting)
    if not drafting.facts:
        return reading
    known = {(item.kind, item.name) for item in reading.entities}
    return replace(
        reading,
        entities=(*reading.entities, *(item for item in drafting.entities if _adds(item, known))),
        facts=(*reading.facts, *drafting.facts),
        passages=(*reading.passages, *passages),
        unplaced=(*reading.unplaced, *drafting.unplaced),
    )


def _adds(item: EntityDraft, known: set[tuple[str, str]]) -> bool:
    """Whether the data name an entity that the page does not, or tell what else it is called."""
    return (item.kind, item.name) not in known or bool(item.aliases)


def with_subject(raw: Raw, page: Page, context: Context) -> Raw:
    """A page whose data tell of just one thing of its title, with that as what it is about; else as it is."""
    meta, words = dict(reversed(page.meta)), field_words(context.vocabulary)
    title = meta.get("title", "")
    listed = _listed_in(raw, meta, words) if title and not raw.hints.about else None
    if listed is not None and listed[0] == "event":
        return replace(raw, hints=replace(raw.hints, about=title, kind=listed[0]))
    if raw.hints.about or b"ld+json" not in raw.data[:_MOST_BYTES].lower() or len(raw.data) > _MOST_BYTES:
        return raw
    told = set()
    for content, first_line in _scripts(decode(raw).text):
        try:
            told |= main_objects(read_json(content, first_line).data)
        except JsonError:
            continue
    heads = [page.title, *(block.text for block in page.blocks[:10] if block.shape is Shape.HEADING)]
    named = {(kind, name) for kind, name in told if any(name.casefold() in head.casefold() for head in heads)}
    if len(named) != 1:
        return raw
    kind, name = named.pop()
    return replace(raw, hints=replace(raw.hints, about=name, kind=kind))


def _front_matter(raw: Raw, lines: tuple[str, ...], drafting: Drafting) -> list[PassageDraft]:
    """A front matter in schema.org's terms, or one that is a record of a list kept in files: `speakers/ada.md`."""
    end = head_end(lines)
    if end is None:
        return []
    try:
        front = read_yaml("\n".join(lines[1:end]), first_line=2)
    except YamlError:
        return []  # told by the reader of the page
    if not isinstance(front.data, dict):
        return []
    placed = Placed(raw.path, lines, front.lines)
    if is_object(front.data):
        return state_objects(front.data, placed, drafting)[1]
    words = field_words(drafting.vocabulary)
    listed = _listed_in(raw, front.data, words)
    if listed is None:
        return []
    kind, where = listed
    source = Source(drafting, words, Group(), placed)
    facts = RecordFacts(source, Record(front.data, ()), kind)
    if not facts.name:
        return []
    facts.tell("")
    if kind == "person":
        read_person(facts)
    else:
        read_event(facts, (where,))
    return source.passages


def _listed_in(raw: Raw, data: dict[str, Any], words: FieldWords) -> tuple[str, str] | None:
    """The kind of a record kept in a file of its own, by its folder or by the page's layout; and that word."""
    filled = [name for name, value in data.items() if value not in (None, "", [], {})]
    layout = next((text_of(data[name]) for name in ("layout", "type", "kind", "category") if name in data), "")
    for where in (PurePosixPath(raw.path).parent.name, layout):
        kind = words.kind_of_collection(where) if where else None
        if kind is not None and _ENOUGH.get(kind, set()) & {words.target(kind, name) for name in filled}:
            return kind, where
    return None


def _linked_data(raw: Raw, text: str, lines: tuple[str, ...], drafting: Drafting) -> None:
    for content, first_line in _scripts(text):
        try:
            found = read_json(content, first_line)
        except JsonError:
            continue  # a page is not broken because of what machines were to read of it
        state_objects(found.data, Placed(raw.path, lines, found.lines), drafting)


def _marked_up(raw: Raw, text: str, lines: tuple[str, ...], drafting: Drafting) -> None:
    root = LexborHTMLParser(text).root
    if root is not None:
        for objects in (microdata_objects(root), microformat_objects(root)):
            state_objects(objects, SearchedLines(raw.path, lines), drafting)


def _scripts(text: str) -> Iterator[tuple[str, int]]:
    """The contents of scripts that hold data, each with the line on which it begins."""
    for count, match in enumerate(_SCRIPT.finditer(text)):
        if count == _MOST_SCRIPTS:
            return
        yield match[1].replace("<!--", "").replace("-->", ""), text.count("\n", 0, match.start(1)) + 1
