"""Questions for facts: searched in several ways, narrowed to what is asked, then told; or said why not."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple
from weakref import ref

from bot.answers.deciding.compare import Comparer
from bot.answers.deciding.endings import Endings
from bot.answers.deciding.together import TOGETHER, Together
from bot.answers.deciding.unknown import Unknown
from bot.answers.deciding.verdict import Verdicts
from bot.answers.finding.finding import Finding, Found
from bot.answers.finding.match import Match
from bot.answers.finding.movers import as_movers, asked_role, of_role
from bot.answers.finding.ordering import Ordering
from bot.answers.finding.search import Searcher
from bot.answers.finding.stranger import stranger
from bot.answers.finding.title import read_title
from bot.answers.reading.followup import leans_on_nobody
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query, Unit, as_words, pick_as_word
from bot.answers.wording.outcome import Outcome, Reason
from bot.answers.wording.part import Means, Part
from bot.model.answer import Status
from bot.model.entity import Entity
from bot.model.fact import Fact

_FIGURES = re.compile(r"\d+")
_TOGETHER = TOGETHER | {"same"}
_ELSE = ("else", "elsewhere")
_OTHER_THAN = frozenset({"who", "whom", "what", "where", "which"})  # with "else": other than what is known


class Within(NamedTuple):
    """The one source that answers; not `strictly`: another where it has none, for the words may not mean it."""

    source: str
    strictly: bool

    def of(self, findings: list[Finding]) -> list[Finding]:
        """The findings that rest on it."""
        kept = [one for one in findings if all(fact.source.key == self.source for fact in (one.fact, *one.support))]
        return kept if kept or self.strictly else findings


def _findings_of(decider: "Decider") -> Callable[[Query], list[Finding]]:
    """How a decider finds, for what it holds itself: held weakly, so that it goes with its snapshot at once."""
    held = ref(decider)

    def find(query: Query) -> list[Finding]:
        there = held()
        return there.findings(query) if there is not None else []

    return find


class Decider(Part):
    """Answers questions for facts from one snapshot."""

    def __init__(self, means: Means, endings: Endings, unknown: Unknown) -> None:
        super().__init__(means)
        self._endings = endings
        self._ordering = Ordering(self._vocabulary)
        self._verdicts = Verdicts(means)
        self._unknown = unknown
        self._together = Together(means, unknown)
        self._comparer = Comparer(means, _findings_of(self))

    def answer(self, query: Query, told: Sequence[Entity] = (), within: Within | None = None) -> Outcome:
        """The facts that answer, or why there are none. `told` are answers that "who else" leaves out."""
        if query.told and query.step is None:
            return self._about_told(query)
        compared = self._comparer.answer(query) or self._together.answer(query) or self._is_the_one(query)
        if compared is not None:
            return (self._in_order(query) if compared.status is Status.UNKNOWN else None) or compared
        name = stranger(query, self._snapshot, self._lexicon)
        if name is not None:
            return self._unknown.nobody(name)
        query, found, anchors = self._find_movers(query)
        if within is not None:
            found.findings = within.of(found.findings)
        each = (self._of_each(query, found) or self._yes_of_each(query, found)) if len(query.names) > 1 else None
        if each is not None:
            return each
        if "else" in query.keys and any(a in _OTHER_THAN and b == "else" for a, b in pairwise(query.keys)):
            found.findings = self._others(found.findings, told)
        if query.but:
            found.findings = [
                one for one in found.findings if one.answer is not None and one.answer.id not in query.but
            ]
        findings = self._narrow(found.findings, query, anchors)
        if findings is None:
            last = self._ordering.pick(found.findings, "last") or found.findings
            return self._endings.past_only(last[0].fact)
        if self._is_of_each_edition(findings, query):
            return self._verdicts.of_each(findings)
        ambiguous = self._ambiguous(findings, query)
        if ambiguous is not None:
            return ambiguous
        several = len(findings) > 1 and all(one.answer is not None for one in findings)
        unsaid = findings and self._comparer.is_unsaid(query, [one.fact for one in findings])
        most = self._comparer.is_of_all(query) if several or unsaid else None
        if most is not None:
            return self._comparer.incomparable(most)
        return self._verdicts.word(findings, query) if findings else self._without_answer(query, found)

    def told(self, findings: Sequence[Finding], query: Query) -> Outcome:
        """Findings that another way led to, as an answer: their number, or what they say."""
        return self._verdicts.word(list(findings), query)

    def _find_movers(self, query: Query) -> tuple[Query, Found, list[Fact]]:
        """The same of "which engineers joined", of whom each has to be an engineer."""
        role = asked_role(query, self._lexicon)
        if role is None:
            return self._find(query)
        query, found, anchors = self._find(as_movers(query, role))
        found.findings = of_role(found.findings, role, self._snapshot)
        return query, found, anchors

    def _in_order(self, query: Query) -> Outcome | None:
        """What a document itself puts before or after another, where no dates settle it."""
        if query.anchor is None:
            return None
        found, anchors = self._search(query)
        findings = self._ordering.put_beside(found.findings, query.anchor, anchors)
        return self._verdicts.word(findings, query) if findings else None

    def _is_the_one(self, query: Query) -> Outcome | None:
        """Whether "was Loom Ada's first job" is so, by what her first job was; None where that is not to be told."""
        owners = _owners_of_pick(query) if query.pick is not None and query.ask is Ask.YES_NO else []
        if not owners or (len(owners) == len(query.names) and not query.times):
            return None
        kept = tuple([unit for unit in query.units if unit.mention is None or unit in owners])
        first = self.findings(replace(query, ask=Ask.WHAT, units=kept, times=()))
        found = self.findings(replace(query, pick=None, pick_word="")) if first else []
        plain = [one for one in found if one.fact.property == first[0].fact.property]
        if not first or not (plain or (query.times and not found)):
            return None
        same = [one for one in plain if one.fact.id in {other.fact.id for other in first}]
        if not same:
            return self._verdicts.denied_by(first[0])
        if len({one.fact.id for one in first}) > 1:
            return self._comparer.incomparable(query.pick_word)
        return self._verdicts.word(same, replace(query, pick=None, pick_word=""))

    def findings(self, query: Query) -> list[Finding]:
        """What answers a question in which nothing is compared."""
        query, found, anchors = self._find(query)
        return self._narrow(found.findings, query, anchors) or []

    def _others(self, findings: Sequence[Finding], told: Sequence[Entity]) -> list[Finding]:
        """Without those just told; with nobody told, a single answer is the one known already, if it says no "else"."""
        rest = [finding for finding in findings if finding.answer not in told]
        if told or len(rest) > 1:
            return rest
        return [one for one in rest if not one.fact.words.isdisjoint(map(self._lexicon.stem, _ELSE))]

    def _of_each(self, query: Query, found: Found) -> Outcome | None:
        """What holds of each of "Ada and Bo", where no single fact holds of both; None where one has nothing.

        Of "Ada or Bo" it may hold of one alone.
        """
        if query.ask is Ask.YES_NO or query.anchor or any(not one.support for one in found.findings) or found.open:
            return None
        names = query.names
        joints = {query.keys[one.end : other.start] for one, other in pairwise(names)}
        if joints not in ({("and",)}, {("or",)}):
            return None
        both = ("and",) in joints
        findings: list[Finding] = []
        shared: set[int] | None = None
        for name in names:
            alone = replace(query, units=tuple(unit for unit in query.units if unit is name or not unit.mention))
            of_one, anchors = self._search(alone)
            kept = self._narrow(of_one.findings, alone, anchors)
            if not (kept or both):
                continue
            if not kept or any(one.support for one in kept) or self._ambiguous(kept, alone):
                return None
            findings += kept
            answers = {one.answer.id for one in kept if one.answer is not None}
            shared = answers if shared is None else shared & answers
        if both and shared and query.ask not in (Ask.WHERE, Ask.WHEN):  # "what did Ada and Bo build": what both did
            findings = [one for one in findings if one.answer is not None and one.answer.id in shared]
        return self._verdicts.of_each(findings) if len({one.fact.property for one in findings}) == 1 else None

    def _yes_of_each(self, query: Query, found: Found) -> Outcome | None:
        """Yes, where what is asked of "Ada and Bo" holds of the one and of the other; None where it may not."""
        pairs = (pair for pair in pairwise(query.names) if query.keys[pair[0].end : pair[1].start] == ("and",))
        pair = next(pairs, None)
        if query.ask is not Ask.YES_NO or pair is None or found.findings or query.anchor is not None:
            return None
        if not _TOGETHER.isdisjoint(query.keys):
            return None  # who were at one place may never have met there
        findings: list[Finding] = []
        for name in pair:
            alone = replace(query, units=tuple([one for one in query.units if one is name or one not in pair]))
            kept = self.findings(alone)
            if not kept or not self._verdicts.is_yes(kept[0], alone):
                return None
            findings.append(kept[0])
        return self._verdicts.yes_of_each(findings)

    def _find(self, query: Query) -> tuple[Query, Found, list[Fact]]:
        """Search as read; then with order and pick as words; then with loose words as a title."""
        found, anchors = self._search(query)
        if query.anchor is not None and not self._narrow(found.findings, query, anchors):
            query = as_words(query, self._lexicon)  # "before" is no order here but part of what is told
            found, anchors = self._search(query)
        if query.pick is not None and not found.open and not self._narrow(found.findings, query, anchors):
            plain = pick_as_word(query, self._lexicon)  # "the first release" may be what the fact says, not an order
            retried, more = self._search(plain)
            if retried.findings or retried.open:
                return plain, retried, more
        titled = read_title(query, self._snapshot) if not (found.findings or found.open) else None
        if titled is not None:
            retried, more = self._search(titled)
            if retried.findings or retried.open:
                return titled, retried, more
        return query, found, anchors

    def _without_answer(self, query: Query, found: Found) -> Outcome:
        if found.findings:  # something fits, but nothing of it stands where the question puts it
            found.untold = [finding.match for finding in found.findings]
        if leans_on_nobody(query, self._phrasing):
            return self._endings.refusal(Reason.WHOM)
        return self._unknown.explain(query, found)

    def _search(self, query: Query) -> tuple[Found, list[Fact]]:
        """The findings, and the facts that tell when the anchor of a "before" or "after" was."""
        searcher = Searcher(self._snapshot, self._lexicon, query)
        if query.step is not None:
            return searcher.search(), list(query.told)
        if query.anchor is None:
            return searcher.search(), []
        return searcher.search_beside(query.anchor)

    def _narrow(self, findings: Sequence[Finding], query: Query, anchors: Sequence[Fact]) -> list[Finding] | None:
        """The findings that order, time and pick leave; None: the question wants what holds now, and nothing does."""
        chosen = [one for one in findings if self._verdicts.may_tell(one, query)]
        if query.anchor is not None:
            chosen = self._ordering.beside(chosen, query.anchor, anchors)
            if not self._phrasing.nearest.isdisjoint(query.keys):  # "where did she go after that": the next one
                chosen = [one for one in chosen if one.period == chosen[0].period]
        elif query.step is not None:
            chosen = self._ordering.next_to(chosen, anchors, earlier=query.step)
        elif query.ask is not Ask.YES_NO and query.pick in (None, "last"):
            current = self._ordering.current(chosen, query)
            if current is None:
                return None
            chosen = self._ordering.newest_first(current) if len(current) > 1 else current
        undated = query.anchor is not None and all(one.period is None for one in chosen)
        if query.pick and chosen and not undated:
            chosen = self._ordering.pick(chosen, query.pick)
        return self._distinct(chosen, query)

    def _distinct(self, findings: Sequence[Finding], query: Query) -> list[Finding]:
        """One finding for each answer: facts that give the same entity, or the same date, are told once."""
        if len(findings) < 2:
            return list(findings)
        kept: dict[object, Finding] = {}
        for finding in findings:
            answer = finding.answer
            counted = query.ask is Ask.HOW_MANY and finding.slot.piece == "subject"
            key: object = finding.fact.id
            if query.ask is Ask.WHEN:
                key = self._composer.sentences.piece(finding.fact, finding.slot)
            elif answer is not None and (query.ask is Ask.WHO or counted):
                key = answer.id
            elif answer is not None and (finding.slot.piece == "subject" or finding.support):
                key = (answer.id, finding.fact.property)
            kept.setdefault(key, finding)
        return list(kept.values())

    def _about_told(self, query: Query) -> Outcome:
        """The piece asked for by "when was that?", of the facts just told, or of what the question before asked."""
        searcher = Searcher(self._snapshot, self._lexicon, query)
        findings = searcher.pieces_of(query.told)
        if not findings and query.words:
            again = {fact.property for fact in query.told}  # of who else leads it nobody asked
            told = {end for fact in query.told for end in fact.ends}
            others = [one for one in self.findings(replace(query, told=())) if told.issuperset(one.fact.ends)]
            findings = [one for one in others if one.fact.property not in again]
        findings = findings or searcher.pieces_around(query.told)
        if findings:
            return self._verdicts.word(self._distinct(findings, query), query)
        found = Found(untold=[Match(fact, {}) for fact in query.told])
        return self._unknown.explain(query, found)

    def _ambiguous(self, findings: Sequence[Finding], query: Query) -> Outcome | None:
        """A pick-list where the answers are about several entities of one name."""
        for unit in query.names:
            if unit.mention is None or len(unit.mention.entities) < 2:
                continue
            held = {one.entity for f in findings for one in f.match.explained.values()}
            meant = [entity for entity in unit.mention.entities if entity in held]
            if len(meant) > 1 or not (findings or query.times):
                entities = list(self._snapshot.entities(meant or unit.mention.entities).values())
                if not meant:
                    entities = self._with_property(entities, query)
                if len(entities) > 1:
                    return self._endings.pick_list(unit.text, entities)
        return None

    def _is_of_each_edition(self, findings: Sequence[Finding], query: Query) -> bool:
        """Whether the answers are about editions of one series of events, which are told one by one."""
        several = [unit.mention for unit in query.names if unit.mention and len(unit.mention.entities) > 1]
        if len(several) != 1 or query.ask in (Ask.YES_NO, Ask.WHEN) or any(one.support for one in findings):
            return False
        held = {one.entity for finding in findings for one in finding.match.explained.values()}
        meant = [entity for entity in several[0].entities if entity in held]
        entities = self._snapshot.entities(meant).values()
        names = {_FIGURES.sub("", entity.name) for entity in entities}
        return len(meant) > 1 and len(names) == 1 and all(entity.kind == "event" for entity in entities)

    def _with_property(self, entities: list[Entity], query: Query) -> list[Entity]:
        """Those of whom a property that the question names is recorded at all; all, where it is of none."""
        named = {r.property for unit in query.words for r in unit.properties} - self._lexicon.open
        kept = [entity for entity in entities if named and self._snapshot.facts_of(entity.id, tuple(named), None, 1)]
        return kept or entities


def _owners_of_pick(query: Query) -> list[Unit]:
    """Whose first or last it is: the name right before that word, or else the names behind it."""
    words = query.pick_word.split()
    places = [place for place in range(len(query.keys)) if list(query.keys[place : place + len(words)]) == words]
    if not places:
        return []
    owner = [unit for unit in query.names if unit.end == places[0]]
    return owner or [unit for unit in query.names if unit.start > places[0]]
