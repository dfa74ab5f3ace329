import asyncio
import sys
import threading
from pathlib import Path

import pytest

from bot.errors import SnapshotError
from bot.ingest.load import load
from bot.store.connection import deadline
from bot.store.keep import current_snapshot, rollback, snapshot_folder
from bot.store.reader import SnapshotReader
from bot.store.snapshot import Snapshot
from tests.ingest.folders import profile, write

_A_WHILE = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) SELECT count(*) FROM n"


def job(snapshot: Snapshot) -> str:
    return snapshot.facts_with(["jobTitle"])[0].value.text


def load_job(tmp_path: Path, title: str) -> Path:
    folder = write(tmp_path / "k", bo=profile("person", "Bo Li", f"jobTitle: {title}"))
    load([folder], tmp_path / "d")
    return tmp_path / "d"


async def test_read__a_newer_snapshot_at_the_next_question(tmp_path: Path) -> None:
    data = load_job(tmp_path, "baker")
    reader = await SnapshotReader.open(data)
    try:
        assert await reader.read(job) == "baker"
        load_job(tmp_path, "diver")
        assert await reader.read(job) == "diver"
        rollback(data, 1)
        assert await reader.read(job) == "baker"
    finally:
        await reader.close()


async def test_read__many_at_once_across_a_swap(tmp_path: Path) -> None:
    data = load_job(tmp_path, "baker")
    reader = await SnapshotReader.open(data)
    try:
        asked = [asyncio.create_task(reader.read(job)) for _ in range(50)]
        await asyncio.to_thread(load_job, tmp_path, "diver")
        asked += [asyncio.create_task(reader.read(job)) for _ in range(50)]
        answers = await asyncio.gather(*asked)
    finally:
        await reader.close()
    assert set(answers) <= {"baker", "diver"}
    assert set(answers[50:]) == {"diver"}


async def test_read__an_unreadable_newer_snapshot_changes_nothing(tmp_path: Path) -> None:
    data = load_job(tmp_path, "baker")
    reader = await SnapshotReader.open(data)
    try:
        (snapshot_folder(data) / "0002.sqlite").write_text("broken")
        rollback(data, 2)
        assert await reader.read(job) == "baker"
    finally:
        await reader.close()


async def test_read__errors_come_back(tmp_path: Path) -> None:
    reader = await SnapshotReader.open(load_job(tmp_path, "baker"))
    try:
        with pytest.raises(ZeroDivisionError):
            await reader.read(lambda snapshot: 1 // 0)
        assert await reader.read(job) == "baker"
    finally:
        await reader.close()


async def test_open__nothing_loaded(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="nothing is loaded yet"):
        await SnapshotReader.open(tmp_path)


def test_current_snapshot__a_damaged_pointer(tmp_path: Path) -> None:
    data = load_job(tmp_path, "baker")
    (snapshot_folder(data) / "current").write_text("../../etc/passwd\n")
    with pytest.raises(SnapshotError, match="does not name a snapshot"):
        current_snapshot(data)


def test_rollback__not_kept(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="no such snapshot is kept"):
        rollback(load_job(tmp_path, "baker"), 7)


async def test_open__one_that_nobody_closed_keeps_no_program_from_ending(tmp_path: Path) -> None:
    load([write(tmp_path / "k", bo=profile("person", "Bo Li", "jobTitle: baker"))], tmp_path / "d")
    program = (
        "import asyncio, pathlib; from bot.store.reader import SnapshotReader\n"
        f"kept = asyncio.run(SnapshotReader.open(pathlib.Path({str(tmp_path / 'd')!r})))"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-W", "ignore", "-c", program)
    try:
        assert await asyncio.wait_for(process.wait(), 20) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_read__what_is_brief_in_the_thread_that_asks(tmp_path: Path) -> None:
    reader = await SnapshotReader.open(load_job(tmp_path, "baker"))
    try:
        assert await reader.read(lambda _: threading.get_ident(), brief=True) == threading.get_ident()
        assert await reader.read(lambda _: threading.get_ident()) != threading.get_ident()
    finally:
        await reader.close()


async def test_read__what_turns_out_to_take_long_again_in_the_other_thread(tmp_path: Path) -> None:
    reader = await SnapshotReader.open(load_job(tmp_path, "baker"))
    asked: list[int] = []

    def slow(snapshot: Snapshot) -> str:
        asked.append(threading.get_ident())
        snapshot.take_time()
        return job(snapshot)

    try:
        assert await reader.read(slow, brief=True) == "baker"
        assert asked[0] == threading.get_ident() != asked[1]
        assert await reader.read(job, brief=True) == "baker"  # the next one is in no hurry because of it
    finally:
        await reader.close()


async def test_read__a_search_that_nobody_waits_for_is_made_again_with_its_whole_time(tmp_path: Path) -> None:
    reader = await SnapshotReader.open(load_job(tmp_path, "baker"))
    asked: list[int] = []

    def search(snapshot: Snapshot) -> int:
        asked.append(threading.get_ident())
        with deadline(snapshot.connection, 60):
            return int(snapshot.connection.execute(_A_WHILE).fetchone()[0])

    try:
        assert await reader.read(search, brief=True) == 300_000
        assert asked[0] == threading.get_ident() != asked[1]
    finally:
        await reader.close()


async def test_read__a_newer_snapshot_is_opened_in_the_other_thread(tmp_path: Path) -> None:
    data = load_job(tmp_path, "baker")
    reader = await SnapshotReader.open(data)
    try:
        load_job(tmp_path, "diver")
        both = await reader.read(lambda snapshot: (threading.get_ident(), job(snapshot)), brief=True)
        assert both[0] != threading.get_ident()
        assert both[1] == "diver"
        assert await reader.read(lambda _: threading.get_ident(), brief=True) == threading.get_ident()
    finally:
        await reader.close()


async def test_read__what_is_brief_waits_its_turn_while_the_other_thread_is_at_it(tmp_path: Path) -> None:
    reader = await SnapshotReader.open(load_job(tmp_path, "baker"))
    begun, go_on = threading.Event(), threading.Event()

    def long(snapshot: Snapshot) -> str:
        begun.set()
        assert go_on.wait(20)
        return job(snapshot)

    try:
        first = asyncio.create_task(reader.read(long))
        await asyncio.to_thread(begun.wait, 20)
        second = asyncio.create_task(reader.read(lambda _: threading.get_ident(), brief=True))
        await asyncio.sleep(0)
        assert not second.done()
        go_on.set()
        assert await first == "baker"
        assert await second != threading.get_ident()
    finally:
        go_on.set()
        await reader.close()
