"""One question to one reply, from one snapshot; the only door into `answers/`. Knows no surface and keeps no state."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from bot.answers.compose import Composer
from bot.answers.definite import meant_by_kind
from bot.answers.finding import Finding, Found
from bot.answers.followup import lean_on, leans_on_nobody
from bot.answers.introduction import introduce
from bot.answers.lead import closest_lines
from bot.answers.markdown import Ready
from bot.answers.match import Match
from bot.answers.ordering import Ordering
from bot.answers.outcome import Outcome, Reason
from bot.answers.overview import Overview, View
from bot.answers.phrasing import Ask, Intent, Phrasing
from bot.answers.query import Query, as_words
from bot.answers.read import read_question
from bot.answers.replies import Replies
from bot.answers.search import Searcher
from bot.answers.title import read_title
from bot.answers.unknown import Unknown
from bot.errors import SearchTimeout
from bot.language.fact_words import stems_of
from bot.language.lexicon import KindWord, Lexicon
from bot.language.tokens import name_key
from bot.model.answer import Introduction, Reply, Status, Turn
from bot.model.entity import Entity
from bot.model.fact import Fact, Source
from bot.store.snapshot import Snapshot

MAX_QUESTION = 1000  # characters


class Prompts:
    """The phrasings and templates of one language; loaded once and shared by all snapshots."""

    def __init__(self, folder: Path) -> None:
        self.phrasing = Phrasing(folder / "questions")
        self.replies = Replies(folder / "replies")


class Answerer:
    """Answers questions from one snapshot."""

    def __init__(self, snapshot: Snapshot, prompts: Prompts, today: Callable[[], date] = date.today) -> None:
        self._snapshot = snapshot
        self._phrasing = prompts.phrasing
        self._replies = prompts.replies
        self._today = today
        self.lexicon = Lexicon(snapshot.vocabulary, snapshot.types())
        self._composer = Composer(prompts.replies, snapshot.vocabulary)
        self._ordering = Ordering(snapshot.vocabulary)
        self._overview = Overview(snapshot, self._composer, prompts.replies)
        self._unknown = Unknown(snapshot, self._composer, prompts.replies)

    def answer(self, question: str, turn: Turn | None = None) -> Reply:
        """The reply to any text at all; `turn` is what the question may lean on. Raises nothing a member can cause."""
        if not question.strip():
            return self._reply(self._refusal(Reason.EMPTY))
        if len(question) > MAX_QUESTION:
            return self._reply(self._refusal(Reason.TOO_LONG))
        query = read_question(question, self.lexicon, self._phrasing, self._snapshot, self._today())
        before = turn.answers if turn is not None else ()
        leaning = meant_by_kind(lean_on(query, turn, self._phrasing), self._snapshot)
        try:
            outcome = self._answer(leaning, before if "else" in leaning.keys else ())
        except SearchTimeout:
            outcome = self._refusal(Reason.SLOW)
        return self._reply(outcome, leaning)

    def answer_meant(self, turn: Turn, entity: Entity) -> Reply:
        """The question of an ambiguous turn again, now that the member said which entity its name means."""
        if not isinstance(turn.query, Query):
            return self.answer(entity.name)
        units = tuple(
            replace(unit, mention=replace(unit.mention, entities=(entity.id,)))
            if unit.mention is not None and entity.id in unit.mention.entities
            else unit
            for unit in turn.query.units
        )
        query = replace(turn.query, units=units)
        try:
            return self._reply(self._answer(query), query)
        except SearchTimeout:
            return self._reply(self._refusal(Reason.SLOW))

    def _answer(self, query: Query, told: Sequence[Entity] = ()) -> Outcome:
        for intent in query.intents:
            outcome = self._by_intent(intent, query)
            if outcome is not None:
                return outcome
        if query.told and query.step is None:
            return self._about_told(query)
        if not query.units and not query.anchor:
            if query.times and query.ask in (Ask.WHAT, Ask.ANY):
                return self._view(self._overview.happened(query.times, _when(query)), "none_time", when=_when(query))
            return self._refusal(Reason.NOT_ABOUT)
        found, anchors = self._search(query)
        if query.anchor is not None and not self._narrow(found.findings, query, anchors):
            query = as_words(query, self.lexicon)  # "before" is no order here but part of what is told
            found, anchors = self._search(query)
        if not found.findings and not found.open:
            titled = read_title(query, self._snapshot)
            if titled is not None:
                retried, more = self._search(titled)
                if retried.findings or retried.open:
                    query, found, anchors = titled, retried, more
        if "else" in query.keys:
            found.findings = _others(found.findings, told)
        findings = self._narrow(found.findings, query, anchors)
        if findings is None:
            last = (self._ordering.pick(found.findings, "last") or found.findings)[:1]
            return self._past_only(last)
        ambiguous = self._ambiguous(findings, query)
        if ambiguous is not None:
            return ambiguous
        if findings:
            return self._word(findings, query)
        if found.findings:  # something fits, but nothing of it stands where the question puts it
            found.untold = [finding.match for finding in found.findings]
        if leans_on_nobody(query, self._phrasing):
            return self._refusal(Reason.WHOM)
        if not (found.open or found.untold or found.far):
            lead = closest_lines(query, self._snapshot, self._replies)
            if lead is not None:
                return lead
        return self._unknown.explain(query, found)

    def _search(self, query: Query) -> tuple[Found, list[Fact]]:
        """The findings, and the facts that tell when the anchor of a "before" or "after" was."""
        searcher = Searcher(self._snapshot, self.lexicon, query)
        if query.step is not None:
            return searcher.search(), list(query.told)
        if query.anchor is None:
            return searcher.search(), []
        return searcher.search_beside(query.anchor)

    def _narrow(self, findings: Sequence[Finding], query: Query, anchors: Sequence[Fact]) -> list[Finding] | None:
        chosen = list(findings)
        if query.anchor is not None:
            chosen = self._ordering.beside(chosen, query.anchor, anchors)
        elif query.step is not None:
            chosen = self._ordering.step(chosen, anchors, earlier=query.step)
        elif query.ask is not Ask.YES_NO and query.pick not in ("first", "longest", "shortest"):
            current = self._ordering.current(chosen, query)
            if current is None:
                return None
            chosen = self._ordering.newest_first(current)
        if query.pick and chosen:
            chosen = self._ordering.pick(chosen, query.pick)
        return self._distinct(chosen, query)

    def _distinct(self, findings: Sequence[Finding], query: Query) -> list[Finding]:
        """One finding for each answer: facts that give the same entity, or the same date, are told once."""
        kept: dict[object, Finding] = {}
        for finding in findings:
            answer = finding.answer
            key: object = finding.fact.id
            if query.ask is Ask.WHEN:
                key = self._composer.sentences.piece(finding.fact, finding.slot)
            elif answer is not None and query.ask is Ask.WHO:
                key = answer.id
            elif answer is not None and (finding.slot.piece == "subject" or finding.support):
                key = (answer.id, finding.fact.property)
            kept.setdefault(key, finding)
        return list(kept.values())

    def _about_told(self, query: Query) -> Outcome:
        """ "When was that?": the piece asked for, of the facts just told or of the event they are about."""
        searcher = Searcher(self._snapshot, self.lexicon, query)
        findings = searcher.pieces_of(query.told)
        if findings:
            return self._word(self._distinct(findings, query), query)
        found = Found(untold=[Match(fact, {}) for fact in query.told])
        return self._unknown.explain(query, found)

    def _word(self, findings: list[Finding], query: Query) -> Outcome:
        answers = tuple(finding.answer for finding in findings if finding.answer is not None)
        if query.ask is Ask.YES_NO:
            sentence, facts = self._composer.facts(findings[:1], query)
            text = self._replies.render(self._verdict(findings[0], query), sentence=sentence)
        elif self._conflict(findings):
            text, facts = self._composer.conflicting(findings, query)
        elif query.ask is Ask.HOW_MANY and all(f.slot.piece in ("subject", "value") and f.answer for f in findings):
            text, facts = self._composer.count(findings, query)
        else:
            text, facts = self._composer.facts([self._closed(one) for one in findings], query)
        return Outcome(Status.ANSWERED, text, None, tuple(dict.fromkeys(facts)), answers)

    def _closed(self, finding: Finding) -> Finding:
        """The finding with the fact that ends what it begins: an event's first day is told with its last."""
        properties = self._snapshot.vocabulary.properties
        closing = [name for name, prop in properties.items() if prop.closes == finding.fact.property]
        facts = self._snapshot.facts_of(finding.fact.subject.id, closing, "s", 5) if closing else []
        return replace(finding, support=(*finding.support, *facts)) if facts else finding

    def _verdict(self, finding: Finding, query: Query) -> str:
        """The reply key: whether the fact that decides a yes/no question says yes or no, or must speak for itself."""
        fact = finding.fact
        if query.current and self._composer.sentences.is_past(fact):
            return "yes_no.no"
        denied = {stem for q in fact.qualifiers if q.property == "denies" for stem in stems_of([q.value.text], ())}
        asked = {part for unit in query.words for stems in unit.stems for part in stems}
        if denied & {*asked, *(self.lexicon.stem(key) for key in query.keys)}:
            return "yes_no.no"
        if not self._snapshot.vocabulary.properties[fact.property].open:
            return "yes_no.yes"
        if query.negated == self._phrasing.is_negative(fact.value.text):
            return "yes_no.yes"
        said = self.lexicon.words(
            fact.value.text
        )  # a "not" says no to a question only if it asks in the text's own words
        own = all(any(said.issuperset(stems) for stems in unit.stems) for unit in query.words if not unit.optional)
        return "yes_no.no" if own else "yes_no.recorded"

    def _conflict(self, findings: Sequence[Finding]) -> bool:
        """Whether these are several values of a property that has one, for one subject and overlapping times."""
        first = findings[0].fact
        prop = self._snapshot.vocabulary.properties[first.property]
        return (
            len(findings) > 1
            and not prop.many
            and all(f.fact.property == first.property and f.fact.subject == first.subject for f in findings)
            and len({f.fact.value.text for f in findings}) > 1
            and (prop.literal == "date" or all(f.fact.period.overlaps(first.period) for f in findings))
        )

    def _by_intent(self, intent: Intent, query: Query) -> Outcome | None:
        named = [self._entities(unit.mention.entities, unit.mention.key) for unit in query.names if unit.mention]
        if query.anchor is not None and query.anchor.unit.mention:
            return None
        match intent.name:
            case "describe" if named:
                if len(named[0]) > 1:
                    return self._pick_list(query.names[0].text, named[0])
                return self._view(self._overview.describe(named[0][0]), "nothing")
            case "connect" | "common" if len(named) == 2:
                for unit, entities in zip(query.names, named, strict=True):
                    if len(entities) > 1:
                        return self._pick_list(unit.text, entities)
                one, other = named[0][0], named[1][0]
                view = (self._overview.connect if intent.name == "connect" else self._overview.common)(one, other)
                if view is None:
                    text = self._replies.render("connect.none", one=one.name, other=other.name)
                    return Outcome(Status.UNKNOWN, text, Reason.NOTHING)
                return self._view(view, "nothing")
            case "happened" if query.times:
                return self._view(self._overview.happened(query.times, _when(query)), "none_time", when=_when(query))
            case "timeline" if len(named) == 1:
                view = self._overview.timeline(named[0][0], query.times)
                return self._view(view, "none_time", when=_when(query)) if view else None
            case "browse" if intent.kind_words:
                kinds = [kind for phrase in self._whole_phrase(intent.kind_words) for kind in phrase]
                view = self._overview.browse(kinds, query.times)
                if view is None and kinds and query.times:
                    return self._view(None, "none_time", when=_when(query))
                return self._view(view, "none_kind") if view else None
            case "sources":
                return self._view(self._overview.sources(), "none_kind")
            case "order" if not named:
                return self._refusal(Reason.NOT_ABOUT)
            case "help" | "chat":
                return self._small_talk(intent.name)
        return None

    def _whole_phrase(self, words: str) -> list[tuple[KindWord, ...]]:
        stems = [self.lexicon.stem(word) for word in words.split()]
        found = [phrase.kinds for phrase in self.lexicon.phrases(stems) if phrase.end - phrase.start == len(stems)]
        return [
            tuple(sorted(kinds, key=lambda kind: self.lexicon.stems(kind.type or kind.kind) != tuple(stems)))
            for kinds in found
        ]

    def _entities(self, ids: Sequence[int], key: str) -> list[Entity]:
        """The entities of a mention; those called exactly so win over those it is an alias of."""
        entities = list(self._snapshot.entities(ids).values())
        called = [entity for entity in entities if name_key(entity.name) == key]
        return called or entities

    def _ambiguous(self, findings: Sequence[Finding], query: Query) -> Outcome | None:
        """A pick-list where the answers are about several entities of one name."""
        for unit in query.names:
            if unit.mention is None or len(unit.mention.entities) < 2:
                continue
            held = {one.entity for f in findings for one in f.match.explained.values()}
            meant = [entity for entity in unit.mention.entities if entity in held]
            if len(meant) > 1 or not (findings or query.times):
                entities = list(self._snapshot.entities(meant or unit.mention.entities).values())
                if len(entities) > 1:
                    return self._pick_list(unit.text, entities)
        return None

    def _pick_list(self, name: str, entities: Sequence[Entity]) -> Outcome:
        lines = [
            self._replies.render(
                "ambiguous.item", number=number, name=entity.name, kind=self._overview.kind_name(entity)
            )
            for number, entity in enumerate(entities[:10], 1)
        ]
        text = self._replies.render("ambiguous.pick", name=name, items=Ready("\n".join(lines)))
        return Outcome(Status.AMBIGUOUS, text, Reason.AMBIGUOUS, choices=tuple(entities))

    def _past_only(self, findings: Sequence[Finding]) -> Outcome:
        facts = tuple(finding.fact for finding in findings)
        sentence = self._composer.sentences.full(facts[0])
        return Outcome(
            Status.UNKNOWN, self._replies.render("unknown.past_only", sentence=sentence), Reason.UNTOLD, facts
        )

    def _small_talk(self, name: str) -> Outcome:
        examples = self.introduction.questions[:4]
        if name == "chat":
            text = self._replies.render("unknown.chat", examples=" · ".join(examples[:2]))
            return Outcome(Status.UNKNOWN, text, Reason.SMALL_TALK)
        items, _ = self._composer.fit(examples, 600)
        sources = len(self._snapshot.sources())
        text = self._replies.render("unknown.help", sources=sources, counts=self.introduction.known, items=items)
        return Outcome(Status.UNKNOWN, text, Reason.SMALL_TALK)

    @cached_property
    def introduction(self) -> Introduction:
        """How much this snapshot knows, and questions about its best-known entities."""
        return introduce(self._snapshot, self._phrasing.examples)

    def _view(self, view: View | None, otherwise: str, **values: object) -> Outcome:
        if view is None:
            return Outcome(Status.UNKNOWN, self._replies.render(f"unknown.{otherwise}", **values), Reason.NOTHING)
        return Outcome(
            Status.ANSWERED, view.text, None, tuple(dict.fromkeys(view.facts)), view.answers, sources=view.sources
        )

    def _refusal(self, reason: Reason) -> Outcome:
        key = {Reason.EMPTY: "empty", Reason.TOO_LONG: "too_long", Reason.SLOW: "slow", Reason.WHOM: "whom"}.get(
            reason, "not_about"
        )
        return Outcome(Status.UNKNOWN, self._replies.render(f"unknown.{key}"), reason)

    def _reply(self, outcome: Outcome, query: Query | None = None) -> Reply:
        sources: dict[str, Source] = {
            source.key: source for source in (*(fact.source for fact in outcome.facts), *outcome.sources)
        }
        topics = self._topics(query) if query else ()
        return Reply(
            status=outcome.status,
            text=outcome.text,
            reason=outcome.reason,
            facts=outcome.facts,
            sources=tuple(sources.values()),
            choices=outcome.choices,
            turn=Turn(topics, outcome.facts, outcome.answers, query),
        )

    def _topics(self, query: Query) -> tuple[Entity, ...]:
        ids = [entity for unit in query.names if unit.mention for entity in unit.mention.entities[:1]]
        return tuple(self._snapshot.entities(ids).values())


def _when(query: Query) -> str:
    return ", ".join(query.text[span.start : span.end] for span in query.times) or "that time"


def _others(findings: Sequence[Finding], told: Sequence[Entity]) -> list[Finding]:
    """ "Who else": without those just told; with nobody told, a single answer is the one that is known already."""
    rest = [finding for finding in findings if finding.answer not in told]
    return rest if told or len(rest) > 1 else []
