"""A copy of the state before its tables change, and its rows as plain data; restores nothing itself.

SQLite's own online backup copies the file whole, while others use it. Of a PostgreSQL database every row is written
down as JSON, one a line, read in one transaction: whoever runs a server has real backups of it besides.
"""

import asyncio
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.whole_files import replacing

FOLDER = "backups"


async def copy_before(engine: AsyncEngine, data_dir: Path, version: int) -> Path:
    """Copy the state as it is into the data folder; the file's name says which version it was."""
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    name = f"state-{version}-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    if engine.dialect.name == "sqlite":
        target = folder / f"{name}.sqlite"
        await asyncio.to_thread(_copy_file, Path(str(engine.url.database)), target)
        return target
    target = folder / f"{name}.jsonl"
    async with engine.connect() as connection:
        await connection.run_sync(_write_rows, target)
    return target


def rows(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of every table that there is, with the table's name."""
    there = MetaData()
    there.reflect(connection)
    for table in there.sorted_tables:
        for row in connection.execute(select(table)).mappings():
            yield table.name, dict(row)


def _copy_file(source: Path, target: Path) -> None:
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _write_rows(connection: Connection, target: Path) -> None:
    with replacing(target, private=True) as file:
        for table, row in rows(connection):
            file.write(json.dumps({"table": table, "row": row}, ensure_ascii=False).encode() + b"\n")
