"""Ends of questions that state no found fact: refusals, pick-lists, views of what there is; decides none of them."""

from collections.abc import Sequence

from bot.answers.deciding.overview import View
from bot.answers.wording.outcome import Outcome, Reason
from bot.answers.wording.part import Means, Part
from bot.answers.wording.pick_list import PickLists
from bot.model.answer import Status
from bot.model.entity import Entity
from bot.model.fact import Fact

_KEYS = {Reason.EMPTY: "empty", Reason.TOO_LONG: "too_long", Reason.SLOW: "slow", Reason.WHOM: "whom"}


class Endings(Part):
    """Words what is no answer to the question that was asked."""

    def __init__(self, means: Means) -> None:
        super().__init__(means)
        self._pick_lists = PickLists(means)

    def refusal(self, reason: Reason) -> Outcome:
        """A question that is none, or none for these documents."""
        text = self._replies.render(f"unknown.{_KEYS.get(reason, 'not_about')}")
        return Outcome(Status.UNKNOWN, text, reason)

    def pick_list(self, name: str, entities: Sequence[Entity]) -> Outcome:
        """Whom a name may mean."""
        return self._pick_lists.of(name, entities)

    def past_only(self, fact: Fact) -> Outcome:
        """Nothing that holds now is recorded, only what once did."""
        text = self._replies.render("unknown.past_only", sentence=self._composer.sentences.full(fact))
        was = () if fact.value.entity is None else (fact.value.entity,)
        return Outcome(Status.UNKNOWN, text, Reason.UNTOLD, (fact,), was)

    def nothing(self, key: str, **values: object) -> Outcome:
        """Nothing is recorded where the question looks."""
        return Outcome(Status.UNKNOWN, self._replies.render(key, **values), Reason.NOTHING)

    def view(self, view: View) -> Outcome:
        """A view of what there is, as an answer; one that states nothing is none."""
        if not (view.facts or view.sources):
            return Outcome(Status.UNKNOWN, view.text, Reason.NOTHING)
        facts = tuple({fact.id: fact for fact in view.facts}.values())
        return Outcome(Status.ANSWERED, view.text, None, facts, view.answers, sources=view.sources)
