"""Ends of questions that state no found fact: refusals, pick-lists, views of what there is; decides none of them."""

from collections import Counter
from collections.abc import Sequence

from bot.answers.compose import Composer
from bot.answers.markdown import Ready
from bot.answers.outcome import Outcome, Reason
from bot.answers.overview import View
from bot.answers.replies import Replies
from bot.language.tokens import name_key
from bot.model.answer import Status
from bot.model.entity import Entity
from bot.model.fact import Fact, Source
from bot.model.vocabulary import Vocabulary
from bot.store.snapshot import Snapshot

MOST_CHOICES = 10
MOST_LOOKED_AT = 50  # facts of each of several that have one name
LONGEST_MARK = 60  # characters of what tells them apart
_KEYS = {Reason.EMPTY: "empty", Reason.TOO_LONG: "too_long", Reason.SLOW: "slow", Reason.WHOM: "whom"}


class Endings:
    """Words what is no answer to the question that was asked."""

    def __init__(self, composer: Composer, replies: Replies, vocabulary: Vocabulary, snapshot: Snapshot) -> None:
        self._composer = composer
        self._replies = replies
        self._vocabulary = vocabulary
        self._snapshot = snapshot

    def refusal(self, reason: Reason) -> Outcome:
        """A question that is none, or none for these documents."""
        text = self._replies.render(f"unknown.{_KEYS.get(reason, 'not_about')}")
        return Outcome(Status.UNKNOWN, text, reason)

    def pick_list(self, name: str, entities: Sequence[Entity]) -> Outcome:
        """Whom a name may mean, numbered; those of one name and kind with what tells them apart."""
        choices = tuple(entities[:MOST_CHOICES])
        alike = Counter((name_key(entity.name), self._kind(entity)) for entity in choices)
        lines, sources = [], []
        for number, entity in enumerate(choices, 1):
            kind = self._kind(entity)
            values = {"number": number, "name": entity.name, "kind": kind}
            detail, source = self._mark_of(entity) if alike[name_key(entity.name), kind] > 1 else ("", None)
            if detail:
                lines.append(self._replies.render("ambiguous.alike", **values, detail=detail))
            else:
                lines.append(self._replies.render("ambiguous.item", **values))
            sources += [source] if source is not None else []
        text = self._replies.render("ambiguous.pick", name=name, items=Ready("\n".join(lines)))
        return Outcome(Status.AMBIGUOUS, text, Reason.AMBIGUOUS, choices=choices, sources=tuple(sources))

    def _mark_of(self, entity: Entity) -> tuple[str, Source | None]:
        """What tells an entity from another of its name: what it is or does, else the document that tells of it."""
        order = self._vocabulary.kinds[entity.kind].profile
        facts = [
            fact
            for fact in self._snapshot.facts_of(entity.id, order, "s", MOST_LOOKED_AT)
            if len(fact.value.text) <= LONGEST_MARK
        ]  # fmt: skip
        if facts:
            best = min(facts, key=lambda fact: order.index(fact.property))
            return best.value.text, best.source
        return ", ".join(self._snapshot.documents_of(entity.id)[:1]), None

    def past_only(self, fact: Fact) -> Outcome:
        """Nothing that holds now is recorded, only what once did."""
        text = self._replies.render("unknown.past_only", sentence=self._composer.sentences.full(fact))
        return Outcome(Status.UNKNOWN, text, Reason.UNTOLD, (fact,))

    def nothing(self, key: str, **values: object) -> Outcome:
        """Nothing is recorded where the question looks."""
        return Outcome(Status.UNKNOWN, self._replies.render(key, **values), Reason.NOTHING)

    def view(self, view: View) -> Outcome:
        """A view of what there is, as an answer; one that states nothing is none."""
        if not (view.facts or view.sources):
            return Outcome(Status.UNKNOWN, view.text, Reason.NOTHING)
        facts = tuple({fact.id: fact for fact in view.facts}.values())
        return Outcome(Status.ANSWERED, view.text, None, facts, view.answers, sources=view.sources)

    def _kind(self, entity: Entity) -> str:
        return entity.types[0] if entity.types else self._vocabulary.kinds[entity.kind].label
