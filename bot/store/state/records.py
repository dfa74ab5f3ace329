"""What the state says, as frozen rows; knows no table and no wording."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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


GRANTED, REFUSED = "granted", "refused"


class Plea(StrEnum):
    """What a member may ask for about what is recorded of them."""

    LINK = "link"  # "that is me"
    DISPUTE = "dispute"  # "that is not so"
    HIDE = "hide"  # done at once; an admin may undo it
    REMOVE = "remove"  # hidden at once; for good when an admin agrees


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a member, and what became of it."""

    id: str
    at: datetime
    member: int
    server: int | None  # None: in direct messages
    plea: Plea
    entity: str  # slug
    name: str
    about: str = ""  # the fact that is disputed, with its place
    words: str = ""
    outcome: str | None = None  # granted | refused; None: nobody has decided yet


@dataclass(frozen=True, slots=True)
class Notes:
    """How much the bot itself has noted of what a member did."""

    gaps: int
    votes: int
