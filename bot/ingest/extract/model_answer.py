"""The answer of a language model as data: what is in it is checked against the words it quotes, never believed."""

import json
from dataclasses import dataclass
from typing import Any

from bot.language.tokens import name_key
from bot.model.partial_date import PartialDate

_PARTS = ("subject", "kind", "property", "value")
MOST_ITEMS = 200
_LONGEST, _LONGEST_QUOTE = 300, 800  # characters
_SHORTEST_QUOTE = 8


class Unusable(ValueError):
    """An answer that is none; the message says why in a few words."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """One item of an answer."""

    subject: str
    kind: str
    property: str
    value: str
    quote: str
    start: PartialDate | None = None
    end: PartialDate | None = None

    def quoted_in(self, text: str) -> bool:
        """Whether the quotation stands in a text letter by letter, blanks aside."""
        return " ".join(self.quote.split()) in " ".join(text.split())

    def proves_value(self) -> bool:
        """Whether the quotation has the words of the value, or the year of a date, and the years of its time."""
        said = set(name_key(self.quote).split())
        day = _date(self.value)
        wanted = {str(day.year)} if day is not None and day.year is not None else set(name_key(self.value).split())
        years = {str(one.year) for one in (self.start, self.end) if one is not None and one.year is not None}
        return bool(wanted) and wanted | years <= said

    def names_subject(self, text: str) -> bool:
        """Whether the subject's name stands in a text."""
        key = name_key(self.subject)
        return bool(key) and f" {key} " in f" {name_key(text)} "


def read_answer(text: str) -> list[Suggested]:
    """The items of an answer, those without the needed parts left out. Raises Unusable."""
    first, last = text.find("["), text.rfind("]")
    if first < 0 or last < first:
        raise Unusable("it gave no list")
    try:
        rows = json.loads(text[first : last + 1])
    except (ValueError, RecursionError) as error:
        raise Unusable("its list cannot be read") from error
    if not isinstance(rows, list):
        raise Unusable("it gave no list")
    return [item for row in rows[:MOST_ITEMS] if (item := _item(row)) is not None]


def _item(row: Any) -> Suggested | None:
    if not isinstance(row, dict):
        return None
    subject, kind, property_, value = (_text(row.get(name), _LONGEST) for name in _PARTS)
    quote = _text(row.get("quote"), _LONGEST_QUOTE)
    if not all((subject, kind, property_, value)) or len(quote) < _SHORTEST_QUOTE:
        return None
    return Suggested(subject, kind, property_, value, quote, _date(row.get("start")), _date(row.get("end")))


def _text(value: Any, longest: int) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if len(text) <= longest else ""


def _date(value: Any) -> PartialDate | None:
    if not isinstance(value, str):
        return None
    try:
        return PartialDate.parse(value.strip())
    except ValueError:
        return None
