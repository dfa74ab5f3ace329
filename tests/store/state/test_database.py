"""Opening, changing and losing the database."""

import asyncio
import json
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from traceback import format_exception

import pytest
from sqlalchemy import text

from bot.errors import StateError
from bot.store.state.database import FILE_NAME, Database
from bot.store.state.migrations import MIGRATIONS, Migration
from bot.store.state.state import State
from tests.store.state.conftest import Clock

NEXT = Migration(len(MIGRATIONS) + 1, "notes", ("CREATE TABLE remark (words TEXT)", "DROP TABLE vote"))
BROKEN = Migration(
    len(MIGRATIONS) + 1, "half", ("CREATE TABLE remark (words TEXT)", "CREATE TABLE remark (words TEXT)")
)


async def next_version(data: Path, url: str | None, step: Migration, clock: Clock) -> State:
    return State(data, url, clock, database=Database(data, url, (*MIGRATIONS, step)))


async def test_a_step__forward_with_all_rows_and_a_copy_before(
    state: State, url: str | None, tmp_path: Path, clock: Clock
) -> None:
    data = tmp_path / "data"
    await state.audit.add("reload", "done", actor=5)
    newer = await next_version(data, url, NEXT, clock)
    assert [deed.actor for deed in await newer.audit.latest()] == [5]
    assert await newer.database.version() == NEXT.number
    await newer.close()
    (copy,) = (data / "backups").iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    if url is None:
        with closing(sqlite3.connect(copy)) as old:
            assert old.execute("SELECT actor_id FROM audit").fetchall() == [(5,)]
            assert old.execute("SELECT count(*) FROM vote").fetchall() == [(0,)]
    else:
        rows = [json.loads(line) for line in copy.read_text().splitlines()]
        assert [row["row"]["actor_id"] for row in rows if row["table"] == "audit"] == [5]


async def test_a_step_that_fails__leaves_everything_as_it_was(
    state: State, url: str | None, tmp_path: Path, clock: Clock
) -> None:
    await state.audit.add("reload", "done", actor=5)
    newer = await next_version(tmp_path / "data", url, BROKEN, clock)
    with pytest.raises(StateError, match="remark"):
        await newer.audit.latest()
    assert await newer.database.version() == MIGRATIONS[-1].number
    await newer.close()
    assert len(await state.audit.latest()) == 1
    async with state.database.write() as connection:
        await connection.execute(text("CREATE TABLE remark (words TEXT)"))


async def test_a_newer_database__is_not_touched(state: State, url: str | None, tmp_path: Path, clock: Clock) -> None:
    newer = await next_version(tmp_path / "data", url, NEXT, clock)
    await newer.audit.add("reload", "done", actor=5)
    await newer.close()
    with pytest.raises(StateError, match="use a newer program"):
        await state.audit.latest()


async def test_two_at_once__on_an_empty_database(url: str | None, tmp_path: Path, clock: Clock) -> None:
    states = [State(tmp_path / "data", url, clock) for _ in range(4)]
    await asyncio.gather(*(one.audit.add("reload", "done", actor=number) for number, one in enumerate(states)))
    assert sorted(deed.actor or 0 for deed in await states[0].audit.latest()) == [0, 1, 2, 3]
    for one in states:
        await one.close()


async def test_many_notes_at_once__none_is_lost(state: State) -> None:
    await asyncio.gather(*(state.gaps.note("who is {name}", "nobody", asker) for asker in range(20)))
    (gap,) = await state.gaps.most_asked(30)
    assert (gap.times, gap.askers) == (20, 20)


async def test_the_files__are_their_owner_s_alone(tmp_path: Path, clock: Clock) -> None:
    state = State(tmp_path, clock=clock)
    await state.gaps.note("who is {name}", "nobody", 1)
    modes = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in os.listdir(tmp_path)}
    assert modes == {FILE_NAME: 0o600, "secret.key": 0o600}


async def test_a_locked_database__is_told_in_one_line(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.state.database._PATIENCE", 0)
    state = State(tmp_path, clock=clock)
    await state.audit.add("reload", "done", actor=5)
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StateError, match=r"^state database: database is locked$"):
            await state.audit.add("reload", "done", actor=6)
    assert len(await state.audit.latest()) == 1


async def test_a_database_that_vanishes_and_comes_back(tmp_path: Path, clock: Clock) -> None:
    state = State(tmp_path, clock=clock)
    await state.audit.add("reload", "done", actor=5)
    os.replace(tmp_path / FILE_NAME, tmp_path / "away")
    await state.audit.add("reload", "done", actor=6)
    assert [deed.actor for deed in await state.audit.latest()] == [6]
    os.replace(tmp_path / "away", tmp_path / FILE_NAME)
    assert [deed.actor for deed in await state.audit.latest()] == [5]


@pytest.mark.parametrize("wreck", [b"", b"not a database at all, but long enough to look at" * 40])
async def test_a_wrecked_database__an_empty_one_is_filled_another_is_told(
    tmp_path: Path, clock: Clock, wreck: bytes
) -> None:
    (tmp_path / FILE_NAME).write_bytes(wreck)
    state = State(tmp_path, clock=clock)
    if not wreck:
        assert await state.audit.latest() == []
        return
    with pytest.raises(StateError, match="not a database"):
        await state.audit.latest()
    assert (tmp_path / FILE_NAME).read_bytes() == wreck


async def test_a_server_that_is_away__is_told_without_its_password(tmp_path: Path) -> None:
    state = State(tmp_path, "postgresql://whoswho:hush@127.0.0.1:9/whoswho")
    with pytest.raises(StateError, match=r"^state database: ") as told:
        await state.audit.latest()
    assert "hush" not in str(told.value)


@pytest.mark.parametrize("url", ["mysql://a/b", "nonsense", "sqlite://", "sqlite:///:memory:", "postgresql://u:hush"])
def test_a_url_of_no_use(tmp_path: Path, url: str) -> None:
    with pytest.raises(StateError, match="state_url") as told:
        Database(tmp_path, url)
    assert "hush" not in "".join(format_exception(told.value))
