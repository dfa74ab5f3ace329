"""Finds the facts that account for every unit of a query, from the narrowest way of finding them to the widest."""

from collections.abc import Iterable, Sequence
from functools import cached_property, partial

from bot.answers.finding.bridge import DESCRIBING, Bridges
from bot.answers.finding.choose import Chooser, surely_of
from bot.answers.finding.finding import Finding, Found
from bot.answers.finding.match import BY_CONTEXT, SUBJECT, Explained, Match, Matcher, fits_kind
from bot.answers.finding.periods import fits
from bot.answers.finding.pool import Pool
from bot.answers.finding.proof import Proof
from bot.answers.finding.role import roles_of
from bot.answers.finding.slot import NONE, UNKNOWN, Slot, asked_part, find_slot, status_of
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Anchor, Query, Unit
from bot.language.fact_words import stems_of, stems_told
from bot.language.lexicon import Lexicon
from bot.language.tokens import name_key
from bot.model.fact import Fact, Value
from bot.store.snapshot import Snapshot

_ASKED_OF = frozenset({Ask.WHERE, Ask.WHAT, Ask.WHO})  # what a verb of the question asks for
_NEEDING_WORDS = frozenset({Ask.WHAT, Ask.ANY, Ask.YES_NO, Ask.HOW, Ask.HOW_MANY, Ask.HOW_MUCH, Ask.WHY})
_OF_KIND = frozenset({Ask.WHAT, Ask.ANY, Ask.HOW_MANY})
_MOST_DESCRIBING = 2  # words that may describe an entity that the question does not name ("which AI lab …")
_MOST_HITS = 200  # facts that share the words
_AT, _FROM = "at", "from"
_WORK = "publication"
_LOCATION = "location"  # of whatever has a place
_OCCASION = "superEvent"  # within which something is held
_CLOCK = frozenset({"time", "hour", "clock", "oclock"})  # asks for more than the day
_WHOLE = frozenset({"fact", "statement"})  # pieces that are all of a fact
_NAME, _TITLE = 40, 200  # characters; a longer text is no name, or no title
MOST_OF_A_KIND = 200  # entities of a kind that are looked through for the first or last of them


class Searcher:
    """Searches one snapshot for one query."""

    def __init__(self, snapshot: Snapshot, lexicon: Lexicon, query: Query) -> None:
        self._snapshot = snapshot
        self._query = query
        self._vocabulary = lexicon.vocabulary
        self._units = list(enumerate(query.units))
        self._needed = {position for position, unit in self._units if not unit.optional}
        self._pool = Pool(snapshot, query)
        self._described: dict[int, list[Fact]] = {}
        self._matcher = Matcher(lexicon, self._pool.units_of_named)
        self._chooser = Chooser(query, lexicon)
        self._proof = Proof(query, lexicon)

    @cached_property
    def _bridges(self) -> Bridges:
        return Bridges(self._pool, self._matcher)

    @cached_property
    def _citing(self) -> bool:
        """Whether it says "according to her" or "she says": then a name may be that of the one who tells it."""
        return self._query.citing or any(
            self._vocabulary.properties[reading.property].open
            for unit in self._query.words
            for reading in unit.properties
        )

    @cached_property
    def _asks_of_kind(self) -> bool:
        return self._query.ask is Ask.WHAT and any(unit.asked and unit.kinds for unit in self._query.words)

    def search(self) -> Found:
        """The facts that answer, and what came close."""
        found = self._at_once()
        if found is not None:
            return found
        found = Found()
        if self._query.names:
            self._one_fact(self._pool.candidates(), found)
            if not found.open and not self._chooser.is_named(found.findings):
                self._bridges.search(found.partial, found)
        elif self._query.ask in _OF_KIND and (self._query.pick or self._query.times):
            self._of_kind(found)
        # Another number than the amount that is asked for keeps nobody from looking further.
        empty = self._query.ask is Ask.HOW_MUCH and not any(map(self._proof.holds, found.findings))
        if (empty or not found.findings) and not found.open:
            self._by_words(found)
        found.findings = [one for one in found.findings if not self._answers_with_a_name(one)]
        return self._settled(found)

    def _settled(self, found: Found) -> Found:
        """The findings that prove what is asked, and of those the ones to be told."""
        proved: list[Finding] = []
        unproved: list[Finding] = []
        for one in found.findings:
            (proved if self._proof.holds(one) else unproved).append(one)
        if unproved and not proved:
            wider = [place for one in unproved if self._proof.sorts.is_misplaced(one) for place in self._around(one)]
            proved = [one for one in wider if self._proof.holds(one)]
        found.findings = proved
        found = self._chooser.settle(found)
        if found.findings and not self._proof.are_all(found.findings):
            unproved += found.findings
            found.findings = []
        found.untold += [one.match for one in unproved]
        return found

    def _around(self, finding: Finding) -> list[Finding]:
        """Where the place lies that a finding tells: the town of the hall."""
        place = finding.answer
        facts = self._pool.facts_of(place.id) if place is not None else []
        before = {position: one._replace(role=None) for position, one in finding.match.explained.items()}
        return [
            Finding(Match(fact, before), Slot("value", fact.value), (finding.fact,), finding.when)
            for fact in facts
            if place is not None and fact.property == _LOCATION and fact.subject.id == place.id
        ]

    def _answers_with_a_name(self, finding: Finding) -> bool:
        """Whether two joined facts lead back to the only one that a name of the question means."""
        return finding.answer is not None and any(
            unit.mention and unit.mention.entities == (finding.answer.id,) for unit in self._query.names
        )

    def _at_once(self) -> Found | None:
        """Most questions name an entity and a property, and facts that hold both answer them; None: look further."""
        facts = self._pool.facts_at_once()
        if facts is None:
            return None
        found = Found()
        for fact in facts:
            match = self._matcher.match(fact, self._units)
            if self._needed.issubset(match.explained) and self._says_enough(match):
                self._take(match, found)
        found = self._settled(found)
        if self._asks_of_kind and not any(one.answer for one in found.findings):
            return None  # "which models are free" asks for models, though their price has all the words
        return found if self._chooser.named(found.findings) else None

    def pieces_of(self, facts: Sequence[Fact]) -> list[Finding]:
        """The piece that the query asks for, of each of these facts that has it."""
        findings = []
        for fact in facts:
            match = Match(fact, {-1: Explained(0.0, SUBJECT, entity=fact.subject.id)})
            slot = find_slot(match, self._query, self._vocabulary)
            if slot is not None and slot.piece not in _WHOLE and status_of(fact) is None:
                findings.append(Finding(match, slot, (), partial(self._pool.period_of, fact)))
        return self._proof.sorts.nearest_to_where(findings)

    def pieces_around(self, facts: Sequence[Fact]) -> list[Finding]:
        """The same of what is recorded of the events that these facts are about."""
        events = dict.fromkeys(fact.subject.id for fact in facts[:3] if fact.subject.kind == "event")
        return self.pieces_of([fact for event in events for fact in self._pool.facts_of(event)])

    def search_beside(self, anchor: Anchor) -> tuple[Found, list[Fact]]:
        """What answers the rest of a question that says "before X", and the facts that tell when X was."""
        wanted = self._snapshot.entities(anchor.unit.mention.entities if anchor.unit.mention else ()).values()
        ties = [fact for topic in self._pool.named for entity in wanted for fact in self._pool.between(topic, entity)]
        if any(unit.properties for unit in self._query.words):
            found = self.search()
        else:
            found = Found()
            properties = {fact.property for fact in ties}
            for fact in self._pool.candidates():
                match = self._matcher.match(fact, self._units)
                if fact.property in properties and self._needed.issubset(match.explained):
                    self._take(match, found)
        picked = {finding.fact.property for finding in found.findings}
        own = [fact for fact in ties if fact.property in picked] or ties
        if not own:
            own = [f for e in wanted for f in self._pool.facts_of(e.id) if f.subject.id == e.id and f.value.date]
        return found, own

    def _one_fact(self, candidates: Iterable[Fact], found: Found) -> None:
        for fact in candidates:
            match = self._with_context(self._matcher.match(fact, self._units))
            if self._needed.issubset(match.explained) and self._says_enough(match):
                self._take(match, found)
                if self._counts_by_kind(match):
                    found.partial.append(match)
            elif match.explained:
                found.partial.append(match)

    def _take(self, match: Match, found: Found) -> None:
        """File a match that accounts for every unit."""
        period = self._pool.period_of(match.fact, (), asked_part(match)) if self._query.times else None
        if self._query.times and not fits(period, self._query.times):
            found.partial.append(match)
        elif status_of(match.fact) in (UNKNOWN, NONE):
            found.open.append(match)
        elif (slot := find_slot(match, self._query, self._vocabulary)) is not None and self._is_nameable(slot):
            if self._is_nearer_at_end(slot) and self._bridges.piece_of_end(match, (), found):
                return
            when = partial(self._pool.period_of, match.fact) if period is None else lambda: period
            found.findings.append(Finding(match, slot, (), when))
        elif not self._bridges.piece_of_end(match, (), found):
            found.untold.append(match)
            if self._query.ask is Ask.WHO:
                found.partial.append(match)  # where a talk was held leads to who gave it

    def _is_nearer_at_end(self, slot: Slot) -> bool:
        """Whether the event itself says it more closely: its room, not the conference; its hour, not only the day."""
        if self._query.ask is Ask.WHERE:
            return slot.property == _OCCASION
        return self._query.ask is Ask.WHEN and slot.piece == "time" and not _CLOCK.isdisjoint(self._query.keys)

    def _says_enough(self, match: Match) -> bool:
        """A name alone picks no fact, unless the question asks for a piece that few facts have, or for a time."""
        if len(self._query.names) != 1 or self._query.times or self._query.ask not in _NEEDING_WORDS:
            return True
        if (
            self._query.ask is Ask.HOW_MUCH
            and Ask.HOW_MUCH.value in self._vocabulary.properties[match.fact.property].answers
        ):
            return True  # "how much is the regatta" names what it costs
        return any(position in match.explained for position, unit in self._units if unit.mention is None)

    def _counts_by_kind(self, match: Match) -> bool:
        """Whether "how many tweets" was only taken for a kind, where a figure of that name may be recorded as well."""
        if self._query.ask is not Ask.HOW_MANY:
            return False
        return any(
            unit.asked and unit.properties and (one := match.explained.get(position)) and one.reading is None
            for position, unit in self._units
        )

    def _is_nameable(self, slot: Slot) -> bool:
        """Whether a name can be told, where the question asks for names."""
        if not self._query.for_name or slot.value is None or slot.entity is not None:
            return True
        return len(slot.value.text) < (_TITLE if "title" in self._query.keys else _NAME)

    def _with_context(self, match: Match) -> Match:
        """Accounts for units by what is true of an entity that the question names and the fact holds."""
        left = len(self._needed.difference(match.explained))
        if not match.explained or not left or left > _MOST_DESCRIBING + 1:
            return match
        named = {one.entity for one in match.explained.values() if one.entity is not None}
        missing = [(position, unit) for position, unit in self._units if position not in match.explained]
        extra = {
            position: Explained(BY_CONTEXT)
            for position, unit in missing
            if (self._citing and self._tells(match.fact, unit)) or any(self._true_of(e, unit, match) for e in named)
        }
        if match.readings and 0 < len(missing) - len(extra) <= _MOST_DESCRIBING:
            free = [end for end in match.fact.ends if end.id not in named]
            for position, unit in missing:
                if not unit.mention and position not in extra and any(self._true_of(e.id, unit, match) for e in free):
                    extra[position] = Explained(BY_CONTEXT)
        return Match(match.fact, {**match.explained, **extra}) if extra else match

    def _is_told_elsewhere(self, fact: Fact, unit: Unit) -> bool:
        """Whether facts that tell the same as a detail say where it was, and name none of whom the unit names."""
        same = fact.value.text
        fuller = [
            other for other in self._pool.facts_of(fact.subject.id)
            if any(one.property == fact.property and one.value.text == same for one in other.qualifiers)
        ]  # fmt: skip
        named = set(unit.mention.entities) if unit.mention is not None else set()
        return bool(fuller) and not any(end.id in named for other in fuller for end in other.ends)

    def _tells(self, fact: Fact, unit: Unit) -> bool:
        """Whether the name is that of the source's author ("according to …", "in her list")."""
        author = name_key(fact.source.author or "")
        if unit.mention is None or not author:
            return False
        return any(
            name_key(entity.name) == author for entity in self._snapshot.entities(unit.mention.entities).values()
        )

    def _true_of(self, entity: int, unit: Unit, match: Match) -> bool:
        if unit.mention:
            if self._query.ask is Ask.YES_NO and not any(not one.optional for one in self._query.words):
                return False  # "was she at Acme in 2031" is decided by what was in 2031 alone
            if unit.preposition == _FROM and any(reading.part == "start" for reading in match.readings):
                return self._bridges.was_there(entity, unit, match.fact)
            work = any(end.id == entity and end.kind == _WORK for end in match.fact.ends)  # "King's paper on ropes"
            tied = (unit.after_name or work) and self._bridges.is_joined(entity, unit, match.fact)
            return tied and not self._is_told_elsewhere(match.fact, unit)
        for end in match.fact.ends:
            if end.id != entity or self._matcher.is_asked_of(end, unit):
                continue
            if fits_kind(end, unit.kinds) or self._matcher.name_says(end, unit):
                return True
        if unit.preposition == _AT:
            return False  # where somebody was is no word that describes him
        if self._query.times or (self._query.ask is Ask.YES_NO and unit.properties):
            return False  # what is said of someone at large need not hold then, and proves nothing
        if self._query.ask in _ASKED_OF and any(reading.verb for reading in unit.properties):
            return False  # where somebody lives is not where he works because his biography says that he lives
        return any(fact.words.issuperset(stems) for fact in self._descriptions(entity) for stems in unit.stems)

    def _descriptions(self, entity: int) -> list[Fact]:
        """What describes an entity; picked once, for it is asked for beside each fact of a hub."""
        if entity not in self._described:
            facts = self._pool.facts_of(entity)
            self._described[entity] = [one for one in facts if one.subject.id == entity and one.property in DESCRIBING]
        return self._described[entity]

    def _of_kind(self, found: Found) -> None:
        """The entities of a kind, each with the date that is recorded of it: "the newest robot", "talks in 2022"."""
        needed = [unit for unit in self._query.words if not unit.optional]
        verbs = [{reading.property for reading in unit.properties} for unit in needed if not unit.kinds]
        kinds = dict.fromkeys([kind for unit in needed for kind in unit.kinds])
        for kind in kinds:
            for entity in self._snapshot.entities_of(kind.kind, kind.type, MOST_OF_A_KIND):
                for fact in self._pool.facts_of(entity.id):
                    if fact.subject.id != entity.id or not fact.value.date or status_of(fact) is not None:
                        continue
                    if all(fact.property in told for told in verbs):  # "built after 2020" means no other day of it
                        if fits(self._pool.period_of(fact), self._query.times):
                            slot = Slot("subject", Value(entity.name, entity))
                            found.findings.append(
                                Finding(Match(fact, {}), slot, (), partial(self._pool.period_of, fact))
                            )
                        break
        found.findings = surely_of(found.findings, kinds)

    def _by_words(self, found: Found) -> None:
        """Facts found by their words alone, no entity leading to them."""
        needed = [unit for unit in self._query.units if not unit.optional]
        if not any(not unit.text.isdigit() for unit in needed):
            return
        plain = [unit for unit in needed if unit.mention or not (unit.properties or unit.kinds)]
        if plain:
            facts = self._snapshot.search_facts(_groups(plain), _MOST_HITS)
            if self._query.ask is Ask.ANY and not self._query.names:  # "good bot" asks for nothing
                facts = [fact for fact in facts if all(_says(fact, unit) for unit in plain)]
            self._one_fact(facts, found)
        elif not self._query.names and self._asks_outright(needed):
            if self._query.ask is Ask.WHO and len(needed) > 1:  # "the head coach" heads nothing and gives no talk
                self._one_fact(self._with_role(needed), found)
            if not found.findings:
                properties = {reading.property for unit in needed for reading in unit.properties}
                self._one_fact(self._snapshot.facts_with(properties, _MOST_HITS * 2), found)
        if not found.findings and not found.open and len(plain) < len(needed) > 1:
            self._one_fact(self._snapshot.search_facts(_groups(needed), _MOST_HITS), found)

    def _with_role(self, units: Sequence[Unit]) -> list[Fact]:
        """Facts of a role that has all of these words."""
        facts = self._snapshot.search_facts(_groups(units), _MOST_HITS)
        return [
            fact
            for fact in facts
            if any(all(_among(stems_of([role], ()), unit) for unit in units) for role in roles_of(fact))
        ]

    def _asks_outright(self, units: Sequence[Unit]) -> bool:
        """Whether it asks for whoever, or for a kind; or is nouns in telegram style. "Sing a song" is neither."""
        if self._query.ask is not Ask.ANY:
            return self._query.ask is Ask.WHO or any(unit.asked for unit in units)
        return all(unit.kinds or any(not reading.verb for reading in unit.properties) for unit in units)


def _says(fact: Fact, unit: Unit) -> bool:
    """Whether the words stand in what a fact tells, not only among those that help to find it."""
    return _among(stems_told(fact), unit)


def _among(told: set[str] | frozenset[str], unit: Unit) -> bool:
    return any(told.issuperset(stems) for stems in unit.stems)


def _groups(units: Sequence[Unit]) -> list[list[str]]:
    return [sorted({stems[0] for stems in unit.stems}) for unit in units]
