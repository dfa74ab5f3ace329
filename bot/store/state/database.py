"""Opening the state's database, SQLite or PostgreSQL, and bringing its tables up to date; knows no rows.

SQLite connections are opened for each use: a file that was replaced or came back is noticed at the next one, and
nothing is held between the few notes an hour. Nothing here imports SQLAlchemy before something is to be noted.
"""

import asyncio
import os
import stat
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import StateError
from bot.store.state.migrations import MIGRATIONS, Migration, apply, pending, version_of
from bot.store.state.safe_copy import copy_before

FILE_NAME = "state.sqlite"
_PATIENCE = 2  # seconds to wait for a lock; a note is not worth more
_CONNECT_SECONDS = 5
_LOCK = 0x57686F57  # PostgreSQL's number for "somebody brings the tables up to date"
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


class Database:
    """The state's database; its tables are brought up to date when it is first used, and after it was away."""

    def __init__(self, data_dir: Path, url: str | None = None, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        """Take the URL of the settings; None: a file in the data folder. Raises StateError when it is no such URL."""
        self._data = data_dir
        self._engine, self.file = _engine(data_dir, url)
        self._migrations = migrations
        self._ready_as: object = None  # the file whose tables are up to date
        self._one_at_a_time = asyncio.Lock()
        self._writing = asyncio.Lock()

    @property
    def kind(self) -> str:
        """Which database it is: sqlite or postgresql."""
        return self._engine.dialect.name

    async def close(self) -> None:
        """Close what is open; the next use opens it again."""
        await self._engine.dispose()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one moment. Raises StateError."""
        with _told():
            await self._make_ready()
            async with self._engine.connect() as connection:
                await connection.execution_options(reads_only=True)
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A connection whose changes are lasting when this ends, or not there at all. Raises StateError."""
        with _told():
            await self._make_ready()
            # SQLite lets one write at a time; tasks that wait here do not sleep for a lock of their own process.
            turn = self._writing if self.file is not None else nullcontext()
            async with turn, self._engine.begin() as connection:
                yield connection

    async def version(self) -> int:
        """The version of the tables as they are, before anything brings them up to date. Raises StateError."""
        if self.file is not None and not self.file.exists():
            return 0
        with _told():
            async with self._engine.connect() as connection:
                await connection.execution_options(reads_only=True)
                version = await connection.run_sync(version_of)
        pending(version, self._migrations)  # a newer program's is none of ours
        return version

    async def fault(self) -> str | None:
        """What is wrong with the database, as far as it can be told without changing it; None: nothing.

        Raises StateError where it cannot even be asked.
        """
        if self.file is None or not self.file.exists():
            return None
        if self.file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            return f"others can read {self.file} (chmod 600)"
        if not os.access(self.file, os.W_OK):
            return f"{self.file} cannot be written"
        with _told():
            async with self._engine.connect() as connection:
                await connection.execution_options(reads_only=True)
                found = (await connection.exec_driver_sql("PRAGMA quick_check(1)")).scalar()
        return None if found == "ok" else f"damaged: {found}"

    async def _make_ready(self) -> None:
        if self._ready_as is not None and self._ready_as == self._identity():
            return
        async with self._one_at_a_time:
            if self._ready_as is not None and self._ready_as == self._identity():
                return
            if self.file is not None:
                _make_file(self.file)
            version = await self.version()
            steps = pending(version, self._migrations)
            if steps and version:
                await copy_before(self._engine, self._data, version)
            for step in steps:
                async with self._engine.begin() as connection:
                    await connection.run_sync(_go, step)
            self._ready_as = self._identity()

    def _identity(self) -> object:
        """What changes when a file is replaced; a server is always the same."""
        if self.file is None:
            return self.kind
        try:
            return self.file.stat().st_ino
        except OSError:
            return None


def _go(connection: Connection, step: Migration) -> None:
    """Go one step, unless another process was faster."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    if version_of(connection) < step.number:
        apply(connection, step)


def _engine(data_dir: Path, url: str | None) -> tuple[AsyncEngine, Path | None]:
    """The engine, and the file if it is SQLite."""
    try:
        parsed = make_url(url or f"sqlite:///{data_dir / FILE_NAME}")
        driver = _DRIVERS[parsed.drivername]
    except (ArgumentError, KeyError, ValueError):  # the last one with a piece of the URL, which may be the password
        raise StateError("state_url: neither sqlite:///… nor postgresql://…") from None
    parsed = parsed.set(drivername=driver)
    if driver.startswith("postgresql"):
        try:
            connect = {"timeout": _CONNECT_SECONDS, "command_timeout": _CONNECT_SECONDS * 2}
            return create_async_engine(
                parsed, pool_size=2, pool_pre_ping=True, hide_parameters=True, connect_args=connect
            ), None
        except ModuleNotFoundError as error:
            raise StateError("PostgreSQL needs the extra: pip install 'whoswho[postgres]'") from error
    if not parsed.database or parsed.database == ":memory:":
        raise StateError("state_url: name the file, as in sqlite:////var/lib/whoswho/state.sqlite")
    file = Path(parsed.database)
    engine = create_async_engine(
        parsed, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": _PATIENCE}
    )  # fmt: skip
    event.listen(engine.sync_engine, "connect", _no_hidden_transactions)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine, file


def _no_hidden_transactions(connection: Any, _record: object) -> None:
    """Keep the driver from committing before statements that make tables: a step is whole or not at all."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten, not only unlinked
    cursor.close()


def _begin(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def _make_file(file: Path) -> None:
    """Make the file if it is not there, readable by its owner alone."""
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))


@contextmanager
def _told() -> Iterator[None]:
    """Turn what a driver raises into one line, without statement, values or password."""
    try:
        yield
    except DBAPIError as error:
        raise StateError(f"state database: {_first_line(error.orig)}") from error
    except SQLAlchemyError as error:
        raise StateError(f"state database: {_first_line(error)}") from error
    except OSError as error:
        raise StateError(f"state database: {error.strerror or error}") from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] == "asyncpg":  # raised as they are while it connects
            raise StateError(f"state database: {_first_line(error)}") from error
        raise


def _first_line(error: object) -> str:
    text = str(error).partition("\n")[0]
    return text.rpartition(">: ")[2] or type(error).__name__
