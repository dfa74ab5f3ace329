"""The state over each engine there is, each test in tables of its own, with a clock that a test can turn."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.state.state import State
from tests.store.state import postgres


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_days(self, days: int) -> None:
        self.now += timedelta(days=days)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server."""
    programs, account = postgres.find_programs(), postgres.find_account()
    if programs is None or account is None:
        pytest.skip("PostgreSQL's server programs are not installed here")
    with postgres.running(programs, account) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest_asyncio.fixture
async def url(engine_kind: str, request: pytest.FixtureRequest) -> str | None:
    """The URL of an empty database; None: the file in the data folder."""
    if engine_kind == "sqlite":
        return None
    url = str(request.getfixturevalue("server"))
    engine = create_async_engine(url.replace("postgresql:", "postgresql+asyncpg:"))
    async with engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await engine.dispose()
    return url


@pytest_asyncio.fixture
async def state(url: str | None, clock: Clock, tmp_path: Path) -> AsyncIterator[State]:
    opened = State(tmp_path / "data", url, clock)
    yield opened
    await opened.close()
