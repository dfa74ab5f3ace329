"""What a newcomer is greeted with: how much is known, and questions about the best-known entities; answers none."""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.model.answer import Introduction
from bot.model.entity import Entity
from bot.model.fact import Fact
from bot.model.vocabulary import Vocabulary

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LONG_NAME = 40  # characters
_LOOKED_AT = 50  # entities of a kind among which the best-known are sought; a greeting must not wait


class Known(Protocol):
    """The part of a snapshot that a greeting needs."""

    @property
    def vocabulary(self) -> Vocabulary:
        """All kinds with their words."""

    def counts(self) -> Mapping[str, int]:
        """How many entities there are of each kind."""

    def entities_of(self, kind: str | None, type: str | None = None, limit: int = 50) -> Sequence[Entity]:
        """Entities of a kind."""

    def links_count(self, entity_id: int) -> int:
        """How many facts an entity stands in."""

    def facts_of(self, entity_id: int) -> Sequence[Fact]:
        """The facts an entity stands in."""


def introduce(snapshot: Known, templates: Sequence[str]) -> Introduction:
    """Fill question templates with the best-known entities; a template that cannot be filled is left out."""
    counts = {kind: number for kind, number in snapshot.counts().items() if number}
    names: dict[str, str] = {}
    for kind in counts:
        for number, entity in enumerate(_best_known(snapshot, kind), 1):
            names[kind if number == 1 else f"{kind}_{number}"] = entity.name
            if "year" not in names and kind == "event" and (year := _year_of(snapshot, entity)):
                names["year"] = year
    questions = (
        _PLACEHOLDER.sub(lambda match: names[match[1]], template)
        for template in templates
        if all(name in names for name in _PLACEHOLDER.findall(template))
    )
    return Introduction(_say_counts(counts, snapshot.vocabulary), tuple(questions))


def _best_known(snapshot: Known, kind: str) -> list[Entity]:
    """Up to three entities of a kind in the order of their number of facts; equal numbers in the order of names.

    Long names come last, for they make no good example, and events without a date, which answer none.
    """

    def rank(entity: Entity) -> tuple[bool, bool, int, str]:
        undated = kind == "event" and _year_of(snapshot, entity) is None
        return undated, len(entity.name) > _LONG_NAME, -snapshot.links_count(entity.id), entity.name

    return sorted(snapshot.entities_of(kind, None, _LOOKED_AT), key=rank)[:3]


def _year_of(snapshot: Known, event: Entity) -> str | None:
    years = [fact.start.year for fact in snapshot.facts_of(event.id) if fact.start and fact.start.year]
    return str(years[0]) if years else None


def _say_counts(counts: Mapping[str, int], vocabulary: Vocabulary) -> str:
    parts = []
    for name, number in counts.items():
        kind = vocabulary.kinds.get(name)
        label = name if kind is None else kind.label if number == 1 else kind.plural
        parts.append(f"{number} {label}")
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
