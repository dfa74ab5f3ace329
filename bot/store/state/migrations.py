"""How the state's tables came to be, step by step; each step and its record are one transaction, none is undone.

A step that has been released never changes: an older database has been through it. A change to the tables is a new
step at the end and a change in `tables`, which a test compares with what the steps make.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, inspect, select

from bot.errors import StateError
from bot.store.state.tables import migration


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its number, its name, and statements that SQLite and PostgreSQL both understand."""

    number: int
    name: str
    statements: tuple[str, ...]


_RECORD = """
CREATE TABLE migration (      -- the steps this database has been through
    number     INTEGER NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    applied_at TEXT NOT NULL
)
"""
_FIRST = (
    _RECORD,
    """
    CREATE TABLE gap (            -- kinds of questions that could not be answered
        id       TEXT NOT NULL PRIMARY KEY, -- keyed hash of the pattern and the reason
        pattern  TEXT,            -- the question without names; NULL until a second member asked it
        reason   TEXT NOT NULL,   -- which "no" was told
        times    INTEGER NOT NULL,
        first_at TEXT NOT NULL,   -- all times: ISO 8601, UTC
        last_at  TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE gap_asker (      -- how many different members asked it
        gap   TEXT NOT NULL,
        asker TEXT NOT NULL,      -- keyed hash of member and gap: says nothing about other gaps
        at    TEXT NOT NULL,
        PRIMARY KEY (gap, asker)
    )
    """,
    """
    CREATE TABLE vote (           -- thumbs up and down
        answer TEXT NOT NULL,     -- keyed hash of the answer's text
        voter  TEXT NOT NULL,     -- keyed hash of member and answer
        topic  TEXT NOT NULL,     -- what kind of answer it was
        good   INTEGER NOT NULL,  -- 1 or 0
        at     TEXT NOT NULL,
        PRIMARY KEY (answer, voter)
    )
    """,
    """
    CREATE TABLE audit (          -- what admins did
        id        TEXT NOT NULL PRIMARY KEY, -- begins with the time, so that it sorts
        at        TEXT NOT NULL,
        actor_id  BIGINT,         -- Discord id; NULL: at the machine
        server_id BIGINT,         -- NULL: not in a server
        action    TEXT NOT NULL,
        outcome   TEXT NOT NULL,  -- done | refused | failed | cancelled
        detail    TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE snapshot_change ( -- how each snapshot came into force
        id        TEXT NOT NULL PRIMARY KEY, -- begins with the time
        snapshot  TEXT NOT NULL,  -- its id
        at        TEXT NOT NULL,
        actor_id  BIGINT,         -- NULL: at the machine
        action    TEXT NOT NULL,  -- load | rollback
        added     INTEGER NOT NULL,
        changed   INTEGER NOT NULL,
        withdrawn INTEGER NOT NULL,
        conflicts INTEGER NOT NULL,
        seconds   DOUBLE PRECISION NOT NULL
    )
    """,
    """
    CREATE TABLE removal (        -- tombstones: who may not come back with the next load
        hash     TEXT NOT NULL PRIMARY KEY, -- keyed hash of a kind and a name as it is compared
        removal  TEXT NOT NULL,   -- the hashes of one removal have one id
        at       TEXT NOT NULL,
        actor_id BIGINT
    )
    """,
    """
    CREATE TABLE member_link (    -- which member is which entity, as an admin confirmed
        user_id  BIGINT NOT NULL PRIMARY KEY,
        entity   TEXT NOT NULL,   -- slug
        actor_id BIGINT,
        at       TEXT NOT NULL
    )
    """,
    "CREATE INDEX gap_by_time ON gap (last_at)",
    "CREATE INDEX audit_by_time ON audit (at)",
)
_OWN_RECORD = (
    "ALTER TABLE removal ADD COLUMN hidden_by BIGINT",  # the member who may undo it; NULL: an admin did it
    """
    CREATE TABLE request (        -- what members ask for about what is recorded of them
        id         TEXT NOT NULL PRIMARY KEY, -- begins with the time
        at         TEXT NOT NULL,
        user_id    BIGINT NOT NULL,
        server_id  BIGINT,        -- where it was asked; NULL: in direct messages; 0: for the owners alone
        kind       TEXT NOT NULL, -- link | dispute | hide | remove
        entity     TEXT NOT NULL, -- slug
        name       TEXT NOT NULL, -- what it is called
        about      TEXT NOT NULL, -- the fact that is disputed, with its place
        words      TEXT NOT NULL, -- the member's: a proof, or what is wrong
        outcome    TEXT,          -- granted | refused; NULL: nobody has decided yet
        decided_at TEXT,
        actor_id   BIGINT         -- who decided
    )
    """,
    "CREATE INDEX request_by_member ON request (user_id)",
)

MIGRATIONS = (Migration(1, "first", _FIRST), Migration(2, "own record", _OWN_RECORD))


def version_of(connection: Connection) -> int:
    """The number of the last step a database has been through; 0: it is empty."""
    if not inspect(connection).has_table(migration.name):
        return 0
    return max(connection.scalars(select(migration.c.number)), default=0)


def pending(version: int, migrations: Iterable[Migration] = MIGRATIONS) -> list[Migration]:
    """The steps a database of this version still has to go. Raises StateError when it is newer than all of them."""
    steps = sorted(migrations, key=lambda step: step.number)
    if version > steps[-1].number:
        raise StateError(
            f"the state database is of version {version}, this program knows {steps[-1].number}: use a newer program"
        )
    return [step for step in steps if step.number > version]


def apply(connection: Connection, step: Migration) -> None:
    """Go one step; the caller's transaction holds it and its record."""
    for statement in step.statements:
        connection.exec_driver_sql(statement)
    record = {"number": step.number, "name": step.name, "applied_at": datetime.now(UTC).isoformat(timespec="seconds")}
    connection.execute(migration.insert().values(record))
