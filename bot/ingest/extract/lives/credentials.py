"""Licences and certificates to facts: what each is called, since when and until when it holds; judges none."""

import re
from dataclasses import replace

from bot.ingest.extract.layout.entries import Entry, entries_of
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.sections import Section
from bot.ingest.extract.lives.lists import has_first_person, state_award
from bot.language.date_ranges import DateSpan, find_ranges, without_ranges
from bot.language.document_words import alternatives, folded, unaccented, word_set

_PIECES = re.compile(r"\s*;\s+(?![^()]*\))")
_BARE = re.compile(r"\(\s*[,;:]?\s*\)|\[\s*\]")
_MOST_NAME = 160


def read_credentials(notes: Notes, section: Section) -> None:
    """The licences, certificates and courses of a section."""
    for entry in entries_of(section.blocks):
        if len(entry.head) > 1 or entry.head[0].block.cells:
            state_award(notes, entry, "hasCredential")
        else:
            _read_line(notes, entry)


def _read_line(notes: Notes, entry: Entry) -> None:
    line = entry.head[0]
    if has_first_person(line.text) or len(line.text) > 2 * _MOST_NAME:
        notes.leave(line, "a sentence, not a certificate")
        return
    for piece in _PIECES.split(line.text):
        spans = find_ranges(piece)
        name = _name(without_ranges(piece, spans))
        if sum(map(str.isalpha, name)) > 1 and len(name) <= _MOST_NAME:
            notes.state("hasCredential", name, line, (), _held(piece, spans[0]) if spans else None)


def _held(piece: str, span: DateSpan) -> DateSpan:
    """When it holds: behind "expires" a date is when it ends."""
    before = folded(unaccented(piece)[: span.first])
    ends = re.search(rf"\b(?:{alternatives(word_set('labels', 'expires'))})\W*\Z", before)
    return span if ends is None else replace(span, start=None)


def _name(text: str) -> str:
    """What it is called, without the words that only lead to a date."""
    words = alternatives(word_set("labels", "expires") | word_set("labels", "issued"))
    bare = _BARE.sub("", re.sub(rf"[\s,;:(–-]*\b(?:{words})\b[\s:.]*(?=\s*[,;)]|\s*\Z)", "", text, flags=re.IGNORECASE))
    if bare.count("(") != bare.count(")"):
        bare = bare.replace(")", "", 1) if bare.count("(") < bare.count(")") else f"{bare})"
    return " ".join(_BARE.sub("", bare).split()).strip(" ,;:|–—-")
