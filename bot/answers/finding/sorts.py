"""Whether an answer is of the sort that is asked for: a hall is no city, a firm no department; finds none."""

from itertools import pairwise

from bot.answers.finding.figures import types_of
from bot.answers.finding.finding import Finding
from bot.answers.finding.match import fits_kind
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query
from bot.language.lexicon import KindWord, Lexicon

_WHICH = frozenset({"which", "what"})
_BE = frozenset({"is", "are", "was", "were"})
_BETWEEN = frozenset({"a", "an", "the"})
_EVERY = frozenset({"event", "project", "publication", "person"})  # whatever sort of place is asked for, these are none
_PLACED = frozenset({"place", "organization"})
_KINDS_OF = frozenset((word, "of") for word in ("kind", "kinds", "sort", "sorts", "type", "types"))
_PART = "department"  # type of an organisation that is part of another; one that says no type is rather a whole


class Sorts:
    """Tells the sort that one query asks for from others."""

    def __init__(self, query: Query, lexicon: Lexicon) -> None:
        self._query = query
        self._lexicon = lexicon
        self._sort = _asked_sort(query, lexicon)
        self._said = _said_sort(query)

    def is_misplaced(self, finding: Finding) -> bool:
        """Whether it tells a place of another sort, which may lie in one of the sort that is asked for."""
        return finding.answer is not None and finding.answer.kind in _PLACED and not self.is_of_sort(finding)

    def is_of_sort(self, finding: Finding) -> bool:
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

    def nearest_to_where(self, findings: list[Finding]) -> list[Finding]:
        """Of all that "where was it" may mean the places, if one is known, not what it was part of or is shown on."""
        placed = [one for one in findings if one.answer is not None and one.answer.kind in _PLACED]
        return placed if placed and self._query.ask is Ask.WHERE else findings

    def is_what_is_said(self, finding: Finding) -> bool:
        """Whether "which of his projects is a game" is told by a game."""
        return not self._said or (finding.answer is not None and fits_kind(finding.answer, self._said))

    def is_one_of_many(self, finding: Finding) -> bool:
        """Whether "what kinds of staff" would be told by one of the staff."""
        if finding.answer is None or finding.answer.kind != "person":
            return False
        starts = [place for place, pair in enumerate(pairwise(self._query.keys), 2) if pair in _KINDS_OF]
        return any(
            unit.start in starts and any("person" in types_of(self._lexicon, one) for one in unit.properties)
            for unit in self._query.words
        )

    def is_whole_for_part(self, finding: Finding) -> bool:
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


def _said_sort(query: Query) -> tuple[KindWord, ...]:
    """The kinds that a question ends with, behind a form of "be": what each answer has to be, besides what is asked."""
    last = query.units[-1] if query.units else None
    if last is None or not last.kinds or last.asked or last.end != len(query.keys):
        return ()
    behind = last.start - 1
    while behind > 0 and query.keys[behind] in _BETWEEN:
        behind -= 1
    return last.kinds if query.keys[behind] in _BE and any(unit.asked for unit in query.units) else ()


def _asked_sort(query: Query, lexicon: Lexicon) -> tuple[KindWord, ...]:
    """The sort of place behind "in which": a city, a country, a room; nothing where any place will do."""
    if _WHICH.isdisjoint(query.keys):
        return ()
    for before, word in zip(query.keys, query.keys[1:], strict=False):
        if before in _WHICH:
            kinds = [kind for phrase in lexicon.phrases([lexicon.stem(word)]) for kind in phrase.kinds]
            return tuple([kind for kind in kinds if kind.kind == "place" and kind.type is not None])
    return ()
