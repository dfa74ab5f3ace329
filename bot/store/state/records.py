"""What the state says, as frozen rows; knows no table and no wording."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """A kind of question that at least two members asked and nobody could be answered."""

    pattern: str  # the question with every name replaced by what it names
    reason: str  # which "no" they were told
    times: int
    askers: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Votes:
    """How the answers on one topic were liked."""

    topic: str
    good: int
    bad: int


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing an admin did, or was refused."""

    at: datetime
    actor: int | None  # Discord id; None: whoever sits at the machine
    server: int | None  # None: not in a server
    action: str
    outcome: str
    detail: str


@dataclass(frozen=True, slots=True)
class SnapshotChange:
    """How a snapshot came into force; the numbers are those of the change."""

    snapshot: str
    at: datetime
    actor: int | None
    action: str  # load | rollback
    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    conflicts: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class MemberLink:
    """That a member is an entity of the documents, as an admin confirmed."""

    member: int
    entity: str  # slug
    actor: int | None
    at: datetime
