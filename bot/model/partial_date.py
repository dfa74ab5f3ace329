"""Dates known to the year, the month or the day; never more precise than the document that gave them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?\Z")
_YEARLESS = re.compile(r"(?P<year>)--(?P<month>\d{2})(?:-(?P<day>\d{2}))?\Z")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of year, month or day precision; `year` is None for a page that gives a day without its year."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.year is not None and not 1 <= self.year <= 9999:
            raise ValueError(f"year out of range: {self.year}")
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError(f"no such month: {self.month}")
        if self.month is None and (self.day is not None or self.year is None):
            raise ValueError("a day needs its month, a date without a year needs a month")
        if self.day is not None and self.month is not None:
            longest = calendar.monthrange(self.year or 2000, self.month)[1]
            if not 1 <= self.day <= longest:
                raise ValueError(f"no such day: {self.day} in month {self.month}")

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ISO 8601 text: `2018`, `2018-08`, `2018-08-31`, or `--05-29` where the year is not known.

        Raises ValueError for anything else.
        """
        match = _ISO.match(text) or _YEARLESS.match(text)
        if match is None:
            raise ValueError(f"not a date: {text!r}")
        return cls(*[int(part) if part else None for part in match.group("year", "month", "day")])

    def __str__(self) -> str:
        year = "-" if self.year is None else f"{self.year:04d}"
        return year + "".join(f"-{part:02d}" for part in (self.month, self.day) if part is not None)

    @property
    def first(self) -> date | None:
        """The earliest day it can mean; None without a year."""
        return None if self.year is None else date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date | None:
        """The latest day it can mean; None without a year."""
        if self.year is None:
            return None
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def overlaps(self, other: "PartialDate") -> bool:
        """Whether both can mean the same day; False when either has no year."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return False
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time; an open side is None. `Period(d, d)` is the stretch that `d` itself can mean."""

    start: PartialDate | None
    end: PartialDate | None

    @property
    def first(self) -> date:
        """The earliest day inside; the beginning of time where the start is open."""
        return (self.start.first if self.start else None) or date.min

    @property
    def last(self) -> date:
        """The latest day inside; the end of time where the end is open."""
        return (self.end.last if self.end else None) or date.max

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last
