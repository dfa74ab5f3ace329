"""A database of the first version, with what was in it then, as this version takes it over."""

import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest_asyncio
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.state.database import FILE_NAME
from bot.store.state.migrations import MIGRATIONS
from bot.store.state.records import Deed, Gap, MemberLink, Plea, SnapshotChange, Votes
from bot.store.state.state import State
from bot.store.state.transfer import put_in
from bot.store.tombstones import hashes_of
from tests.store.state.conftest import Clock

FIRST = Path(__file__).parent / "first.sql"
KEY = b"k" * 32  # the one its hashes were made with
ALTO, BASS, ADMIN = 101, 102, 900_000_000_000_000_007
THEN = datetime(2026, 2, 20, 18, 30, tzinfo=UTC)


def statements() -> list[str]:
    lines = (line.partition("-- ")[0].rstrip() for line in FIRST.read_text(encoding="utf-8").splitlines())
    return [one for one in "\n".join(lines).split(";\n") if one.strip()]


@pytest_asyncio.fixture
async def old(url: str | None, tmp_path: Path) -> Path:
    """A data folder with a database of the first version."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "secret.key").write_bytes(KEY)
    if url is None:
        with closing(sqlite3.connect(data / FILE_NAME)) as database:
            database.executescript(FIRST.read_text(encoding="utf-8"))
        return data
    engine = create_async_engine(url.replace("postgresql:", "postgresql+asyncpg:"))
    async with engine.begin() as connection:
        for statement in statements():
            await connection.exec_driver_sql(statement)
    await engine.dispose()
    return data


async def assert_all_there(state: State) -> None:
    change = SnapshotChange("0002-ab", THEN, ADMIN, "load", 3, 0, 0, 1, 1.25)
    deed = Deed(THEN, ADMIN, 7, "reload", "done", "0002-ab: it’s 3 added; no problems")
    pattern = "when did {person} join {organization}"
    assert await state.gaps.most_asked(30) == [Gap(pattern, "nothing_recorded", 3, 2, THEN)]
    assert await state.votes.by_topic(30) == [Votes("jobTitle", 1, 1)]
    assert await state.audit.latest() == [deed]
    assert await state.history.of(["0002-ab"]) == [change]
    assert await state.links.of(ALTO) == MemberLink(ALTO, "person/orla-fenn", ADMIN, THEN)
    assert await state.removals.all() == hashes_of(KEY, ["Jane Doe"])
    assert len(await state.removals.of("jane DOE")) == 1


async def test_upgrade__nothing_is_lost_and_what_is_new_works(old: Path, url: str | None, clock: Clock) -> None:
    state = State(old, url, clock)
    assert await state.database.version() == 1
    await assert_all_there(state)
    assert await state.database.version() == MIGRATIONS[-1].number
    (copy,) = (old / "backups").iterdir()
    assert copy.name.startswith("state-1-")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert await state.removals.hidden_by(ALTO) == []
    assert await state.requests.add(Plea.HIDE, ALTO, 7, "person/orla-fenn", "Orla Fenn")
    assert await state.forget_member(ALTO) == 4  # a gap, a vote, the link, the request
    assert await state.votes.by_topic(30) == [Votes("jobTitle", 0, 1)]
    await state.close()


async def test_upgrade__of_a_backup_from_then(state: State) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.row_factory = sqlite3.Row
        database.executescript(FIRST.read_text(encoding="utf-8"))
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [(name, dict(row)) for name in tables for row in database.execute(f"SELECT * FROM {name}")]  # noqa: S608
    state.secret.replace(KEY)
    await put_in(state, 1, [(name, row) for name, row in rows if name != "migration"])
    await assert_all_there(state)
