"""Dates and stretches of time as people write them, in English and ISO forms; guesses neither a day nor a century."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from bot.language.slips import slips
from bot.model.partial_date import PartialDate, Period

_MONTH_LIKE = re.compile(r"\b[jfsond][a-z]{5,9}\b", re.IGNORECASE)
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|of|before|after|during|through|late|early|mid|last|this|next|to|and|between)"
    r"|\d(?:st|nd|rd|th|\.)?)\s+\Z",
    re.IGNORECASE,
)
_BEHIND_MONTH = re.compile(r"\s*,?\s*\d")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONG_MONTHS = tuple(month for month in MONTHS if len(month) > len("august"))  # a slip makes a name of a shorter one
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[0-9]|20)\d\d"
_FORMS = (
    rf"(?P<y1>{_YEAR})-(?P<m1>\d\d)(?:-(?P<d1>\d\d))?",
    rf"(?P<mn2>{_MONTH})\s+(?P<d2>{_DAY}),?\s+(?P<y2>{_YEAR})",
    rf"(?P<d3>{_DAY})\.?\s+(?:of\s+)?(?P<mn3>{_MONTH}),?\s+(?P<y3>{_YEAR})",
    rf"(?P<mn4>{_MONTH}),?\s+(?:of\s+)?(?P<y4>{_YEAR})",
    rf"(?P<m5>\d\d?)/(?P<y5>{_YEAR})",
    rf"(?P<mn6>{_MONTH})\s+(?P<d6>{_DAY})(?!\d)",
    rf"(?P<d7>{_DAY})\.?\s+(?:of\s+)?(?P<mn7>{_MONTH})",
    r"(?P<decade>(?:1[0-9]|20)\d0)'?s",
    rf"(?P<y8>{_YEAR})",
)
_DATE = "|".join(_FORMS)
_DATE_RE = re.compile(
    rf"(?<![\w./])(?:(?<!-)|(?<=\d{{4}}-)|(?<=\bmid-)|(?<=\blate-)|(?<=\bearly-))(?:{_DATE})(?![\w/]|\.\d|-(?!\d{{4}}))",
    re.IGNORECASE,
)
# A month alone is a date only behind a word that makes it one: "in may", "last March", "since June".
_BARE_MONTH = re.compile(
    rf"\b(?:in|of|since|until|before|after|during|by|from|to)\s+(?P<month>{_MONTH})(?![\w'])", re.IGNORECASE
)
# The first of two dates takes the year, and a day also the month, from the second: "between 5 and 7 March 2019".
_SHORT = re.compile(
    rf"\b(?:between|from)\s+(?:(?P<month>{_MONTH})(?:\s+(?P<after>{_DAY}))?|(?P<day>{_DAY})(?:\s+(?P<of>{_MONTH}))?)"
    r"\s*(?:and|to|until|till|through|up to|-)\s*\Z",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?P<which>this|last|next)\s+(?P<what>year)\b", re.IGNORECASE)
_SIGN = re.compile(r"\d|year|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")  # in lower case; no time without one
_JOIN = re.compile(r"\s*(?:,?\s*(?:and|to|until|till|through|up to)|-)\s*", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:\b(?P<between>between|from)|\b(?P<until>no later than|not later than|not after)"
    r"|\b(?P<since_then>no earlier than|not earlier than|not before)"
    r"|\b(?P<before>before|prior to|earlier than|until|till|up to|by)"
    r"|\b(?P<after>after|later than|following)|\b(?P<since>since|starting|as of|from)"
    r"|\b(?:in|on|at|during|of|for|around|throughout|for the year|in the year|over the course of))"
    r"(?:\s+(?:the|late|early|mid|year|month of|year of))*(?:\s|(?:late|early|mid)-)*$",
    re.IGNORECASE,
)


class Relation(StrEnum):
    """How a question's time stands to the facts it asks for."""

    IN = "in"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Characters `start`..`end` of a text, read as a time; BEFORE and AFTER exclude the period itself."""

    start: int
    end: int
    relation: Relation
    period: Period


def find_times(text: str, today: date) -> list[TimeSpan]:
    """All times in a text, from left to right, with the words that relate them ("before 2015", "between …")."""
    found: list[TimeSpan] = []
    if not _SIGN.search(text.lower()):
        return found
    dates = list(_dates(text, today))
    index = 0
    while index < len(dates):
        start, end, period = dates[index]
        if (short := _SHORT.search(text, 0, start)) and (first := _completed(short, period)):
            if found and found[-1].end > short.start():
                found.pop()  # "from June" by itself
            found.append(TimeSpan(short.start(), end, Relation.IN, Period(first, period.end)))
            index += 1
            continue
        if index + 1 < len(dates) and _begins_stretch(text, start, dates[index + 1]):
            index += 1  # "from June to August 2019": read with the date that has the year
            continue
        lead = _LEAD.search(text, 0, start)
        if index + 1 < len(dates):
            next_start, next_end, next_period = dates[index + 1]
            joined = _JOIN.fullmatch(text, end, next_start)
            between = text[end:next_start].strip().lower()
            if joined and (between in ("-", "to", "until", "through") or (lead and lead["between"])):
                begin = lead.start() if lead and lead["between"] else start
                found.append(TimeSpan(begin, next_end, Relation.IN, Period(period.start, next_period.end)))
                index += 2
                continue
        found.append(_related(text, start, end, period, lead))
        index += 1
    return found


def _related(text: str, start: int, end: int, period: Period, lead: re.Match[str] | None) -> TimeSpan:
    begin = lead.start() if lead else start
    word = text[begin:start].split(maxsplit=1)[0].lower() if lead else ""
    if lead and lead["since_then"]:
        return TimeSpan(begin, end, Relation.IN, Period(period.start, None))
    if word in ("until", "till", "up", "by") or (lead and lead["until"]):
        return TimeSpan(begin, end, Relation.IN, Period(None, period.end))
    if lead and lead["before"]:
        return TimeSpan(begin, end, Relation.BEFORE, period)
    if lead and lead["after"]:
        return TimeSpan(begin, end, Relation.AFTER, period)
    onwards = re.match(r"\s+(?:on(?:wards?)?|onward)\b", text[end:], re.IGNORECASE)
    if (lead and lead["since"]) or onwards:
        return TimeSpan(begin, end + (onwards.end() if onwards else 0), Relation.IN, Period(period.start, None))
    return TimeSpan(begin, end, Relation.IN, period)


def _begins_stretch(text: str, start: int, following: tuple[int, int, Period]) -> bool:
    """Whether a date without its year is the first of two and has the year of the one behind it."""
    short = _SHORT.search(text, 0, following[0])
    return short is not None and short.start() < start and _completed(short, following[2]) is not None


def _completed(short: re.Match[str], last: Period) -> PartialDate | None:
    """The first date of a stretch, with what only the last one says; None where that says too little or lies before."""
    end = last.start
    if end is None or end.year is None or end.month is None:
        return None
    month = short["month"] or short["of"]
    day = short["after"] or short["day"]
    if day is not None and end.day is None:
        return None
    number = _month(month) if month else end.month
    year = end.year if number <= end.month else end.year - 1  # "from August to June 2019" began the year before
    try:
        first = PartialDate(year, number, int(re.sub(r"\D", "", day)) if day else None)
    except ValueError:
        return None
    return first if (first.year, first.month, first.day or 0) <= (end.year, end.month, end.day or 31) else None


def _dates(text: str, today: date) -> Iterator[tuple[int, int, Period]]:
    spans: list[tuple[int, int, Period]] = []
    for match in _DATE_RE.finditer(text):
        period = _period(match)
        if period is not None:
            spans.append((match.start(), match.end(), period))
    taken = [(start, end) for start, end, _ in spans]
    for match in _BARE_MONTH.finditer(text):
        start, end = match.span("month")
        if all(end <= left or right <= start for left, right in taken):
            spans.append((start, end, _yearless(_month(match["month"]), None)))
    spans += [(match.start(), match.end(), _relative(match, today)) for match in _RELATIVE.finditer(text)]
    yield from sorted(spans, key=lambda span: span[:2])


def _period(match: re.Match[str]) -> Period | None:
    parts = {key: value for key, value in match.groupdict().items() if value}
    if "decade" in parts:
        first = int(parts["decade"])
        return Period(PartialDate(first), PartialDate(first + 9))
    year = next((int(value) for key, value in parts.items() if key[0] == "y"), None)
    named = next((_month(value) for key, value in parts.items() if key.startswith("mn")), None)
    numbered = next((int(value) for key, value in parts.items() if key[0] == "m" and key[1].isdigit()), None)
    day = next((int(re.sub(r"\D", "", value)) for key, value in parts.items() if key[0] == "d"), None)
    month = named or numbered
    try:
        if year is None:
            return _yearless(month or 0, day)
        known = PartialDate(year, month, day)
    except ValueError:
        return None
    return Period(known, known)


def _yearless(month: int, day: int | None) -> Period:
    known = PartialDate(None, month, day)
    return Period(known, known)


def _month(name: str) -> int:
    short = name.lower().rstrip(".")[:3]
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(short))


def _relative(match: re.Match[str], today: date) -> Period:
    known = PartialDate(today.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()])
    return Period(known, known)


def mend_months(text: str) -> str:
    """The text of a question with the names of months spelt right ("feburary"); short ones are left as they are."""
    return _MONTH_LIKE.sub(_mended, text)


def _mended(match: re.Match[str]) -> str:
    """A word as it is, or the month that it is a slip of where it stands as a month does."""
    word = match.group()
    meant = _month_meant(word.lower())
    if meant is None:
        return word
    as_month = _BEFORE_MONTH.search(match.string, 0, match.start()) or _BEHIND_MONTH.match(match.string, match.end())
    return meant if as_month else word


@lru_cache(maxsize=4096)
def _month_meant(key: str) -> str | None:
    near = (month for month in _LONG_MONTHS if month[0] == key[0] and key != month and slips(key, month, 1) <= 1)
    return next(near, None)
