"""The whole state as plain rows, out of one database and into another, SQLite or PostgreSQL; knows no archive."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, delete

from bot.errors import StateError
from bot.store.state.database import Database
from bot.store.state.migrations import MIGRATIONS
from bot.store.state.noun import insert
from bot.store.state.safe_copy import rows
from bot.store.state.state import State
from bot.store.state.tables import metadata, migration, removal

Row = tuple[str, dict[str, Any]]  # table, and value by column


async def take_out(state: State) -> tuple[int, list[Row]]:
    """The version of the tables and all rows, of one moment. Raises StateError."""
    async with state.database.read() as connection:
        found = await connection.run_sync(lambda sync: list(rows(sync)))
    return MIGRATIONS[-1].number, [(table, row) for table, row in found if table != migration.name]


async def put_in(state: State, version: int, given: Iterable[Row]) -> None:
    """Replace all rows by `given`, of tables of this version; what was removed since stays removed.

    In one transaction: a bot that runs meanwhile sees either. Raises StateError.
    """
    current = [(table, row) for table, row in await _brought_up_to_date(version, given) if table != migration.name]
    known = metadata.tables
    async with state.database.write() as connection:
        for table in reversed(metadata.sorted_tables):
            if table not in (migration, removal):
                await connection.execute(delete(table))
        for name, row in current:
            if name in known:
                statement = insert(connection, known[name]).values(row)
                await connection.execute(statement.on_conflict_do_nothing())


async def _brought_up_to_date(version: int, given: Iterable[Row]) -> list[Row]:
    """The rows as the newest tables have them: put into tables of their version, which then go the missing steps."""
    if version == MIGRATIONS[-1].number:
        return list(given)
    with tempfile.TemporaryDirectory(prefix="whoswho-") as folder:
        then = Database(Path(folder), migrations=MIGRATIONS[:version])
        async with then.write() as connection:
            await connection.run_sync(_insert_as_they_are, list(given))
        await then.close()
        now = Database(Path(folder))
        async with now.read() as connection:
            found = await connection.run_sync(lambda sync: list(rows(sync)))
        await now.close()
        return found


def _insert_as_they_are(connection: Connection, given: list[Row]) -> None:
    there = MetaData()
    there.reflect(connection)
    for name, row in given:
        if name not in there.tables:
            raise StateError(f"the rows are of a table that version had not: {name}")
        connection.execute(there.tables[name].insert().values(row))
