"""One fact as one sentence, by the vocabulary's phrases, the asked piece in bold; adds no word of its own."""

from collections.abc import Callable, Mapping
from datetime import date
from textwrap import shorten

from bot.answers.finding.periods import days
from bot.answers.finding.slot import PAST, STATUS, Slot, status_of
from bot.answers.wording.dates import say_date, say_length, say_on, say_period
from bot.answers.wording.markdown import Ready, bold, escape, link
from bot.language.fact_words import stems_of
from bot.model.fact import Fact, Qualifier, Value
from bot.model.vocabulary import Property, Vocabulary

_CLOSED = (".", "!", "?", ">", ":", ")")


class Sentences:
    """Words facts with the vocabulary of one snapshot."""

    def __init__(
        self, vocabulary: Vocabulary, unstated: Mapping[str, str], today: Callable[[], date] = date.today
    ) -> None:
        """`unstated`: how the status of a value that the document leaves open, or denies, is worded."""
        self._properties = vocabulary.properties
        self._unstated = unstated
        self._today = today

    def full(self, fact: Fact, slot: Slot | None = None, told: frozenset[str] = frozenset()) -> Ready:
        """The whole statement: who, what, details, time; the asked piece in bold.

        Quiet details are left out, unless they are asked for or hold one of the stems in `told`.
        """
        prop = self._properties[fact.property]
        open_ = self._unstated.get(status_of(fact) or "")
        if open_:
            return Ready(
                _closed(f"{escape(fact.subject.name)} – {prop.label}: {open_}{self._details(fact, None, told)}")
            )
        pattern = self._pattern(fact, prop)
        subject, value = escape(fact.subject.name), self._value(fact.value, prop)
        if slot is not None and slot.piece == "subject":
            subject = bold(fact.subject.name)
        elif slot is not None and slot.piece == "value":
            value = Ready(value if value.startswith("<") else f"**{value}**")
        pattern = pattern[0].upper() + pattern[1:]
        text = pattern.replace("{subject}", subject).replace("{value}", value)
        return Ready(_closed(text + self._details(fact, slot, told) + self._time(fact, slot)))

    def untimed(self, fact: Fact) -> Ready:
        """The statement without its time, for lists that give it in front."""
        prop = self._properties[fact.property]
        pattern = self._pattern(fact, prop)
        text = pattern.replace("{subject}", escape(fact.subject.name)).replace("{value}", self._value(fact.value, prop))
        return Ready(text + self._details(fact, None, frozenset()))

    def dated(self, fact: Fact) -> Ready:
        """Whatever has a date, without it: its name and the details."""
        return Ready(bold(fact.subject.name) + self._details(fact, None, frozenset()))

    def item(self, fact: Fact, slot: Slot, told: frozenset[str] = frozenset()) -> Ready:
        """One line of a list: the asked piece, then the rest of the statement as details."""
        prop = self._properties[fact.property]
        if slot.piece == "value" and slot.value is fact.value:
            value = self._value(fact.value, prop)
            lead = value if fact.value.entity is None else f"**{value}**"
        elif slot.piece in ("subject", "value") and slot.entity is not None:
            lead = bold(slot.entity.name)
            if prop.literal == "date" and fact.value.date is not None:
                return Ready(f"{lead} ({say_date(fact.value.date)})")
        else:
            return self.full(fact, slot, told)
        return Ready(lead + self._details(fact, None, told) + self._time(fact, None))

    def piece(self, fact: Fact, slot: Slot) -> Ready:
        """The asked piece alone."""
        prop = self._properties[slot.property or fact.property]
        match slot.piece:
            case "start" | "end":
                known = fact.start if slot.piece == "start" else fact.end
                return escape(say_date(known)) if known else Ready("")
            case "time":
                return escape(say_period(fact, lasting=prop.lasting, past=self.is_past(fact)))
            case "duration":
                return escape(self._length(fact))
            case _:
                return self._value(slot.value, prop) if slot.value else Ready("")

    def mark(self, fact: Fact, longest: int) -> Ready:
        """The value alone with its details and its time, or without the details; cut where both are longer."""
        value, time = self._value(fact.value, self._properties[fact.property]), self._time(fact, None)
        for text in (value + self._details(fact, None, frozenset()) + time, value + time):
            if len(text) <= longest:
                return Ready(text)
        return escape(shorten(fact.value.text, longest, placeholder=" …"))

    def is_past(self, fact: Fact) -> bool:
        """Whether the fact no longer holds, by an end date or by the document's word."""
        return status_of(fact) == PAST or (fact.end is not None and not self._is_coming(fact))

    def _is_coming(self, fact: Fact) -> bool:
        """Whether it begins only after today."""
        start = fact.value.date or fact.start
        first = start.first if start is not None else None
        return first is not None and first > self._today()

    def _pattern(self, fact: Fact, prop: Property) -> str:
        if prop.coming and self._is_coming(fact):
            return prop.coming
        return prop.said if prop.said and self.is_past(fact) else prop.says

    def _value(self, value: Value, prop: Property) -> Ready:
        if value.date is not None and prop.literal == "date":
            return escape(say_on(value.date))
        if prop.literal == "url" or value.text.startswith(("https://", "http://")):
            return link(value.text)
        return escape(value.text)

    def _details(self, fact: Fact, slot: Slot | None, told: frozenset[str]) -> str:
        """The qualifiers by their phrases, those of one property joined."""
        grouped: dict[str, list[Ready]] = {}
        whole = slot is not None and (slot.piece == "fact" or (slot.piece == "statement" and self._hides(fact, told)))
        for qualifier in fact.qualifiers:
            prop = self._properties[qualifier.property]
            asked = slot is not None and slot.piece == "qualifier" and slot.property == qualifier.property
            if qualifier.property == STATUS or not (prop.detail or asked):
                continue
            if prop.quiet and not asked and not whole and not _says(qualifier, told):
                continue
            worded = self._value(qualifier.value, prop)
            grouped.setdefault(qualifier.property, []).append(Ready(f"**{worded}**") if asked else worded)
        text = ""
        for name, values in grouped.items():
            pattern = self._properties[name].detail or f"{self._properties[name].label}: {{value}}"
            phrase = pattern.replace("{value}", enumerate_words(values))
            text += phrase if phrase.startswith(" ") else f", {phrase}"
        return text

    def _hides(self, fact: Fact, told: frozenset[str]) -> bool:
        """Whether a yes or no is decided by words that no quiet detail says, so that none of these may be left out."""
        quiet = [qualifier for qualifier in fact.qualifiers if self._properties[qualifier.property].quiet]
        return bool(told) and not any(_says(qualifier, told) for qualifier in quiet)

    def _time(self, fact: Fact, slot: Slot | None) -> str:
        prop = self._properties[fact.property]
        if prop.literal == "date":
            return ""
        worded = say_period(fact, lasting=prop.lasting, past=self.is_past(fact))
        if not worded:
            return self._as_of(fact, prop)
        if slot is not None and slot.piece in ("time", "start", "end"):
            asked = self.piece(fact, slot)
            worded = worded.replace(asked, f"**{asked}**", 1)
        if slot is not None and slot.piece == "duration" and (length := self._length(fact)):
            worded = f"{worded}; **{length}**"
        return f" ({worded}{self._as_of(fact, prop, ', ')})"

    def _as_of(self, fact: Fact, prop: Property, lead: str = " (") -> str:
        """A lasting thing that has no end is only known to hold when its source was written."""
        if not prop.lasting or self.is_past(fact) or fact.source.date is None or fact.source.date.year is None:
            return ""
        close = ")" if lead == " (" else ""
        return f"{lead}as of {say_date(fact.source.date)}{close}"

    def _length(self, fact: Fact) -> str:
        length = days(fact.period)
        return say_length(length, fact.period) if length is not None else ""


def _says(qualifier: Qualifier, told: frozenset[str]) -> bool:
    return not told.isdisjoint(stems_of([qualifier.value.text], ()))


def enumerate_words(words: list[Ready]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _closed(text: str) -> str:
    return text if text.endswith(_CLOSED) and not text.endswith((":", ")")) else f"{text}."
