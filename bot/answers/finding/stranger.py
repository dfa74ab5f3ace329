"""Whole names of which only a part is known, so that nobody is meant: Wanda Finch, where there is but an Orla Finch."""

from collections.abc import Iterator

from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query, Unit
from bot.language.lexicon import Lexicon
from bot.language.tokens import clean, name_key
from bot.model.entity import Entity
from bot.store.snapshot import Snapshot

_SPEAKING = frozenset({Ask.WHO, Ask.ANY})  # where what follows a first name in small letters is a name, too


def stranger(query: Query, snapshot: Snapshot, lexicon: Lexicon) -> str | None:
    """The name of the question, as it is written, that nobody has whole."""
    if query.told:
        return None
    for one, other in zip(query.units, query.units[1:], strict=False):
        if one.end == other.start and _is_strange(one, other, query, snapshot, lexicon):
            text = clean(query.text)
            start = text.find(one.text)
            end = text.find(other.text, start + len(one.text)) + len(other.text)
            if 0 <= start < end and text[start + len(one.text) : end - len(other.text)].isspace():
                return text[start:end]
    return None


def _is_strange(one: Unit, other: Unit, query: Query, snapshot: Snapshot, lexicon: Lexicon) -> bool:
    """Whether two units side by side are a first name and a surname that nobody has together."""
    if not _is_written_as_name(one, other, query):
        return False
    first, last = _people(one, snapshot), _people(other, snapshot)
    if {person.id for person in first} & {person.id for person in last}:
        return False
    if first and last:
        return _begins(first, one, snapshot) and _ends(last, other, snapshot)
    if first:
        return _begins(first, one, snapshot) and _is_unknown(other, snapshot, lexicon)
    return bool(last) and _ends(last, other, snapshot) and _is_unknown(one, snapshot, lexicon)


def _is_written_as_name(one: Unit, other: Unit, query: Query) -> bool:
    """Both with a capital; in small letters only where the question has nothing besides ("who is wanda finch")."""
    if any(unit.end - unit.start > 1 or not unit.text.isalpha() for unit in (one, other)):
        return False
    if one.text[0].isupper() and other.text[0].isupper():
        return True
    alone = query.units == (one, other) and other.end == len(query.keys)
    return alone and query.ask in _SPEAKING and query.text.islower()


def _people(unit: Unit, snapshot: Snapshot) -> list[Entity]:
    """The persons who have the word in their names."""
    if unit.properties or unit.kinds:
        return []
    ids = (
        unit.mention.entities
        if unit.mention
        else [number for number, _ in snapshot.names([name_key(unit.text)]).get(name_key(unit.text), ())]
    )
    return [entity for entity in snapshot.entities(ids).values() if entity.kind == "person"]


def _begins(people: list[Entity], unit: Unit, snapshot: Snapshot) -> bool:
    return any(name_key(name).split()[:1] == [name_key(unit.text)] for name in _names(people, snapshot))


def _ends(people: list[Entity], unit: Unit, snapshot: Snapshot) -> bool:
    return any(name_key(name).split()[-1:] == [name_key(unit.text)] for name in _names(people, snapshot))


def _names(people: list[Entity], snapshot: Snapshot) -> Iterator[str]:
    return (name for person in people for name in snapshot.names_of(person.id))


def _is_unknown(unit: Unit, snapshot: Snapshot, lexicon: Lexicon) -> bool:
    """Whether nothing anywhere explains the word, so that it can only be a name."""
    if unit.mention is not None or unit.properties or unit.kinds or unit.optional:
        return False
    key = name_key(unit.text)
    return not snapshot.known_words([key]) and not snapshot.known_stems([lexicon.stem(key)])
