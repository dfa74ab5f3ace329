"""Backups and what becomes of them, over each engine there is: everything comes back, and nobody who was removed."""

import json
import os
import stat
import zipfile
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio

from bot.errors import LoadBusy, StateError
from bot.ingest.load import load
from bot.store import keep
from bot.store.archive import ArchiveError, back_up, restore
from bot.store.snapshot import Snapshot
from bot.store.state import migrations, transfer
from bot.store.state.migrations import MIGRATIONS, Migration
from bot.store.state.state import State
from bot.store.tombstones import hashes_of
from tests.ingest.folders import profile, write


def loaded(tmp_path: Path, title: str) -> Path:
    folder = write(tmp_path / "k", bo=profile("person", "Bo Li", f"jobTitle: {title}"))
    load([folder], tmp_path / "d")
    return tmp_path / "d"


def title_in(data: Path) -> str:
    with closing(Snapshot.open(keep.current_snapshot(data))) as snapshot:
        return snapshot.facts_with(["jobTitle"])[0].value.text


@pytest_asyncio.fixture
async def state(tmp_path: Path) -> AsyncIterator[State]:
    opened = State(tmp_path / "d")
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def elsewhere(tmp_path: Path) -> AsyncIterator[State]:
    opened = State(tmp_path / "other")
    yield opened
    await opened.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "saved.whoswho"


async def test_restore__into_an_empty_folder(tmp_path: Path, state: State, elsewhere: State, file: Path) -> None:
    data = loaded(tmp_path, "baker")
    await state.audit.add("reload", "done", actor=11)
    for asker in (1, 2):
        await state.gaps.note("who is {name}", "nobody_of_that_name", asker)
    saved = await back_up(file, data, state)
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600  # noqa: PTH116
    assert (await restore(file, tmp_path / "other", elsewhere)).snapshot == saved.snapshot
    assert title_in(tmp_path / "other") == "baker"
    assert [deed.actor for deed in await elsewhere.audit.latest()] == [11]
    await elsewhere.gaps.note("who is {name}", "nobody_of_that_name", 2)
    assert [(gap.times, gap.askers) for gap in await elsewhere.gaps.most_asked(30)] == [(3, 2)]


async def test_restore__in_place_while_a_reader_goes_on(tmp_path: Path, state: State, file: Path) -> None:
    data = loaded(tmp_path, "baker")
    await state.audit.add("reload", "done", actor=11)
    await back_up(file, data, state)
    loaded(tmp_path, "diver")
    await state.audit.add("reload", "done", actor=22)
    await restore(file, data, state)
    assert title_in(data) == "baker"
    assert [deed.actor for deed in await state.audit.latest()] == [11]
    assert [path.stem for path in keep.history(data)] == ["0001", "0002", "0003"]


async def test_restore__whoever_was_removed_since_stays_removed(tmp_path: Path, state: State, file: Path) -> None:
    data = loaded(tmp_path, "baker")
    await state.removals.add(["first one"], None)
    await back_up(file, data, state)
    await state.removals.add(["second one"], None)
    await restore(file, data, state)
    gone = await state.removals.all()
    assert hashes_of(state.secret.key(), ("first one", "second one")) < gone


async def test_restore__not_over_removals_under_another_key(
    tmp_path: Path, state: State, elsewhere: State, file: Path
) -> None:
    await back_up(file, loaded(tmp_path, "baker"), state)
    await elsewhere.removals.add(["bo li"], None)
    with pytest.raises(StateError, match="under another key"):
        await restore(file, tmp_path / "other", elsewhere)
    assert await elsewhere.removals.count() == 1
    assert keep.history(tmp_path / "other") == []


async def test_restore__brings_the_key_back_by_which_people_were_removed(
    tmp_path: Path, state: State, file: Path
) -> None:
    data = loaded(tmp_path, "baker")
    await state.removals.add(["first one"], None)
    await back_up(file, data, state)
    state.secret.path.unlink()
    with pytest.raises(StateError, match="not the key by which people were removed"):
        await state.removals.add(["second one"], None)
    await restore(file, data, state)
    assert len(await state.removals.of("First One")) == 1


async def test_back_up__before_anything_is_loaded(tmp_path: Path, state: State, elsewhere: State, file: Path) -> None:
    await state.links.put(5, "person/bo-li", None)
    assert (await back_up(file, tmp_path / "d", state)).snapshot is None
    await restore(file, tmp_path / "other", elsewhere)
    assert await elsewhere.links.of(5) is not None
    assert keep.history(tmp_path / "other") == []


async def test_restore__not_while_something_loads(tmp_path: Path, state: State, file: Path) -> None:
    data = loaded(tmp_path, "baker")
    await back_up(file, data, state)
    with keep.load_lock(data, who="11"), pytest.raises(LoadBusy, match="by 11"):
        await restore(file, data, state)


@pytest.mark.parametrize("part", ["snapshot.sqlite", "state.jsonl", "secret.key", "manifest.json"])
@pytest.mark.parametrize("how", ["changed", "missing"])
async def test_restore__a_damaged_file_changes_nothing(
    tmp_path: Path, state: State, file: Path, part: str, how: str
) -> None:
    data = loaded(tmp_path, "baker")
    await back_up(file, data, state)
    loaded(tmp_path, "diver")
    await state.audit.add("reload", "done", actor=22)
    key = state.secret.key()
    with zipfile.ZipFile(file) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts[part] = parts[part][:-1] + b"?"
    with zipfile.ZipFile(file, "w") as broken:
        for name, content in parts.items():
            if name != part or how == "changed":
                broken.writestr(name, content)
    with pytest.raises(ArchiveError):
        await restore(file, data, state)
    assert (title_in(data), state.secret.key()) == ("diver", key)
    assert [deed.actor for deed in await state.audit.latest()] == [22]
    assert not list((data / "snapshots").glob(".building*"))


async def test_restore__cut_short_or_something_else(tmp_path: Path, state: State, file: Path) -> None:
    data = loaded(tmp_path, "baker")
    await back_up(file, data, state)
    for size in (500, 3, 0):
        os.truncate(file, size)
        with pytest.raises(ArchiveError, match="not a backup"):
            await restore(file, data, state)


async def test_restore__rows_of_an_older_version_go_the_missing_steps(
    tmp_path: Path, state: State, elsewhere: State, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await state.audit.add("reload", "done", actor=11)
    await back_up(file, loaded(tmp_path, "baker"), state)
    later = (*MIGRATIONS, Migration(len(MIGRATIONS) + 1, "calls", ("UPDATE audit SET action = 'load'",)))
    for module in (migrations, transfer):
        monkeypatch.setattr(module, "MIGRATIONS", later)
    monkeypatch.setattr("bot.store.state.database.MIGRATIONS", later)
    monkeypatch.setattr("bot.store.state.database.Database.__init__.__defaults__", (None, later))
    monkeypatch.setattr("bot.store.state.migrations.pending.__defaults__", (later,))
    await restore(file, tmp_path / "other", State(tmp_path / "other"))
    assert [deed.action for deed in await State(tmp_path / "other").audit.latest()] == ["load"]


async def test_restore__rows_of_a_newer_program_are_refused(tmp_path: Path, state: State, file: Path) -> None:
    data = loaded(tmp_path, "baker")
    await back_up(file, data, state)
    with zipfile.ZipFile(file) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    manifest = json.loads(parts["manifest.json"]) | {"state_version": 99}
    with zipfile.ZipFile(file, "w") as newer:
        for name, content in (parts | {"manifest.json": json.dumps(manifest).encode()}).items():
            newer.writestr(name, content)
    with pytest.raises(StateError, match="use a newer program"):
        await restore(file, data, state)
