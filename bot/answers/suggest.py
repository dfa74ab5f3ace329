"""Names for what was typed so far, aliases and typos included; decides nothing about what is asked of them."""

from collections.abc import Collection, Iterable, Iterator

from bot.errors import SearchTimeout
from bot.language.slips import slips
from bot.language.tokens import name_key, stem
from bot.model.entity import Entity
from bot.store.snapshot import Snapshot

MOST = 25  # Discord shows no more
_LONGEST = 100  # characters of what was typed that are looked at
_SURE = 3  # letters that must be right for the rest to be forgiven a slip
_TWO_SLIPS_FROM = 9  # letters
_LOOKED_AT = 300  # names that begin alike


def suggest(snapshot: Snapshot, typed: str, kinds: Collection[str] = (), limit: int = MOST) -> list[Entity]:
    """Up to `limit` entities of `kinds` (none: any) that may be meant, the likeliest first."""
    key = name_key(typed[:_LONGEST])
    found: dict[int, Entity] = {}
    for entities in _ways(snapshot, key, kinds, limit):
        for entity in sorted(entities, key=lambda entity: _distance(entity, key)):
            if not kinds or entity.kind in kinds:
                found.setdefault(entity.id, entity)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def _distance(entity: Entity, key: str) -> tuple[bool, int]:
    """Names that begin as typed before those that only have an alias or a word that does, the shortest first."""
    name = name_key(entity.name)
    return (not name.startswith(key), len(name) if key else 0)


def named(snapshot: Snapshot, name: str, kinds: Collection[str] = ()) -> list[Entity]:
    """The entities of just this name or alias, else those of a person's first or last name; of `kinds` if there are."""
    entries = snapshot.names([key]).get(key, ()) if (key := name_key(name[:_LONGEST])) else ()
    best = max((weight for _, weight in entries), default=0)
    found = list(snapshot.entities(entity for entity, weight in entries if weight == best).values())
    return [entity for entity in found if entity.kind in kinds] or found


def _ways(snapshot: Snapshot, key: str, kinds: Collection[str], limit: int) -> Iterator[Iterable[Entity]]:
    """Names that begin so; then names with words that begin so; then the same with slips mended."""
    for kind in kinds or (None,):
        yield snapshot.entities_of(kind, limit=limit, prefix=key)
    if not key:
        return
    words = key.split()
    try:
        yield snapshot.entities_beginning([{word, stem(word)} for word in words], limit * 2)
        yield _begun_with_a_slip(snapshot, key, kinds)
        mended = [{word, stem(word), *map(stem, snapshot.similar_words(word))} for word in words]
        yield snapshot.entities_beginning(mended, limit * 2)
    except SearchTimeout:
        return


def _begun_with_a_slip(snapshot: Snapshot, key: str, kinds: Collection[str]) -> Iterator[Entity]:
    """Names that begin as typed but for a slip behind the first letters: `Winterbuo` for Winterbourne."""
    if len(key) <= _SURE or any(char.isdigit() for char in key):
        return
    allowed = 2 if len(key) >= _TWO_SLIPS_FROM else 1
    ranked = []
    for kind in kinds or (None,):
        for entity in snapshot.entities_of(kind, limit=_LOOKED_AT, prefix=key[:_SURE]):
            keys = [name_key(name) for name in snapshot.names_of(entity.id)]
            keys += [word for one in keys for word in one.split()] if entity.kind == "person" else []
            distance = min(slips(key, one[: len(key)], allowed) for one in keys)
            if distance <= allowed:
                ranked.append((distance, entity.name, entity))
    yield from (entity for _, _, entity in sorted(ranked, key=lambda one: one[:2]))
