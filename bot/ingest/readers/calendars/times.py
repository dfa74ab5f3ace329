"""When an event of a calendar is: all day or by the clock, over several days, with zones; knows nothing else of it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.ingest.readers.calendars.content_lines import Component, Line

_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d))?(Z)?)?\Z")
_NIGHT = timedelta(hours=16)  # what ends the next morning was still an evening


class TimeError(ValueError):
    """A time that cannot be read; `line` is where it stands."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class EventTime:
    """First and last day, and times of day where they are given."""

    first: date
    last: date
    start_time: str = ""
    end_time: str = ""


def time_of(event: Component, zone: ZoneInfo | None) -> EventTime | None:
    """When it is; None where it does not say. Raises TimeError."""
    if zone not in event.known:
        event.known[zone] = _time_of(event, zone)
    found: EventTime | None = event.known[zone]
    return found


def _time_of(event: Component, zone: ZoneInfo | None) -> EventTime | None:
    start_line = event.one("DTSTART")
    if start_line is None:
        return None
    start = moment(start_line, zone)
    end_line, duration = event.one("DTEND"), event.one("DURATION")
    if end_line is not None:
        end = moment(end_line, zone)
    elif duration is not None:
        end = _after(start, duration)
    else:
        end = start
    if _day(end) < _day(start):
        raise TimeError((end_line or start_line).number, "ends before it starts")
    if not isinstance(start, datetime):
        last = _day(end) - timedelta(days=1) if _day(end) > start and not isinstance(end, datetime) else _day(end)
        return EventTime(start, last)
    if not isinstance(end, datetime):
        return EventTime(start.date(), max(start.date(), end), _clock(start))
    end = end.replace(tzinfo=start.tzinfo)  # of a zone that only one of them gives
    if end < start:
        raise TimeError((end_line or start_line).number, "ends before it starts")
    last = end.date()
    if last > start.date() and (end - start <= _NIGHT or (end.hour, end.minute) == (0, 0)):
        last -= timedelta(days=1)
    if end == start:
        return EventTime(start.date(), last, _clock(start))
    return EventTime(start.date(), last, _clock(start), _clock(end))


def first_and_last(events: list[Component], zone: ZoneInfo | None) -> tuple[date, date] | None:
    """The first and last day of all events."""
    times = [when for event in events if (when := time_of(event, zone)) is not None]
    return (min(when.first for when in times), max(when.last for when in times)) if times else None


def moment(line: Line, zone: ZoneInfo | None, value: str | None = None) -> date | datetime:
    """A day, or a moment as the clocks show it where the event is. Raises TimeError."""
    text = (line.value if value is None else value).strip()
    match = _DATE.match(text)
    if match is None:
        raise TimeError(line.number, f"{line.name} is no time: {text[:40]!r}")
    year, month, day, hour, minute, _, universal = match.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        found = datetime(int(year), int(month), int(day), int(hour) % 24, int(minute), tzinfo=UTC)
    except ValueError as error:
        raise TimeError(line.number, f"{line.name} is no time: {text[:40]!r}") from error
    if universal and zone is not None and found.year < 9999:
        return found.astimezone(zone).replace(tzinfo=None)
    return found if universal else found.replace(tzinfo=None)


def _after(start: date | datetime, duration: Line) -> date | datetime:
    from icalendar.prop import vDuration  # noqa: PLC0415 - it takes long to import, and most folders have no calendar

    try:
        length: timedelta = vDuration.from_ical(duration.value.strip())  # type: ignore[no-untyped-call]
        return start + length
    except (ValueError, OverflowError, TypeError) as error:
        raise TimeError(duration.number, f"DURATION is none: {duration.value[:40]!r}") from error


def _day(moment_: date | datetime) -> date:
    return moment_.date() if isinstance(moment_, datetime) else moment_


def _clock(moment_: datetime) -> str:
    clock = f"{moment_.hour:02}:{moment_.minute:02}"
    return f"{clock} UTC" if moment_.tzinfo is not None else clock
