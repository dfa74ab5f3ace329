"""Holds one fact against one question: which units it accounts for, and how surely; looks at no other fact."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from bot.answers.reading.query import Unit
from bot.language.lexicon import KindWord, Lexicon, PropertyWord
from bot.model.entity import Entity
from bot.model.fact import Fact

# How surely a unit is accounted for. Only sums of these are compared, within one question.
BY_PROPERTY = 3.0
BY_END = 3.0  # a name that is the subject or the value
BY_DETAIL = 2.5  # a name or property among the qualifiers
BY_UNIT_OF = 2.0  # a name whose part or department the fact is about
BY_WORDS = BY_KIND = 1.5
BY_OPEN = 1.0  # "says", "thinks", "argues": the words that go with any open-ended text
BY_TEXT = 1.0  # a name that only occurs in the text
BY_FILLER = 0.2  # a word that need not be accounted for
BY_CONTEXT = 0.5  # true of an entity that the question names, though this fact does not say it

SUBJECT, VALUE, QUALIFIER, TEXT = "subject", "value", "qualifier", "text"

_SPEAKING = frozenset({"person", "organization"})
BEFORE = "before"  # a qualifier that only orders facts; whom it names has no part in them

Ends = Mapping[str | None, bool | None]  # roles that names of the question fill -> whether that name does the verb


class Explained(NamedTuple):
    """How a fact accounts for a unit."""

    weight: float
    role: str | None = None  # of a name: where in the fact it stands
    reading: PropertyWord | None = None  # of a word: the property it was read as
    entity: int | None = None  # of a name: whom it means here


@dataclass(slots=True)
class Match:
    """One fact and the units it accounts for, by position in the query's list of units; nothing of it changes."""

    fact: Fact
    explained: Mapping[int, Explained]
    readings: list[PropertyWord] = field(init=False)  # of the question's words, those that hold for this fact
    score: float = field(init=False)  # how surely all that is accounted for is; larger is surer
    _roles: set[str | None] = field(init=False)

    def __post_init__(self) -> None:
        how = self.explained.values()
        self.readings = [one.reading for one in how if one.reading]
        self.score = sum([one.weight for one in how])
        self._roles = {one.role for one in how}

    def bound(self, role: str) -> bool:
        """Whether a name of the question stands in this role of the fact."""
        return role in self._roles


_VERSION = "version"
_FIGURE = re.compile(r"\b\d+\.\d+|(?:[<>=~^]|\bv)\s*\d|\w\s\d+\+?(?:\s|\Z)")


class Matcher:
    """Explains units by facts, with the vocabulary of one snapshot."""

    def __init__(self, lexicon: Lexicon, units_of: Callable[[], Mapping[int, frozenset[int]]]) -> None:
        """`units_of`: for each named organisation, the entities that belong to it; asked for when it matters."""
        self._lexicon = lexicon
        self._ask_units = units_of

    @cached_property
    def _units_of(self) -> Mapping[int, frozenset[int]]:
        return self._ask_units()

    def match(self, fact: Fact, units: Sequence[tuple[int, Unit]]) -> Match:
        """The fact with each unit it accounts for; never fails, may explain nothing."""
        named = {place: one for place, unit in units if unit.mention and (one := self.name(fact, unit))}
        ends = {named[place].role: unit.agent for place, unit in units if place in named}
        words = [(place, unit) for place, unit in units if not unit.mention]
        explained = named.copy()
        for place, unit in words:
            one = self._word(fact, unit, ends)
            if one:
                explained[place] = one._replace(weight=BY_FILLER) if unit.optional else one
        for place, unit in words:  # "which Python version does it need": the figure behind the name
            if place not in explained and _asks_version(unit) and _has_version(fact, explained):
                explained[place] = Explained(BY_CONTEXT)
        if self._lexicon.vocabulary.properties[fact.property].open and not self._is_about(fact, explained, dict(units)):
            return Match(fact, named)
        return Match(fact, explained)

    def _is_about(self, fact: Fact, explained: Mapping[int, Explained], units: Mapping[int, Unit]) -> bool:
        """Whether open-ended text answers for what it is about, not for a property that its words only mention.

        "What is her job?" is not answered by an opinion about jobs.
        """
        words = [position for position, unit in units.items() if unit.mention is None and not unit.optional]
        text = self._lexicon.words(fact.value.text)
        for position in words:
            one, unit = explained.get(position), units[position]
            if one is None or (one.reading is not None and one.weight < BY_WORDS):
                continue
            if not self._closed(unit) or any(text.issuperset(stems) for stems in unit.stems):
                return True
        tied = any(one.role in (QUALIFIER, VALUE, TEXT) for one in explained.values())
        speaks = any(
            (one := explained.get(p)) and one.reading and (one.reading.verb or one.reading.side == "value")
            for p in words
        )
        return speaks and len(words) <= (2 if tied else 1)

    def _closed(self, unit: Unit) -> bool:
        """Whether a word names a property whose values are not open-ended text."""
        properties = self._lexicon.vocabulary.properties
        return bool(unit.properties) and not any(properties[r.property].open for r in unit.properties)

    def name_says(self, entity: Entity, unit: Unit) -> bool:
        """Whether the entity's own name holds the unit's words."""
        own = self._lexicon.words(entity.name)
        return any(own.issuperset(stems) for stems in unit.stems)

    def name(self, fact: Fact, unit: Unit) -> Explained | None:
        """Where in the fact the unit's name stands; None where it does not."""
        wanted = unit.mention.entities if unit.mention else ()
        ends = [(SUBJECT, fact.subject)] + ([(VALUE, fact.value.entity)] if fact.value.entity else [])
        for role, entity in ends:
            if entity.id in wanted:
                return Explained(BY_END, role, entity=entity.id)
        for qualifier in fact.qualifiers:
            if qualifier.property == BEFORE or qualifier.value.entity is None:
                continue
            if qualifier.value.entity.id in wanted:
                return Explained(BY_DETAIL, QUALIFIER, entity=qualifier.value.entity.id)
        for role, entity in reversed(ends) if self._units_of else ():
            if any(entity.id in self._units_of.get(whole, ()) for whole in wanted):
                return Explained(BY_UNIT_OF, role, entity=entity.id)
        literal = self._lexicon.vocabulary.properties[fact.property].literal
        if literal in (None, "date"):  # there a name that counts would be one of the ends
            return None
        if not any(fact.words.issuperset(stems) for stems in unit.stems):
            return None
        if unit.mention and unit.mention.whole and fact.subject.kind == "person" and self.name_says(fact.subject, unit):
            return None  # "Ann Lee" is not Ann Mary Lee, whose name only holds hers
        return Explained(BY_TEXT, TEXT)

    def _word(self, fact: Fact, unit: Unit, ends: Ends) -> Explained | None:
        for reading in self._verbs_first(fact, unit, ends):
            if reading.property == fact.property and self._side_fits(fact, reading, ends):
                if not self._lexicon.vocabulary.properties[fact.property].open:
                    return Explained(BY_PROPERTY, reading=reading)
                if _is_said_by_another(fact, ends):
                    return None
                said = any(fact.words.issuperset(stems) for stems in unit.stems)
                return Explained(BY_WORDS if said else BY_OPEN, reading=reading)
        inside = {qualifier.property for qualifier in fact.qualifiers}
        for reading in unit.properties:
            if reading.property in inside and not reading.verb:
                return Explained(BY_DETAIL, reading=reading)
        if unit.text.lower() in self._lexicon.function:
            return None  # "where is she from": the word alone says nothing, wherever a text may have it
        if any(fact.words.issuperset(stems) for stems in unit.stems) and not self._names_answer(fact, unit, ends):
            return Explained(BY_WORDS)
        if unit.kinds:
            for bound, entity in _ends(fact, ends):
                fits = fits_kind(entity, unit.kinds) and not _may_be_other(entity, unit)
                if fits and not (bound and self.is_asked_of(entity, unit)):
                    return Explained(BY_KIND)
        if any(self.name_says(entity, unit) for _, entity in _ends(fact, ends)):
            return Explained(BY_KIND)
        return None

    def is_asked_of(self, entity: Entity, unit: Unit) -> bool:
        """Whether a word asks for something that such an entity has ("the code of Loom"), not says what it is."""
        properties = self._lexicon.vocabulary.properties
        return any(
            reading.side == "value" and not reading.verb and entity.kind in properties[reading.property].of
            for reading in unit.properties
        )

    def _verbs_first(self, fact: Fact, unit: Unit, ends: Ends) -> Iterable[PropertyWord]:
        """The word's readings; where a name is seen to do the verb or to suffer it, the same stem as a noun is none."""
        if ends.get(SUBJECT) is None and ends.get(VALUE) is None:
            return unit.properties
        verbs = [reading for reading in unit.properties if reading.verb and reading.property == fact.property]
        return verbs or unit.properties

    def _names_answer(self, fact: Fact, unit: Unit, ends: Ends) -> bool:
        """Whether the word says of what kind the answer must be ("which university"), so that a mention will not do."""
        free = [entity for _, entity in _ends(fact, ends)][:1]
        if not unit.asked or not free:
            return False
        if fact.value.entity is None and "how many" in self._lexicon.vocabulary.properties[fact.property].answers:
            return False  # the word says what is counted
        if unit.kinds:
            return all(kind.kind != free[0].kind for kind in unit.kinds)
        properties = self._lexicon.vocabulary.properties
        people = [properties[reading.property].type == ("person",) for reading in unit.properties if not reading.verb]
        return free[0].kind != "person" and fact.value.entity is not None and bool(people) and all(people)

    def _side_fits(self, fact: Fact, reading: PropertyWord, ends: Ends) -> bool:
        """Whether the word is said of the right end, where both ends are of one kind ("whose advisor")."""
        value = fact.value.entity
        if reading.side == "both" or value is None or value.kind != fact.subject.kind:
            return True
        if SUBJECT in ends and VALUE in ends and reading.verb:
            return not (ends[VALUE] and ends[SUBJECT] is False and reading.side == SUBJECT)  # the buyer sold nothing
        if (SUBJECT in ends) == (VALUE in ends):
            return True
        named = SUBJECT if SUBJECT in ends else VALUE
        if not reading.verb:  # "the predecessor of X": the noun names the other end
            return named != reading.side
        agent = ends[named]
        return agent is None or (named == reading.side) == agent


def _is_said_by_another(fact: Fact, ends: Ends) -> bool:
    """Whether somebody who is seen to do the saying is only spoken of: "did Acme comment" wants Acme's words."""
    if SUBJECT in ends or not any(ends.values()):
        return False
    return any(q.value.entity is not None and q.value.entity.kind in _SPEAKING for q in fact.qualifiers)


def _has_version(fact: Fact, explained: Mapping[int, Explained]) -> bool:
    """Whether it has a figure behind a name, and a word of the question was read as its property."""
    named = any(one.reading is not None and one.reading.property == fact.property for one in explained.values())
    return named and _FIGURE.search(fact.value.text) is not None


def _asks_version(unit: Unit) -> bool:
    return any(reading.property == _VERSION for reading in unit.properties)


def _may_be_other(entity: Entity, unit: Unit) -> bool:
    """Whether a word names a type of which nobody knows whether it is the entity's: the "club" of "club president"."""
    typed = bool(unit.properties) and all(kind.type is not None for kind in unit.kinds)
    return typed and not entity.types and not unit.asked


def fits_kind(entity: Entity, kinds: Iterable[KindWord]) -> bool:
    """Whether an entity is of one of these kinds or types; one whose type nobody wrote down may be of any."""
    return any(
        kind.type in entity.types or (entity.kind == kind.kind and (kind.type is None or not entity.types))
        for kind in kinds
    )


def _ends(fact: Fact, ends: Ends) -> list[tuple[bool, Entity]]:
    """The ends of a fact and whether the question names them; those that it does not name first."""
    both = [(SUBJECT in ends, fact.subject)]
    if fact.value.entity is not None:
        both.append((VALUE in ends, fact.value.entity))
    return sorted(both, key=lambda pair: pair[0])
