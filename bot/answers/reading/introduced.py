"""Which words of a question stand where a name would, or are written like one; knows no names."""

from itertools import pairwise

from bot.answers.reading.phrasing import NAME, Phrasing
from bot.answers.reading.query import Query, Unit


def introduced(query: Query, phrasing: Phrasing) -> tuple[Unit, ...]:
    """The last words of the question, if with a name in their place it would ask for whoever has that name."""
    for first, unit in enumerate(query.units):
        units = query.units[first:]
        if not unit.text[:1].isalpha() or any(one.end != other.start for one, other in pairwise(units)):
            continue
        keys = [*query.keys[: unit.start], NAME, *query.keys[units[-1].end :]]
        if any(intent.name == "describe" for intent in phrasing.intents(keys)):
            return units
    return ()


def written_as_names(query: Query) -> frozenset[int]:
    """The units that name nobody known and are written like names, in a question that has small letters too."""
    if not any(word.islower() for word in query.text.split()):
        return frozenset()
    return frozenset(
        place
        for place, unit in enumerate(query.units)
        if unit.mention is None and unit.start > 0 and unit.text[:1].isupper() and not (unit.properties or unit.kinds)
    )
