"""Which piece of a fact tells what a question asks for; None where the fact is true but does not tell it."""

import builtins
import re
from itertools import pairwise
from typing import Literal, NamedTuple

from bot.answers.finding.match import BY_CONTEXT, SUBJECT, VALUE, Match, fits_kind
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query
from bot.language.tokens import name_key, stem
from bot.model.entity import Entity
from bot.model.fact import Fact, Value
from bot.model.vocabulary import Property, Vocabulary

Piece = Literal["subject", "value", "qualifier", "start", "end", "time", "duration", "fact", "statement"]

_WHO = (("person",), ("organization",), ("project",))  # whom "who" may mean, the likelier first
STATUS = "status"  # qualifier of values that a document leaves open, denies, or puts in the past
UNKNOWN, NONE, PAST = "unknown", "none", "past"
_WHICH = (("which",), ("what",))
_PEOPLE = (("people",), ("person",), ("persons",), ("individual",), ("individuals",))
_DEEDS = frozenset({"do", "does", "did", "can", "could", "should", "would", "will", "to"})  # behind "how"
_NOWHERE = frozenset({"topic", "person"})  # at whom or what nobody and nothing is
DEGREE = "degree"
_TOPIC = "about"  # of a text: nobody who did what it tells
_NEAR = 5  # words between a number and what it counts
_BECAUSE = re.compile(
    r"\b(?:because|since|as|so that|in order to|due to|owing to|thanks to|therefore|for the reason|lets?|means?)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|tens|dozens?|few|several|many|hundreds?|thousands?|millions?|none|no|both)\b",
    re.IGNORECASE,
)
_VAGUE = frozenset(
    {"few", "several", "many", "no", "none", "both"}
)  # they answer a question only that says just of whom
_FEW_WORDS = 2
_RUNNING = 80  # characters; a shorter text may be what something is called


class Slot(NamedTuple):
    """The piece of a fact that is asked for."""

    piece: Piece
    value: Value | None = None
    property: str | None = None  # of a qualifier

    @builtins.property  # `property` is a field here
    def entity(self) -> Entity | None:
        """The entity in the slot, if it is one."""
        return self.value.entity if self.value else None


def status_of(fact: Fact) -> str | None:
    """`unknown`, `none` or `past` where the document says so."""
    for qualifier in fact.qualifiers:
        if qualifier.property == STATUS:
            return qualifier.value.text
    return None


def find_slot(match: Match, query: Query, vocabulary: Vocabulary) -> Slot | None:
    """The piece of a fully matching fact that answers the question's ask."""
    fact, prop = match.fact, vocabulary.properties[match.fact.property]
    if query.future and not prop.open and fact.period.last < query.today:
        return None
    part = asked_part(match)
    if not _has_part(fact, part, query):
        return None
    match query.ask:  # the likelier first: to look up a member of an enumeration takes time
        case Ask.WHAT | Ask.ANY:
            return _of_asked_kind(match, query) or _what(match, prop, query)
        case Ask.WHO:
            return _who(match, prop, query, vocabulary)
        case Ask.WHEN:
            return _when(fact, prop, part, query)
        case Ask.WHERE:
            return None if _leads_elsewhere(match, prop, query) else _where(match, vocabulary)
        case Ask.YES_NO:
            return Slot("statement")
        case Ask.HOW_MANY | Ask.HOW_MUCH:
            return _how_many(match, prop, query)
        case Ask.HOW_LONG:
            return _how_long(fact, prop, match)
        case Ask.WHY:
            return _why(fact, prop, match)
        case Ask.HOW:
            slot = _what(match, prop, query)
            by_whom = slot is not None and slot.entity is not None and Ask.HOW.value not in prop.answers
            if by_whom and any(one == "how" and other in _DEEDS for one, other in pairwise(query.keys)):
                return None  # "how do I join" is not answered by what somebody joined; "how big is it" may be
            return slot if slot is None or prop.open or _says_degree(match, slot, query) else None


def _has_part(fact: Fact, part: str, query: Query) -> bool:
    """Whether the beginning or the end that the words speak of can be told of the fact."""
    if part == "end":
        return not _has_no_end(fact, query)
    left = part == "start" and fact.start is None and fact.end is not None
    return not (left and query.ask in (Ask.WHERE, Ask.WHAT))  # whom somebody left is no answer to where they went


def _has_no_end(fact: Fact, query: Query) -> bool:
    """Whether it is not over, or was over on its day; who has a degree got it, though nobody may say when."""
    if status_of(fact) == PAST or (fact.end is not None and fact.end != fact.start):
        return False
    return not is_got(fact) or query.ask is Ask.WHEN


def is_got(fact: Fact) -> bool:
    """Whether somebody has a degree, of which only the end counts, though nobody may say when that was."""
    return fact.start is None and any(detail.property == DEGREE for detail in fact.qualifiers)


def asked_part(match: Match) -> str:
    """Whether the words speak of the beginning or the end of what held, or of all of it."""
    parts = {reading.part for reading in match.readings if reading.property == match.fact.property}
    return parts.pop() if len(parts) == 1 else "all"


def _free_end(match: Match) -> Slot | None:
    """The end of the fact that the question does not name; the value before the subject when both are free."""
    if match.bound(SUBJECT):
        return None if match.bound(VALUE) else Slot("value", match.fact.value)
    if match.fact.value.entity is None and not match.bound(VALUE):
        return Slot("value", match.fact.value)
    return Slot("subject", Value(match.fact.subject.name, match.fact.subject))


def _when(fact: Fact, prop: Property, part: str, query: Query) -> Slot | None:
    dates = [date for date in (fact.value.date, fact.start, fact.end) if date is not None]
    if "year" in query.keys and dates and all(date.year is None for date in dates):
        return None
    if prop.literal == "text" and Ask.WHEN.value in prop.answers:
        return Slot("value", fact.value)
    if prop.literal == "date":
        return Slot("value", fact.value) if part == "all" or fact.value.date else None
    if part == "end":
        return Slot("end") if fact.end else None
    if part == "start":
        return Slot("start") if fact.start else None
    return Slot("time") if fact.start or fact.end else None


def _how_long(fact: Fact, prop: Property, match: Match) -> Slot | None:
    if Ask.HOW_LONG.value in prop.answers:
        return Slot("value", fact.value)
    if prop.lasting and fact.start is not None:
        return Slot("duration")
    for qualifier in fact.qualifiers:
        if qualifier.property == "duration":
            return Slot("qualifier", qualifier.value, qualifier.property)
    if prop.open and match.readings and _NUMBER.search(fact.value.text):
        return Slot("value", fact.value)
    return None


def _who(match: Match, prop: Property, query: Query, vocabulary: Vocabulary) -> Slot | None:
    fact = match.fact
    if prop.open and not any(reading.verb and reading.property == fact.property for reading in match.readings):
        asked = {reading.property for unit in query.words for reading in unit.properties}
        if not any(one.role for one in match.explained.values()) or any(_tells_who(name, vocabulary) for name in asked):
            return None
        return Slot("value", fact.value)  # "who puts the stress on one?" is told by the text, not by its author
    if any(_names_other_end(match, side) for side in (SUBJECT, VALUE)):
        return None  # "whose boss": not the one that is named
    named = {one.entity for one in match.explained.values()}
    if prop.open and asks_maker(query, vocabulary):  # of an opinion it is whoever has it, not whom it is about
        own_view = fact.subject.kind in ("person", "organization") and fact.subject.id not in named
        return Slot("subject", Value(fact.subject.name, fact.subject)) if own_view else None
    pieces: list[Slot] = [
        Slot("subject", Value(fact.subject.name, fact.subject)),
        Slot("value", fact.value),
        *(
            Slot("qualifier", q.value, q.property)
            for q in fact.qualifiers
            if not vocabulary.properties[q.property].quiet and not (prop.literal == "text" and q.property == _TOPIC)
        ),
    ]
    if "place" in prop.type and Ask.WHO.value not in prop.answers and fact.subject.kind != "person":
        return None  # a house may be an organisation; where a thing is held does not tell who holds it
    wanted = _WHO if Ask.WHO.value in prop.answers or prop.open else _WHO[:2]
    for kinds in _WHO[:1] if _asks_for_people(query) else wanted:
        for slot in pieces:
            if slot.entity is not None and slot.entity.kind in kinds and slot.entity.id not in named:
                return slot
    told = prop.literal == "text" and not prop.open and Ask.WHO.value in prop.answers
    return Slot("value", fact.value) if told else None


def _names_other_end(match: Match, side: str) -> bool:
    """Whether nouns name the end of a fact on which the question's own name stands, so that its other is not asked."""
    own = [reading for reading in match.readings if reading.property == match.fact.property]
    other = VALUE if side == SUBJECT else SUBJECT
    named = any(reading.side == side for reading in own) and not any(reading.verb for reading in own)
    return named and match.bound(side) and not match.bound(other)


def _asks_for_people(query: Query) -> bool:
    """Whether it is "which people" rather than "who", who may be a company as well."""
    return query.keys[:1] in _WHICH and query.keys[1:2] in _PEOPLE


def _tells_who(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a property is one that "who" asks for by itself: author, leader, speaker."""
    prop = vocabulary.properties[name]
    return not prop.open and Ask.WHO.value in prop.answers


def asks_maker(query: Query, vocabulary: Vocabulary) -> bool:
    """Whether the verb behind "who" asks who made something: "who wrote it"."""
    return any(
        unit.start > 0
        and query.keys[unit.start - 1] == Ask.WHO.value
        and any(
            reading.verb and reading.side == "value" and _tells_who(reading.property, vocabulary)
            for reading in unit.properties
        )
        for unit in query.words
    )


def _where(match: Match, vocabulary: Vocabulary) -> Slot | None:
    fact = match.fact
    for qualifier in fact.qualifiers:
        if "where" in vocabulary.properties[qualifier.property].answers and qualifier.property != fact.property:
            return Slot("qualifier", qualifier.value, qualifier.property)
    if "where" in vocabulary.properties[fact.property].answers:
        if not match.bound(VALUE) and not (fact.value.entity and fact.value.entity.kind in _NOWHERE):
            return Slot("value", fact.value)
        if not match.bound(SUBJECT) and fact.subject.kind in ("event", "place", "organization"):
            return Slot("subject", Value(fact.subject.name, fact.subject))
    return None


def _leads_elsewhere(match: Match, prop: Property, query: Query) -> bool:
    """Whether it is an address on the web where a place is asked for: that of an event, or where somebody is by now."""
    aside = (
        (match.fact.subject.kind == "event" and not match.readings)
        or query.current
        or any(one.weight == BY_CONTEXT for one in match.explained.values())
    )
    return prop.literal == "url" and aside


def _why(fact: Fact, prop: Property, match: Match) -> Slot | None:
    for qualifier in fact.qualifiers:
        if qualifier.property in ("reason", "purpose"):
            return Slot("qualifier", qualifier.value, qualifier.property)
    if Ask.WHY.value not in prop.answers:
        return None
    explains = not prop.open or fact.property == "argument" or _BECAUSE.search(fact.value.text)
    asked = any(reading.property == "reason" for reading in match.readings)
    return Slot("value", fact.value) if explains or asked else None


def _how_many(match: Match, prop: Property, query: Query) -> Slot | None:
    fact = match.fact
    if _counts_degrees(query):  # who studied somewhere need not have a degree from there
        degree = next((detail.value for detail in fact.qualifiers if detail.property == DEGREE), None)
        return Slot("qualifier", degree, DEGREE) if degree is not None else None
    if fact.value.number is not None or ("how many" in prop.answers and _NUMBER.search(fact.value.text)):
        return Slot("value", fact.value)
    if fact.value.entity is None and (prop.open or prop.literal == "text") and numbers(fact.value.text, query):
        return Slot("value", fact.value)
    if query.ask is Ask.HOW_MUCH:
        return Slot("value", fact.value) if Ask.HOW_MUCH.value in prop.answers and not prop.open else None
    free = _free_end(match)
    if free is None or is_sample(prop, free.entity):
        return None
    if free.entity is not None:
        return free
    return free if is_counted(match, prop) else None


def _counts_degrees(query: Query) -> bool:
    """Whether the noun behind "how many" names degrees."""
    return any(unit.asked and any(reading.property == DEGREE for reading in unit.properties) for unit in query.words)


def is_counted(match: Match, prop: Property) -> bool:
    """Whether the words name a property whose values are texts of which each is one: requirements, traits."""
    named = any(reading.property == match.fact.property and not reading.verb for reading in match.readings)
    return named and prop.literal == "text" and not prop.open and Ask.HOW_MANY.value not in prop.answers


def _says_degree(match: Match, slot: Slot, query: Query) -> bool:
    """Whether "how big" is answered by something of that property, or by a number at least."""
    for position, unit in enumerate(query.units):
        if 0 < unit.start <= len(query.keys) and query.keys[unit.start - 1] == "how" and unit.properties:
            how = match.explained.get(position)
            return (how is not None and how.reading is not None) or slot.piece == "fact" or says_number(slot)
    return True


def is_sample(prop: Property, entity: Entity | None) -> bool:
    """Whether the documents name only some of those that share such a value, so that their number says nothing."""
    return prop.sampled and entity is not None and entity.kind == "person"


def says_number(slot: Slot) -> bool:
    """Whether a piece is a figure, or a text with one."""
    return slot.value is not None and (slot.value.number is not None or _NUMBER.search(slot.value.text) is not None)


def numbers(text: str, query: Query) -> bool:
    """Whether a text says a number of just what "how many" is asked of: "202 tasks", "hundreds of such papers"."""
    counted = next((unit for unit in query.units if unit.asked), None)
    specific = len([unit for unit in query.words if not unit.optional]) > _FEW_WORDS
    numbers = [one for one in _NUMBER.finditer(text) if specific or one.group().lower() not in _VAGUE]
    if counted is None:
        return bool(numbers)
    for number in numbers:
        behind = {stem(part) for part in name_key(text[number.start() :]).split()[: _NEAR + 1]}
        if any(behind.issuperset(stems) for stems in counted.stems):
            return True
    return False


def _of_asked_kind(match: Match, query: Query) -> Slot | None:
    """The free end that is of the kind which "which …" names."""
    asked = next((unit for unit in query.units if unit.asked and unit.kinds), None)
    if asked is None:
        return None
    subject, value = match.fact.subject, match.fact.value
    if value.entity is not None and not _is_named(value.entity, query) and fits_kind(value.entity, asked.kinds):
        return Slot("value", value)
    if not match.bound(SUBJECT) and fits_kind(subject, asked.kinds):
        return Slot("subject", Value(subject.name, subject))
    return None


def _is_named(entity: Entity, query: Query) -> bool:
    """Whether a name of the question is its own; the name of what it is a part of is none: "which Acme lab"."""
    return any(unit.mention is not None and entity.id in unit.mention.entities for unit in query.names)


def _what(match: Match, prop: Property, query: Query) -> Slot | None:
    fact = match.fact
    if "place" in prop.type and _names_other_end(match, VALUE):
        return None  # "the address of the hall": not what is held there
    running = fact.value.entity is None and len(fact.value.text) > _RUNNING
    if running and query.keys[:1] in _WHICH[:1] and not query.names and not match.readings:
        return None  # "which trustees does it have": no text that speaks of trustees is one of them
    asked = {r.property for r in match.readings if r.property != fact.property}
    for qualifier in fact.qualifiers:
        if qualifier.property in asked:
            return Slot("qualifier", qualifier.value, qualifier.property)
    free = _free_end(match)
    if free is not None:
        return free
    details = [q for q in fact.qualifiers if q.property != STATUS]
    if details:
        return Slot("fact")
    return None
