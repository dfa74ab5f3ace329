"""Dates, stretches of time and times of day as fields of data files hold them: the whole field, or it is none."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.language.date_ranges import find_ranges
from bot.language.tokens import fold
from bot.model.partial_date import PartialDate

_LONGEST = 200  # characters of a field that may be a date
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?|(?P<month2>\d\d)(?P<day2>\d\d))?"
    r"(?:(?:T|\s+)(?P<time>\d\d?:?\d\d(?::?\d\d(?:[.,]\d+)?)?)\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?",
    re.IGNORECASE,
)
_DAYS = re.compile(r"(?P<one>\d\d?)\.?\s*-\s*(?P<two>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4})")  # 12.-14.05.2017
_ISO_DAYS = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<one>\d\d)\s*(?:/|to|-)\s*(?P<two>\d\d)")  # 2017-05-12/14
_CLOCK = r"(?:[01]?\d|2[0-4])(?:[:.h][0-5]\d)?(?::[0-5]\d)?\s*(?:[ap]\.?\s?m\.?)?"
_TIME = re.compile(
    r"(?P<hour>[01]?\d|2[0-4])(?:[:.h](?P<minute>[0-5]\d)?)?(?::[0-5]\d)?\s*(?P<half>[ap])?(?:\.?\s?m\.?)?\s*h?",
    re.IGNORECASE,
)
_TO = r"(?:-|to|until|bis|a|à)"
_TIMES = re.compile(rf"(?P<start>{_CLOCK})(?:\s*{_TO}\s*(?P<end>{_CLOCK}))?\s*(?:h|hrs|uhr|o'clock)?", re.IGNORECASE)
_IS_TIME = re.compile(r"\d\s*(?:[:h.]\s?[0-5]\d|[ap]\.?\s?m\b|h\b|uhr\b)", re.IGNORECASE)
_TAIL = re.compile(
    rf"[,\s@|]*(?:(?:at|um|from|ore|à)\s+)?(?P<times>{_CLOCK}(?:\s*{_TO}\s*{_CLOCK})?)\s*(?:h|hrs|uhr)?\Z",
    re.IGNORECASE,
)
_HALF = re.compile(r"([ap])\.?\s?m", re.IGNORECASE)
# Days of the week, folded: English, German, Italian, French, Spanish.
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|(?:lune|marte|mercole|giove|vener)di|sabato|domenica|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo"
)
_AROUND = frozenset({"the", "on", "of", "am", "le", "il", "el", "den"})
_NOW = frozenset({"present", "now", "current", "currently", "today", "ongoing", "to date", "heute", "-", "…", "..."})
_DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-"})


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
    return _dates(text) or _with_times(text)


def read_times(text: str) -> tuple[str, str] | None:
    """A time of day, or two, as `09:30`; the second is empty where there is one."""
    match = _TIMES.fullmatch(_plain(text))
    if match is None:
        return None
    end = _clock(match["end"]) if match["end"] else ""
    start = _clock(match["start"], match["end"] or "")
    return None if start is None or end is None else (start, end)


def _plain(text: str) -> str:
    return " ".join(text.translate(_DASHES).split()).strip(" ,;()")


def _dates(text: str) -> When | None:
    """A date as programs write it, or in words: one day, or from one to another."""
    iso = _ISO.fullmatch(text)
    if iso is not None:
        return _moment(iso)
    for pattern in (_DAYS, _ISO_DAYS):
        days = pattern.fullmatch(text)
        if days is not None:
            start, end = (_date(days["year"], days["month"], days[name]) for name in ("one", "two"))
            return None if start is None or end is None or str(end) < str(start) else When(start, end)
    found = find_ranges(text)
    if len(found) != 1 or not _is_all(text, found[0].first, found[0].last):
        return None
    return When(found[0].start, found[0].end, open=found[0].ongoing)


def _is_all(text: str, first: int, last: int) -> bool:
    """Whether beside a date there is nothing but a day of the week."""
    rest = [fold(word) for word in re.findall(r"\w+", text[:first] + " " + text[last:])]
    return all(word in _AROUND or _WEEKDAY.fullmatch(word) for word in rest)


def _moment(match: re.Match[str]) -> When | None:
    day = _date(match["year"], match["month"] or match["month2"], match["day"] or match["day2"])
    if day is None:
        return None
    clock = ""
    if match["time"]:
        digits = match["time"].replace(":", "").rjust(4, "0")
        clock = f"{digits[:2]}:{digits[2:4]}"
    if clock == "00:00":
        return When(day, day)  # programs write midnight where no time is meant
    universal = (match["zone"] or "").upper() in ("Z", "UTC", "GMT")
    return When(day, day, f"{clock} UTC" if clock and universal else clock)


def _with_times(text: str) -> When | None:
    """A date and a time of day behind it."""
    tail = _TAIL.search(text)
    if tail is None or not _IS_TIME.search(tail["times"]):
        return None
    times = read_times(tail["times"])
    day = _dates(text[: tail.start()].strip(" ,"))
    if times is None or day is None or day.start_time:
        return None
    return When(day.start, day.end, *times)


def _date(year: str, month: str | None, day: str | None) -> PartialDate | None:
    try:
        return PartialDate(int(year), int(month) if month else None, int(day) if month and day else None)
    except ValueError:
        return None


def _clock(text: str, beside: str = "") -> str | None:
    """`9.30 pm` as `21:30`; of `9-11 am` the first is in the morning too."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute = int(match["hour"]), match["minute"] or "00"
    near = _HALF.search(beside)
    half = (match["half"] or (near[1] if near is not None else "")).lower()
    if half and hour > 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute}"
