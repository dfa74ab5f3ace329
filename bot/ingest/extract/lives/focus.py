"""What a post or a person is about: topics below a role, or named behind it or a title; knows no employers."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.ingest.documents.blocks import Shape
from bot.ingest.extract.layout import fields
from bot.ingest.extract.layout.entries import Entry
from bot.ingest.extract.layout.post import Post
from bot.ingest.extract.layout.segments import Parts
from bot.ingest.extract.lives.lists import topics_of
from bot.ingest.extract.prose.frames import split_fields
from bot.language.document_words import alternatives, word_set, words_file

_TAIL_END = re.compile(
    r"\s*(?:[|·•;]|[.!](?:\s|\Z)|\s[–—-]\s|,?\s+(?:based|living|working|currently|who|at|with|from|I)\s)",
    re.IGNORECASE,
)
_LAST_AND = re.compile(r"\s+(?:and|und|et)\Z")
_MOST_WORDS = 18  # of one interest, told in words
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


def behind_title(text: str) -> Iterator[tuple[str, str]]:
    """What a title at the head of a page says of interests and skills: "Weaver interested in old looms"."""
    text = " ".join(re.sub(r"[\t\n]", " | ", text).split())  # runs of blanks would take the patterns long
    leads = {property_: match for property_, lead in _tails().items() if (match := lead.search(text))}
    for property_, match in leads.items():
        later = [other.start() for other in leads.values() if other.start() > match.start()]
        said = _TAIL_END.split(text[match.end() : min(later, default=len(text))], maxsplit=1)[0].strip(" ,.&")
        topics = [_LAST_AND.sub("", topic) for topic in split_fields(said)]
        if all(len(topic.split()) <= _MOST_WORDS and topic[:1].isalpha() for topic in topics):
            yield from ((property_, topic) for topic in topics)


@lru_cache(maxsize=1)
def _tails() -> dict[str, re.Pattern[str]]:
    data = words_file("fields")["title_tails"].items()
    return {name: re.compile(rf"(?<![\w-])(?:{alternatives(words)})\s+", re.IGNORECASE) for name, words in data}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(rf",?\s+(?:{alternatives(word_set('fields', 'focus_words'))})\s+", re.IGNORECASE)
