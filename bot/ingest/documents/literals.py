"""Scalars of a profile to literal values: text, number, date, link, address; says what is wrong with the others."""

import math
import re
from functools import lru_cache
from typing import Any

from bot.model.entity import EntityRef
from bot.model.fact import ValueDraft
from bot.model.partial_date import PartialDate
from bot.model.vocabulary import Property

MOST_CHARACTERS = 4000  # of one value; what is longer is a text of its own, not a fact
MOST_NAME_CHARACTERS = 300
_parse_date = lru_cache(maxsize=4096)(PartialDate.parse)
_LETTER = re.compile(r"[^\W_]")  # or digit
_LINK = re.compile(r"https?://[^\s/]+\S*\Z", re.IGNORECASE)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+\Z")


_NOT_TEXT = {
    bool: "true and false are no values; put the word in quotes if it is one",
    type(None): "empty value",
}


class Unfit(ValueError):
    """A value that its property cannot have; the message is for the maintainer."""


def read_text(value: Any) -> str:
    """A scalar as one line of text. Raises Unfit."""
    if not isinstance(value, str):
        raise Unfit(_NOT_TEXT.get(type(value), "a list or mapping where a text belongs"))
    text = " ".join(value.split())
    if not text:
        raise Unfit("empty value")
    if len(text) > MOST_CHARACTERS:
        raise Unfit(f"longer than {MOST_CHARACTERS} characters")
    return text


def read_name(value: Any) -> str:
    """The name of an entity. Raises Unfit."""
    text = read_text(value)
    if not _LETTER.search(text):
        raise Unfit("a name needs a letter or a digit")
    if len(text) > MOST_NAME_CHARACTERS:
        raise Unfit(f"a name longer than {MOST_NAME_CHARACTERS} characters")
    return text


def read_date(value: Any) -> PartialDate:
    """A date as the page gives it. Raises Unfit."""
    text = read_text(value)
    try:
        return _parse_date(text)
    except ValueError as error:
        what = str(error).removesuffix(f": {text!r}")  # it is shown with every fault
        raise Unfit(f"{what}; write 2018, 2018-08 or 2018-08-31, --05-29 without a year") from error


def read_value(property_: Property, value: Any, shown: str | None = None) -> ValueDraft:
    """A scalar as a value of `property_`; `shown` is what members read instead of it. Raises Unfit."""
    kind = property_.literal
    if kind is None:
        name = read_name(value)
        return ValueDraft(name, EntityRef(name, property_.type))
    if kind == "date":
        day = read_date(value)
        return ValueDraft(shown or str(day), date=day)
    text = read_text(value)
    if kind == "number":
        return ValueDraft(shown or text, number=_number(text))
    if kind == "url" and not _LINK.match(text):
        raise Unfit("not a link that begins with http:// or https://")
    if kind == "email" and not _ADDRESS.match(text):
        raise Unfit("not an e-mail address")
    return ValueDraft(shown or text)


def _number(text: str) -> float:
    try:
        number = float(text.replace(",", "").replace("_", ""))
    except ValueError as error:
        raise Unfit("not a number") from error
    if not math.isfinite(number):
        raise Unfit("not a number")
    return number
