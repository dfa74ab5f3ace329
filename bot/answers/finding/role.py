"""Whether a recorded role is the one a question names, or that of a deputy; looks at no other part of an answer."""

import re
from collections.abc import Iterator, Sequence

from bot.answers.finding.finding import Finding
from bot.answers.reading.query import Query, Unit
from bot.language.lexicon import Lexicon, Stems
from bot.language.tokens import name_key
from bot.model.fact import Fact

ROLES = ("roleName", "jobTitle")  # what somebody is somewhere
# What stands between two roles, or between a role and its field.
_APART = re.compile(r"[,;/()&|]|\b(?:and|of|for|at|in)\b", re.IGNORECASE)
_WHO = "who"


class Roles:
    """Tells roles from lesser ones for one query."""

    def __init__(self, query: Query, lexicon: Lexicon) -> None:
        self._query = query
        self._lexicon = lexicon
        self._lesser = lexicon.vocabulary.lesser

    def is_lesser(self, finding: Finding) -> bool:
        """Whether some word of the question is met only by "vice president" where it says "president"."""
        facts = (finding.fact, *finding.support)
        roles = [part for fact in facts for text in roles_of(fact) for part in self._parts(text)]
        if not roles:
            return False
        return any(
            self._only_lesser(self._query.units[position], roles, led=self._is_led(finding, position))
            for position, one in finding.match.explained.items()
            if position >= 0 and one.role is None
        )

    def _parts(self, text: str) -> list[list[str]]:
        return [keys for part in _APART.split(text) if (keys := name_key(part).split())]

    def _only_lesser(self, unit: Unit, roles: Sequence[list[str]], *, led: bool) -> bool:
        """Whether every role that has the word puts a lesser one's before it; of who leads, whether all are lesser."""
        asked = {*self._query.keys, *(part for stems in unit.stems for part in stems)}
        met = [self._is_other(keys, place, asked) for keys in roles for place in self._places(keys, unit)]
        if not met and led:
            met = [self._is_other(keys, len(keys) - 1, asked) for keys in roles]
        return bool(met) and all(met)

    def _places(self, keys: Sequence[str], unit: Unit) -> Iterator[int]:
        """Where the unit's words begin in a role."""
        stems = tuple(self._lexicon.stem(key) for key in keys)
        for wanted in unit.stems:
            yield from (place for place in range(len(stems)) if _begins(stems[place:], wanted))

    def _is_other(self, keys: Sequence[str], place: int, asked: set[str]) -> bool:
        """Whether a word before the role, or right behind it, makes it one that the question does not name."""
        beside = (*keys[:place], *keys[place + 1 : place + 2])
        return any(key in self._lesser and key not in asked and keys[place] not in self._lesser[key] for key in beside)

    def _is_led(self, finding: Finding, position: int) -> bool:
        """Whether the word asks who leads: that a deputy leads as well is not what it means."""
        reading = finding.match.explained[position].reading
        if reading is None or reading.property != finding.fact.property:
            return False
        prop = self._lexicon.vocabulary.properties[reading.property]
        return _WHO in prop.answers and not (prop.sampled or prop.open)


def roles_of(fact: Fact) -> list[str]:
    """What a fact says that somebody is, be it its value or a detail."""
    own = [fact.value.text] if fact.property in ROLES else []
    return own + [detail.value.text for detail in fact.qualifiers if detail.property in ROLES]


def _begins(stems: Sequence[str], wanted: Stems) -> bool:
    return bool(wanted) and tuple(stems[: len(wanted)]) == wanted
