"""Dates, stretches of time and times of day as fields of data files hold them; running text is read elsewhere."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from bot.language.dates import MONTHS, find_times
from bot.model.partial_date import PartialDate

_LONGEST = 200  # characters of a field that may be a date
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?|(?P<month2>\d\d)(?P<day2>\d\d))?"
    r"(?:(?:T|\s+)(?P<time>\d\d?:?\d\d(?::?\d\d(?:[.,]\d+)?)?)\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(r"(?P<month>\d\d?)[/.](?P<year>\d{4})")
_NUMBERS = re.compile(r"(?P<one>\d\d?)(?P<mark>[./-])\s?(?P<two>\d\d?)(?P=mark)\s?(?P<year>\d{4})")
_CLOCK = r"(?:[01]?\d|2[0-4])(?:[:.h][0-5]\d)?(?::[0-5]\d)?\s*(?:[ap]\.?\s?m\.?)?"
_TIME = re.compile(
    r"(?P<hour>[01]?\d|2[0-4])(?:[:.h](?P<minute>[0-5]\d)?)?(?::[0-5]\d)?\s*(?P<half>[ap])?(?:\.?\s?m\.?)?\s*h?", re.I
)
_TIMES = re.compile(rf"(?P<start>{_CLOCK})(?:\s*(?:-|to|until)\s*(?P<end>{_CLOCK}))?\s*(?:h|hrs|uhr|o'clock)?", re.I)
_IS_TIME = re.compile(r"\d\s*(?:[:h.]\s?[0-5]\d|[ap]\.?\s?m\b|h\b|uhr\b)", re.IGNORECASE)
_TAIL = re.compile(
    rf"[,\s@|]*(?:(?:at|um|from)\s+)?(?P<times>{_CLOCK}(?:\s*(?:-|to|until)\s*{_CLOCK})?)\s*(?:h|hrs|uhr)?\Z", re.I
)
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s*(?:the\s+)?", re.IGNORECASE
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b|(?<=\d)\.(?=\s*(?:[-&]|[^\W\d]))", re.IGNORECASE)
_M = rf"(?P<{{0}}>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)\.?"
_RANGES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # May 9-10 2018 · May 9 - June 2, 2018
        rf"{_M.format('m1')}\s+(?P<d1>\d\d?)\s*(?:-|to|&|and|\+)\s*(?:{_M.format('m2')}\s+)?(?P<d2>\d\d?)[,\s]+(?P<y2>\d{{4}})",
        # 9-10 May 2018 · 9 May - 2 June 2018
        rf"(?P<d1>\d\d?)\s*(?:of\s+)?(?:{_M.format('m1')}\s*)?(?:-|to|&|and|\+)\s*(?P<d2>\d\d?)\s+(?:of\s+)?{_M.format('m2')},?\s+(?P<y2>\d{{4}})",
        # 12-14.05.2017
        r"(?P<d1>\d\d?)\.?\s*-\s*(?P<d2>\d\d?)\.(?P<n2>\d\d?)\.(?P<y2>\d{4})",
        # 2018-05-09/10
        r"(?P<y2>\d{4})-(?P<n2>\d\d)-(?P<d1>\d\d)\s*(?:/|to|-)\s*(?P<d2>\d\d)",
    )
)
_BETWEEN = re.compile(
    r"\s+(?:-|to|until|till|through)\s+|\s*/\s*(?=\d{4}-)|(?<=\d{4})\s*-\s*(?=\d{4}\b)|(?<=[a-z] \d{4})-|\s*--\s*", re.I
)
_NOW = frozenset(
    {"present", "now", "current", "currently", "today", "ongoing", "to date", "till now", "heute", "-", "…", "..."}
)


@dataclass(frozen=True, slots=True)
class When:
    """What a field says of a time; times of day are written `09:30`. `open` says that it is not over."""

    start: PartialDate | None = None
    end: PartialDate | None = None
    start_time: str = ""
    end_time: str = ""
    open: bool = False


@lru_cache(maxsize=4096)
def read_when(text: str) -> When | None:
    """The whole of a field as a time; None where it is anything else."""
    text = _plain(text)
    if not text or len(text) > _LONGEST:
        return None
    if text.casefold() in _NOW:
        return When(open=True)
    times = read_times(text)
    if times is not None and _IS_TIME.search(text):
        return When(start_time=times[0], end_time=times[1])
    return _one(text) or _range(text) or _with_times(text)


def read_times(text: str) -> tuple[str, str] | None:
    """A time of day, or two, as `09:30`; the second is empty where there is one."""
    match = _TIMES.fullmatch(_plain(text))
    if match is None:
        return None
    end = _clock(match["end"]) if match["end"] else ""
    start = _clock(match["start"], match["end"] or "")
    return None if start is None or end is None else (start, end)


def local_day(moment: datetime, zone: tzinfo | None) -> tuple[PartialDate, str]:
    """Day and time of day of a moment where it happens, as far as that is known."""
    if moment.tzinfo is not None and zone is not None:
        moment = moment.astimezone(zone)
    mark = " UTC" if moment.tzinfo is UTC or moment.utcoffset() == timedelta(0) and zone is None else ""
    return PartialDate(moment.year, moment.month, moment.day), f"{moment:%H:%M}{mark}"


def _plain(text: str) -> str:
    return " ".join(text.translate(_DASHES).split()).strip(" ,;()")


_DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-"})


def _one(text: str) -> When | None:
    """One date, with or without a time of day."""
    match = _ISO.fullmatch(text)
    if match is not None:
        day = _date(match["year"], match["month"] or match["month2"], match["day"] or match["day2"])
        if day is None:
            return None
        clock = _iso_clock(match["time"]) if match["time"] else ""
        zone = (match["zone"] or "").upper()
        if clock and clock != "00:00" and zone in ("Z", "UTC", "GMT"):
            clock += " UTC"
        return When(day, day, "" if clock == "00:00" else clock)
    match = _NUMBERS.fullmatch(text)
    if match is not None:
        return _numbered(match)
    match = _MONTH_YEAR.fullmatch(text)
    if match is not None:
        day = _date(match["year"], match["month"], None)
        return When(day, day) if day is not None else None
    return _written(text)


def _written(text: str) -> When | None:
    """One date in words: `9 May 2018`, `Friday, May 9th 2018`."""
    text = _ORDINAL.sub("", _WEEKDAY.sub("", text)).strip(" ,")
    found = find_times(text, datetime.now(UTC).date())
    if len(found) != 1 or re.sub(r"\W", "", text[: found[0].start] + text[found[0].end :]):
        return None
    period = found[0].period
    if not re.search(r"\d", text) or period.start is None:
        return None
    if period.start.year is None and period.end is not None and period.end.year is not None:
        return None  # the year stands at the end only
    return _ordered(When(period.start, period.end, open=period.end is None))


def _range(text: str) -> When | None:
    """From one day to another."""
    bare = _ORDINAL.sub("", _WEEKDAY.sub("", text)).strip(" ,")
    for pattern in _RANGES:
        match = pattern.fullmatch(bare)
        if match is not None:
            parts = match.groupdict()
            last = _month(parts.get("m2")) or _month(parts.get("m1")) or parts.get("n2")
            first = _month(parts.get("m1")) or last
            start, end = _date(parts["y2"], first, parts["d1"]), _date(parts["y2"], last, parts["d2"])
            return _ordered(When(start, end)) if start is not None and end is not None else None
    halves = _BETWEEN.split(text)
    if len(halves) != 2:
        return None
    end = When(open=True) if halves[1].casefold() in _NOW else _one(halves[1])
    start = _one(halves[0])
    yearless = start is None or (start.start is not None and start.start.year is None)
    if yearless and end is not None and end.start is not None and end.start.year is not None:
        start = _one(f"{halves[0]} {end.start.year}")
    if start is None or end is None or start.start is None:
        return None
    return _ordered(When(start.start, end.end, start.start_time, end.start_time, end.open))


def _with_times(text: str) -> When | None:
    """A date in words and a time of day behind it."""
    tail = _TAIL.search(text)
    if tail is None or not _IS_TIME.search(tail["times"]):
        return None
    times = read_times(tail["times"])
    day = _one(text[: tail.start()].strip(" ,")) or _range(text[: tail.start()].strip(" ,"))
    if times is None or day is None:
        return None
    return When(day.start, day.end, *times)


def _ordered(when: When) -> When | None:
    """A stretch that does not end before it starts."""
    first, last = when.start and when.start.first, when.end and when.end.last
    return when if first is None or last is None or first <= last else None


def _numbered(match: re.Match[str]) -> When | None:
    """12.05.2017 is in May; of 05/12/2017 nobody knows, so only the year is kept."""
    one, two, year = match["one"], match["two"], match["year"]
    day: PartialDate | None
    if match["mark"] == "." or int(one) > 12 or one == two:
        day = _date(year, two, one)
    elif int(two) > 12:
        day = _date(year, one, two)
    else:
        day = _date(year, None, None)
    return When(day, day) if day is not None else None


def _date(year: str, month: str | None, day: str | None) -> PartialDate | None:
    try:
        return PartialDate(int(year), int(month) if month else None, int(day) if month and day else None)
    except ValueError:
        return None


def _month(name: str | None) -> str | None:
    if not name:
        return None
    short = name.lower()[:3]
    return str(next(number for number, month in enumerate(MONTHS, 1) if month.startswith(short)))


def _iso_clock(text: str) -> str:
    digits = text.replace(":", "").rjust(4, "0")
    return f"{digits[:2]}:{digits[2:4]}"


def _clock(text: str, beside: str = "") -> str | None:
    """`9.30 pm` as `21:30`; of `9-11 am` the first is in the morning too."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute = int(match["hour"]), match["minute"] or "00"
    half = (match["half"] or (re.findall(r"([ap])\.?\s?m", beside, re.IGNORECASE) or [""])[0]).lower()
    if half and hour > 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute}"
