"""What a post was about: topics listed below its role, or named behind it; knows neither employers nor dates."""

import re
from functools import lru_cache

from bot.ingest.blocks import Shape
from bot.ingest.extract import fields
from bot.ingest.extract.entries import Entry
from bot.ingest.extract.lists import topics_of
from bot.ingest.extract.post import Post
from bot.ingest.extract.segments import Parts
from bot.language.document_words import alternatives, word_set

_FEWEST = 2  # what is listed alone may be anything
_MOST = 8
_LOWEST = 3  # lines of a head: role, employer, and what it was about


def behind_role(role: str) -> tuple[str, str]:
    """A role, and what is said of its subject behind it: "Botanist specializing in mosses"."""
    match = _pattern().search(role)
    if match is None or fields.role(role[: match.start()]) < fields.SURE:
        return role, ""
    return role[: match.start()].strip(" ,"), role[match.end() :].strip()


def topics_below(entry: Entry, parts: Parts, post: Post) -> list[str]:
    """The topics that the last line of a stacked entry lists, where nothing in it is a field of the post."""
    line = entry.head[-1]
    if len(entry.head) < _LOWEST or line in (post.line, post.role_line) or line.block.shape is not Shape.PARAGRAPH:
        return []
    own = [item for item in parts.segments if item.source is line]
    dated = any(where is line for _, where in parts.spans)
    known = any(
        item not in post.left
        or max(fields.role(item.text), fields.organization(item.text), fields.department(item.text)) >= fields.LIKELY
        for item in own
    )
    topics = list(topics_of(line.text, whole=True))
    return [] if dated or known or not _FEWEST <= len(topics) <= _MOST else topics


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(rf",?\s+(?:{alternatives(word_set('fields', 'focus_words'))})\s+", re.IGNORECASE)
