"""What the steps make is what statements are made of, and what tells of members is written down."""

import re
from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, Text, inspect
from sqlalchemy.types import TypeEngine

from bot.settings import Settings
from bot.store.state.migrations import MIGRATIONS, Migration, pending, version_of
from bot.store.state.personal import PERSONAL, Keep
from bot.store.state.state import State
from bot.store.state.tables import metadata

# A column that could hold a member, whatever it is called: ids are BIGINT, or a hash says what they did.
LIKE_A_USER = re.compile(r"(?:^|_)(?:user|member|actor|asker|voter|author|owner|admin|by|who)(?:_|$)")
KNOWN_OTHERS = {("audit", "server_id"), ("request", "server_id")}


def suspects(tables: MetaData) -> set[tuple[str, str]]:
    """The columns that could tell of a member."""
    return {
        (table.name, column.name)
        for table in tables.tables.values()
        for column in table.columns
        if LIKE_A_USER.search(column.name) or column.name.endswith("_id") or str(column.type) == "BIGINT"
    }


def test_every_column_that_tells_of_a_member_has_a_purpose() -> None:
    assert suspects(metadata) - KNOWN_OTHERS == {(entry.table, entry.column) for entry in PERSONAL}


@pytest.mark.parametrize(("column", "type_"), [("asked_by", Text()), ("whoever", BigInteger()), ("user_id", Text())])
def test_a_new_table_with_a_member_in_it__is_seen(column: str, type_: TypeEngine[Any]) -> None:
    tables = MetaData()
    Table("diary", tables, Column("at", Text), Column(column, type_))
    assert suspects(tables) == {("diary", column)}


@pytest.mark.parametrize("keep", [Keep.NOTES, Keep.AUDIT])
def test_how_long_it_is_kept_is_a_setting(keep: Keep) -> None:
    assert Settings.model_fields[keep.value].default > 0


async def test_the_steps_make_the_tables(state: State) -> None:
    def made(connection: Connection) -> dict[str, list[tuple[str, str, bool, bool]]]:
        looked = inspect(connection)
        found = {}
        for table in looked.get_table_names():
            keys = looked.get_pk_constraint(table)["constrained_columns"]
            found[table] = [
                (str(column["name"]), _type(column["type"]), bool(column["nullable"]), column["name"] in keys)
                for column in looked.get_columns(table)
            ]
        return found

    async with state.database.read() as connection:
        there = await connection.run_sync(made)
    assert there == {
        table.name: [(c.name, _type(c.type), bool(c.nullable), c.primary_key) for c in table.columns]
        for table in metadata.tables.values()
    }


def _type(type_: object) -> str:
    """The type; each engine has its own name for a number with a fraction."""
    name = str(type_)
    return "DOUBLE" if name in {"DOUBLE PRECISION", "DOUBLE_PRECISION", "REAL", "FLOAT"} else name


def test_steps_are_numbered_without_a_hole() -> None:
    assert [step.number for step in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


async def test_version__of_a_database_that_is_up_to_date(state: State) -> None:
    async with state.database.read() as connection:
        assert await connection.run_sync(version_of) == MIGRATIONS[-1].number
    assert pending(MIGRATIONS[-1].number) == []
    assert pending(0, (Migration(1, "a", ()), Migration(2, "b", ())))[0].name == "a"
