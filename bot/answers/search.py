"""Finds the facts that account for every unit of a query: in one fact, or in two joined by an entity; words nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.answers.match import BY_CONTEXT, QUALIFIER, SUBJECT, VALUE, Explained, Match, Matcher
from bot.answers.periods import days, fits, time_of
from bot.answers.phrasing import Ask
from bot.answers.query import Anchor, Query, Unit
from bot.answers.slot import NONE, UNKNOWN, Slot, asked_part, find_slot, status_of
from bot.language.fact_words import NOTE, stems_of
from bot.language.lexicon import Lexicon
from bot.language.tokens import name_key
from bot.model.entity import Entity
from bot.model.fact import Fact, Value
from bot.store.snapshot import Snapshot

MOST_FACTS = 600  # of one entity that are looked at; a hub's are narrowed by property first
MOST_BRIDGES = 120  # entities that are tried as the link between two facts
_ABOUT_ENTITY = frozenset({"description", "jobTitle", "roleName", "knowsAbout", "purpose"})
PART_OF = {"organization": "parentOrganization", "event": "superEvent"}  # by which property parts name their whole


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which the knowledge answers: a fact, the piece of it that is asked for, and the facts that lead there."""

    match: Match
    slot: Slot
    support: tuple[Fact, ...] = ()

    @property
    def fact(self) -> Fact:
        """The fact that holds the asked piece."""
        return self.match.fact

    @property
    def answer(self) -> Entity | None:
        """The entity that is the answer, if it is one."""
        return self.slot.entity

    @property
    def score(self) -> float:
        """How surely every unit is accounted for."""
        return self.match.score


@dataclass(slots=True)
class Found:
    """All that a search came across. `findings` account for everything; the rest is for saying what is missing."""

    findings: list[Finding] = field(default_factory=list)
    untold: list[Match] = field(default_factory=list)  # everything accounted for, but the fact does not tell what is asked
    open: list[Match] = field(default_factory=list)  # the document says that it is unknown, or none
    partial: list[Match] = field(default_factory=list)  # facts of the named that leave units unexplained


class Searcher:
    """Searches one snapshot for one query."""

    def __init__(self, snapshot: Snapshot, lexicon: Lexicon, query: Query) -> None:
        self._snapshot = snapshot
        self._lexicon = lexicon
        self._query = query
        self._vocabulary = lexicon.vocabulary
        self._units = list(enumerate(query.units))
        self._needed = {position for position, unit in self._units if not unit.optional}
        # "According to her", "she says": then a name may be that of the one who tells it.
        self._citing = query.citing or any(
            self._vocabulary.properties[reading.property].open for unit in query.words for reading in unit.properties
        )
        self._facts: dict[int, list[Fact]] = {}
        self._matcher = Matcher(lexicon, self._parts_of_named())

    def _settle(self, found: Found) -> Found:
        """Drops what is less sure; where the surest says that the thing is not known, nothing else answers."""
        found.findings = self._surest(found.findings)
        named = max((len(finding.match.readings) for finding in found.findings), default=0)
        if found.findings and self._named(found.untold) > self._named(found.findings):
            found.findings = []  # what the question names is known, but not that piece of it
        if found.open and found.findings:
            open_named = max(len(match.readings) for match in found.open)
            open_score = max(match.score for match in found.open)
            if open_named > named or (open_named == named and open_score > found.findings[0].score):
                found.findings = []
        return found

    def search(self) -> Found:
        """The facts that answer, from the narrowest way of finding them to the widest."""
        found = Found()
        if self._query.names:
            self._one_fact(self._candidates(), found)
            if not found.open and not self._is_named(found.findings):
                self._two_facts(found)
        if not found.findings and not found.open and self._query.units:
            self._by_words(found)
        return self._settle(found)

    def _of_asked_kind(self, findings: list[Finding]) -> list[Finding]:
        """What is of the kind that "which …" asks for; another entity only where the word names its property."""
        asked = [(position, unit) for position, unit in self._units if unit.asked and unit.kinds]
        if self._query.ask is Ask.WHO:
            persons = [one for one in findings if one.answer and one.answer.kind == "person"]
            return persons or findings
        if not asked:
            return findings
        position, unit = asked[0]
        fitting = [one for one in findings if one.answer and self._matcher.entity_fits(one.answer, unit.kinds)]
        if fitting:
            return fitting
        return [
            one
            for one in findings
            if one.answer is None or ((how := one.match.explained.get(position)) is not None and how.reading is not None)
        ]

    def _is_named(self, findings: Sequence[Finding]) -> bool:
        """Whether some finding's property is named by the question, or the question names none at all."""
        properties = self._vocabulary.properties
        closed = any(not properties[r.property].open for unit in self._query.words for r in unit.properties)
        if not closed or not self._query.words:
            return bool(findings)
        return any(
            reading.property == finding.fact.property and not properties[reading.property].open
            for finding in findings
            for reading in finding.match.readings
        )

    def _named(self, matches: Sequence[Match] | Sequence[Finding]) -> int:
        """How many of the question's words name the property of some match, open-ended ones aside."""
        properties = self._vocabulary.properties
        found = 0
        for one in matches:
            match = one.match if isinstance(one, Finding) else one
            own = [r for r in match.readings if r.property == match.fact.property and not properties[r.property].open]
            found = max(found, len(own))
        return found

    def _visible(self, finding: Finding) -> int:
        """How many of the question's words stand in what the fact says, rather than among the words for asking."""
        fact = finding.fact
        said = stems_of([fact.value.text, *(q.value.text for q in fact.qualifiers if q.property != NOTE)], ())
        return sum(
            any(said.issuperset(stems) for stems in unit.stems) for unit in self._query.words if unit.mention is None
        )

    def _surest(self, findings: list[Finding]) -> list[Finding]:
        """The findings of one property, and of those the ones that account for the question most surely."""
        if self._query.pick is not None:
            timed = [one for one in findings if time_of(one.fact, self._vocabulary) is not None]
            if self._query.pick in ("longest", "shortest"):
                timed = [one for one in timed if days(one.fact.period) is not None]
            findings = timed or findings
        if not findings:
            return []
        open_text = {name for name, prop in self._vocabulary.properties.items() if prop.open}
        findings = self._of_asked_kind(findings)
        if not findings:
            return []

        def named(finding: Finding) -> int:
            return sum(reading.property == finding.fact.property for reading in finding.match.readings)

        best = max(findings, key=lambda finding: (finding.score, named(finding), self._visible(finding)))
        most = max(findings, key=lambda finding: (named(finding), finding.score, self._visible(finding)))
        if most.score >= best.score - 1.0:
            best = most
        wanted = {best.fact.property} | (open_text if best.fact.property in open_text else set())
        if self._query.ask is Ask.WHERE and best.support:
            wanted |= {one.fact.property for one in findings if one.support}
        return [one for one in findings if one.fact.property in wanted and one.score >= best.score - 0.4]

    def pieces_of(self, facts: Sequence[Fact]) -> list[Finding]:
        """The piece that the query asks for, of these facts or of what is recorded of the events they are about."""
        for pool in (facts, [other for fact in facts[:3] for other in self.facts_of(fact.subject.id)]):
            findings = []
            for fact in pool:
                ends = {-1: Explained(0.0, SUBJECT, entity=fact.subject.id)}
                slot = find_slot(Match(fact, ends), self._query, self._vocabulary)
                if slot is not None and slot.piece != "fact" and status_of(fact) is None:
                    findings.append(Finding(Match(fact, ends), slot))
            if findings:
                return findings
        return []

    def search_beside(self, anchor: Anchor) -> tuple[Found, list[Fact]]:
        """What answers the rest of a question that says "before X", and the facts that tell when X was."""
        wanted = anchor.unit.mention.entities if anchor.unit.mention else ()
        topics = [entity for unit in self._query.names if unit.mention for entity in unit.mention.entities[:3]]
        ties = [fact for topic in topics for entity in wanted for fact in self._between(topic, entity)]
        if any(unit.properties for unit in self._query.words):
            found = self.search()
        else:
            found = Found()
            properties = {fact.property for fact in ties}
            self._one_fact((fact for fact in self._candidates() if fact.property in properties), found)
        picked = {finding.fact.property for finding in found.findings}
        own = [fact for fact in ties if fact.property in picked] or ties
        if not own:
            own = [fact for entity in wanted for fact in self.facts_of(entity) if fact.subject.id == entity and fact.value.date]
        return found, own

    def _between(self, topic: int, entity: int) -> list[Fact]:
        """Facts in which both stand, or the one and a part of the other."""
        others = {entity, *(part for whole in self._snapshot.entities([entity]).values() for part in self._parts(whole))}
        return [] if entity == topic else [fact for fact in self.facts_of(topic) if others.intersection(_ends(fact))]

    def _parts_of_named(self) -> dict[int, frozenset[int]]:
        """For each organisation or event named in the question, the entities that are recorded as parts of it."""
        wanted = {entity for unit in self._query.names if unit.mention for entity in unit.mention.entities}
        named = self._snapshot.entities(wanted)
        return {entity.id: parts for entity in named.values() if (parts := self._parts(entity))}

    def _parts(self, whole: Entity) -> frozenset[int]:
        """What belongs to an organisation, or took place within an event; two levels deep."""
        property_ = PART_OF.get(whole.kind)
        if property_ is None:
            return frozenset()
        found: set[int] = set()
        edge = [whole.id]
        for _ in range(2):
            facts = [fact for one in edge for fact in self._snapshot.facts_of(one, (property_,), "v", 50)]
            edge = [fact.subject.id for fact in facts if fact.subject.id not in found]
            found.update(edge)
        return frozenset(found)

    def facts_of(self, entity: int) -> list[Fact]:
        """Facts of an entity, read once a query; of a hub only those of the properties that the question names."""
        if entity not in self._facts:
            facts = self._snapshot.facts_of(entity, None, None, MOST_FACTS)
            if len(facts) == MOST_FACTS:
                properties = {reading.property for unit in self._query.words for reading in unit.properties}
                facts = self._snapshot.facts_of(entity, properties or None, None, MOST_FACTS)
            self._facts[entity] = facts
        return self._facts[entity]

    def _candidates(self) -> Iterator[Fact]:
        """Facts in which a named entity stands; those that hold two of them are among them."""
        seen: set[int] = set()
        for unit in self._query.names:
            for entity in unit.mention.entities[:8] if unit.mention else ():
                for one in (entity, *self._matcher.parts_of(entity)):
                    for fact in self.facts_of(one):
                        if fact.id not in seen:
                            seen.add(fact.id)
                            yield fact

    def _one_fact(self, candidates: Iterable[Fact], found: Found) -> None:
        for fact in candidates:
            match = self._matcher.match(fact, self._units)
            match = self._with_context(match)
            if not self._needed.issubset(match.explained):
                if match.explained:
                    found.partial.append(match)
                continue
            self._take(match, found)

    def _take(self, match: Match, found: Found, support: tuple[Fact, ...] = ()) -> None:
        """File a match that accounts for every unit."""
        if not self._in_time(match, support):
            found.partial.append(match)
            return
        if status_of(match.fact) in (UNKNOWN, NONE):
            found.open.append(match)
            return
        slot = find_slot(match, self._query, self._vocabulary)
        if slot is not None:
            found.findings.append(Finding(match, slot, support))
        elif not self._piece_of_end(match, support, found):
            found.untold.append(match)

    def _piece_of_end(self, match: Match, support: tuple[Fact, ...], found: Found) -> bool:
        """When or where, told by what is recorded of the event or work itself rather than by this fact."""
        if self._query.ask not in (Ask.WHEN, Ask.WHERE, Ask.HOW_LONG, Ask.HOW_MUCH):
            return False
        ends = [match.fact.subject] + ([match.fact.value.entity] if match.fact.value.entity else [])
        for end in ends:
            if end.kind not in ("event", "publication", "project"):
                continue
            for fact in self.facts_of(end.id):
                if fact.subject.id != end.id or fact.id == match.fact.id or status_of(fact) in (UNKNOWN, NONE):
                    continue
                own = Match(fact, {-1: Explained(0.0, SUBJECT, entity=end.id)})
                slot = find_slot(own, self._query, self._vocabulary)
                if slot is not None and slot.piece != "time" and fact.property in self._vocabulary.kinds[end.kind].profile:
                    before = {position: Explained(one.weight) for position, one in match.explained.items()}
                    found.findings.append(Finding(Match(fact, before), slot, (match.fact, *support)))
                    return True
        return False

    def _in_time(self, match: Match, support: tuple[Fact, ...] = ()) -> bool:
        if not self._query.times:
            return True
        period = time_of(match.fact, self._vocabulary, asked_part(match))
        if period is None and support:
            period = next((p for fact in support if (p := time_of(fact, self._vocabulary))), None)
        return fits(period, self._query.times)

    def _with_context(self, match: Match) -> Match:
        """Accounts for units by what is true of an entity that the question names and the fact holds."""
        missing = [(position, unit) for position, unit in self._units if position not in match.explained]
        if not missing or not match.explained:
            return match
        extra: dict[int, Explained] = {}
        if self._citing:
            extra = {position: Explained(BY_CONTEXT) for position, unit in missing if self._tells(match.fact, unit)}
        named = {one.entity for one in match.explained.values() if one.entity is not None}
        for position, unit in missing:
            if position not in extra and any(self._true_of(entity, unit, match) for entity in named):
                extra[position] = Explained(BY_CONTEXT)
        return Match(match.fact, {**match.explained, **extra}) if extra else match

    def _tells(self, fact: Fact, unit: Unit) -> bool:
        """Whether the name is that of the source's author ("according to …", "in her list")."""
        author = name_key(fact.source.author or "")
        return unit.mention is not None and bool(author) and any(
            name_key(entity.name) == author for entity in self._snapshot.entities(unit.mention.entities).values()
        )

    def _true_of(self, entity: int, unit: Unit, match: Match) -> bool:
        if unit.mention:
            return unit.after_name and any(
                self._joins(fact, unit) for fact in self.facts_of(entity) if fact.id != match.fact.id
            )
        ends = [match.fact.subject] + ([match.fact.value.entity] if match.fact.value.entity else [])
        own = next((one for one in ends if one.id == entity), None)
        if own is not None and (self._matcher.entity_fits(own, unit.kinds) or self._matcher.name_says(own, unit)):
            return True
        for fact in self.facts_of(entity):
            said = fact.subject.id == entity and fact.property in _ABOUT_ENTITY
            if said and any(fact.words.issuperset(stems) for stems in unit.stems):
                return True
        return False

    def _joins(self, fact: Fact, unit: Unit) -> bool:
        """Whether a fact ties the unit's name by a property that needs no naming, behind a fitting preposition."""
        prop = self._vocabulary.properties[fact.property]
        if not prop.implied or (unit.preposition and prop.prepositions and unit.preposition not in prop.prepositions):
            return False
        explained = self._matcher.match(fact, [(0, unit)]).explained.get(0)
        return explained is not None and explained.role in (SUBJECT, VALUE, QUALIFIER)

    def _two_facts(self, found: Found) -> None:
        """Joins a fact of a named entity with facts of the entity at its other end."""
        tried: set[tuple[int, int]] = set()
        for match in sorted(found.partial, key=lambda one: -one.score)[: MOST_BRIDGES * 3]:
            for role, bridge in _other_ends(match):
                if (match.fact.id, bridge.id) in tried or len(tried) >= MOST_BRIDGES:
                    continue
                tried.add((match.fact.id, bridge.id))
                self._across(match, role, bridge, found)

    def _across(self, match: Match, role: str, bridge: Entity, found: Found) -> None:
        """Accounts for the units that the first fact leaves open by facts about the entity at its other end."""
        if not match.readings and not self._vocabulary.properties[match.fact.property].implied:
            return
        explained = dict(match.explained)
        support: list[Fact] = []
        rest: list[tuple[int, Unit]] = []
        for position, unit in self._units:
            if position in explained or unit.optional:
                continue
            if unit.mention is None:
                if self._describes(bridge, unit):
                    explained[position] = Explained(BY_CONTEXT)
                else:
                    rest.append((position, unit))
                continue
            tie = self._tie(bridge, unit, match.fact)
            if tie is None:
                return
            explained[position] = Explained(BY_CONTEXT)
            support.append(tie)
        if not rest:
            self._answer_is_bridge(Match(match.fact, explained), role, bridge, tuple(support), found)
            return
        for fact in self.facts_of(bridge.id):
            told = self._matcher.match(fact, rest)
            if fact.id == match.fact.id or not told.explained:
                continue
            if len(told.explained) < len(rest):
                others = [(position, unit) for position, unit in rest if position not in told.explained]
                if not told.readings or not all(self._is_said_of(bridge, unit) for _, unit in others):
                    continue
                told = Match(fact, {**told.explained, **{position: Explained(BY_CONTEXT) for position, _ in others}})
            if told.readings and any(reading.property == fact.property for reading in told.readings):
                self._answer_is_told(told, explained, bridge, (match.fact, *support), found)
            elif fact.subject.id == bridge.id and fact.property in _ABOUT_ENTITY:
                whole = Match(match.fact, {**explained, **{position: Explained(BY_CONTEXT) for position, _ in rest}})
                self._answer_is_bridge(whole, role, bridge, (*support, fact), found)

    def _describes(self, entity: Entity, unit: Unit) -> bool:
        """Whether a word says of what kind the entity is, or stands in its name."""
        named = any(not self._vocabulary.properties[reading.property].open for reading in unit.properties)
        return self._matcher.entity_fits(entity, unit.kinds) or (not named and self._matcher.name_says(entity, unit))

    def _is_said_of(self, entity: Entity, unit: Unit) -> bool:
        """Whether the word occurs in what is recorded of the entity itself."""
        return any(
            fact.subject.id == entity.id and any(fact.words.issuperset(stems) for stems in unit.stems)
            for fact in self.facts_of(entity.id)
        )

    def _tie(self, bridge: Entity, unit: Unit, but: Fact) -> Fact | None:
        """A fact that ties an entity to a name of the question."""
        for fact in self.facts_of(bridge.id):
            if fact.id != but.id and status_of(fact) not in (UNKNOWN, NONE):
                if self._joins(fact, unit) or self._named_join(fact, unit):
                    return fact
        return None

    def _answer_is_told(
        self, told: Match, explained: dict[int, Explained], bridge: Entity, support: tuple[Fact, ...], found: Found
    ) -> None:
        """The answer stands in a fact about the entity that the question only describes."""
        own = Explained(0.0, _role_of(told.fact, bridge), entity=bridge.id)
        before = {position: Explained(one.weight) for position, one in explained.items()}
        whole = Match(told.fact, {**before, **told.explained, -1: own})
        if not self._in_time(whole, support):
            return
        if status_of(told.fact) in (UNKNOWN, NONE):
            found.open.append(whole)
            return
        slot = find_slot(whole, self._query, self._vocabulary)
        if slot is None:
            found.untold.append(whole)
        else:
            found.findings.append(Finding(whole, slot, support))

    def _answer_is_bridge(
        self, whole: Match, role: str, bridge: Entity, support: tuple[Fact, ...], found: Found
    ) -> None:
        """The answer is the entity itself, or the piece of the first fact that is asked for."""
        if not self._in_time(whole, support):
            return
        ask = self._query.ask
        slot = find_slot(whole, self._query, self._vocabulary)
        if ask in (Ask.WHAT, Ask.ANY, Ask.HOW_MANY) or (ask is Ask.WHO and bridge.kind in ("person", "organization", "project")):
            slot = Slot("subject" if role == SUBJECT else "value", Value(bridge.name, bridge))
        if slot is not None:
            found.findings.append(Finding(whole, slot, support))
        elif not self._piece_of_end(whole, support, found):
            found.untold.append(whole)

    def _named_join(self, fact: Fact, unit: Unit) -> bool:
        """Whether a word of the question names the property that ties the unit's name."""
        named = {reading.property for other in self._query.words for reading in other.properties}
        one = self._matcher.match(fact, [(0, unit)]).explained.get(0) if fact.property in named else None
        return one is not None and one.role in (SUBJECT, VALUE, QUALIFIER)

    def _by_words(self, found: Found) -> None:
        """Facts found by their words alone, no entity leading to them."""
        groups: list[list[str]] = []
        for unit in self._query.units:
            if unit.optional or (unit.mention is None and (unit.properties or unit.kinds)):
                continue
            single = sorted({stems[0] for stems in unit.stems})
            groups.append(single)
        if groups:
            self._one_fact(self._snapshot.search_facts(groups, 200), found)
        elif not self._query.names:
            properties = {r.property for unit in self._query.words for r in unit.properties}
            if properties:
                self._one_fact(self._snapshot.facts_with(properties, 400), found)


def _ends(fact: Fact) -> tuple[int, ...]:
    return (fact.subject.id,) if fact.value.entity is None else (fact.subject.id, fact.value.entity.id)


def _role_of(fact: Fact, entity: Entity) -> str:
    return SUBJECT if fact.subject.id == entity.id else VALUE


def _other_ends(match: Match) -> list[tuple[str, Entity]]:
    """Ends of the fact that the question does not name, when it names one of them."""
    if not (match.bound(SUBJECT) or match.bound(VALUE)):
        return []
    ends = [] if match.bound(SUBJECT) else [(SUBJECT, match.fact.subject)]
    if match.fact.value.entity is not None and not match.bound(VALUE):
        ends.append((VALUE, match.fact.value.entity))
    return ends

