"""What a disk refuses SQLite."""

import sqlite3
from pathlib import Path

import pytest

from bot.store.connection import connect_bulk, on_disk


def test_on_disk__a_full_one_is_told_as_the_system_does(tmp_path: Path) -> None:
    connection = connect_bulk(tmp_path / "new.sqlite")
    connection.executescript("CREATE TABLE one (a); PRAGMA max_page_count = 2")
    with pytest.raises(OSError, match="database or disk is full") as told, on_disk(tmp_path):
        connection.execute("CREATE TABLE other (a)")
    assert told.value.filename == str(tmp_path)
    connection.close()


def test_on_disk__a_fault_of_ours_stays_one() -> None:
    connection = connect_bulk(None)
    with pytest.raises(sqlite3.OperationalError, match="no such table"), on_disk(Path()):
        connection.execute("SELECT * FROM gone")
    connection.close()
