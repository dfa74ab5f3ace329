"""Whether a number is the one that is asked for: of people, of things, an amount; knows no words for an answer."""

import re

from bot.answers.finding.finding import Finding
from bot.answers.finding.match import SUBJECT
from bot.answers.finding.slot import is_sample, numbers, says_number
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query, Unit
from bot.language.lexicon import KindWord, Lexicon, PropertyWord

_COUNTED = Ask.HOW_MANY.value
_COUNTING = frozenset({Ask.HOW_MANY, Ask.HOW_MUCH, Ask.HOW, Ask.YES_NO})
_FIGURE = re.compile(r"\d")
_ANYBODY = KindWord("person")


class Figures:
    """Tells the number meant from others for one query."""

    def __init__(self, query: Query, lexicon: Lexicon) -> None:
        self._query = query
        self._lexicon = lexicon

    def is_head_count(self, finding: Finding) -> bool:
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
            not reading.verb and "person" in types_of(self._lexicon, reading) for reading in unit.properties
        )

    def is_of_a_figure(self, finding: Finding) -> bool:
        """Whether somebody only has a number of what "who" asks for: a choir is not its own newest singer."""
        answers = self._lexicon.vocabulary.properties[finding.fact.property].answers
        if Ask.HOW_MANY.value not in answers or Ask.WHO.value in answers or finding.slot.piece != SUBJECT:
            return False
        return not any(_FIGURE.search(key) for key in self._query.keys)

    def is_address(self, finding: Finding) -> bool:
        """Whether a count would be the address of what is counted."""
        prop = self._lexicon.vocabulary.properties[finding.fact.property]
        value = finding.slot.value
        if value is None or value.entity is not None or value.number is not None:
            return False
        return Ask.WHERE.value in prop.answers and finding.slot.piece == "value"

    def counts(self, finding: Finding) -> bool:
        """Whether a number of entities is that of what is asked for, not of the few who are named in some part."""
        answer = finding.answer
        if answer is None:
            return not self._is_of_other_people(finding)
        if is_sample(self._lexicon.vocabulary.properties[finding.fact.property], answer):
            return False
        keys = self._query.keys
        behind = keys.index("many") + 1 if "many" in keys else -1
        named = next((unit for unit in self._query.names if unit.start == behind), None)
        if named is not None and not any(unit.start == named.end for unit in self._query.words):
            return False  # how often something that has a name was counted is only told by a figure
        people = any(unit.asked and _ANYBODY in unit.kinds for unit in self._query.words)
        return not people or bool(finding.match.readings)  # the people on a team are not those who lead it

    def _is_of_other_people(self, finding: Finding) -> bool:
        """Whether "how many people" was only met by words that help to find the number of some people or other."""
        words = [(position, unit) for position, unit in enumerate(self._query.units) if not unit.mention]
        needed = [(position, unit) for position, unit in words if not unit.optional]
        how = finding.match.explained.get(needed[0][0]) if len(needed) == 1 else None
        value = finding.slot.value
        if how is not None and how.reading is None and needed[0][1].asked and self._names_people(needed[0][1]):
            return value is not None and value.number is None and not numbers(value.text, self._query)
        if len(needed) != 1 or _ANYBODY not in needed[0][1].kinds:
            return False
        return how is not None and how.reading is None and not says(self._lexicon, finding, needed[0][1])

    def is_amount(self, finding: Finding) -> bool:
        """Whether "how much" is answered by what the question names, or by figures at least."""
        value = finding.slot.value
        named = any(reading.property == finding.fact.property for reading in finding.match.readings)
        prop = self._lexicon.vocabulary.properties[finding.fact.property]
        if named or value is None or Ask.HOW_MUCH.value in prop.answers:
            return True
        return not finding.support and says_number(finding.slot)


def says(lexicon: Lexicon, finding: Finding, unit: Unit) -> bool:
    """Whether the text itself has the word, rather than the words that help to find it."""
    said = lexicon.words(finding.fact.value.text)
    return any(said.issuperset(stems) for stems in unit.stems)


def types_of(lexicon: Lexicon, reading: PropertyWord) -> tuple[str, ...]:
    """The kinds of whom or what a noun names."""
    prop = lexicon.vocabulary.properties[reading.property]
    return prop.of if reading.side == SUBJECT else prop.type
