"""Follow-ups: pronouns and open ends of a question filled from the turn before; answers nothing itself."""

from dataclasses import replace
from itertools import pairwise

from bot.answers.reading.link import Mention
from bot.answers.reading.phrasing import NAME, Ask, Phrasing, find
from bot.answers.reading.query import ORDINALS, Query, Unit
from bot.model.answer import Turn
from bot.model.entity import Entity
from bot.store.snapshot import Snapshot

_AT_THE_START = 4  # words; a pronoun further on may mean someone whom the question describes
_BE = ("is", "was", "are", "were")
_OF_THEM = ("of", "among", "amongst")
_ARTICLES = ("the", "a", "an")
_OF_A_TIME = ("happened", "browse", "timeline")  # intents that can be asked of another time
_BARE = (Ask.WHEN, Ask.WHERE, Ask.WHY, Ask.WHO, Ask.HOW_LONG)


def means_nobody(query: Query, phrasing: Phrasing) -> bool:
    """Whether a question says "she" where nobody was named, neither in it nor before it."""
    if query.names or query.told:
        return False
    for place, key in enumerate(query.keys[:_AT_THE_START]):
        if phrasing.pronouns.get(key) == "persons":  # in "who announced his move" he is the one who is asked for
            return query.ask is not Ask.WHO or query.keys[place - 1] in _BE
    return False


def leans_on_nobody(query: Query, phrasing: Phrasing) -> bool:
    """Whether a question that found no answer only says "he", "it" or "that": nobody can know whom or what it means."""
    pronouns = [phrasing.pronouns[key] for key in query.keys if key in phrasing.pronouns]
    return not query.names and (_is_bare(query) or any(group in ("persons", "things") for group in pronouns))


def lean_on(query: Query, turn: Turn | None, phrasing: Phrasing, snapshot: Snapshot) -> Query:
    """The question completed by the turn before it, where it leans on one."""
    before = turn.query if turn is not None and isinstance(turn.query, Query) else None
    if turn is None:
        return query
    pronouns = [phrasing.pronouns[key] for key in query.keys if key in phrasing.pronouns]
    if before is None:  # only whom it was about is still known
        return _with_topic(query, turn, pronouns) if pronouns and not query.names else query
    if turn.answers and " ".join(query.keys) in phrasing.counted:
        return replace(before, listed=True)
    listed = _nth_told(query, turn, phrasing)
    if listed is not None:
        return listed
    opener = phrasing.opener(query.keys)
    opened = bool(opener)
    stepped = _step(query, before, turn, pronouns, phrasing)
    if stepped is not None:
        return stepped
    if query.names and not (_of_them(query, phrasing) and turn.answers):
        opened = opened and not _is_whole(query, opener.stop)
        return _with_names(query, before, turn, pronouns, phrasing, snapshot, opened=opened)
    if _of_them(query, phrasing) and turn.answers:
        return _among(before, query)
    if _is_bare(query):  # of what was told, if anything was
        return replace(query, told=turn.facts, intents=()) if turn.facts else query
    if opened and query.times and not query.units:
        intents = tuple([intent for intent in before.intents if intent.name in _OF_A_TIME])
        return replace(before, text=query.text, times=query.times, intents=intents)
    asks_on = bool(query.units) and not query.intents and query.ask is not Ask.ANY and _short(query)
    return _with_topic(query, turn, pronouns) if pronouns or opened or asks_on else query


def _nth_told(query: Query, turn: Turn, phrasing: Phrasing) -> Query | None:
    """The question asked of the one at that place among those just told: "where was the second one?"."""
    place = ORDINALS.get(query.pick or "")
    if place is None or query.names or query.times or place >= len(turn.answers):
        return None
    own = tuple([unit._replace(optional=False) for unit in query.units if unit.properties or not unit.kinds])
    intents = () if own or query.ask is not Ask.ANY else phrasing.intents([NAME])
    units = (*own, unit_for(turn.answers[place]))
    return replace(query, units=units, pick=None, pick_word="", intents=intents)


def _is_whole(query: Query, start: int) -> bool:
    """Whether what follows from `start` on is a question by itself ("and who is Ada?"), not just a name."""
    return bool(query.intents) and any(key not in _ARTICLES for key in query.keys[start : query.names[0].start])


def _step(query: Query, before: Query, turn: Turn, pronouns: list[str], phrasing: Phrasing) -> Query | None:
    """The question before, or this one of the same person, one step earlier or later ("and before that?")."""
    if query.names or not turn.facts or (query.intents and query.times):
        return None
    for pattern, earlier in ((phrasing.earlier, True), (phrasing.later, False)):
        step = find(pattern, query.keys)
        if step:
            own = tuple(unit for unit in query.units if unit.start not in step)
            asked = _with_topic(replace(query, units=own), turn, pronouns) if own else before
            return replace(asked, told=turn.facts, step=earlier, anchor=None, times=(), pick=None, intents=())
    return None


def _with_names(
    query: Query, before: Query, turn: Turn, pronouns: list[str], phrasing: Phrasing, snapshot: Snapshot,
    *, opened: bool,
) -> Query:  # fmt: skip
    """A question that names someone, and yet leans: "and Ada?", "when did she join the club?"."""
    ids = [entity for unit in query.names if unit.mention for entity in unit.mention.entities[:1]]
    kinds = {entity.kind for entity in snapshot.entities(ids).values()}
    if opened and not query.words:
        if kinds & {entity.kind for entity in turn.answers} and not kinds & {entity.kind for entity in turn.topics}:
            return replace(before, ask=Ask.ANY, units=(*before.units, *query.units), intents=(), told=(), step=None)
        return _same_of_another(before, query)
    if "persons" in pronouns and "person" not in kinds:
        return _with_topic(query, turn, pronouns)
    pointing = () if query.intents or query.times else phrasing.intents(_with_names_for_pronouns(query, phrasing))
    return replace(_with_topic(query, turn, pronouns), intents=pointing) if pointing else query


def _with_names_for_pronouns(query: Query, phrasing: Phrasing) -> list[str]:
    """The words with a placeholder for each name and for each word that points at one: "compare her with Ada"."""
    inside = {place for unit in query.names for place in range(unit.start + 1, unit.end)}
    starts = {unit.start for unit in query.names}
    return [
        NAME if place in starts or phrasing.pronouns.get(key) in ("persons", "things") else key
        for place, key in enumerate(query.keys)
        if place not in inside
    ]


def _with_topic(query: Query, turn: Turn, pronouns: list[str]) -> Query:
    """The question with the one it goes on about as a name of its own."""
    topic = _topic(turn, pronouns)
    return query if topic is None else replace(query, units=(*query.units, unit_for(topic)), intents=())


def _is_bare(query: Query) -> bool:
    """Whether it only asks when, where or why, and nothing says of what: "when was that?"."""
    return query.ask in _BARE and not query.units and not query.times and query.pick is None


def _short(query: Query) -> bool:
    return len(query.keys) <= 5


def _of_them(query: Query, phrasing: Phrasing) -> bool:
    """Whether it asks for some of those just told: "which of them", "the last one"."""
    picked = query.pick_word.rpartition(" ")[2] or None
    return any(
        (one in _OF_THEM and phrasing.pronouns.get(other) == "several") or (one == picked and other == "one")
        for one, other in pairwise(query.keys)
    )


def _among(before: Query, query: Query) -> Query:
    """The question before with what this one adds: its times, words and pick."""
    return replace(
        before,
        ask=query.ask if query.ask in (Ask.WHO, Ask.WHEN, Ask.WHERE, Ask.HOW_MANY) else before.ask,
        units=(*before.units, *query.units),
        times=(*before.times, *query.times),
        pick=query.pick or before.pick,
        current=query.current or before.current,
        intents=(),
        keys=query.keys,
    )


def _same_of_another(before: Query, query: Query) -> Query:
    """The question before, asked of another name: it takes the place of the first one there."""
    kept = [unit for unit in before.units if unit.mention is None]
    names = [unit for unit in before.units if unit.mention is not None]
    intents = before.intents or query.intents if not kept else ()
    return replace(before, units=(*query.names, *kept, *names[1:]), intents=intents, told=(), step=None, anchor=None)


def _topic(turn: Turn, pronouns: list[str]) -> Entity | None:
    """Whom the question means: persons for he and she, anything else for it; the answer before the subject."""
    person = "persons" in pronouns
    thing = "things" in pronouns
    single = turn.answers if len(turn.answers) == 1 else ()
    pool: list[Entity] = (
        [*turn.topics, *single] if person else [*single, *turn.topics] if thing else [*turn.topics, *single]
    )
    for entity in pool:
        if (not person or entity.kind == "person") and (not thing or entity.kind != "person"):
            return entity
    if person:
        return turn.person
    return pool[0] if pool else None


def unit_for(entity: Entity) -> Unit:
    """An entity as if the question had named it."""
    mention = Mention(-1, -1, (entity.id,), entity.name.lower(), whole=True)
    return Unit(-1, -1, entity.name, mention, (), (), frozenset(), None, None)
