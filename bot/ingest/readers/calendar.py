"""iCalendar files: each event with time, place and people, and the calendar they stand in; expands no recurrence."""

import re
from collections import Counter, defaultdict
from datetime import date
from zoneinfo import ZoneInfo

from bot.ingest.documents.drafting import Drafting
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.readers.calendars.content_lines import Component, Line, read_components
from bot.ingest.readers.calendars.event import EventFacts, Shared
from bot.ingest.readers.calendars.times import TimeError, first_and_last, time_of
from bot.ingest.readers.calendars.titles import is_named_behind, name_of, tail_of
from bot.ingest.readers.encoding import broken, decode
from bot.ingest.readers.record.field_words import field_words
from bot.ingest.readers.record.group import file_name, group_name
from bot.ingest.readers.record.texts import introduction, readable
from bot.model.entity import EntityRef
from bot.model.fact import Evidence, Rank
from bot.model.partial_date import PartialDate
from bot.model.passage import PassageDraft
from bot.model.problem import Problem

_MOST_EVENTS = 5000
_OCCASION_DAYS = 10  # a calendar over no more days is the programme of one occasion
_OCCASION_EVENTS = 5
_NAMED_OCCASION_EVENTS = 3  # of one that is called by name and year
_YEAR_BEHIND = re.compile(r"(?P<name>.*?[^\W\d])[\s_-]*(?P<year>(?:19|20)?\d\d)\Z")
_TECHNICAL = frozenset(
    "VERSION PRODID CALSCALE METHOD X-WR-CALNAME NAME X-WR-CALDESC DESCRIPTION X-WR-TIMEZONE TZID VTIMEZONE URL".split()  # noqa: SIM905
)


class CalendarReader:
    """Reads calendars; see `Reader`."""

    def accepts(self, raw: Raw) -> bool:
        """A file called so, or one that begins as calendars do."""
        return raw.path.lower().endswith((".ics", ".ical", ".ifb", ".icalendar")) or raw.data[:64].lstrip(
            b"\xef\xbb\xbf \r\n"
        ).upper().startswith(b"BEGIN:VCALENDAR")

    def read(self, raw: Raw, context: Context) -> Reading:
        """The events of all calendars in the file; one that is broken is reported, the others are read."""
        decoded = decode(raw)
        if not decoded.readable:
            return Reading(problems=decoded.problems)
        content = read_components(decoded.lines)
        calendars = [part for part in content.root.parts if part.name == "VCALENDAR"] or [content.root]
        if not any(part.name == "VEVENT" for calendar in calendars for part in calendar.parts):
            return broken(raw, 1, "a calendar without events")
        reader = _Calendar(raw, context)
        for calendar in calendars:
            reader.read(calendar)
        problems = list(decoded.problems)
        problems += reader.problems
        problems += content.problems(raw.path, "calendar")
        return reader.reading(problems)


class _Calendar:
    def __init__(self, raw: Raw, context: Context) -> None:
        self._raw = raw
        self._words = field_words(context.vocabulary)
        self._drafting = Drafting(raw.path, context.vocabulary, Rank.STRUCTURED)
        self._passages: list[PassageDraft] = []
        self._left: Counter[str] = Counter()
        self._first_left: dict[str, Line] = {}
        self._title = ""
        self.problems: list[Problem] = []

    def read(self, calendar: Component) -> None:
        """Everything one calendar says."""
        zone = _zone(calendar)
        events = [part for part in calendar.parts if part.name == "VEVENT"]
        if len(events) > _MOST_EVENTS:
            self.problems.append(
                Problem(
                    self._raw.path,
                    events[_MOST_EVENTS].number,
                    f"only the first {_MOST_EVENTS} events are read",
                    fatal=False,
                )
            )
        events = [event for event in events[:_MOST_EVENTS] if self._sound(event, zone)]
        names = Counter(name_of(event) for event in events)
        shared = Shared(
            self._drafting, self._words, zone, {name for name, count in names.items() if count > 1},
            _mailboxes(events), self._occasion(calendar, events, zone), _same_everywhere(events, "GEO"),
            self._passages, self._leave, programme=len(events) >= _OCCASION_EVENTS and
            _is_short(first_and_last(events, zone)), tail=tail_of(events), named_behind=is_named_behind(events),
        )  # fmt: skip
        self._of_occasion(shared, events)
        for event in events:
            EventFacts(shared, event).read()
        for part in calendar.parts:
            if part.name not in ("VEVENT", "VTIMEZONE"):
                evidence = Evidence(self._raw.path, part.number, f"BEGIN:{part.name}")
                self._drafting.leave(evidence, f"{part.name}: not taken over")
        for line in calendar.lines:
            if line.name not in _TECHNICAL:
                self._leave(line)

    def reading(self, problems: list[Problem]) -> Reading:
        """What was read of the file."""
        for name, count in sorted(self._left.items()):
            line = self._first_left[name]
            often = f" ({count} times)" if count > 1 else ""
            self._drafting.leave(self._evidence(line), f"{name}: not taken over{often}")
        return self._drafting.reading(self._passages, problems, self._raw.source(self._title))

    def _sound(self, event: Component, zone: ZoneInfo | None) -> bool:
        """Whether an event has a name and times that can be read; reported otherwise."""
        fault = "" if name_of(event) else "an event without a summary"
        line = event.number
        try:
            time_of(event, zone)
        except TimeError as error:
            fault, line = f"the event {name_of(event)[:60]!r} is left out: {error}", error.line
        if not event.closed and not fault:
            fault = "the event breaks off"
        if fault:
            self.problems.append(Problem(self._raw.path, line, fault, fatal=False))
        return not fault

    # -- the calendar as an occasion --

    def _occasion(self, calendar: Component, events: list[Component], zone: ZoneInfo | None) -> EntityRef | None:
        """The calendar itself: by its own name, or by the file's where that is more than "calendar"."""
        named = calendar.one("X-WR-CALNAME", "NAME")
        name = named.text.replace("\n", " ") if named is not None else ""
        name = "" if "@" in name and " " not in name.strip() else name  # whose calendar it is, no occasion
        stem = file_name(self._raw.path)
        span = first_and_last(events, zone)
        enough = _OCCASION_EVENTS if _YEAR_BEHIND.match(name) is None else _NAMED_OCCASION_EVENTS
        short = _is_short(span) and len(events) >= enough
        if not name and short and group_name(self._raw.path, self._words):
            name = " ".join(re.split(r"[-_. ]+", group_name(self._raw.path, self._words)))
        if not name or not any(char.isalpha() for char in name):
            return None
        years = {day.year for day in span} if span is not None else set()
        aliases = [] if named is None else _file_aliases(stem, years)
        aliases += _year_aliases(name, years) if short else []
        occasion = EntityRef(name, ("event",))
        types = ("conference",) if short else ("series",)
        where = named.number if named is not None else calendar.number
        unique = tuple(dict.fromkeys(alias for alias in aliases if alias.casefold() != name.casefold()))
        self._drafting.declare("event", name, where, aliases=unique, types=types)
        self._title = name
        if span is not None and short:
            self._span(occasion, events, zone)
        for line in calendar.all("X-WR-CALDESC", "DESCRIPTION"):
            text = readable(line.text)
            self._drafting.state(occasion, "description", introduction(text), self._evidence(line))
            self._passages.append(PassageDraft(line.number, name, "", text))
        for line in calendar.all("URL"):
            self._drafting.state(occasion, "url", line.text, self._evidence(line))
        return occasion

    def _span(self, occasion: EntityRef, events: list[Component], zone: ZoneInfo | None) -> None:
        """The days of an occasion are those of its programme."""
        timed = [(when, event) for event in events if (when := time_of(event, zone)) is not None]
        first = min(timed, key=lambda pair: (pair[0].first, pair[0].start_time))
        last = max(timed, key=lambda pair: (pair[0].last, pair[0].start_time))
        start, end = PartialDate.parse(first[0].first.isoformat()), PartialDate.parse(last[0].last.isoformat())
        started, ended = first[1].one("DTSTART"), last[1].one("DTSTART")
        if started is not None and ended is not None:
            self._drafting.state(occasion, "startDate", str(start), self._evidence(started), start=start, end=end)
            if end != start:
                self._drafting.state(occasion, "endDate", str(end), self._evidence(ended))

    def _of_occasion(self, shared: Shared, events: list[Component]) -> None:
        """What all events have in common is said once, of the occasion: its mailbox, its place on the map."""
        if shared.occasion is None:
            return
        for name, property_ in (("ORGANIZER", "email"), ("GEO", "geo")):
            lines = [line for event in events for line in event.all(name)]
            if not lines:
                continue
            if name == "GEO" and shared.same_place:
                self._drafting.state(
                    shared.occasion, property_, lines[0].value.replace(";", ", "), self._evidence(lines[0])
                )
            for box in shared.role_mailboxes if name == "ORGANIZER" else ():
                line = next(line for line in lines if box in line.value.casefold())
                self._drafting.state(shared.occasion, property_, box, self._evidence(line))

    def _leave(self, line: Line) -> None:
        self._left[line.name] += 1
        self._first_left.setdefault(line.name, line)

    def _evidence(self, line: Line) -> Evidence:
        return Evidence(self._raw.path, line.number, line.written[:1000])


def _zone(calendar: Component) -> ZoneInfo | None:
    """The zone in which times of the calendar are meant that are written in UTC."""
    named = [line.value.strip() for line in calendar.all("X-WR-TIMEZONE", "TZID", "VTIMEZONE")]
    own = [line.value.strip() for part in calendar.parts if part.name == "VTIMEZONE" for line in part.all("TZID")]
    for name in (*named, *(own if len(own) == 1 else ())):
        try:
            return ZoneInfo(name.strip("/").removeprefix("freeassociation.sourceforge.net/"))
        except (OSError, ValueError, KeyError):
            continue
    return None


def _is_short(span: tuple[date, date] | None) -> bool:
    return span is not None and (span[1] - span[0]).days < _OCCASION_DAYS


def _mailboxes(events: list[Component]) -> frozenset[str]:
    """Addresses under which several people stand: those of an office, not of any one of them."""
    people: dict[str, set[str]] = defaultdict(set)
    for event in events:
        for line in event.all("ORGANIZER"):
            address = line.value.casefold().removeprefix("mailto:").strip()
            if "@" in address and line.params.get("CN"):
                people[address].add(line.params["CN"].casefold())
    return frozenset(address for address, names in people.items() if len(names) > 2)


def _same_everywhere(events: list[Component], name: str) -> bool:
    found = {line.value for event in events for line in event.all(name)}
    return len(found) == 1 and len(events) > 2


def _file_aliases(stem: str, years: set[int]) -> list[str]:
    match = _YEAR_BEHIND.match(stem)
    return [stem, *_year_aliases(stem, years)] if match is not None and years else []


def _year_aliases(name: str, years: set[int]) -> list[str]:
    """`fest24` of 2024 is also `fest` and `fest 2024`; `fest` of 2024 alone is `fest 2024`."""
    if len(years) != 1:
        return []
    year = str(next(iter(years)))
    match = _YEAR_BEHIND.match(name)
    if match is None:
        return [f"{name} {year}"]
    return [match["name"], f"{match['name']} {year}"] if year.endswith(match["year"]) else []
