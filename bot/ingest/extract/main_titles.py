"""What works, talks and projects are called in short: the title without its subtitle, if no other has it there."""

from collections import defaultdict
from dataclasses import replace

from bot.ingest.documents.reading import Reading
from bot.language.tokens import name_key
from bot.model.entity import EntityDraft

_BETWEEN = ": "
# Words that a short title has at least; fewer may be the name of something else ("Loom: a history"), but that of a
# project is its name.
_FEWEST_WORDS = {"publication": 3, "event": 3, "project": 1}


def with_main_titles(reading: Reading) -> Reading:
    """The reading whose works and events are also known by their titles without the subtitle."""
    called: dict[str, set[str]] = defaultdict(set)
    for item in reading.entities:
        called[name_key(item.name)].add(item.name)
        called[name_key(_main_title(item))].add(item.name)
    shortened = tuple(_shortened(item, called) for item in reading.entities)
    return replace(reading, entities=shortened) if shortened != reading.entities else reading


def _shortened(item: EntityDraft, called: dict[str, set[str]]) -> EntityDraft:
    main = _main_title(item)
    if not main or main in item.aliases or len(called[name_key(main)]) > 1:
        return item
    return replace(item, aliases=(*item.aliases, main))


def _main_title(item: EntityDraft) -> str:
    """The title before its subtitle; empty where it has none or is too short to be told from other names."""
    main, between, _ = item.name.partition(_BETWEEN)
    fewest = _FEWEST_WORDS.get(item.kind)
    return main if between and fewest is not None and len(main.split()) >= fewest else ""
