"""What cannot be true together, one small rule each; a conflict is shown to members, never settled here."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from bot.language.fact_words import STATUS
from bot.language.tokens import name_key
from bot.model.partial_date import PartialDate
from bot.model.vocabulary import Vocabulary

_MOST_COMPARED = 50  # facts of one subject and property


@dataclass(frozen=True, slots=True)
class Stated:
    """One of several values of a property that can have one; days as in the table fact."""

    id: int
    object: int | None
    text: str
    number: float | None
    date: str | None
    qualifiers: str | None
    first_day: int | None
    last_day: int | None


def single_valued(vocabulary: Vocabulary) -> list[str]:
    """The properties of which a subject can have one value at a time."""
    return sorted(name for name, item in vocabulary.properties.items() if not item.many)


def contradictions(facts: list[Stated]) -> Iterator[tuple[int, int]]:
    """Pairs of ids among the facts of one subject and single-valued property that cannot both be true."""
    for one, other in combinations(facts[:_MOST_COMPARED], 2):
        if not same_value(one, other) and times_meet(one, other) and not left_open(one) and not left_open(other):
            yield one.id, other.id


def same_value(one: Stated, other: Stated) -> bool:
    """Whether two values agree; `2018` and `2018-08` do, the second only says more."""
    if one.object is not None or other.object is not None:
        return one.object == other.object
    if one.number is not None and other.number is not None:
        return one.number == other.number
    if one.date is not None and other.date is not None:
        return one.date == other.date or PartialDate.parse(one.date).overlaps(PartialDate.parse(other.date))
    return (name_key(one.text) or one.text) == (name_key(other.text) or other.text)


def times_meet(one: Stated, other: Stated) -> bool:
    """Whether both hold on one day; a fact without a time always does. The date that is the value is no time."""
    if one.date is not None or one.first_day is None or other.first_day is None:
        return True
    if one.last_day is None or other.last_day is None:
        return True
    return one.first_day <= other.last_day and other.first_day <= one.last_day


def left_open(fact: Stated) -> bool:
    """Whether the document says that it does not know the value."""
    return fact.qualifiers is not None and fact.qualifiers.startswith(f'[["{STATUS}","unknown"')
