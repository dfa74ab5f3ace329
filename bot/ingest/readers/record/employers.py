"""What one text says of where somebody works: employer, role beside it, or only a remark; knows no record."""

import re

from bot.ingest.extract.layout.degrees import degrees_of
from bot.ingest.extract.layout.fields import LIKELY, SURE, is_place, is_region, organization, role
from bot.ingest.readers.record.names import without_bracket
from bot.ingest.readers.record.texts import is_placeholder
from bot.language.document_words import folded, word_set

_BEHIND = re.compile(r"\w\s+\((?P<told>[^()]{2,80})\)\s*\Z")
_LETTERS = re.compile(  # HCA, UPenn, UC Davis
    r"(?=.{3})(?:U[A-Z][a-z]+|[A-Z]{2,}(?:\s[A-Z][a-z]+)?|[A-Z]{2,}[a-z]{0,2}[A-Z]*)\Z"
)
_ASIDE = re.compile(r"\([^()]*\)\Z")
_BETWEEN = (", ", " of the ", " of ")  # a role and where it is held
_MOST_WORDS_OF_ROLE = 4


def origin_of(text: str) -> str:
    """The organisation in the bracket behind a name: `Ada King (Harlow College)`, `Ada King (HCA)`; else empty."""
    bracket = _BEHIND.search(text)
    told = bracket["told"].strip() if bracket is not None else ""
    if not told or not told[0].isalpha() or is_placeholder(told) or role(told) >= LIKELY or degrees_of(told):
        return ""
    if is_place(told) or is_region(told) or folded(told) in word_set("labels", "attendance"):
        return ""
    return told if organization(told) >= LIKELY or _LETTERS.match(told) is not None else ""


def is_aside(text: str) -> bool:
    """Whether a text is a remark on an employer that is not named: `(UK)`."""
    return _ASIDE.match(text) is not None


def role_before(text: str) -> tuple[str, str]:
    """A role and its employer where one text has both: `Curator, Museum` or `Museum (Curator)`; that may be empty."""
    bracket = _BEHIND.search(text)
    if bracket is not None and role(bracket["told"]) >= SURE > role(house := text[: bracket.start() + 1]):
        return bracket["told"], house
    for between in _BETWEEN:
        head, found, rest = text.partition(between)
        if found and rest[:1].isupper() and role(head) >= SURE and organization(head) < LIKELY:
            return head, without_bracket(rest)
    alone = without_bracket(text)
    held = role(alone) >= SURE and organization(alone) < LIKELY and "," not in alone and " - " not in alone
    return (alone, "") if held and len(alone.split()) <= _MOST_WORDS_OF_ROLE else ("", "")
