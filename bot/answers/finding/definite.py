"""Whom "the choir" means where a question names nobody: the only one of its type, or by far the best known."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from bot.answers.finding.match import fits_kind
from bot.answers.finding.role import roles_of
from bot.answers.finding.title import TITLED
from bot.answers.reading.followup import unit_for
from bot.answers.reading.link import Mention
from bot.answers.reading.phrasing import NAME, Ask, Phrasing
from bot.answers.reading.query import Query, Unit
from bot.language.fact_words import stems_of
from bot.language.tokens import name_key
from bot.model.entity import Entity
from bot.store.snapshot import Snapshot

_POINTING = frozenset({"the", "our", "your", "this", "their"})
MOST_OF_A_TYPE = 12  # with more of them around, nobody can tell which is meant
_DOCUMENT = "publication"
_NAMED_WITH_KIND = (Ask.YES_NO, Ask.WHERE, Ask.WHEN)  # elsewhere the kind may be what is asked for
_TO_ASK = 5
_THE, _ABOUT = "the", "about"
_ARTICLES = frozenset({_THE, "a", "an"})
_WORK = "worksFor"
_BEST_KNOWN = 2  # times as many facts as the next one of its type


def meant_by_kind(query: Query, phrasing: Phrasing, snapshot: Snapshot) -> Query:
    """The query with its definite description taken as a name, where it is clear whose."""
    if query.names:
        query = _at_role(_of_owner(_about_all(query, snapshot), snapshot), snapshot)
        return _called(query, snapshot) if query.ask in _NAMED_WITH_KIND else query
    for position, unit in enumerate(query.units):
        if unit.asked or unit.optional or not any(kind.type is not None for kind in unit.kinds):
            continue
        before = _words_before(position, query)
        start = query.units[position - before].start
        if not _is_pointed_at(start, query):
            continue
        keys = [*query.keys[:start], NAME, *query.keys[unit.end :]]
        intents = phrasing.intents(keys)
        if before:
            entity = _so_named(unit, {key for word in query.keys[start : unit.start] for key in word.split()}, snapshot)
        else:
            entity = _called_so(unit, snapshot) or _only_one(unit, snapshot)
        meant = (entity,) if entity is not None else _any_of(unit, snapshot) if intents and not before else ()
        if meant:
            ids = tuple(entity.id for entity in meant)
            key = meant[0].name if len(meant) == 1 else unit.text
            mention = Mention(start, unit.end, ids, key.lower(), whole=True)
            units = list(query.units)
            units[position - before : position + 1] = [
                unit._replace(start=start, mention=mention, properties=(), kinds=())
            ]
            return replace(query, units=tuple(units), intents=(*intents, *query.intents))
    return query


def _of_owner(query: Query, snapshot: Snapshot) -> Query:
    """The query without the name of whose a thing is, right before that of the thing: "was Ada's Loom talk about …"."""
    if query.ask is not Ask.YES_NO or query.anchor is not None or len(query.names) < 2:
        return query
    owner, owned = query.names[:2]
    if owner.end != owned.start or owner.mention is None or owned.mention is None:
        return query
    if len(query.names) == 2 and not query.words:  # "is Ada's Loom talk": whether it is hers may be what is asked
        return query
    ids = (*owner.mention.entities, *owned.mention.entities)
    titled = all(one.kind in TITLED for one in snapshot.entities(owned.mention.entities).values())
    tied = titled and len(ids) == 2 and snapshot.facts_between(*ids, 1)
    return replace(query, units=tuple([unit for unit in query.units if unit is not owner])) if tied else query


def _at_role(query: Query, snapshot: Snapshot) -> Query:
    """The query with a role taken as the place where somebody has it: "what did Ada do as a conductor"."""
    if query.ask is not Ask.WHAT or "as" not in query.keys or len(query.names) != 1 or "do" not in query.keys:
        return query
    name = query.names[0]
    role = [unit for unit in query.words if unit.start > query.keys.index("as")]
    if not role or name.mention is None or len(name.mention.entities) != 1 or len(role) < len(query.words):
        return query
    places = {
        fact.value.entity.id: fact.value.entity
        for fact in snapshot.facts_of(name.mention.entities[0], (_WORK,), "s", MOST_OF_A_TYPE)
        if fact.value.entity is not None and all(_among(stems_of(roles_of(fact), ()), unit) for unit in role)
    }
    if len(places) != 1:
        return query
    return replace(query, units=(name, unit_for(places.popitem()[1])), keys=query.keys[: role[0].start])


def _among(told: set[str], unit: Unit) -> bool:
    return any(told.issuperset(stems) for stems in unit.stems)


def _about_all(query: Query, snapshot: Snapshot) -> Query:
    """The query with "the post about tides and moons" taken as the name of the only post that is about both."""
    if len(query.names) < 2:
        return query
    for unit in query.words:
        if not unit.kinds or query.keys[unit.start - 1 : unit.start] != (_THE,):
            continue
        subjects = _subjects(query, unit.end)
        each = [
            {fact.subject.id: fact.subject for entity in one.mention.entities
             for fact in snapshot.facts_of(entity, (_ABOUT,), "v", MOST_OF_A_TYPE)}
            for one in subjects if one.mention is not None
        ]  # fmt: skip
        shared = set(each[0]).intersection(*each[1:]) if len(each) > 1 else ()
        meant = [each[0][number] for number in shared if fits_kind(each[0][number], unit.kinds)]
        if len(meant) == 1:
            end = subjects[-1].end
            mention = Mention(unit.start, end, (meant[0].id,), meant[0].name.lower(), whole=True)
            named = unit._replace(end=end, mention=mention, properties=(), kinds=())
            rest = [one for one in query.units if one is not unit and one not in subjects]
            return replace(query, units=tuple(sorted((*rest, named), key=attrgetter("start"))), intents=())
    return query


def _subjects(query: Query, start: int) -> list[Unit]:
    """The names that are joined by "and" behind "about"."""
    found: list[Unit] = []
    for unit in query.names:
        between = query.keys[found[-1].end if found else start : unit.start]
        if between and between[0] == ("and" if found else _ABOUT) and _ARTICLES.issuperset(between[1:]):
            found.append(unit)
    return found


def _called(query: Query, snapshot: Snapshot) -> Query:
    """The query without words that only say of what kind the name before them is: "is the Weaving event still on"."""
    units: list[Unit | None] = list(query.units)
    for place, (name, unit) in enumerate(pairwise(query.units), 1):
        if name.mention is None or unit.mention is not None or unit.start != name.end or not unit.kinds:
            continue
        known = snapshot.entities(name.mention.entities).values()
        if known and all(fits_kind(entity, unit.kinds) for entity in known):
            units[place] = unit._replace(properties=(), optional=True) if query.ask is Ask.YES_NO else None
    kept = tuple([unit for unit in units if unit is not None])
    return query if kept == query.units else replace(query, units=kept)


def _words_before(position: int, query: Query) -> int:
    """How many units stand between the pointing word and the one that says of what type it is: "the chess club"."""
    first = position
    while first and query.units[first - 1].end == query.units[first].start and not query.units[first - 1].asked:
        first -= 1
    return position - first


def _is_pointed_at(start: int, query: Query) -> bool:
    # A unit of the question before may stand further on than this one has words.
    before = query.keys[start - 1] if 0 < start <= len(query.keys) else ""
    return before in _POINTING


def _so_named(unit: Unit, words: set[str], snapshot: Snapshot) -> Entity | None:
    """The only one of the type that has all words before it in its name: "the chess club" is the Reed Chess Club."""
    found: dict[int, Entity] = {}
    for kind in unit.kinds:
        if kind.type is not None and kind.kind in ("organization", "project", "event"):
            entities = snapshot.entities_of(kind.kind, kind.type, MOST_OF_A_TYPE + 1)
            if len(entities) > MOST_OF_A_TYPE:
                return None
            found |= {entity.id: entity for entity in entities if words <= set(name_key(entity.name).split())}
    return found.popitem()[1] if len(found) == 1 else None


def _called_so(unit: Unit, snapshot: Snapshot) -> Entity | None:
    """The only document of its sort that has the word in its name: "the article" is the "Article on …"."""
    found: dict[int, Entity] = {}
    for kind in unit.kinds:
        if kind.kind == _DOCUMENT and kind.type is not None:
            entities = snapshot.entities_of(kind.kind, kind.type, MOST_OF_A_TYPE + 1)
            if len(entities) > MOST_OF_A_TYPE:
                return None
            found |= {entity.id: entity for entity in entities if unit.text.lower() in name_key(entity.name).split()}
    return found.popitem()[1] if len(found) == 1 else None


def _only_one(unit: Unit, snapshot: Snapshot) -> Entity | None:
    for kind in unit.kinds:
        if kind.type is None:
            continue
        entities = snapshot.entities_of(kind.kind, kind.type, MOST_OF_A_TYPE + 1)
        if len(entities) > MOST_OF_A_TYPE:
            return None
        ranked = sorted(((snapshot.links_count(entity.id), entity.id, entity) for entity in entities), reverse=True)
        if len(ranked) == 1 or (ranked and ranked[0][0] >= _BEST_KNOWN * ranked[1][0]):
            return ranked[0][2]
    return None


def _any_of(unit: Unit, snapshot: Snapshot) -> Sequence[Entity]:
    """Those of a type that are few enough to be asked which of them is meant."""
    for kind in unit.kinds:
        if kind.type is not None and name_key(kind.type) == unit.text.lower():
            entities = snapshot.entities_of(kind.kind, kind.type, _TO_ASK + 1)
            if entities:
                return entities if len(entities) <= _TO_ASK else ()
    return ()
