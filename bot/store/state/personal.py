"""Which columns of the state tell of a member, why, and for how long: `/privacy` is made of this; reads no rows.

A table with a column that could hold a user and no entry here fails the tests.
"""

from dataclasses import dataclass
from enum import StrEnum


class Keep(StrEnum):
    """How long rows stay; the numbers of days are settings."""

    NOTES = "retention_days"
    AUDIT = "audit_days"
    UNTIL_FORGOTTEN = "until_forgotten"  # until the member or an admin takes it back
    UNTIL_DECIDED = "until_decided"  # and as long as notes after that


class As(StrEnum):
    """In which form a member is in a column."""

    ID = "id"  # the Discord id
    HASH = "hash"  # a keyed hash of the id and of what the row is about; two rows cannot be put together by it


@dataclass(frozen=True, slots=True)
class Personal:
    """One column that tells of a member. `purpose` is a key of the texts of `/privacy`."""

    table: str
    column: str
    form: As
    purpose: str
    keep: Keep


PERSONAL = (
    Personal("gap_asker", "asker", As.HASH, "gaps", Keep.NOTES),
    Personal("vote", "voter", As.HASH, "votes", Keep.NOTES),
    Personal("audit", "actor_id", As.ID, "audit", Keep.AUDIT),
    Personal("snapshot_change", "actor_id", As.ID, "history", Keep.AUDIT),
    Personal("removal", "actor_id", As.ID, "removals", Keep.UNTIL_FORGOTTEN),
    Personal("removal", "hidden_by", As.ID, "hidings", Keep.UNTIL_FORGOTTEN),
    Personal("member_link", "user_id", As.ID, "links", Keep.UNTIL_FORGOTTEN),
    Personal("member_link", "actor_id", As.ID, "links", Keep.UNTIL_FORGOTTEN),
    Personal("request", "user_id", As.ID, "requests", Keep.UNTIL_DECIDED),
    Personal("request", "actor_id", As.ID, "requests", Keep.UNTIL_DECIDED),
)
