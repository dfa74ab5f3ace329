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


def readings(query: Query, turn: Turn | None, phrasing: Phrasing, snapshot: Snapshot) -> list[Query]:
    """What a question may mean after the turn before it, the likelier first; by itself, where it leans on nothing.

    Where it need not lean, its last reading is the question by itself.
    """
    before = turn.query if turn is not None and isinstance(turn.query, Query) else None
    if turn is None:
        return [query]
    pronouns = [phrasing.pronouns[key] for key in query.keys if key in phrasing.pronouns]
    if before is None:  # only whom it was about is still known
        return [_with_topic(query, turn, pronouns) if pronouns and not query.names else query]
    completed = _completed(query, before, turn, pronouns, phrasing, snapshot)
    if completed is not None:
        return [completed]
    about = [_about(query, topic) for topic in _topics(turn, pronouns)]
    if pronouns or phrasing.opener(query.keys):
        return about or [query]
    asks_on = bool(query.units) and not query.intents and query.ask is not Ask.ANY and _short(query)
    return [*about[:1], query] if asks_on or _lacks_its_object(query) else [query]


def _completed(
    query: Query, before: Query, turn: Turn, pronouns: list[str], phrasing: Phrasing, snapshot: Snapshot
) -> Query | None:
    """The question where its words leave no doubt in which way it leans, or that it does not."""
    if turn.answers and " ".join(query.keys) in phrasing.counted:
        return replace(before, listed=True)
    listed = _nth_told(query, turn, phrasing) or _step(query, before, turn, pronouns, phrasing)
    if listed is not None:
        return listed
    opener = phrasing.opener(query.keys)
    if query.names and not (_of_them(query, phrasing) and turn.answers):
        opened = bool(opener) and not _is_whole(query, opener.stop)
        return _with_names(query, before, turn, pronouns, phrasing, snapshot, opened=opened)
    if _of_them(query, phrasing) and turn.answers:
        return _among(before, query)
    if _is_bare(query):  # of what was told, if anything was
        return replace(before, ask=query.ask, told=turn.facts, intents=(), step=None) if turn.facts else query
    if opener and query.times and not query.units:
        intents = tuple([intent for intent in before.intents if intent.name in _OF_A_TIME])
        return replace(before, text=query.text, times=query.times, intents=intents)
    return None


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
    topics = _topics(turn, pronouns)
    return _about(query, topics[0]) if topics else query


def _about(query: Query, topic: Entity) -> Query:
    return replace(query, units=(*query.units, unit_for(topic)), intents=())


def _is_bare(query: Query) -> bool:
    """Whether it only asks when, where or why, and nothing says of what: "when was that?"."""
    return query.ask in _BARE and not query.units and not query.times and query.pick is None


def _short(query: Query) -> bool:
    return len(query.keys) <= 5


def _lacks_its_object(query: Query) -> bool:
    """Whether it is a verb and nothing that it was done to: "who won?"."""
    (unit, *others) = query.units or (None,)
    return unit is not None and not others and query.ask is Ask.WHO and any(one.verb for one in unit.properties)


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


def _topics(turn: Turn, pronouns: list[str]) -> list[Entity]:
    """Whom the question may mean: a person for he and she, anything else for it; the answer before the subject."""
    single = turn.answers if len(turn.answers) == 1 else ()
    if "persons" in pronouns:
        people = [entity for entity in (*turn.topics, *single, turn.person) if entity and entity.kind == "person"]
        return people[:1]
    if "things" not in pronouns:
        return [*turn.topics, *single][:1]
    where = isinstance(turn.query, Query) and turn.query.ask is Ask.WHERE
    told = [*_event(turn), *single] if where else [*single, *_event(turn)]
    return list(dict.fromkeys(entity for entity in (*told, *turn.topics) if entity.kind != "person"))


def _event(turn: Turn) -> list[Entity]:
    """The one event that was told of, though it was not named: a talk by who gave it and where."""
    ends = [{end for end in (fact.subject, fact.value.entity) if end and end.kind == "event"} for fact in turn.facts]
    events = set.intersection(*ends) if ends else set()
    return list(events) if len(events) == 1 else []


def unit_for(entity: Entity) -> Unit:
    """An entity as if the question had named it."""
    mention = Mention(-1, -1, (entity.id,), entity.name.lower(), whole=True)
    return Unit(-1, -1, entity.name, mention, (), (), frozenset(), None, None)
