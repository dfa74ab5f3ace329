"""What a sentence below a job or a project tells of the employer or project itself, by the wordings of the data."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.ingest.extract.layout import fields
from bot.language.document_words import alternatives, unaccented, words_file

_MOST_NAMES = 6
_AND = re.compile(r"\s*,\s*(?:(?:and|&|und|et|y|e)\s+)?|\s+(?:and|&|und|et|y|e)\s+")
_ARTICLE = re.compile(r"\A(?:the|The|a|an|der|die|das|l['’])\s+")
_NAME = re.compile(
    r"[A-ZÀ-ÞĀ-Ž\d][^\s,;()]*(?:\s+(?:(?:of|de|for|der|für|&)\s+)?(?:(?:the|la)\s+)?[A-ZÀ-ÞĀ-Ž\d][^\s,;()]*)*"
)


def told_of(text: str, what: str) -> Iterator[tuple[str, str]]:
    """Properties of `what`, employer or project, with the names that a sentence gives for them."""
    text = " ".join(text.split())
    plain = unaccented(text)
    for property_, pattern in _patterns(what).items():
        for match in pattern.finditer(plain):
            for name in _names(text[match.end() :]):
                yield property_, name


def is_told(text: str, what: str, property_: str) -> bool:
    """Whether a sentence begins with nothing but such a wording: "The company was sold to Acme"."""
    match = _patterns(what)[property_].search(unaccented(text))
    return match is not None and len(text[: match.start()].split()) <= 1


def _names(listed: str) -> Iterator[str]:
    """The names that a list begins with; what follows the last of them in small letters is no part of it."""
    for part in _AND.split(re.split(r"[.;](?:\s|\Z)", listed, maxsplit=1)[0])[:_MOST_NAMES]:
        said = _ARTICLE.sub("", part.strip())
        match = _NAME.match(said)
        if match is None or not fields.is_name(match.group()) or match.group().isdigit():
            return
        yield match.group()
        if match.end() < len(said):
            return


@lru_cache(maxsize=4)
def _patterns(what: str) -> dict[str, re.Pattern[str]]:
    return {
        property_: re.compile(
            rf"(?<![\w-])(?:{alternatives(words).replace(chr(92) + 's+', ',?' + chr(92) + 's+')}):?\s+", re.IGNORECASE
        )
        for property_, words in words_file("fields")["told_of"][what].items()
    }
