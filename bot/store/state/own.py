"""Every row of the state that holds a member's id, found by the list of personal columns; knows no table by name."""

from typing import Any

from sqlalchemy import MetaData, Table, select

from bot.store.state.database import Database
from bot.store.state.personal import PERSONAL, As
from bot.store.state.tables import metadata

# Where a member decided about somebody else, what is said of that one is not theirs to see.
_ACTOR = "actor_id"
_OF_OTHERS = frozenset({"user_id", "hidden_by", "name", "about", "words", "hash"})


async def rows_of(database: Database, member: int, tables: MetaData = metadata) -> dict[str, list[dict[str, Any]]]:
    """The rows by table. Raises StateError."""
    found: dict[str, list[dict[str, Any]]] = {}
    async with database.read() as connection:
        for entry in PERSONAL:
            if entry.form is not As.ID:
                continue
            table = tables.tables[entry.table]
            left_out = _OF_OTHERS if entry.column == _ACTOR else frozenset({_ACTOR, "hash"})
            rows = await connection.execute(_query(table, entry.column, member, left_out))
            told = found.setdefault(entry.table, [])
            told += [dict(row) for row in rows.mappings() if dict(row) not in told]
    return {table: rows for table, rows in found.items() if rows}


def _query(table: Table, column: str, member: int, left_out: frozenset[str]) -> Any:
    shown = [each for each in table.columns if each.name not in left_out]
    return select(*shown).distinct().where(table.c[column] == member)
