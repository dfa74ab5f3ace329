"""What somebody was in a body, where a heading or a label says it of the names below; decides nothing about dates."""

import re
from dataclasses import replace

from bot.ingest.extract.layout import fields
from bot.ingest.extract.layout.entries import Entry, Line
from bot.ingest.extract.layout.post import Post
from bot.ingest.extract.layout.segments import Parts
from bot.ingest.readers.markup.lines import pair
from bot.language.date_ranges import find_ranges
from bot.language.document_words import folded
from bot.language.tokens import name_key

_A_NAME = 1.0  # as surely an organisation as any name is
_BODY = re.compile(r"\b(?:committees?|boards?|reviewer|referee)\b")
_LISTED = re.compile(r"\s*[,;]\s+(?![^()]*\))")
_YEARS = re.compile(r"\s*\((?P<years>\d{4}(?:\s*,\s*\d{4})*)\)\s*\Z")


def below_employers(entry: Entry, name: str, *, known: bool = False) -> Entry:
    """The entry without the headings that are no employer's: the person's own; `known`: any without a word for one."""
    own = name_key(name)
    groups = tuple(
        line
        for line in entry.groups
        if own not in name_key(line.text)
        and (not known or find_ranges(line.text) or fields.organization(line.text) > _A_NAME)
    )
    return entry if len(groups) == len(entry.groups) else replace(entry, groups=groups)


def each_named(entry: Entry) -> list[Entry]:
    """An entry for each body and each year of "Program committee: RopeConf (2019, 2021), KnotDays (2022)".

    Bodies alone, one a line, are an entry each too.
    """
    if len(entry.head) > 1 and not entry.details and all(map(_is_body, entry.head)):
        return [Entry([line], [], entry.groups) for line in entry.head]
    found: list[Entry] = []
    for line in entry.head:
        label = pair(line.text)
        if label is None or not (_BODY.search(folded(label[0])) or fields.role(label[0]) >= fields.LIKELY):
            return [entry]
        for item in _LISTED.split(label[1]):
            years = _YEARS.search(item)
            times = years["years"].split(",") if years is not None else []
            named = [f"{item[: years.start()]} ({time.strip()})" for time in times] if years is not None else [item]
            found += [Entry([replace(line, text=f"{label[0]}: {said}")], [], entry.groups) for said in named]
    return found if len(found) > len(entry.head) else [entry]


def _is_body(line: Line) -> bool:
    """Whether a line is the name of a body and nothing else: no time, no office."""
    return (
        not line.dated
        and pair(line.text) is None
        and fields.organization(line.text) >= fields.LIKELY
        and fields.role(line.text) < fields.LIKELY
        and fields.department(line.text) < fields.LIKELY
    )


def from_group(post: Post, entry: Entry, parts: Parts) -> None:
    """Below or behind "Program Committee Member" stands what somebody was that of."""
    group = entry.groups[-1].text if entry.groups else ""
    body = bool(_BODY.search(folded(group)))
    first = parts.segments[0] if len(parts.segments) > 1 and parts.segments[1].before == ":" else None
    told = ("", *(item.text for item in parts.segments[:2]))
    if first is not None and not first.line and post.organization in told and _BODY.search(first.key):
        post.role, post.role_line = first.text, first.source
        named = parts.segments[1]
        post.organization, post.line, post.sure = named.text, named.source, len(parts.spans) < 2
        post.names = [named]
        return
    if group and (body or fields.role(group) >= fields.LIKELY) and not post.role_line and parts.segments:
        post.role, post.role_line = group, entry.groups[-1]
        post.organization, post.line, post.sure = parts.segments[0].text, parts.segments[0].source, True
