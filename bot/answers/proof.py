"""Whether a finding proves what is asked, not only shares its words; finds nothing and words nothing."""

import re
from functools import cached_property

from bot.answers.finding import Finding
from bot.answers.match import SUBJECT
from bot.answers.phrasing import Ask
from bot.answers.query import Query, Unit
from bot.answers.role import Roles
from bot.answers.slot import says_number
from bot.language.fact_words import stems_told
from bot.language.lexicon import KindWord, Lexicon, PropertyWord
from bot.language.tokens import name_key
from bot.model.fact import Fact

_WHICH = frozenset({"which", "what"})
_JOINT = re.compile(r"co(?:-(?=[a-z])|(?=auth))", re.IGNORECASE)
_EVERY = frozenset({"event", "project", "publication", "person"})  # whatever sort of place is asked for, these are none
_PLACED = frozenset({"place", "organization"})
_THERE = frozenset({"at", "in", "on", "with"})
_PART = "department"  # type of an organisation that is part of another; one that says no type is rather a whole
_COUNTED = Ask.HOW_MANY.value
_COUNTING = frozenset({Ask.HOW_MANY, Ask.HOW_MUCH, Ask.HOW, Ask.YES_NO})
_FIGURE = re.compile(r"\d")


class Proof:
    """Tells proofs from near misses for one query."""

    def __init__(self, query: Query, lexicon: Lexicon) -> None:
        self._query = query
        self._lexicon = lexicon
        self._sort = _asked_sort(query, lexicon)
        self._roles = Roles(query, lexicon)

    def holds(self, finding: Finding) -> bool:
        """Whether the finding may be told as the answer."""
        if self._roles.is_lesser(finding) or self._is_head_count(finding):
            return False
        match self._query.ask:
            case Ask.HOW_LONG:
                return not self._is_of_its_event(finding)
            case Ask.HOW_MANY:
                return not self._is_address(finding)
            case Ask.HOW_MUCH:
                return self._is_amount(finding)
            case Ask.WHO:
                said = bool(self._query.names) or self._is_said(finding)
                return said and self._is_of_those_there(finding) and not self._has_other_verb(finding)
            case Ask.WHAT:
                if not self._is_thing(finding) or not self._is_owned(finding):
                    return False
                return self._is_of_sort(finding) and not self._is_whole_for_part(finding)
            case Ask.ANY:
                return self._is_owned(finding)
            case Ask.WHERE:
                return self._is_of_sort(finding)
            case _:
                return True

    def are_all(self, findings: list[Finding]) -> bool:
        """Whether they may be told as all: of those who did a work together, one alone is not."""
        if self._query.ask is not Ask.WHO or len({one.slot.value for one in findings}) != 1:
            return True
        one = findings[0]
        if len(self._query.names) != 1 or not one.match.bound(SUBJECT) or one.fact.subject.kind == "person":
            return True
        joint = [unit for unit in self._query.words if _JOINT.match(unit.text) and unit.properties]
        told = f"{one.fact.value.text} " + " ".join(q.value.text for q in one.fact.qualifiers)
        return not joint or "co" in name_key(told).split()

    def _is_of_those_there(self, finding: Finding) -> bool:
        """Whether "who is at Acme", which has no further word, is answered by a person, not by what Acme belongs to."""
        if self._query.words or len(self._query.names) != 1 or self._query.names[0].preposition not in _THERE:
            return True
        return finding.answer is not None and finding.answer.kind == "person"

    def _is_head_count(self, finding: Finding) -> bool:
        """Whether a number would be told for those whom a noun names: "employees of Acme", "members of it"."""
        counted = finding.fact.property
        answers = self._lexicon.vocabulary.properties[counted].answers
        if self._query.ask in _COUNTING or _COUNTED not in answers or finding.answer is not None:
            return False
        read = [(place, one.reading) for place, one in finding.match.explained.items() if one.reading is not None]
        naming = [self._query.units[place] for place, reading in read if reading.property == counted]
        return bool(naming) and all(self._names_people(unit) for unit in naming)

    def _names_people(self, unit: Unit) -> bool:
        """Whether a word asks for persons rather than for their number: the staff, which members, people."""
        if self._query.ask is Ask.WHAT and not unit.asked:
            return False
        return any(kind.kind == "person" for kind in unit.kinds) or any(
            not reading.verb and "person" in self._types_of(reading) for reading in unit.properties
        )

    def _types_of(self, reading: PropertyWord) -> tuple[str, ...]:
        """The kinds of whom or what a noun names."""
        prop = self._lexicon.vocabulary.properties[reading.property]
        return prop.of if reading.side == SUBJECT else prop.type

    def _is_of_its_event(self, finding: Finding) -> bool:
        """Whether it only tells how long somebody had a part in an event, which is no length of the event."""
        if finding.slot.piece != "duration" or finding.match.readings or len(self._query.names) != 1:
            return False
        return finding.fact.value.entity is not None

    def _has_other_verb(self, finding: Finding) -> bool:
        """Whether a verb with its preposition ("who works with …") is only met by its first word, in another deed."""
        told = {finding.fact.property, *(fact.property for fact in finding.support)}
        for position, one in finding.match.explained.items():
            if position < 0 or one.reading is not None or one.role is not None:
                continue
            unit = self._query.units[position]
            if unit.start != 1 or unit.end - unit.start < 2 or not unit.properties or unit.optional:
                continue
            if told.isdisjoint([reading.property for reading in unit.properties]):
                return True
        return False

    def _is_address(self, finding: Finding) -> bool:
        """Whether a count would be the address of what is counted."""
        prop = self._lexicon.vocabulary.properties[finding.fact.property]
        value = finding.slot.value
        if value is None or value.entity is not None or value.number is not None:
            return False
        return Ask.WHERE.value in prop.answers and finding.slot.piece == "value"

    def _is_amount(self, finding: Finding) -> bool:
        """Whether "how much" is answered by what the question names, or by figures at least."""
        value = finding.slot.value
        named = any(reading.property == finding.fact.property for reading in finding.match.readings)
        prop = self._lexicon.vocabulary.properties[finding.fact.property]
        if named or value is None or Ask.HOW_MUCH.value in prop.answers:
            return True
        return says_number(finding.slot) if not finding.support else _FIGURE.search(value.text) is not None

    def _is_said(self, finding: Finding) -> bool:
        """Whether a fact found by words alone says one of them outright, not only among the words that help to find."""
        plain = [unit for unit in self._query.words if not (unit.properties or unit.kinds or unit.optional)]
        told = set().union(*map(stems_told, (finding.fact, *finding.support)))
        return not plain or any(told.issuperset(stems) for unit in plain for stems in unit.stems)

    def _is_thing(self, finding: Finding) -> bool:
        """Whether "what" without a noun is answered by somebody whom only "who" asks for."""
        if self._query.keys[:1] != ("what",) or self._query.for_name or finding.support:
            return True
        if finding.answer is None or finding.answer.kind != "person" or len(self._query.names) != 1:
            return True
        name = self._query.names[0]
        behind = self._query.keys[name.end :]
        stranded = len(behind) > 1 and behind[-1] in self._lexicon.function  # "what is the team in charge of"
        return not (stranded and all(r.side == "value" for r in finding.match.readings))

    def _is_owned(self, finding: Finding) -> bool:
        """Whether "her job" is told by one that she has, not by what she says of jobs."""
        noun = self._owned
        if noun is None:
            return True
        one = finding.match.explained.get(noun)
        if one is not None and one.reading is not None:
            return True
        told = finding.match.bound(SUBJECT) and self._is_told(finding.fact, self._query.units[noun])
        return told and not self._lexicon.vocabulary.properties[finding.fact.property].open

    def _is_told(self, fact: Fact, unit: Unit) -> bool:
        told = stems_told(fact)
        return any(told.issuperset(stems) for stems in unit.stems)

    @cached_property
    def _owned(self) -> int | None:
        """The place of the noun among the units, where the question has but it right behind a name."""
        units = self._query.units
        if len(units) != 2 or units[0].mention is None or units[0].end != units[1].start or not units[1].properties:
            return None
        properties = self._lexicon.vocabulary.properties
        own = not any(reading.verb or properties[reading.property].open for reading in units[1].properties)
        return 1 if own and units[1].end == len(self._query.keys) else None

    def is_misplaced(self, finding: Finding) -> bool:
        """Whether it tells a place of another sort, which may lie in one of the sort that is asked for."""
        return finding.answer is not None and finding.answer.kind in _PLACED and not self._is_of_sort(finding)

    def _is_of_sort(self, finding: Finding) -> bool:
        """Whether a place is of the sort that the question asks for: a hall is no city, a city no room."""
        answer = finding.answer
        if not self._sort:
            return True
        if answer is None:
            return "place" in self._lexicon.vocabulary.properties[finding.fact.property].type
        if answer.kind in _EVERY:
            return False
        if answer.kind == "place":
            return not answer.types or any(kind.type in answer.types for kind in self._sort)
        return False

    def _is_whole_for_part(self, finding: Finding) -> bool:
        """Whether "which department" would be answered by an organisation of which nothing says that it is one."""
        answer = finding.answer
        if answer is None or answer.kind != "organization" or answer.types:
            return False
        for position, unit in enumerate(self._query.units):
            one = finding.match.explained.get(position)
            if unit.asked and one is not None and one.reading is None and any(k.type == _PART for k in unit.kinds):
                words = self._lexicon.vocabulary.kinds[answer.kind].types.get(_PART, ())
                return self._lexicon.words(answer.name).isdisjoint(map(self._lexicon.stem, words))
        return False


def _asked_sort(query: Query, lexicon: Lexicon) -> tuple[KindWord, ...]:
    """The sort of place behind "in which": a city, a country, a room; nothing where any place will do."""
    for before, word in zip(query.keys, query.keys[1:], strict=False):
        if before in _WHICH:
            kinds = [kind for phrase in lexicon.phrases([lexicon.stem(word)]) for kind in phrase.kinds]
            return tuple([kind for kind in kinds if kind.kind == "place" and kind.type is not None])
    return ()
