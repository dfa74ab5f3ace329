"""What every part of the state stands on: its database, its key, its clock; knows no table."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Delete, Select, Table, Update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.state.database import Database
from bot.store.state.secret import Secret

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of rows of the state."""

    database: Database
    secret: Secret
    clock: Clock

    def now(self) -> str:
        """The time as it is written into a row."""
        return as_text(self.clock())

    def before(self, days: int) -> str:
        """The time `days` ago: older rows have had their time."""
        return as_text(self.clock() - timedelta(days=days))

    async def rows(self, query: Select[Any]) -> list[Any]:
        """What a query finds. Raises StateError."""
        async with self.database.read() as connection:
            return list(await connection.execute(query))

    async def change(self, statement: Update | Delete) -> int:
        """Change or drop rows. Returns how many. Raises StateError."""
        async with self.database.write() as connection:
            return int((await connection.execute(statement)).rowcount)

    def new_id(self) -> str:
        """An id that sorts by time and is no other process's."""
        return f"{self.clock().astimezone(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"


def as_text(moment: datetime) -> str:
    """A time as it is stored: UTC, to the second, so that texts sort as the times do."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def insert(connection: AsyncConnection, table: Table) -> Any:
    """An INSERT that can say what happens `on_conflict`; both engines word it alike, SQLAlchemy does not."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


async def put(connection: AsyncConnection, table: Table, row: Mapping[str, Any], again: Mapping[str, Any]) -> None:
    """Add a row; to one of the same key do this `again`."""
    statement = insert(connection, table).values(row)
    await connection.execute(statement.on_conflict_do_update(index_elements=[*table.primary_key], set_=again))
