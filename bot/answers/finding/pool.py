"""The facts and entities that one question looks at, each read once; knows what belongs to what, judges nothing."""

from collections.abc import Iterator, Sequence
from itertools import islice

from bot.answers.finding.periods import time_of
from bot.answers.reading.query import Query
from bot.model.entity import Entity
from bot.model.fact import Fact
from bot.model.partial_date import Period
from bot.model.vocabulary import Vocabulary
from bot.store.snapshot import Snapshot

MOST_FACTS = 600  # of one entity that are looked at; a hub's are narrowed by property first
MOST_NAMESAKES = 8
MOST_CANDIDATES = 2400  # of all entities that the question names: as many as of four hubs
# By which property the parts of an organisation or event name their whole.
PART_OF = {"organization": "parentOrganization", "event": "superEvent"}
_TIMELESS = frozenset({"person", "organization", "place", "topic"})


class Pool:
    """Reads one snapshot for one query."""

    def __init__(self, snapshot: Snapshot, query: Query) -> None:
        self.snapshot = snapshot
        self.query = query
        self.vocabulary: Vocabulary = snapshot.vocabulary
        self._facts: dict[int, list[Fact]] = {}
        self._hubs: set[int] = set()  # those of which not all facts are looked at
        self._parts: dict[int, frozenset[int]] = {}

    @property
    def named(self) -> list[Entity]:
        """The entities that the names of the question may mean; facts of theirs bring them along without a look-up."""
        ids = [entity for unit in self.query.names if unit.mention for entity in unit.mention.entities[:MOST_NAMESAKES]]
        return list(self.snapshot.entities(ids).values())

    def units_of_named(self) -> dict[int, frozenset[int]]:
        """For each of them that has parts, the entities that belong to it."""
        return {entity.id: parts for entity in self.named if (parts := self.parts_of(entity))}

    def facts_of(self, entity: int) -> list[Fact]:
        """Facts of an entity, read once; of a hub only those of the properties that the question names."""
        if entity not in self._facts:
            facts = self.snapshot.facts_of(entity, None, None, MOST_FACTS)
            if len(facts) == MOST_FACTS:
                self._hubs.add(entity)
                properties = {reading.property for unit in self.query.words for reading in unit.properties}
                facts = self.snapshot.facts_of(entity, properties or None, None, MOST_FACTS)
            self._facts[entity] = facts
        return self._facts[entity]

    def met_by(self, entities: Sequence[int]) -> frozenset[int] | None:
        """Whoever stands in one fact with one of some entities, or a part of one; None: too many to be looked through.

        It takes no look at the facts of those others.
        """
        if len(entities) > MOST_NAMESAKES:
            return None
        parts = self.units_of_named()
        wholes = [one for entity in entities for one in (entity, *parts.get(entity, ()))]
        facts = [fact for one in wholes for fact in self.facts_of(one)]
        return frozenset([end.id for fact in facts for end in fact.named]) if self._hubs.isdisjoint(wholes) else None

    def facts_at_once(self) -> list[Fact] | None:
        """Facts of the one entity named and the properties named, or of the two entities named; None: not so simple."""
        named = [unit.mention.entities for unit in self.query.names if unit.mention]
        properties = {reading.property for unit in self.query.words for reading in unit.properties}
        if not properties or not named or len(named) > 2 or max(map(len, named)) > 1:
            return None
        if len(named) == 2:
            facts = self.snapshot.facts_between(named[0][0], named[1][0], MOST_FACTS)
        else:
            facts = self.snapshot.facts_of(named[0][0], properties, None, MOST_FACTS)
        return None if not facts or self.units_of_named() else facts

    def candidates(self) -> Iterator[Fact]:
        """Facts in which a named entity stands, or a part of one; of very many the first, those named first first."""
        return islice(self._candidates(), MOST_CANDIDATES)

    def _candidates(self) -> Iterator[Fact]:
        seen: set[int] = set()
        for entity in self.named:
            for one in (entity.id, *self.parts_of(entity)):
                for fact in self.facts_of(one):
                    if fact.id not in seen:
                        seen.add(fact.id)
                        yield fact

    def parts_of(self, whole: Entity) -> frozenset[int]:
        """What belongs to an organisation, or took place within an event; two levels deep."""
        property_ = PART_OF.get(whole.kind)
        if property_ is None:
            return frozenset()
        if whole.id not in self._parts:
            found: set[int] = set()
            edge = [whole.id]
            for _ in range(2):
                facts = [fact for one in edge for fact in self.snapshot.facts_of(one, (property_,), "v", 50)]
                edge = [fact.subject.id for fact in facts if fact.subject.id not in found]
                found.update(edge)
            self._parts[whole.id] = frozenset(found)
        return self._parts[whole.id]

    def between(self, topic: Entity, other: Entity) -> list[Fact]:
        """Facts in which both stand, or the one and a part of the other."""
        others = {other.id, *self.parts_of(other)}
        if topic.id == other.id:
            return []
        return [
            fact
            for fact in self.facts_of(topic.id)
            if fact.subject.id in others or (fact.value.entity is not None and fact.value.entity.id in others)
        ]

    def period_of(self, fact: Fact, support: Sequence[Fact] = (), part: str = "all") -> Period | None:
        """When a fact was: by its own time, that of the facts that lead to it, or that of its event or work."""
        for one in (fact, *support):
            period = time_of(one, self.vocabulary, part)
            if period is not None:
                return period
        if part != "all" or fact.subject.kind in _TIMELESS:
            return None
        dated = (one for one in self.facts_of(fact.subject.id) if one.value.date and one.subject.id == fact.subject.id)
        return next((period for one in dated if (period := time_of(one, self.vocabulary))), None)
