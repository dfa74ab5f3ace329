"""A row of a life that tells of several posts, cut into an entry for each; knows where one ends, not what it means."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from bot.ingest.documents.blocks import Shape
from bot.ingest.extract.layout import fields
from bot.ingest.extract.layout.entries import Entry, Line
from bot.language.date_ranges import DateSpan, find_ranges, without_ranges
from bot.language.document_words import alternatives, word_set

_YEAR = r"(?:1[89]|20)\d\d"
_AFTER_DATE = re.compile(rf"(?<={_YEAR}\))(?:\s*,|\s+(?:and|und|et|y|e|en)(?=\s+(?P<next>[^,;()]+)))\s+")


def clauses(entry: Entry) -> list[Entry]:
    """The posts of a row with dates of its own in front; each takes those that are its own where it has some."""
    line = entry.head[0]
    dates, _, rest = line.text.partition("\t")
    times = find_ranges(dates)
    if len(entry.head) > 1 or line.block.shape is not Shape.ROW or not times:
        return [entry]
    row = times[0]
    said = [part for clause in rest.split(";") for part in _parts(clause)]
    if len(said) < fields.LIKELY:
        return [entry]
    found = []
    for place, part in enumerate(said):
        cells = (dates, part) if not place or (not find_ranges(part) and len(said) == 2) else (part,)
        following = _replaced(part, said[place + 1]) if place + 1 < len(said) else None
        if following is not None and following.start is not None:
            cells = (*cells, f"until {following.start.year}")
        elif place and row.end is not None and not row.single and any(span.ongoing for span in find_ranges(part)):
            cells = (*cells, f"until {row.end}")  # "1974-1980 …, from 1978 …": the row is over
        found.append(Entry([Line("\t".join(cells), replace(line.block, cells=cells))], [], entry.groups, clause=True))
    return found


def _parts(clause: str) -> list[str]:
    """What commas part within a clause where a date tells them apart, without the words that open a selection."""
    opened, since = _patterns()
    parts = (part for dated in _dated(clause) for part in since.split(dated))
    return [said for part in parts if (said := opened.sub("", part.strip()))]


def _dated(clause: str) -> Iterator[str]:
    """What stands up to each date in brackets; a noun behind an "and" shares the words before: "of A (1990) and B"."""
    place = 0
    for match in _AFTER_DATE.finditer(clause):
        following = match["next"]
        if (
            following
            and following[0].isupper()
            and max(fields.role(following), fields.organization(following)) < fields.LIKELY
        ):
            continue
        yield clause[place : match.start()]
        place = match.end()
    yield clause[place:]


def _replaced(part: str, following: str) -> DateSpan | None:
    """The time from which a clause names the next employer, and nothing but it: there the one before is over."""
    spans = find_ranges(following)
    named = all(
        fields.organization(bare) >= fields.LIKELY > fields.role(bare)
        for bare in (without_ranges(text, find_ranges(text)).strip(" \t,") for text in (part, following))
    )
    since = len(spans) == 1 and not spans[0].first and spans[0].ongoing
    return spans[0] if named and since and not any(span.end for span in find_ranges(part)) else None


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What opens a selection, and the comma before "since 1998 Another Ministry"."""
    among = alternatives(word_set("fields", "selections"))
    since = alternatives(word_set("dates", "since"))
    return (
        re.compile(rf"\A(?i:{among})[,:]?\s+"),
        re.compile(rf",\s+(?=(?i:{since})\s+{_YEAR}\s+[A-ZÀ-ÞĀ-Ž])"),
    )
