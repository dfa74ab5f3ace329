"""What a load did, for those who print it; decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model.coverage import Unplaced
from bot.model.problem import Problem
from bot.store.coverage import Coverage, Undecided
from bot.store.diff import ShownConflict, ShownFact


@dataclass(frozen=True, slots=True)
class Understood:
    """How much of one raw document was understood, with the first of the lines that were not."""

    document: Coverage
    lines: tuple[Unplaced, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One load or check. Lists of facts and documents name the first thousand; `totals` and `counts` count all."""

    added: tuple[ShownFact, ...] = ()
    changed: tuple[tuple[ShownFact, ShownFact], ...] = ()  # as it was, as it is
    withdrawn: tuple[ShownFact, ...] = ()
    conflicts: tuple[ShownConflict, ...] = ()  # all there are now
    new_conflicts: tuple[ShownConflict, ...] = ()  # of these, the ones that were not there before
    problems: tuple[Problem, ...] = ()  # of all documents, the unchanged ones included
    not_understood: tuple[str, ...] = ()  # documents that no reader takes
    kept: tuple[str, ...] = ()  # broken documents of which the facts of an earlier version stay
    undecided: tuple[Undecided, ...] = ()  # pairs of one name that may be the same or not
    understood: tuple[Understood, ...] = ()  # raw documents, those first of which the most was not understood
    totals: Mapping[str, int] = field(default_factory=dict)  # added, changed, withdrawn
    counts: Mapping[str, int] = field(default_factory=dict)  # documents, entities, facts, suggestions, unplaced lines
    unchanged_documents: int = 0
    read_documents: int = 0
    seconds: float = 0.0
    snapshot_id: str | None = None  # None: nothing was written
    basis: str = ""  # tells these documents, compared with that snapshot, from any others
    left_out: int = 0  # of the differences that could be named: those that name somebody who was removed
    nothing_loaded: bool = False  # every document was as before, so the snapshot stayed

    @property
    def flawless(self) -> bool:
        """Whether no document has anything wrong with it."""
        return not self.problems
