"""What a search brings back: facts with the piece asked for, and facts that come close; compares nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from bot.answers.finding.match import Match
from bot.answers.finding.slot import Slot
from bot.model.entity import Entity
from bot.model.fact import Fact
from bot.model.partial_date import Period


@dataclass
class Finding:
    """One way in which the knowledge answers: a fact, the piece that is asked for, and the facts that lead there."""

    match: Match
    slot: Slot
    support: tuple[Fact, ...]
    # May look at further facts: asked where times are compared.
    when: Callable[[], Period | None] = field(compare=False)

    fact: Fact = field(init=False, compare=False)  # the one that holds the asked piece
    answer: Entity | None = field(init=False, compare=False)  # the entity that is the answer, if it is one

    def __post_init__(self) -> None:
        self.fact = self.match.fact
        self.answer = self.slot.entity

    @cached_property
    def period(self) -> Period | None:
        """When it was, by the fact itself or by the event or work it is about."""
        return self.when()

    @property
    def score(self) -> float:
        """How surely every unit is accounted for."""
        return self.match.score


@dataclass(slots=True)
class Found:
    """All that a search came across. `findings` account for everything; the rest is for saying what is missing."""

    findings: list[Finding] = field(default_factory=list)
    untold: list[Match] = field(default_factory=list)  # everything accounted for, but the asked piece is not in it
    far: list[Match] = field(default_factory=list)  # the same of two joined facts
    open: list[Match] = field(default_factory=list)  # the document says that it is unknown, or none
    partial: list[Match] = field(default_factory=list)  # facts of the named that leave units unexplained
