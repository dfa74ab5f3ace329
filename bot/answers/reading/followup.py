"""Follow-ups: pronouns and open ends of a question filled from the turn before; answers nothing itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.answers.reading.link import Mention
from bot.answers.reading.phrasing import NAME, Ask, Phrasing, find
from bot.answers.reading.query import ORDINALS, Query, Unit
from bot.model.answer import Turn
from bot.model.entity import Entity
from bot.store.snapshot import Snapshot

Read = Callable[[Mapping[str, Entity]], Query]  # a question with those whom its pronouns mean

_AT_THE_START = 4  # words; a pronoun further on may mean someone whom the question describes
_BE = ("is", "was", "are", "were")
_OF_THEM = ("of", "among", "amongst")
_ARTICLES = ("the", "a", "an")
_OF_A_TIME = ("happened", "browse", "timeline")  # intents that can be asked of another time
_BARE = (Ask.WHEN, Ask.WHERE, Ask.WHY, Ask.WHO, Ask.HOW_LONG)
_THERE_IS = tuple((word,) for word in _BE)  # before "there" at the end of a question: "who is there"
_PLACES = ("organization", "place", "event")  # what "there" may mean
_SHORT = 5  # words of a question that may lack something


def means_nobody(query: Query, phrasing: Phrasing) -> bool:
    """Whether a question says "she" or "there" where nobody was named, neither in it nor before it."""
    if query.told:
        return False
    if query.keys and phrasing.pronouns.get(query.keys[-1]) == "places" and query.keys[-2:-1] not in _THERE_IS:
        return not any(unit.end == len(query.keys) for unit in query.names)
    if query.names:
        return False
    if query.keys and not query.clock and phrasing.pronouns.get(query.keys[-1]) == "things":
        return True
    for place, key in enumerate(query.keys[:_AT_THE_START]):
        if phrasing.pronouns.get(key) == "persons":  # in "who announced his move" he is the one who is asked for
            return query.ask is not Ask.WHO or query.keys[place - 1] in _BE
    return False


def leans_on_nobody(query: Query, phrasing: Phrasing) -> bool:
    """Whether a question that found no answer only says "he", "it" or "that": nobody can know whom or what it means."""
    pronouns = [phrasing.pronouns[key] for key in query.keys if key in phrasing.pronouns]
    return not query.names and (_is_bare(query) or any(group in ("persons", "things") for group in pronouns))


def readings(read: Read, turn: Turn | None, phrasing: Phrasing, snapshot: Snapshot) -> list[Query]:
    """What a question may mean after the turn before it, the likelier first; by itself, where it leans on nothing.

    Where it need not lean, its last reading is the question by itself.
    """
    query = read({})
    if turn is None:
        return [query]
    return _FollowUp(query, turn, read, phrasing, snapshot).readings()


@dataclass(frozen=True, slots=True)
class _FollowUp:
    """A question, the turn before it, and how to read it again once it is known whom its pronouns mean."""

    query: Query
    turn: Turn
    read: Read
    phrasing: Phrasing
    snapshot: Snapshot

    def readings(self) -> list[Query]:
        query, turn = self.query, self.turn
        before = turn.query if isinstance(turn.query, Query) else None
        lent = self._lent()
        if before is None:  # only whom it was about is still known
            return lent if lent and not query.names else [query]
        completed = self._completed(before, lent)
        if completed is not None:
            return [completed]
        if self._is_of_told():  # of what was told, if anything was
            told = [_of_told(query, before, turn)] if turn.facts else []
            return [*told, *(() if self._pronouns("persons") else lent)] or [query]
        if lent or self._pronouns("persons", "things"):
            return lent or [query]
        about = [_about(query, topic) for topic in _topics(turn)]
        if self.phrasing.opener(query.keys) or self._pronouns("several", "pointing", "times"):
            return about[:1] or [query]
        asks_on = bool(query.units) and not query.intents and query.ask is not Ask.ANY and len(query.keys) <= _SHORT
        lacks = (asks_on or _is_cut_short(query)) and not self._is_there_any()
        return [*about, query] if lacks else [query]

    def _completed(self, before: Query, lent: list[Query]) -> Query | None:
        """The question where its words leave no doubt in which way it leans, or that it does not."""
        query, turn, phrasing = self.query, self.turn, self.phrasing
        said = " ".join(query.keys)
        if turn.answers and said in phrasing.counted:
            return replace(before, listed=True)
        if turn.answers and said in phrasing.numbered:
            return replace(before, ask=Ask.HOW_MANY, listed=False)
        if said in phrasing.more and (topics := _topics(turn)):
            return replace(query, units=(unit_for(topics[-1]),), intents=phrasing.intents([NAME]), leaning=True)
        listed = _nth_told(query, turn, phrasing) or self._step(before, lent)
        if listed is not None:
            return listed
        opener = phrasing.opener(query.keys)
        if query.names and not (_of_them(query, phrasing) and turn.answers):
            return self._with_names(before, lent, opened=bool(opener) and not _is_whole(query, opener.stop))
        if _of_them(query, phrasing) and turn.answers:
            return _among(before, query)
        if opener and query.times and not query.units:
            intents = tuple([intent for intent in before.intents if intent.name in _OF_A_TIME])
            return replace(before, text=query.text, times=query.times, intents=intents)
        return None

    def _step(self, before: Query, lent: list[Query]) -> Query | None:
        """The question before, or this one of the same person, one step earlier or later ("and before that?")."""
        query, turn = self.query, self.turn
        if query.names or (query.intents and query.times):
            return None
        words, last = self.phrasing, len(query.keys) - 1
        for pattern, at_end, earlier in (
            (words.earlier, words.earlier_last, True),
            (words.later, words.later_last, False),
        ):
            step = find(pattern, query.keys) or (range(last, last + 1) if {*query.keys[last:]} & at_end else None)
            if step and not turn.facts:
                return query
            if step:
                asked = lent[0] if lent else query
                own = tuple([unit for unit in asked.units if unit.start not in step])
                if own:  # a question of its own
                    asked = replace(asked, units=own)
                    asked = asked if lent else _about(asked, *_topics(turn))
                else:
                    asked = _elsewhere(before, turn)
                return replace(asked, told=turn.facts, step=earlier, anchor=None, times=(), pick=None, intents=())
        return None

    def _with_names(self, before: Query, lent: list[Query], *, opened: bool) -> Query:
        """A question that names someone, and yet leans: "and Ada?", "when did she join the club?"."""
        query, turn = self.query, self.turn
        ids = [entity for unit in query.names if unit.mention for entity in unit.mention.entities[:1]]
        kinds = {entity.kind for entity in self.snapshot.entities(ids).values()}
        if opened and not query.words:
            if kinds & {entity.kind for entity in turn.answers} and not kinds & {entity.kind for entity in turn.topics}:
                return replace(before, ask=Ask.ANY, units=(*before.units, *query.units), intents=(), told=(), step=None)
            return _same_of_another(before, query)
        if lent and self._pronouns("persons") and "person" not in kinds:
            return lent[0]
        pointing = bool(lent) and bool(lent[0].intents) and not (query.intents or query.times)  # "compare her with Ada"
        return lent[0] if pointing else query

    def _pronouns(self, *groups: str) -> list[str]:
        """The words of these groups that the question has."""
        return [key for key in self.query.keys if self.phrasing.pronouns.get(key) in groups]

    def _is_of_told(self) -> bool:
        """Whether it asks when, where or why of what was told: "when was that?", "why did she do that?"."""
        query = self.query
        if _is_bare(query) and not self._pronouns("persons"):
            return True
        deed = query.ask in (Ask.WHEN, Ask.WHERE, Ask.WHY, Ask.HOW_LONG) and not query.names and not query.times
        return deed and bool(self.turn.facts) and self.phrasing.pronouns.get(query.keys[-1]) == "pointing"

    def _is_there_any(self) -> bool:
        """Whether "there" only says that something is: "are there talks?"."""
        return any(
            self.phrasing.pronouns.get(one) == "places" and other in _BE
            for pair in pairwise(self.query.keys)
            for one, other in (pair, pair[::-1])
        )

    def _lent(self) -> list[Query]:
        """The question with each one whom its pronouns may mean in their place, the likelier first."""
        persons, things = self._pronouns("persons"), self._pronouns("things")
        meant_by = _things(self.turn) if things else []
        if not (things or self.query.names):  # "that" is rather what was told than whom it was told of
            meant_by = _told_things(self.turn)
            things = self._pronouns("pointing") if meant_by else []
        places = [] if self._is_there_any() else self._pronouns("places")
        place = _place(self.turn) if places else None
        there = {} if place is None else dict.fromkeys(places, place)
        person = _person(self.turn) if persons else None
        who = {} if person is None else dict.fromkeys(persons, person)
        if persons and person is None:
            return []
        meant = [{**there, **who, **dict.fromkeys(things, thing)} for thing in meant_by if things]
        if (who or there) and not (things and self.query.keys[1:2] != (things[0],)):  # "is it true that she …"
            meant.append({**there, **who})
        return [replace(self.read(one), leaning=not self.query.names) for one in meant]


def _elsewhere(before: Query, turn: Turn) -> Query:
    """The question before without where it was, so that another place may answer it: "and before?"."""
    subjects = {fact.subject.id for fact in turn.facts}
    where = {fact.value.entity.id for fact in turn.facts if fact.value.entity is not None} - subjects
    kept = [unit for unit in before.units if unit.mention is None or where.isdisjoint(unit.mention.entities)]
    return replace(before, units=tuple(kept)) if any(unit.mention for unit in kept) else before


def _of_told(query: Query, before: Query, turn: Turn) -> Query:
    """What "when was that?" asks of the facts just told, or else of what was asked before."""
    return replace(before, ask=query.ask, told=turn.facts, intents=(), step=None)


def _nth_told(query: Query, turn: Turn, phrasing: Phrasing) -> Query | None:
    """The question asked of the one at that place among those just told: "where was the second one?"."""
    place = ORDINALS.get(query.pick or "")
    if place is None or query.names or query.times or place >= len(turn.answers):
        return None
    own = tuple([unit._replace(optional=False) for unit in query.units if unit.properties or not unit.kinds])
    who_it_is = not own and query.ask in (Ask.ANY, Ask.WHO, Ask.WHAT)
    intents = phrasing.intents([NAME]) if who_it_is else ()
    units = (*own, unit_for(turn.answers[place]))
    return replace(query, units=units, pick=None, pick_word="", intents=intents)


def _is_whole(query: Query, start: int) -> bool:
    """Whether what follows from `start` on is a question by itself ("and who is Ada?"), not just a name."""
    return bool(query.intents) and any(key not in _ARTICLES for key in query.keys[start : query.names[0].start])


def _about(query: Query, *topics: Entity) -> Query:
    """The question with the one it goes on about as a name of its own."""
    if not topics:
        return query
    return replace(query, units=(*query.units, unit_for(topics[0])), intents=(), leaning=not query.names)


def _is_bare(query: Query) -> bool:
    """Whether it only asks when, where or why, and nothing says of what: "when was that?"."""
    return query.ask in _BARE and not query.units and not query.times and query.pick is None


def _is_cut_short(query: Query) -> bool:
    """Whether it says what is asked for and not of whom: "who won?", "what language?", "website?"."""
    browsing = all(intent.name == "browse" for intent in query.intents)
    named = len(query.units) == 1 and not query.names and bool(query.units[0].properties)
    return named and browsing and not query.times and len(query.keys) < _SHORT


def _of_them(query: Query, phrasing: Phrasing) -> bool:
    """Whether it asks for some of those just told: "which of them", "the last one"."""
    picked = query.pick_word.rpartition(" ")[2] or None
    return any(
        (one in _OF_THEM and phrasing.pronouns.get(other) == "several")
        or (one == picked and other == "one")
        or (one == "which" and other == "ones")
        for one, other in pairwise(query.keys)
    )


def _among(before: Query, query: Query) -> Query:
    """The question before with what this one adds: its times, words and pick."""
    behind = len(before.keys)
    added = [unit._replace(start=unit.start + behind, end=unit.end + behind) for unit in query.units]
    return replace(
        before,
        ask=query.ask if query.ask in (Ask.WHO, Ask.WHEN, Ask.WHERE, Ask.HOW_MANY) else before.ask,
        units=(*before.units, *added),
        times=(*before.times, *query.times),
        pick=query.pick or before.pick,
        current=query.current or before.current,
        intents=(),
        keys=(*before.keys, *query.keys),
    )


def _same_of_another(before: Query, query: Query) -> Query:
    """The question before, asked of another name: it takes the place of the first one there."""
    kept = [unit for unit in before.units if unit.mention is None]
    names = [unit for unit in before.units if unit.mention is not None]
    intents = before.intents or query.intents if not kept else ()
    return replace(before, units=(*query.names, *kept, *names[1:]), intents=intents, told=(), step=None, anchor=None)


def _topics(turn: Turn) -> list[Entity]:
    """Whom or what a question that says no word for it goes on about: the subject before the answer."""
    return list(dict.fromkeys([*turn.topics[:1], *_single(turn)]))


def _person(turn: Turn) -> Entity | None:
    """Who "she" is."""
    people = [entity for entity in (*turn.topics, *_single(turn)) if entity.kind == "person"]
    return people[0] if people else turn.person


def _things(turn: Turn) -> list[Entity]:
    """What "it" may be: the answer before the subject, but what was rather than where it was."""
    return list(dict.fromkeys([*_told_things(turn), *[entity for entity in turn.topics if entity.kind != "person"]]))


def _told_things(turn: Turn) -> list[Entity]:
    """The one thing that was told, and the one event that it was told of; the event first where a place was asked."""
    where = isinstance(turn.query, Query) and turn.query.ask is Ask.WHERE
    told = [*_event(turn), *_single(turn)] if where else [*_single(turn), *_event(turn)]
    return [entity for entity in told if entity.kind != "person"]


def _place(turn: Turn) -> Entity | None:
    """Where "there" is: the one place that was told or named last."""
    for pool in (_single(turn), turn.answers, turn.topics):
        places = {entity for entity in pool if entity.kind in _PLACES}
        if places:
            return places.pop() if len(places) == 1 else None
    return None


def _single(turn: Turn) -> tuple[Entity, ...]:
    """The answer, where it was one."""
    return turn.answers if len(turn.answers) == 1 else ()


def _event(turn: Turn) -> list[Entity]:
    """The one event that was told of, though it was not named: a talk by who gave it and where."""
    ends = [{end for end in fact.ends if end.kind == "event"} for fact in turn.facts]
    events = set.intersection(*ends) if ends else set()
    return list(events) if len(events) == 1 else []


def unit_for(entity: Entity) -> Unit:
    """An entity as if the question had named it."""
    mention = Mention(-1, -1, (entity.id,), entity.name.lower(), whole=True)
    return Unit(-1, -1, entity.name, mention, (), (), frozenset(), None, None)
