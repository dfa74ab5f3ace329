"""What a load did, or a look at one document, for those who print it; decides nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.model.coverage import Unplaced
from bot.model.problem import Problem
from bot.store.coverage import Coverage, Undecided
from bot.store.diff import ShownConflict, ShownFact

Difference = tuple[str, str, str]  # a property's label, or one of TIMES and SOURCE; what it was, what it is
TIMES, SOURCE = ("start", "end"), "source"


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
    limited: bool = False  # not everybody may see all that this is about
    nothing_loaded: bool = False  # every document was as before, so the snapshot stayed

    @property
    def flawless(self) -> bool:
        """Whether no document has anything wrong with it."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Read:
    """One fact or suggestion as the document alone gives it."""

    line: int
    subject: str
    property: str  # its label
    value: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be understood of a document; `understood` is False where no reader takes it."""

    name: str
    understood: bool
    facts: tuple[Read, ...] = ()
    suggestions: tuple[Read, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    passages: int = 0
    problems: tuple[Problem, ...] = ()


def differences(before: ShownFact, after: ShownFact) -> Iterator[Difference]:
    """In which details one statement differs from what it was; empty where a side has none."""
    was, now = _by_property(before), _by_property(after)
    for name in {**was, **now}:
        if was.get(name) != now.get(name):
            yield name, was.get(name, ""), now.get(name, "")
    for name in (*TIMES, SOURCE):
        if getattr(before, name) != getattr(after, name):
            yield name, getattr(before, name), getattr(after, name)


def _by_property(fact: ShownFact) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, value in fact.details:
        values[name] = f"{values[name]}, {value}" if name in values else value
    return values
