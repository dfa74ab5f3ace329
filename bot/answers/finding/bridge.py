"""Joins two facts over the entity between them: "the talk at …", "the author of …"; looks no further than two."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from bot.answers.finding.finding import Finding, Found
from bot.answers.finding.match import (
    BEFORE,
    BY_CONTEXT,
    QUALIFIER,
    SUBJECT,
    VALUE,
    Explained,
    Match,
    Matcher,
    fits_kind,
)
from bot.answers.finding.periods import fits
from bot.answers.finding.pool import Pool
from bot.answers.finding.slot import (
    NONE,
    UNKNOWN,
    Slot,
    asked_part,
    find_slot,
    is_counted,
    is_sample,
    says_number,
    status_of,
)
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Unit
from bot.model.entity import Entity
from bot.model.fact import Fact, Value

MOST_BRIDGES = 120  # entities that are tried as the link between two facts
_MOST_TIES = 2  # names that the link is tied to besides the one that leads to it; who says more asks no such thing
DESCRIBING = frozenset({"description", "jobTitle", "roleName", "knowsAbout", "purpose"})
_WORKS = frozenset({"event", "publication", "project"})  # what has a time and a place of its own
_HAPPENED = frozenset({"event", "publication"})
_TOPIC = "about"
_OF_KIND = frozenset({Ask.WHAT, Ask.ANY, Ask.HOW_MANY})  # what asks for entities of a kind may ask for the link itself
_MAKERS = {"event": "performer", "publication": "author"}  # who is asked for with "whose talk", "who has a paper"
_ACTORS = frozenset({"person", "organization", "project"})


@dataclass(slots=True)
class _Across:
    """What stands between a question and an entity that may be the link in it."""

    explained: dict[int, Explained]
    described: bool  # the question says something of the entity, besides the fact that leads to it
    support: list[Fact] = field(default_factory=list)  # facts that tie it to further names
    rest: list[tuple[int, Unit]] = field(default_factory=list)
    counted: list[tuple[int, Unit]] = field(default_factory=list)  # a figure of it, or what kind it is of


class Bridges:
    """Tries the entities at the other end of half-fitting facts for one query."""

    def __init__(self, pool: Pool, matcher: Matcher) -> None:
        self._pool = pool
        self._query = pool.query
        self._vocabulary = pool.vocabulary
        self._matcher = matcher
        self._units = list(enumerate(pool.query.units))
        self._names = [position for position, unit in self._units if unit.mention is not None and not unit.optional]
        self._named = {reading.property for unit in pool.query.words for reading in unit.properties}
        self._joined: dict[tuple[int, Unit], set[str]] = {}  # the properties that tie an entity to a name
        self._tied: dict[tuple[int, Unit], list[Fact]] = {}  # the same of the link between two facts
        self._near: dict[Unit, frozenset[int] | None] = {}  # whoever stands in one fact with a name
        self._of_event = False  # whether who took part in an event may be asked by where it was

    def search(self, partial: Sequence[Match], found: Found) -> None:
        """Adds to `found` what two joined facts account for."""
        tried: set[tuple[int, int]] = set()
        self._of_event = self._query.ask is Ask.WHO and not found.findings
        for match in sorted(partial, key=lambda one: -one.score)[: MOST_BRIDGES * 3]:
            if not match.readings and not self._vocabulary.properties[match.fact.property].implied:
                continue
            if sum([position not in match.explained for position in self._names]) > _MOST_TIES:
                continue
            for role, bridge in _other_ends(match):
                if self._query.ask is Ask.YES_NO and bridge.kind not in _HAPPENED:
                    continue  # what someone else did over a common acquaintance proves nothing
                if self._query.ask is Ask.YES_NO and self._lacks_object(match):
                    continue  # who took part in a departure from Acme did not join Acme
                if (match.fact.id, bridge.id) not in tried and len(tried) < MOST_BRIDGES:
                    tried.add((match.fact.id, bridge.id))
                    self._across(match, role, bridge, found)

    def is_joined(self, entity: int, unit: Unit, but: Fact) -> bool:
        """Whether another fact of the entity ties it to the unit's name by a property that needs no naming.

        One of the same property that lasts tells of another time of that life: who studied at Tarn, too, did not learn
        there what is told of the studies in Ostby.
        """
        if (entity, unit) not in self._joined:  # asked of each fact of a hub, so that its facts are looked at once
            ties = {one.property for one in self._pool.facts_of(entity) if self._joins(one, unit)}
            self._joined[entity, unit] = ties
        own = but.property if self._vocabulary.properties[but.property].lasting else None
        return any(tie != own for tie in self._joined[entity, unit])

    def was_there(self, entity: int, unit: Unit, then: Fact) -> bool:
        """Whether somebody was with the unit's name before what another fact tells: "she went from Acme to Loom"."""
        return any(
            one.property == then.property and one.id != then.id and one.period.first < then.period.first
            for one in self._pool.facts_of(entity)
            if one.subject.id == entity and self._holds(one, unit)
        )

    def _joins(self, fact: Fact, unit: Unit) -> bool:
        """Whether a fact ties the unit's name by a property that needs no naming, behind a fitting preposition."""
        prop = self._vocabulary.properties[fact.property]
        if not prop.implied or (unit.preposition and prop.prepositions and unit.preposition not in prop.prepositions):
            return False
        return self._holds(fact, unit)

    def piece_of_end(self, match: Match, support: tuple[Fact, ...], found: Found) -> bool:
        """When or where, told by what is recorded of the event or work itself rather than by this fact."""
        if self._query.ask is Ask.WHO:
            return self._makers_of_end(match, support, found)
        if self._query.ask not in (Ask.WHEN, Ask.WHERE, Ask.HOW_LONG, Ask.HOW_MUCH):
            return False
        ends = [match.fact.subject] + ([match.fact.value.entity] if match.fact.value.entity else [])
        for end in ends:
            if end.kind not in (_WORKS if self._query.ask is not Ask.WHERE else _HAPPENED):
                continue
            before = {position: Explained(one.weight, reading=one.reading) for position, one in match.explained.items()}
            for name in self._vocabulary.kinds[end.kind].profile:
                for fact in self._pool.facts_of(end.id):
                    if fact.property != name or fact.subject.id != end.id or fact.id == match.fact.id:
                        continue
                    own = Match(fact, {-1: Explained(0.0, SUBJECT, entity=end.id)})
                    slot = find_slot(own, self._query, self._vocabulary)
                    if slot is None or slot.piece == "time" or status_of(fact) in (UNKNOWN, NONE):
                        continue
                    self._add(Match(fact, before), slot, (match.fact, *support), found)
                    return True
        return False

    def _makers_of_end(self, match: Match, support: tuple[Fact, ...], found: Found) -> bool:
        """Whose "the talk about ropes" is: all who hold it, where the question calls it a talk."""
        end = match.fact.subject
        called = any(fits_kind(end, unit.kinds) for unit in self._query.units if unit.kinds and not unit.mention)
        maker = _MAKERS.get(end.kind)
        if not called or maker is None or match.fact.property != _TOPIC or match.bound(SUBJECT):
            return False
        before = {position: Explained(one.weight, reading=one.reading) for position, one in match.explained.items()}
        told = False
        for fact in self._pool.facts_of(end.id):
            if fact.property == maker and fact.subject.id == end.id and status_of(fact) is None:
                slot = Slot("value", fact.value)
                self._add(Match(fact, before), slot, (match.fact, *support), found)
                told = True
        return told

    def _across(self, match: Match, role: str, bridge: Entity, found: Found) -> None:
        """Accounts for the units that the first fact leaves open by facts about the entity at its other end."""
        across = self._explain_by(match, bridge)
        if across is None:
            return
        explained, support, rest = across.explained, across.support, across.rest
        if across.counted:
            before = len(found.findings)
            self._told(match, role, bridge, explained, support, [*rest, *across.counted], found)
            if len(found.findings) > before:
                return
            if not all(self._describes(bridge, unit) for _, unit in across.counted):
                rest += across.counted
            explained.update((position, Explained(BY_CONTEXT)) for position, _ in across.counted)
        if not rest and len(explained) == len(match.explained):
            if self._of_event and bridge.kind == "event":  # "who gave talks at the museum": its speakers
                deeds = [
                    (p, unit)
                    for p, unit in self._units
                    if unit.properties and p in explained and explained[p].reading is None
                ]
                kept = {position: one for position, one in explained.items() if position not in dict(deeds)}
                self._told(match, role, bridge, kept, support, deeds, found)
            return  # otherwise the second fact would say nothing that the question asks
        if not rest:
            self._answer_is_bridge(Match(match.fact, explained), role, bridge, tuple(support), found)
        elif any(unit.asked and self._may_be_end(match.fact, bridge, unit) for _, unit in rest) and any(
            reading.verb for reading in match.readings
        ):
            return  # "which company bought it": whoever bought it is the company, not whom the buyer works for
        elif across.described or support or (self._of_event and bridge.kind == "event"):
            self._told(match, role, bridge, explained, support, rest, found)

    def _may_be_end(self, fact: Fact, bridge: Entity, unit: Unit) -> bool:
        """Whether a word names a kind that an end of the fact can be: no room gives a talk, no talk is a conference."""
        ends = {fact.subject.kind, *self._vocabulary.properties[fact.property].type}
        occasion = bridge.kind == "event" and not fits_kind(bridge, unit.kinds)
        return any(kind.kind in ends and not (occasion and kind.kind == bridge.kind) for kind in unit.kinds)

    def _explain_by(self, match: Match, bridge: Entity) -> "_Across | None":
        """What of the open units the bridge itself accounts for; None where a name has no tie to it."""
        across = _Across(dict(match.explained), described=bool(match.readings))
        for position, unit in self._units:
            counted = unit.asked and bool(unit.properties) and self._query.ask is Ask.HOW_MANY
            known = match.explained.get(position)
            if unit.optional or (known is not None and not (counted and known.reading is None)):
                across.described |= known is not None and self._is_noun_of(bridge, unit, match)
                continue
            if unit.mention is not None:
                tie = self._tie(bridge, unit, match.fact)
                if tie is None:
                    return None
                across.explained[position] = Explained(BY_CONTEXT)
                across.support.append(tie)
            elif counted:
                across.counted.append((position, unit))
            elif self._describes(bridge, unit):
                across.explained[position] = Explained(BY_CONTEXT)
                across.described = True
            else:
                across.rest.append((position, unit))
        return across

    def _told(
        self, match: Match, role: str, bridge: Entity, explained: dict[int, Explained], support: Sequence[Fact],
        rest: Sequence[tuple[int, Unit]], found: Found,
    ) -> None:  # fmt: skip
        """One fact about the bridge that names what is asked, or that describes the bridge."""
        for fact in self._pool.facts_of(bridge.id):
            told = self._matcher.match(fact, rest)
            if fact.id == match.fact.id or not told.explained:
                continue
            named = not self._vocabulary.properties[fact.property].open and any(
                reading.property == fact.property for reading in told.readings
            )
            others = [(position, unit) for position, unit in rest if position not in told.explained]
            if others and not (named and all(self._is_said_of(bridge, unit) for _, unit in others)):
                continue
            if self._is_done_to_a_name(told) or (self._query.ask is Ask.YES_NO and self._lacks_object(told)):
                continue  # "which company took over Acme" asks nothing that somebody of Acme took over
            told = Match(fact, {**told.explained, **{position: Explained(BY_CONTEXT) for position, _ in others}})
            if named:
                self._answer_is_told(told, explained, bridge, (match.fact, *support), found)
            elif self._query.ask is not Ask.YES_NO and fact.subject.id == bridge.id and fact.property in DESCRIBING:
                whole = Match(match.fact, {**explained, **{position: Explained(BY_CONTEXT) for position, _ in rest}})
                self._answer_is_bridge(whole, role, bridge, (*support, fact), found)

    def _is_done_to_a_name(self, told: Match) -> bool:
        """Whether the fact says what a verb means that has a name as its object right behind it."""
        objects = {unit.start for unit in self._query.names if unit.agent is False}
        return any(
            one.reading is not None and one.reading.verb and self._query.units[position].end in objects
            for position, one in told.explained.items()
            if position >= 0
        )

    def _lacks_object(self, match: Match) -> bool:
        """Whether the fact says what a verb means, but not of the name right behind it.

        An event is exempt: it has a place besides.
        """
        event = match.fact.subject.kind == "event"
        return any(
            one.reading is not None
            and one.reading.verb
            and not (event and " " in self._query.units[position].text)
            and any(
                unit.mention and unit.start == self._query.units[position].end and place not in match.explained
                for place, unit in self._units
            )
            for position, one in match.explained.items()
            if position >= 0
        )

    def _answer_is_told(
        self, told: Match, explained: dict[int, Explained], bridge: Entity, support: tuple[Fact, ...], found: Found
    ) -> None:
        """The answer stands in a fact about the entity that the question only describes."""
        role = SUBJECT if told.fact.subject.id == bridge.id else VALUE
        before = {position: Explained(one.weight, reading=one.reading) for position, one in explained.items()}
        whole = Match(told.fact, {**before, **told.explained, -1: Explained(0.0, role, entity=bridge.id)})
        if not self._in_time(whole, support):
            return
        if status_of(told.fact) in (UNKNOWN, NONE):
            found.open.append(whole)
            return
        slot = find_slot(whole, self._query, self._vocabulary)
        asked = next(((place, unit) for place, unit in self._units if unit.asked and unit.kinds), None)
        how = told.explained.get(asked[0]) if asked else None
        figure = how is not None and how.reading is not None and not how.reading.verb  # the word names the fact's value
        if asked and not figure and fits_kind(bridge, asked[1].kinds) and self._query.ask in _OF_KIND:
            slot = Slot("subject" if role == SUBJECT else "value", Value(bridge.name, bridge))
        if slot is None or (self._query.ask is Ask.HOW_MANY and not self._is_countable(slot, whole, bridge)):
            found.far.append(whole)
        else:
            self._add(whole, slot, support, found)

    def _is_countable(self, slot: Slot, whole: Match, bridge: Entity) -> bool:
        """Whether a number can be told: it is said, or the entity itself or a text is one of those that are counted.

        The prizes that somebody has won are not those of what he worked on.
        """
        if slot.entity == bridge or says_number(slot):
            return True
        does = any(unit.agent for unit in self._query.names)
        return not does and is_counted(whole, self._vocabulary.properties[whole.fact.property])

    def _answer_is_bridge(
        self, whole: Match, role: str, bridge: Entity, support: tuple[Fact, ...], found: Found
    ) -> None:
        """The answer is the entity itself, or the piece of the first fact that is asked for."""
        if not self._in_time(whole, support):
            return
        ask = self._query.ask
        if ask is Ask.HOW_MANY and is_sample(self._vocabulary.properties[whole.fact.property], bridge):
            found.far.append(whole)
            return
        slot = find_slot(whole, self._query, self._vocabulary)
        if ask in (Ask.WHAT, Ask.ANY, Ask.HOW_MANY) or (ask is Ask.WHO and bridge.kind in _ACTORS):
            slot = Slot("subject" if role == SUBJECT else "value", Value(bridge.name, bridge))
        if slot is not None:
            self._add(whole, slot, support, found)
        elif not self.piece_of_end(whole, support, found):
            found.far.append(whole)

    def _add(self, match: Match, slot: Slot, support: tuple[Fact, ...], found: Found) -> None:
        found.findings.append(Finding(match, slot, support, partial(self._pool.period_of, match.fact, support)))

    def _in_time(self, match: Match, support: Sequence[Fact]) -> bool:
        if not self._query.times:
            return True
        return fits(self._pool.period_of(match.fact, support, asked_part(match)), self._query.times)

    def _describes(self, entity: Entity, unit: Unit) -> bool:
        """Whether a word says of what kind the entity is, or stands in its name."""
        named = any(not self._vocabulary.properties[reading.property].open for reading in unit.properties)
        return fits_kind(entity, unit.kinds) or (not named and self._matcher.name_says(entity, unit))

    def _is_noun_of(self, entity: Entity, unit: Unit, match: Match) -> bool:
        """Whether a word is what the entity is called by its kind and a name behind it: "the post about ropes"."""
        if unit.mention is not None or not fits_kind(entity, unit.kinds):
            return False
        prepositions = self._vocabulary.properties[match.fact.property].prepositions
        tied = self._query.keys[unit.end : unit.end + 1]
        return any(
            position in match.explained and (name.preposition,) == tied and name.preposition in prepositions
            for position, name in self._units
            if name.mention is not None and name.start > unit.end
        )

    def _is_said_of(self, entity: Entity, unit: Unit) -> bool:
        """Whether the word occurs in what is recorded of the entity itself."""
        return any(
            fact.subject.id == entity.id and any(fact.words.issuperset(stems) for stems in unit.stems)
            for fact in self._pool.facts_of(entity.id)
        )

    def _tie(self, bridge: Entity, unit: Unit, but: Fact) -> Fact | None:
        """A fact that ties an entity to a name of the question, by a property that is implied or named."""
        if unit not in self._near:
            self._near[unit] = self._pool.met_by(unit.mention.entities if unit.mention else ())
        near = self._near[unit]
        if near is not None and bridge.id not in near:
            return None  # most have no tie, which the facts of the one named show
        if (bridge.id, unit) not in self._tied:
            facts = self._pool.facts_of(bridge.id)
            self._tied[bridge.id, unit] = [one for one in facts if self._ties(one, bridge, unit)]
        return next((one for one in self._tied[bridge.id, unit] if one.id != but.id), None)

    def _ties(self, fact: Fact, bridge: Entity, unit: Unit) -> bool:
        if status_of(fact) in (UNKNOWN, NONE) or not _is_main_end(bridge, fact):
            return False  # who worked at Acme "before Loom" ties nobody at Loom to Acme
        return self._joins(fact, unit) or (fact.property in self._named and self._holds(fact, unit))

    def _holds(self, fact: Fact, unit: Unit) -> bool:
        one = self._matcher.name(fact, unit)
        if one is None or one.role != QUALIFIER:
            return one is not None and one.role in (SUBJECT, VALUE)
        inside = [q.property for q in fact.qualifiers if q.value.entity is not None and q.value.entity.id == one.entity]
        return any(not self._vocabulary.properties[name].quiet for name in inside)  # what is not told ties nobody


def _is_main_end(entity: Entity, fact: Fact) -> bool:
    """Whether the fact is of the entity itself, not only ordered or narrowed by it."""
    return any(end.id == entity.id for end in fact.ends) or any(
        q.property != BEFORE and q.value.entity is not None and q.value.entity.id == entity.id for q in fact.qualifiers
    )


def _other_ends(match: Match) -> list[tuple[str, Entity]]:
    """Ends of the fact that the question does not name, when it names one of them."""
    if not (match.bound(SUBJECT) or match.bound(VALUE)):
        return []
    ends = [] if match.bound(SUBJECT) else [(SUBJECT, match.fact.subject)]
    if match.fact.value.entity is not None and not match.bound(VALUE):
        ends.append((VALUE, match.fact.value.entity))
    return ends
