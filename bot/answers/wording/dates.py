"""Dates and stretches of time as a reply words them, at the precision the document gave; computes no missing part."""

import re
from collections.abc import Iterable

from bot.language.dates import MONTHS, TimeSpan
from bot.model.fact import Fact
from bot.model.partial_date import PartialDate, Period

_DAYS_IN_MONTH = 30.4375
_LEAD = re.compile(r"(?:in|on|at|during|of|for)\s+", re.IGNORECASE)
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")


def say_date(known: PartialDate) -> str:
    """`18 March 2022`, `March 2022`, `2022`, or `29 May` where the year is not known."""
    parts = [str(known.day)] if known.day else []
    if known.month:
        parts.append(MONTHS[known.month - 1].capitalize())
    if known.year is not None:
        parts.append(str(known.year))
    return " ".join(parts)


def say_on(known: PartialDate) -> str:
    """The same with its preposition: `on 18 March 2022`, `in March 2022`."""
    return f"{'on' if known.day else 'in'} {say_date(known)}"


def say_period(fact: Fact, *, lasting: bool, past: bool) -> str:
    """When a fact held: `August 2018 – July 2024`, `since 2022`, `until August 2024`, `18 March 2022`, or nothing."""
    start, end = fact.start, fact.end
    if start is not None and end is not None:
        return say_date(start) if start == end else f"{say_date(start)} – {say_date(end)}"
    if start is not None:
        if not lasting:
            return say_date(start)
        return f"from {say_date(start)}" if past else f"since {say_date(start)}"
    if end is not None:
        return f"until {say_date(end)}"
    return ""


def say_asked(text: str, times: Iterable[TimeSpan]) -> str:
    """The words of a question that give a time, without the preposition before them."""
    return ", ".join(say_time(_LEAD.sub("", text[span.start : span.end], count=1)) for span in times) or "that time"


def say_time(words: str) -> str:
    """A time in somebody's own words, months with a capital."""
    return _MONTH.sub(lambda month: month.group().capitalize(), words)


def say_length(days: int, period: Period) -> str:
    """A length of time in the largest units that the precision of both ends allows; `about` where they are vague."""
    start, end = period.start, period.end
    if start is None or end is None or start.year is None or end.year is None:
        return ""
    if start.month is None or end.month is None:
        years = end.year - start.year
        return f"about {_count(years, 'year')}" if years else "less than a year"
    if start.day is not None and end.day is not None and days < _DAYS_IN_MONTH * 2:
        return _count(days, "day")
    months = (end.year - start.year) * 12 + end.month - start.month
    if start.day is not None and end.day is not None and end.day < start.day:
        months -= 1
    if months <= 0:
        return "less than a month"
    years, rest = divmod(months, 12)
    return " ".join(part for part in (_count(years, "year"), _count(rest, "month")) if part)


def _count(number: int, unit: str) -> str:
    return "" if number == 0 else f"{number} {unit}{'' if number == 1 else 's'}"
