"""What is answered from where the snapshot in force is damaged: the one before it, unless that might tell more."""

import os
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.ingest.load import load
from bot.librarian import Actor, Librarian
from bot.memory import Remembered
from bot.settings import Settings
from bot.store import keep
from bot.store.fallback import fall_back
from bot.store.state.secret import Secret
from bot.store.tombstones import write_tombstones
from tests.faults.community import write_version
from tests.ingest.folders import profile, write


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two snapshots, the newer one cut short, and no document to read anew."""
    folder, data = tmp_path / "club", tmp_path / "data"
    for title in ("baker", "diver"):
        write(folder, bo=profile("person", "Bo Li", f"jobTitle: {title}"))
        load([folder], data)
    os.truncate(keep.current_snapshot(data), 3000)
    (folder / "bo.md").unlink()
    return Settings(knowledge=(folder,), data=data)


def everybody() -> bool:
    return False


async def test_ask__the_last_good_one_answers_and_the_status_says_so(settings: Settings) -> None:
    assistant = await Assistant.open(settings)
    try:
        assert "baker" in (await assistant.ask("what is the job title of Bo Li?")).text
    finally:
        await assistant.close()
    remembered = Remembered(settings)
    librarian = Librarian(settings, remembered)
    try:
        status = await librarian.status(Actor())
        assert (status.snapshot[:4], status.damaged, status.undone) == ("0001", "0002", None)
        write(settings.knowledge[0], bo=profile("person", "Bo Li", "jobTitle: sailor"))
        await librarian.reload(Actor())
        status = await librarian.status(Actor())
        assert (status.snapshot[:4], status.damaged) == ("0003", None)
    finally:
        await remembered.close()


async def test_resume__answers_at_once_without_reading_a_document(settings: Settings) -> None:
    assistant = await Assistant.resume(settings)
    try:
        assert "baker" in (await assistant.ask("what is the job title of Bo Li?")).text
    finally:
        await assistant.close()


async def test_ask__one_that_is_damaged_while_it_is_open_gives_way_too(tmp_path: Path) -> None:
    folder, data = tmp_path / "choir", tmp_path / "choir-data"
    for version in (0, 1):
        write_version(folder, version)
        load([folder], data)
    assistant = await Assistant.open(Settings(knowledge=(folder,), data=data))
    try:
        assert "season 1" in (await assistant.ask("what is the job title of Singer 3?")).text
        os.truncate(keep.current_snapshot(data), 8192)
        assert "season 0" in (await assistant.ask("what is the job title of Singer 7?")).text
        assert keep.current_snapshot(data).stem == "0001"
    finally:
        await assistant.close()


def test_fall_back__never_where_something_may_be_limited_since(settings: Settings) -> None:
    assert fall_back(settings.data, lambda: True) is None
    assert keep.current_snapshot(settings.data).stem == "0002"


def test_fall_back__never_to_one_that_was_made_before_somebody_was_removed(settings: Settings) -> None:
    Secret(settings.data).key()
    write_tombstones(settings.data, frozenset({"0" * 40}))
    assert fall_back(settings.data, everybody) is None


def test_fall_back__only_to_one_that_is_whole_and_only_if_need_be(settings: Settings) -> None:
    first, second = keep.history(settings.data)
    assert fall_back(settings.data, everybody) == first
    assert fall_back(settings.data, everybody) is None  # it can be read
    keep.rollback(settings.data, int(second.stem))
    os.truncate(first, 5000)
    assert fall_back(settings.data, everybody) is None
