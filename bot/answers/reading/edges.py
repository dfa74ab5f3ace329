"""Words that mean the beginning or the end of what another word names ("start his last job"); knows no date."""

from collections.abc import Mapping, Sequence

from bot.answers.reading.query import Unit
from bot.language.lexicon import Lexicon, Part, PropertyWord


def read_edges(units: Sequence[Unit], edges: Mapping[str, Part], lexicon: Lexicon) -> list[Unit]:
    """The units with those words read as parts of the time of what lasts; `edges` are the words, by their parts."""
    return [_as_edge(unit, units, edges, lexicon) if unit.text.lower() in edges else unit for unit in units]


def _as_edge(unit: Unit, units: Sequence[Unit], edges: Mapping[str, Part], lexicon: Lexicon) -> Unit:
    properties = lexicon.vocabulary.properties
    lasting = {
        reading.property: PropertyWord(reading.property, reading.side, verb=True, part=edges[unit.text.lower()])
        for other in units
        if other is not unit and not other.optional
        for reading in other.properties
        if properties[reading.property].lasting
    }
    return unit._replace(properties=(*lasting.values(), *unit.properties)) if lasting else unit
