"""One event of a calendar to fact drafts; every property has its place or is named as not taken over."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.ingest.documents.drafting import Drafting
from bot.ingest.readers.calendars.content_lines import Component, Line, tidy_lines, values_of
from bot.ingest.readers.calendars.recurrence import in_words
from bot.ingest.readers.calendars.times import EventTime, TimeError, moment, time_of
from bot.ingest.readers.calendars.titles import PERSON, name_of, title_and_names
from bot.ingest.readers.record.accounts import link_of
from bot.ingest.readers.record.field_words import FieldWords
from bot.ingest.readers.record.names import split_names, with_nicknames
from bot.ingest.readers.record.texts import introduction, readable
from bot.language.document_words import folded, word_set
from bot.model.entity import EntityRef
from bot.model.fact import Evidence
from bot.model.partial_date import PartialDate
from bot.model.passage import PassageDraft

# Properties that are read below; of the others the calendar says once which there were.
_READ = frozenset(
    """SUMMARY DTSTART DTEND DURATION LOCATION DESCRIPTION URL CATEGORIES STATUS ORGANIZER ATTENDEE RRULE RDATE
    EXDATE GEO
    CONTACT COMMENT RECURRENCE-ID""".split()  # noqa: SIM905
)
# What programs note for each other; says nothing of the world.
_TECHNICAL = frozenset("UID DTSTAMP CREATED LAST-MODIFIED SEQUENCE TRANSP CLASS PRIORITY REQUEST-STATUS".split())  # noqa: SIM905
_LABELLED = re.compile(r"\s*(?P<label>[^\W\d_][\w ]{1,24}?)\s*:\s+(?P<value>\S.{0,400})\Z")
# What a line "Label: value" of a description may say of the event.
_BY_LABEL = frozenset(
    {
        "performer",
        "organizer",
        "track",
        "difficulty",
        "inLanguage",
        "location",
        "slides",
        "recording",
        "offers",
        "requirement",
    }
)
_OFF = "cancelled"
_STATUS = {"CANCELLED": _OFF, "CANCELED": _OFF, "TENTATIVE": "tentative"}
_LED_BY = re.compile(  # "a workshop led by Ada King and Bo Lund", with names of two words at least
    rf"\b(?:led|taught|given|held|presented|facilitated|run|moderated|geleitet|tenuto|anime|impartido)\s+(?:by|von|da|par|por)\s+"
    rf"(?P<names>{PERSON}(?:(?:,\s+|,?\s+(?:and|und|e|et|y|&)\s+){PERSON}){{0,3}})"
)
_TALK_BY = re.compile(  # "- Knots without tears by Ada King & Bo Lund", one to a line
    rf"[-*•–]\s+(?P<title>\S.{{2,200}}?)\s+(?:by|von|par|por)\s+(?P<names>{PERSON}(?:\s*(?:,|&|and|und)\s*{PERSON}){{0,3}})\Z"
)
_BY_TITLE = ("workshop", "keynote")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b")
_MOST_DATES = 100
_LONGEST_NAME = 60  # characters of a line of a description that only names who holds it


@dataclass(frozen=True, slots=True)
class Shared:
    """What all events of a calendar are read with."""

    drafting: Drafting
    words: FieldWords
    zone: ZoneInfo | None
    repeated: set[str]  # names that several events have
    role_mailboxes: frozenset[str]
    occasion: EntityRef | None
    same_place: bool
    passages: list[PassageDraft]
    leave: Callable[[Line], None]
    programme: bool  # of one occasion, not a diary
    tail: str  # what most titles end with: " - Kiln Guild"
    named_behind: bool  # most titles end with who holds it: " - Ada King"


class EventFacts:
    """Reads one event."""

    def __init__(self, shared: Shared, event: Component) -> None:
        self._shared = shared
        self._event = event
        self._drafting = shared.drafting
        self._name, self._by, self._type = title_and_names(name_of(event), behind=shared.named_behind)
        self._ref = EntityRef(self._name, ("event",))
        self._attendance: set[str] = set()  # how it can be attended, as far as it was stated
        self._when = time_of(event, shared.zone)
        self._start = _partial(self._when.first) if self._when else None
        self._end = _partial(self._when.last) if self._when else None

    def read(self) -> None:
        """State what the event says."""
        summary = self._event.one("SUMMARY")
        if summary is None:
            return
        tags = [tag for line in self._event.all("CATEGORIES") for tag in values_of(line)]
        written = [part for line in self._event.all("DESCRIPTION") for part in line.text.split("\n")[1:]]
        types = self._types([*tags, *(part.strip() for part in written if self._says_how(part))])
        short = self._name.removesuffix(self._shared.tail)
        aliases = (short,) if short not in ("", self._name) else ()
        self._drafting.declare("event", self._name, summary.number, aliases=aliases, types=types)
        self._times()
        for line in self._event.all("LOCATION"):
            text = readable(line.text.strip(" ,"))
            for part in self._places(text):
                self._say("location", part, line)
            for part in text.split(";"):
                self._attended(part.strip(), line)
        if self._shared.occasion is not None and self._shared.occasion.name != self._name:
            self._say("superEvent", self._shared.occasion.name, summary)
        self._details()
        for name in self._by:
            self._say("performer", name, summary)
        self._people()
        for line in self._event.all("DESCRIPTION", "COMMENT"):
            self._text(line)
        for line in self._event.all("CONTACT"):
            mail = _MAIL.search(line.text)
            if mail is not None or not any(char.isalpha() for char in line.text):
                self._say("email" if mail else "telephone", mail.group() if mail else line.text, line)
            else:
                self._shared.leave(line)
        for line in self._event.lines:
            told = line.name in _READ or line.name in _TECHNICAL or line.name.startswith("X-")
            if not told and line.value.strip():
                self._shared.leave(line)

    def _places(self, text: str) -> list[str]:
        """Where it is, without what only says how it is held: `In-person; Workshop` names no place."""
        parts = [part.strip() for part in text.split(";")]
        return (
            [text] if not any(self._says_how(part) for part in parts) else [p for p in parts if not self._says_how(p)]
        )

    def _says_how(self, text: str) -> bool:
        """Whether a text is only what kind of item it is, or how one can attend it."""
        key = folded(text)
        return key in word_set("labels", "attendance") or key in word_set("labels", "programme_kinds")

    def _attended(self, text: str, line: Line) -> bool:
        """Whether a text only says how one can attend; that is stated once."""
        key = folded(text)
        if key in word_set("labels", "attendance") and key not in self._attendance:
            self._attendance.add(key)
            self._say("attendance", text, line)
        return key in self._attendance

    def _details(self) -> None:
        """Tags, address on the web, status, coordinates."""
        for line in self._event.all("CATEGORIES"):
            for tag in values_of(line):
                if self._shared.words.type_by_tag("event", tag) is None:
                    self._say("about", tag, line)
        for line in self._event.all("URL"):
            self._say("url", line.value.strip(), line)
        for line in self._event.all("STATUS"):
            self._say("eventStatus", _STATUS.get(line.value.strip().upper(), ""), line)
        for line in () if self._shared.same_place else self._event.all("GEO"):
            self._say("geo", line.value.replace(";", ", "), line)

    def _types(self, tags: list[str]) -> tuple[str, ...]:
        """Finer types: as it is tagged or titled; what somebody holds in the programme of an occasion is a talk."""
        words = self._shared.words
        found = [kind for tag in (*tags, self._type) if (kind := words.type_by_tag("event", tag))]
        found += [kind for word in self._name.split() if (kind := words.type_of("event", word)) in _BY_TITLE and kind]
        if not found and self._shared.programme and (self._by or self._held_by_somebody()):
            found.append("talk")
        return tuple(dict.fromkeys(found))

    def _held_by_somebody(self) -> bool:
        addresses = [line.value.casefold().removeprefix("mailto:").strip() for line in self._event.all("ORGANIZER")]
        return any(address in self._shared.role_mailboxes for address in addresses)

    def _times(self) -> None:
        when, line = self._when, self._event.one("DTSTART")
        if when is None or line is None:
            return
        evidence = self._evidence(line)
        if self._name in self._shared.repeated:
            self._schedule(in_text(when), evidence)
        else:
            quals = [
                (name, text) for name, text in (("startTime", when.start_time), ("endTime", when.end_time)) if text
            ]
            quals += [("eventStatus", _OFF)] if self._is_off() else []
            self._drafting.state(
                self._ref, "startDate", str(self._start), evidence, qualifiers=quals, start=self._start, end=self._end
            )
            if self._end != self._start and self._end is not None:
                ended = self._event.one("DTEND", "DURATION") or line
                self._drafting.state(self._ref, "endDate", str(self._end), self._evidence(ended))
        for rule in self._event.all("RRULE"):
            text, until = in_words(rule.value)
            if text:
                hours = f", {when.start_time}" if when.start_time else ""
                hours += f" to {when.end_time}" if when.end_time else ""
                said = f"{text}{hours}, from {when.first}" + (f" until {until}" if until else "")
                self._schedule(said, self._evidence(rule), until)
            else:
                self._drafting.leave(self._evidence(rule), "a recurrence that is not understood")
        for listed in self._event.all("RDATE", "EXDATE"):
            self._listed(listed, left_out=listed.name == "EXDATE")

    def _is_off(self) -> bool:
        """Whether it is called off, which is told with its date."""
        return any(_STATUS.get(line.value.strip().upper()) == _OFF for line in self._event.all("STATUS"))

    def _schedule(self, text: str, evidence: Evidence, until: str = "") -> None:
        end = PartialDate.parse(until) if until else self._end
        self._drafting.state(self._ref, "eventSchedule", text, evidence, start=self._start, end=end)

    def _listed(self, line: Line, *, left_out: bool) -> None:
        """Further dates, or those on which it is left out."""
        for value in line.value.split(",")[:_MOST_DATES]:
            try:
                found = moment(line, self._shared.zone, value.split("/")[0])
            except TimeError as error:
                self._drafting.leave(self._evidence(line), str(error))
                return
            text = f"{found:%Y-%m-%d}"
            day = PartialDate.parse(text)
            said = f"not on {text}" if left_out else text
            self._drafting.state(self._ref, "eventSchedule", said, self._evidence(line), start=day, end=day)

    def _people(self) -> None:
        for line in self._event.all("ORGANIZER"):
            address = line.value.casefold().removeprefix("mailto:").strip()
            named = " ".join(
                tidy_lines(line.params.get("CN", "").replace("\\n", " ").replace("^n", " ")).split()
            ).strip("\"' ")
            shared = address in self._shared.role_mailboxes
            if not named or "@" in named:
                if "@" in address:
                    self._drafting.state(self._ref, "email", address, self._evidence(line))
                continue
            for name in self._named(named, line):
                self._say("performer" if shared else "organizer", name, line)
                if "@" in address and not shared and not address.endswith(".invalid"):
                    self._drafting.state(
                        EntityRef(name, ("person", "organization")), "email", address, self._evidence(line)
                    )
        for line in self._event.all("ATTENDEE"):
            name = line.params.get("CN", "").strip("\"' ")
            kind = line.params.get("CUTYPE", "").upper()
            if not name or "@" in name:
                self._shared.leave(line)
            elif kind in ("ROOM", "RESOURCE"):
                self._say("location", name, line)
            else:
                self._say("participant", name, line)

    def _named(self, text: str, line: Line) -> list[str]:
        """The names in a text; their nicknames are noted as aliases."""
        names: list[str] = []
        for part in split_names(text):
            name, aliases = with_nicknames(part)
            if aliases:
                self._drafting.declare("person", name, line.number, aliases=aliases)
            names.append(name)
        return names

    def _text(self, line: Line) -> None:
        """A description: its introduction, what its labelled lines say, and all of it to be searched."""
        parts = [part.strip() for part in line.text.split("\n") if part.strip()]
        rest = [part for part in parts if not self._labelled(part, line) and not self._is_talk(part, line)]
        if len(rest) < len(parts):
            rest = [part for part in rest if not part.endswith(":")]  # "Talks:", which are told
        self._within(rest, line)
        if len(rest) > 1 and folded(readable(rest[0])) == folded(self._name):
            rest = self._short_lines(rest[1:], line)
        text = readable(" ".join(rest))
        if link_of(text) == text and text:
            if not self._event.all("URL"):
                self._say("url", text, line)
        elif text:
            self._say("description", introduction(text), line)
            self._shared.passages.append(PassageDraft(line.number, self._name, "", text))

    def _within(self, parts: list[str], line: Line) -> None:
        """What labelled sentences (`Entry fee: 25 EUR.`) and the only address in running text say."""
        text = readable(" ".join(parts))
        for sentence in _SENTENCES.split(text):
            if len(sentence) < len(text):
                self._labelled(sentence.rstrip("."), line)
        for match in _LED_BY.finditer(text) if not self._by else ():
            for name in self._named(match["names"], line):
                self._say("performer", name, line)
        mails = {match.group() for match in _MAIL.finditer(text)}
        if len(mails) == 1:
            self._say("email", mails.pop(), line)

    def _short_lines(self, parts: list[str], line: Line) -> list[str]:
        """Lines below the title in programmes made of a table: who, where to book, what kind, how it is attended."""
        rest: list[str] = []
        for part in parts:
            text = readable(part)
            if link_of(text) == text and not self._event.all("URL"):
                self._say("url", text, line)
            elif not self._attended(text, line) and not self._says_how(text):
                rest.append(part)
        if len(rest) == 1 and len(rest[0]) <= _LONGEST_NAME and rest[0][:1].isupper() and rest[0][-1] not in ".!?":
            for name in self._named(readable(rest[0]), line):
                self._say("organizer", name, line)
            return []
        return rest

    def _labelled(self, text: str, line: Line) -> bool:
        """`Speaker: Ada King` within a description."""
        match = _LABELLED.match(text)
        target = self._shared.words.target("event", match["label"]) if match is not None else None
        if match is None or target not in _BY_LABEL:
            return False
        if target == "organizer" and folded(match["value"]) in word_set("labels", "attendance"):
            return False  # "Host: online"
        values = self._named(match["value"], line) if target == "performer" else [readable(match["value"])]
        for value in values:
            self._say(target, value, line)
        return True

    def _is_talk(self, text: str, line: Line) -> bool:
        """Whether an item of a description is a talk with its speakers, which is noted as part of the event."""
        match = _TALK_BY.match(readable(text))
        if match is None:
            return False
        title = match["title"].strip(" \"“”'")
        if folded(self._name).startswith(folded(title)):  # a talk that gave the evening its name
            for name in self._named(match["names"], line):
                self._say("performer", name, line)
            return True
        talk = self._drafting.declare("event", title, line.number, types=("talk",))
        told = [("performer", name) for name in self._named(match["names"], line)]
        places = [("location", place.text.strip()) for place in self._event.all("LOCATION")]
        for property_, value in (*told, *places, ("superEvent", self._name)):
            if value != title:
                self._drafting.state(talk, property_, value, self._evidence(line), start=self._start, end=self._end)
        return True

    def _say(self, property_: str, value: str, line: Line) -> None:
        if value:
            self._drafting.state(self._ref, property_, value, self._evidence(line), start=self._start, end=self._end)

    def _evidence(self, line: Line) -> Evidence:
        return Evidence(self._drafting.document, line.number, line.written[:1000])


def in_text(when: EventTime) -> str:
    """`2024-09-13, 16:00 to 17:00`."""
    days = str(when.first) if when.first == when.last else f"{when.first} to {when.last}"
    hours = f", {when.start_time}" if when.start_time else ""
    return days + hours + (f" to {when.end_time}" if when.end_time else "")


def _partial(day: object) -> PartialDate:
    return PartialDate.parse(str(day))
