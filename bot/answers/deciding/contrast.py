"""Two entities side by side: what is recorded of both, property by property; concludes nothing from what is missing."""

from collections.abc import Iterator, Sequence

from bot.answers.deciding.overview import Overview, View
from bot.answers.finding.slot import NONE, UNKNOWN, status_of
from bot.answers.wording.compose import SHORT
from bot.answers.wording.markdown import Ready, bold, escape
from bot.answers.wording.part import Means, Part
from bot.answers.wording.sentence import enumerate_words
from bot.model.entity import Entity
from bot.model.fact import Fact

_MOST_FACTS = 300
_EACH = 2  # facts of one property on either side
_VALUE = 90  # characters
_SHARED = 4
_ROOM = 500  # characters beyond what other replies take, for there are two to tell of

_Told = dict[str, list[Fact]]  # by the property's label as it reads from the entity


class Contrast(Part):
    """Compares entities of one snapshot."""

    def __init__(self, means: Means, overview: Overview) -> None:
        super().__init__(means)
        self._overview = overview

    def compare(self, one: Entity, other: Entity) -> View | None:
        """The properties that both have, in the order of their kind, and what both are tied to; None without any."""
        first, second = self._told(one), self._told(other)
        rows = list(self._rows(one, other, first, second))
        if not rows:
            return self._overview.common(one, other)
        shared = self._overview.shared(one, other)
        if shared:
            through = list({entity.id: entity for entity, _, _ in shared}.values())[:_SHARED]
            names = enumerate_words([bold(entity.name) for entity in through])
            ids = {entity.id for entity in through}
            ties = [fact for entity, *both in shared if entity.id in ids for fact in both]
            rows.append((self._replies.render("connect.shared", through=Ready(names)), ties))
        items, kept = self._composer.fit([line for line, _ in rows], SHORT + _ROOM)
        text = self._replies.render("connect.sides", one=bold(one.name), other=bold(other.name), items=items)
        return View(text, tuple(dict.fromkeys(fact for _, facts in rows[:kept] for fact in facts)), (one, other))

    def _rows(self, one: Entity, other: Entity, first: _Told, second: _Told) -> Iterator[tuple[Ready, list[Fact]]]:
        for label, facts in first.items():
            if label not in second:
                continue
            values = {"one": self._values(one, facts), "other": self._values(other, second[label])}
            if values["one"] != values["other"]:  # what is the same for both is in common
                line = self._replies.render(
                    "connect.side", label=label, one=bold(one.name), first=values["one"],
                    other=bold(other.name), second=values["other"],
                )  # fmt: skip
                yield line, [*facts[:_EACH], *second[label][:_EACH]]

    def _told(self, entity: Entity) -> _Told:
        """What its kind tells first of it."""
        vocabulary = self._snapshot.vocabulary
        facts = [
            f for f in self._snapshot.facts_of(entity.id, limit=_MOST_FACTS) if status_of(f) not in (UNKNOWN, NONE)
        ]
        told: _Told = {}
        for name in vocabulary.kinds[entity.kind].profile:
            prop = vocabulary.properties[name]
            for fact in facts:
                if fact.property == name:
                    own = fact.subject.id == entity.id
                    label = prop.label if own else prop.inverse_label
                    if label:
                        told.setdefault(label, []).append(fact)
        return told

    def _values(self, entity: Entity, facts: Sequence[Fact]) -> Ready:
        """What the facts tie the entity to, the first few of them."""
        marks = [
            self._composer.sentences.mark(fact, _VALUE) if fact.subject.id == entity.id else escape(fact.subject.name)
            for fact in facts
        ]
        marks = list(dict.fromkeys(marks))
        if len(marks) <= _EACH:
            return Ready(enumerate_words(marks))
        told = Ready(", ".join(marks[:_EACH]))
        return self._replies.render("connect.among", told=told)
