"""Whether a finding proves what is asked, not only shares its words; finds nothing and words nothing."""

import re
from functools import cached_property
from itertools import pairwise

from bot.answers.finding.figures import Figures, says, types_of
from bot.answers.finding.finding import Finding
from bot.answers.finding.match import BY_CONTEXT, BY_UNIT_OF, BY_WORDS, SUBJECT, VALUE, fits_kind
from bot.answers.finding.role import ROLES, Roles
from bot.answers.finding.slot import asks_maker
from bot.answers.finding.sorts import Sorts
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query, Unit
from bot.answers.reading.standing import BE, PARTICIPLE
from bot.language.fact_words import stems_told
from bot.language.lexicon import Lexicon
from bot.language.tokens import name_key
from bot.model.fact import Fact

_LOCATION = "location"  # of whatever has a place
_JOINT = re.compile(r"co(?:-(?=[a-z])|(?=auth))", re.IGNORECASE)
_THERE = frozenset({"at", "in", "on", "with"})
_HOUR = re.compile(r"\d[:.h]\d\d|\d ?(?:am|pm|a\.m|p\.m|o'clock|uhr)\b|\b(?:noon|midnight)\b", re.IGNORECASE)
_NEAR_THERE = 4  # the noun of "is there any other talk"


class Proof:
    """Tells proofs from near misses for one query."""

    def __init__(self, query: Query, lexicon: Lexicon) -> None:
        self._query = query
        self._lexicon = lexicon
        self._roles = Roles(query, lexicon)
        self._figures = Figures(query, lexicon)
        self.sorts = Sorts(query, lexicon)

    def holds(self, finding: Finding) -> bool:
        """Whether the finding may be told as the answer."""
        if self._roles.is_lesser(finding) or self._figures.is_head_count(finding):
            return False
        match self._query.ask:  # the likelier first: to look up a member of an enumeration takes time
            case Ask.WHAT:
                thing = self._is_thing(finding) and not self._is_doer(finding)
                if not thing or not self._is_owned(finding) or self._is_guessed(finding):
                    return False
                sort = self.sorts.is_of_sort(finding) and self.sorts.is_what_is_said(finding)
                return sort and not self.sorts.is_whole_for_part(finding) and not self.sorts.is_one_of_many(finding)
            case Ask.WHO:
                other = self._has_other_verb(finding) or self._figures.is_of_a_figure(finding)
                said = bool(self._query.names) or self._is_said(finding)
                return said and not other and self._is_of_those_there(finding) and self._is_of_its_field(finding)
            case Ask.ANY:
                return self._is_owned(finding)
            case Ask.WHEN:
                return (not self._query.clock or self._tells_hour(finding)) and not self._is_of_a_member(finding)
            case Ask.WHERE:
                return not self._is_held_there(finding) and self.sorts.is_of_sort(finding)
            case Ask.YES_NO:
                return self._is_there(finding)
            case Ask.HOW_MANY:
                return not self._figures.is_address(finding) and self._figures.counts(finding)
            case Ask.HOW_MUCH:
                return self._figures.is_amount(finding)
            case Ask.HOW_LONG | Ask.HOW:
                return not self._is_of_its_event(finding) and not self._is_of_another_deed(finding)
            case _:
                return True

    def are_all(self, findings: list[Finding]) -> bool:
        """Whether they may be told as all: of those who did a work together, or each a part of it, one alone is not."""
        if self._query.ask is not Ask.WHO or len({one.slot.value for one in findings}) != 1:
            return True
        one = findings[0]
        if one.fact.subject.kind == "event" and any(
            how.weight == BY_UNIT_OF and self._query.units[position].preposition is None
            for position, how in one.match.explained.items()
        ):
            return False  # who gave one lecture may not teach the course
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

    def _is_held_there(self, finding: Finding) -> bool:
        """Whether it only tells what took place where the question asks for: "where is the hall" is no concert."""
        place = finding.fact.value.entity
        return (
            finding.fact.property == _LOCATION
            and place is not None
            and not self._query.words
            and all(unit.mention is not None and place.id in unit.mention.entities for unit in self._query.names)
        )

    def _is_guessed(self, finding: Finding) -> bool:
        """Whether nobody wrote that the answer is of the asked type, nor this fact a word that is true of somebody."""
        asked = next((unit for unit in self._query.units if unit.asked), None)
        types = {kind.type for kind in asked.kinds} if asked is not None else set()
        answer = finding.answer
        if answer is None or not types or None in types or types.intersection(answer.types):
            return False
        if finding.fact.subject.kind != "person":
            return False  # what is true of a work is said by its own name and by whose it is
        return any(
            position >= 0 and one.weight == BY_CONTEXT and not self._query.units[position].optional
            for position, one in finding.match.explained.items()
        )

    def _is_of_its_field(self, finding: Finding) -> bool:
        """Whether "the head of research" is told by one of just that, not by whoever leads and does research."""
        for noun, field in pairwise(self._query.units):
            if noun.mention or field.mention or self._query.keys[noun.end : field.start] != ("of",):
                continue
            leads = {r.property for r in noun.properties if not r.verb and types_of(self._lexicon, r) == ("person",)}
            if leads and not any(
                self._is_field_of(fact, noun, field, leads) for fact in (finding.fact, *finding.support)
            ):
                return False
        return True

    def _is_field_of(self, fact: Fact, noun: Unit, field: Unit, leads: set[str]) -> bool:
        """Whether one text has the role and its field, or the field is the name of what somebody leads."""
        if fact.property in leads and self._has(fact.subject.name, field):
            return True
        texts = (fact.value.text, *(q.value.text for q in fact.qualifiers if q.property in ROLES))
        return any(self._has(text, field) and (fact.property in leads or self._has(text, noun)) for text in texts)

    def _has(self, text: str, unit: Unit) -> bool:
        own = self._lexicon.words(text)
        return any(own.issuperset(stems) for stems in unit.stems)

    def _tells_hour(self, finding: Finding) -> bool:
        """Whether "at what time" is answered by the hour, where an event has one; of what lasts, the date is meant."""
        ends = (finding.fact.subject, finding.fact.value.entity, *[fact.subject for fact in finding.support])
        if not any(end is not None and end.kind == "event" for end in ends):
            return True
        told = [finding.fact.value.text, *(qualifier.value.text for qualifier in finding.fact.qualifiers)]
        return any(_HOUR.search(text) for text in told)

    def _is_of_a_member(self, finding: Finding) -> bool:
        """Whether "when was the team started" would be told by when somebody joined it, of whom nobody asks."""
        if finding.slot.piece not in ("start", "end") or len(self._query.units) > 2 or finding.match.bound(SUBJECT):
            return False
        return finding.fact.subject.kind == "person" and finding.match.bound(VALUE)

    def _is_there(self, finding: Finding) -> bool:
        """Whether "is there a talk about …" is answered by a talk, not by something that only has all the words."""
        if self._query.keys[1:2] != ("there",):
            return True
        facts = (finding.fact, *finding.support)
        ends = [end for fact in facts for end in fact.ends]
        for position, unit in enumerate(self._query.units):
            if unit.start > _NEAR_THERE or not unit.kinds:
                continue
            how = finding.match.explained.get(position)
            read = how is not None and how.reading is not None and not how.reading.verb
            named = read and finding.fact.property not in self._lexicon.open
            return named or (any(fits_kind(end, unit.kinds) for end in ends) and self._says_all(finding, position))
        return True

    def _says_all(self, finding: Finding, but: int) -> bool:
        """Whether all words but one stand in what is told, rather than among the words that help to find it."""
        told = set().union(*map(stems_told, (finding.fact, *finding.support)))
        for position, one in finding.match.explained.items():
            if position in (but, -1) or one.reading is not None or one.role is not None or one.weight < BY_WORDS:
                continue
            if not any(told.issuperset(stems) for stems in self._query.units[position].stems):
                return False
        return True

    def _is_of_another_deed(self, finding: Finding) -> bool:
        """Whether "how do I reach the author" would be told by an opinion that is only found by that word.

        What stands behind "that" is what is said, and no deed.
        """
        if self._query.ask is not Ask.HOW or finding.fact.property not in self._lexicon.open:
            return False
        clause = self._query.keys.index("that") if "that" in self._query.keys else len(self._query.keys)
        for position, one in finding.match.explained.items():
            unit = self._query.units[position]
            if position < 0 or one.reading is not None or one.role is not None or unit.optional or unit.start > clause:
                continue
            deed = any(reading.verb for reading in unit.properties)
            told = not self._lexicon.open.isdisjoint([reading.property for reading in unit.properties])
            if deed and not told and not says(self._lexicon, finding, unit):
                return True
        return False

    def _is_of_its_event(self, finding: Finding) -> bool:
        """Whether it only tells how long somebody had a part in an event, which is no length of the event."""
        if finding.slot.piece != "duration" or finding.match.readings or len(self._query.names) != 1:
            return False
        return finding.fact.value.entity is not None

    def _has_other_verb(self, finding: Finding) -> bool:
        """Whether the verb is only met by words of another deed.

        Of "who works with …" by its first word alone; of "who wrote …" in a text that speaks of something else.
        """
        told = {finding.fact.property, *(fact.property for fact in finding.support)}
        for position, one in finding.match.explained.items():
            if position < 0 or one.reading is not None or one.role is not None:
                continue
            unit = self._query.units[position]
            behind = unit.start > 0 and self._query.keys[unit.start - 1] == Ask.WHO.value
            if not behind or not unit.properties or unit.optional:
                continue
            if unit.end - unit.start < 2 and (
                finding.answer is not None
                or says(self._lexicon, finding, unit)
                or not asks_maker(self._query, self._lexicon.vocabulary)
            ):
                continue
            if told.isdisjoint([reading.property for reading in unit.properties]):
                return True
        return False

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

    def _is_doer(self, finding: Finding) -> bool:
        """Whether "what was released with …" would be told by who released it, or "what made …" by a person."""
        keys, answer = self._query.keys, finding.answer
        if keys[:1] != ("what",) or answer is None or len(keys) < 3:
            return False
        suffered = keys[1] in BE and PARTICIPLE.search(keys[2]) is not None
        if not suffered and answer.kind != "person":
            return False
        place = next((position for position, unit in enumerate(self._query.units) if unit.start == 1 + suffered), -1)
        one = finding.match.explained.get(place) if place >= 0 else None
        reading = one.reading if one is not None else None
        return reading is not None and reading.verb and reading.side == VALUE == finding.slot.piece

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
