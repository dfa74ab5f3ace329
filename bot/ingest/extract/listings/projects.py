"""Lists of projects to entities of their own: name, description, links, language; reads no prose."""

import re

from bot.ingest.documents.blocks import Shape
from bot.ingest.extract.layout import fields
from bot.ingest.extract.layout.arrange import span_of
from bot.ingest.extract.layout.entries import Entry, entries_of
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.sections import Section
from bot.ingest.extract.layout.segments import cut, is_link_word
from bot.ingest.extract.listings.talks import link_property
from bot.ingest.extract.lives.told_of import told_of
from bot.ingest.readers.record.accounts import is_repository
from bot.language.date_ranges import find_ranges, without_ranges
from bot.language.document_words import folded, word_set
from bot.language.sentences import sentences

_NAME_END = re.compile(r"\s+[–—-]{1,3}\s+|:\s+|\s*\t\s*|\s+\||\s+\(|,\s+(?=an? |the |eine? |une? )")
_SENTENCE_END = re.compile(r"\.\s+")
_BRACKETED = re.compile(r"\[(?P<link>[^\]\[(]{1,40})(?:\s*\((?P<language>[^)]{1,30})\))?\]|\((?P<alone>[^()]{1,40})\)")
_OWN = re.compile(
    r"\b(?:side|personal|own|my|open.source|software|hobby|apps?|games?|packages?|code|tools)\b", re.IGNORECASE
)
_ACRONYM = re.compile(r"\(\w+\)")
_EDGES = " \t:–—-,"  # behind a date that stands first
_MOST_NAME = 80
_MOST_TEXT = 500


def read_projects(notes: Notes, section: Section) -> None:
    """The projects of a section."""
    for entry in entries_of(section.blocks):
        state_project(notes, entry, section)


def state_project(notes: Notes, entry: Entry, section: Section) -> None:
    """Note one project."""
    line = entry.head[0]
    name, rest = _name(entry)
    if not name or len(name) > _MOST_NAME or (not _fits(name) and not _set_off(entry, name)):
        notes.leave(line, "no name of a project found")
        return
    project = notes.entity("project", name, line, *(("software",) if _is_software(entry) else ()))
    if project is None:
        return
    parts = cut(entry)
    span, _ = span_of(parts)
    role = next((item.text for item in parts.segments if fields.role(item.text) >= 4 and item.text not in name), "")
    own = _OWN.search(section.title) is not None or any(is_repository(link.url) for link in line.block.links)
    property_ = "creator" if own and not role else "contributor"
    own_part = line.block.shape is Shape.HEADING and notes.subject.kinds[0] == "organization"  # nobody's own work
    if notes.subject.kinds[0] in ("person", "organization") and not own_part:
        details = [("roleName", role)] if role else []
        notes.state(
            property_, notes.subject.name, line, details, span, subject=project, said=f"{name} {line.text[:80]}"
        )
    text, languages = _description(rest, entry)
    if text and text != role and not _ACRONYM.fullmatch(text):
        notes.state("description", text[:_MOST_TEXT], line, (), subject=project, said=text[:80])
    for told, said in told_of(text, "project"):
        notes.state(told, said, line, (), subject=project)
    for language in languages:
        notes.state("programmingLanguage", language, line, (), subject=project, said=language)
    for link in line.block.links:
        if link.on_web:
            kind = "codeRepository" if is_repository(link.url) else link_property(link, project)
            notes.state(kind, link.url, line, (), subject=project, said=f"{link.text} {link.url}")
    for other in (*entry.head, *entry.details):
        notes.mark(other.block)


def _name(entry: Entry) -> tuple[str, str]:
    """The name of a project and what is said of it: set off, linked, before a dash, or before a new capital."""
    line = entry.head[0]
    text = line.text
    cells = line.block.cells
    if cells and line.block.shape.value in ("row", "pair"):
        return cells[0].split("\n")[0].strip(), " ".join(cells[1:])
    block = line.block
    marks = [*block.strong, *(link.text for link in block.links)]
    for mark in marks:
        said = " ".join(mark.split()).strip(" :.,")
        if said and text.startswith(said) and not is_link_word(said) and len(said) <= _MOST_NAME:
            return said, text[len(said) :]
    bare = without_ranges(text, find_ranges(text)).lstrip(_EDGES)
    for mark in block.slanted if bare != text else ():
        said = " ".join(mark.split()).strip(" :.,")
        if said and bare.startswith(said) and len(said) <= _MOST_NAME:
            return said, bare[len(said) :]
    match = _NAME_END.search(bare)
    if (
        match is not None
        and match.start() <= _MOST_NAME
        and fields.is_name(bare[: match.start()].strip(" \t,"))
        and len(bare[: match.start()].split()) <= 9
    ):
        head = bare[: match.start()].strip(" \t,")
        if head:
            return head, bare[match.end() :] if "(" not in match.group() else bare[match.start() :]
    words = bare.split()
    for at in range(1, min(len(words) - 1, 7)):
        if at == 1 and words[0] in ("A", "An", "The"):
            continue  # "The Ostby wall hangings" is called by all of its words
        article = words[at] in ("A", "An", "The")
        if words[at][0].isupper() and words[at + 1][0].islower() and (article or not words[at].isupper()):
            return " ".join(words[:at]), " ".join(words[at:])
    match = _SENTENCE_END.search(bare)
    if match is not None and match.start() <= _MOST_NAME and fields.is_name(bare[: match.start()]):
        return bare[: match.start()], bare[match.end() :]
    return (bare.strip(" .,"), "") if len(words) <= 8 and len(bare) <= _MOST_NAME else ("", "")


def _description(rest: str, entry: Entry) -> tuple[str, list[str]]:
    """What is said of it without its links, and the languages it is written in."""
    languages: list[str] = []
    known = word_set("fields", "programming_languages")

    def taken(match: re.Match[str]) -> str:
        inner = match["language"] or match["alone"] or ""
        for part in re.split(r"\s*[,/&]\s*", inner):
            if folded(part) in known:
                languages.append(part)
        if match["link"] is not None:
            return " "
        if match["alone"] and is_link_word(match["alone"]):
            return " "
        return (
            " "
            if languages and all(folded(part) in known for part in re.split(r"\s*[,/&]\s*", inner))
            else match.group()
        )

    for link in entry.head[0].block.links:
        if is_link_word(link.text) and link.text in rest:
            languages += [part for part in re.split(r"[\s(),/&]+", link.text) if folded(part) in known]
            rest = rest.replace(link.text, " ", 1)
    text = _BRACKETED.sub(taken, without_ranges(rest, find_ranges(rest), ""))
    text = re.sub(r"\(\s*\)", "", text)
    lines = [line.text for line in (*entry.head[1:], *entry.details)]
    for line in lines:
        label, found, value = line.partition(":")
        if found and folded(label) in word_set("labels", "written_in"):
            languages += [part for part in re.split(r"\s*[,/&;]\s*", value.strip(" .")) if folded(part) in known]
    if entry.block.shape is Shape.HEADING:  # what stands below it are sentences
        lines = [line[start:end] for line in lines for start, end in sentences(line)]
    further = [line for line in lines if len(line) > 20 and not find_ranges(line)]
    said = " ".join([text, *further[:2]] if len(text) < 40 else [text])
    return " ".join(said.split()).strip(" \t:–—-.,|"), list(dict.fromkeys(languages))


def _fits(name: str) -> bool:
    return fields.is_name(name) or (len(name.split()) <= 4 and name[:1].isupper() and not name.endswith("."))


def _set_off(entry: Entry, name: str) -> bool:
    block = entry.head[0].block
    return name in block.strong or any(name == link.text for link in block.links)


def _is_software(entry: Entry) -> bool:
    block = entry.head[0].block
    key = folded(" ".join(line.text for line in entry.head))
    return any(is_repository(link.url) for link in block.links) or bool(
        re.search(
            r"\b(?:app|library|tool|software|package|game|plugin|website|bot|api|compiler|framework|source)\b", key
        )
    )
