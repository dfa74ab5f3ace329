"""Two machines with one state: who is removed at one of them is gone from the other within moments."""

import asyncio
from contextlib import closing, suppress
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.ingest.load import load
from bot.librarian import Actor, Librarian
from bot.memory import Remembered
from bot.rights import Rights
from bot.settings import Settings
from bot.store import keep
from bot.store.snapshot import Snapshot
from bot.store.state.secret import Secret
from tests.ingest.folders import load_here, profile, write


class Machine:
    """One of those that share the state."""

    def __init__(self, folder: Path, url: str) -> None:
        files = {"ivo": profile("person", "Ivo Stam", "jobTitle: smith"), "una": profile("person", "Una Berg")}
        self.settings = Settings(knowledge=(write(folder / "k", **files),), data=folder / "d", state_url=SecretStr(url))
        load(self.settings.knowledge, self.settings.data)
        self.remembered = Remembered(self.settings)
        self.librarian = Librarian(self.settings, self.remembered, load_here)
        self.rights = Rights(self.settings, self.remembered, self.librarian)

    def names(self) -> list[str]:
        """Everybody who is answered about."""
        with closing(Snapshot.open(keep.current_snapshot(self.settings.data))) as snapshot:
            return [entity.name for entity in snapshot.entities_of("person")]

    async def names_are(self, *names: str) -> bool:
        """Whether just these are answered about before long."""
        for _ in range(500):
            if self.names() == list(names):
                return True
            await asyncio.sleep(0.01)
        return False


@pytest.fixture
def machines(url: str | None, tmp_path: Path) -> tuple[Machine, Machine]:
    shared = url or f"sqlite:///{tmp_path / 'shared.sqlite'}"
    one, other = Machine(tmp_path / "one", shared), Machine(tmp_path / "other", shared)
    # Hashes are made with the folder's key: machines that share the state share it too.
    (other.settings.data / "secret.key").write_bytes(Secret(one.settings.data).key())
    return one, other


async def removed(machine: Machine, name: str) -> None:
    who = await machine.rights.recorded(name)
    assert who is not None
    await machine.rights.forget(who, Actor())


async def test_a_removal_elsewhere__is_followed_while_the_bot_runs(machines: tuple[Machine, Machine]) -> None:
    one, other = machines
    keeping_up = asyncio.create_task(other.rights.keep_up(0.01))
    try:
        await removed(one, "Ivo Stam")
        assert await other.names_are("Una Berg")
        await one.rights.take_back("Ivo Stam", Actor())
        assert await other.names_are("Ivo Stam", "Una Berg")
    finally:
        keeping_up.cancel()
        with suppress(asyncio.CancelledError):
            await keeping_up
        for machine in machines:
            await machine.remembered.close()


async def test_a_removal_elsewhere__is_followed_by_the_next_load(machines: tuple[Machine, Machine]) -> None:
    one, other = machines
    await removed(one, "Ivo Stam")
    assert other.names() == ["Ivo Stam", "Una Berg"]
    await other.librarian.reload(Actor())
    assert other.names() == ["Una Berg"]
    for machine in machines:
        await machine.remembered.close()
