"""A name that fits several: whom it may mean, and what tells one from another; picks none of them."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bot.answers.finding.slot import NONE, UNKNOWN, status_of
from bot.answers.wording.markdown import Ready
from bot.answers.wording.outcome import Outcome, Reason
from bot.answers.wording.part import Part
from bot.language.tokens import name_key
from bot.model.answer import Status
from bot.model.entity import Entity
from bot.model.fact import Fact

MOST_CHOICES = 10
_MOST_LOOKED_AT = 50  # facts of each
_LONGEST_MARK = 80  # characters


class _Mark(NamedTuple):
    """What an entity is or does, in a few words."""

    text: Ready
    fact: Fact | None = None


class PickLists(Part):
    """Pick-lists over one snapshot."""

    def of(self, name: str, entities: Sequence[Entity]) -> Outcome:
        """Whom a name may mean, numbered; those of one kind with what tells them apart."""
        choices = tuple(entities[:MOST_CHOICES])
        marks = self._marks(choices)
        lines = []
        for number, entity in enumerate(choices, 1):
            values = {"number": number, "name": entity.name, "kind": self._kind(entity)}
            if mark := marks.get(entity.id):
                lines.append(self._replies.render("ambiguous.alike", **values, detail=mark.text))
            else:
                lines.append(self._replies.render("ambiguous.item", **values))
        return Outcome(
            Status.AMBIGUOUS,
            self._replies.render("ambiguous.pick", name=name, items=Ready("\n".join(lines))),
            Reason.AMBIGUOUS,
            choices=choices,
            marks=tuple(marks[entity.id].text if entity.id in marks else "" for entity in choices),
            facts=tuple(mark.fact for mark in marks.values() if mark.fact is not None),
        )

    def _marks(self, choices: Sequence[Entity]) -> dict[int, _Mark]:
        """What tells those of one kind apart: what only one of them is or does; of one name, else their documents."""
        kinds = Counter(self._kind(entity) for entity in choices)
        names = Counter((name_key(entity.name), self._kind(entity)) for entity in choices)
        known = {entity.id: self._told(entity) for entity in choices if kinds[self._kind(entity)] > 1}
        shared = Counter(text for marks in known.values() for text in {mark.text for mark in marks})
        chosen: dict[int, _Mark] = {}
        for entity in choices:
            own = next((mark for mark in known.get(entity.id, ()) if shared[mark.text] == 1), None)
            if own is not None:
                chosen[entity.id] = own
            elif names[name_key(entity.name), self._kind(entity)] > 1:
                for document in self._snapshot.documents_of(entity.id)[:1]:
                    chosen[entity.id] = _Mark(self._replies.render("ambiguous.told_in", document=document))
        return chosen

    def _told(self, entity: Entity) -> list[_Mark]:
        """What is told of an entity in few words, in the order of a profile; what holds now before what is over."""
        known = self._vocabulary.properties
        profile = self._vocabulary.kinds[entity.kind].profile
        order = [name for name in profile if not known[name].open]  # nobody is told by an opinion
        facts = [
            fact
            for fact in self._snapshot.facts_of(entity.id, order, "s", _MOST_LOOKED_AT)
            if status_of(fact) not in (UNKNOWN, NONE)
        ]
        facts.sort(key=lambda fact: (self._composer.sentences.is_past(fact), order.index(fact.property)))
        marks = (_Mark(self._composer.sentences.mark(fact, _LONGEST_MARK), fact) for fact in facts)
        return [mark for mark in marks if mark.text]

    def _kind(self, entity: Entity) -> str:
        return entity.types[0] if entity.types else self._vocabulary.kinds[entity.kind].label
