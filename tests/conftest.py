"""What tests stand on: no network, nothing of the person who runs them, the same examples in CI; and a librarian."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest
import pytest_asyncio

from bot.librarian import Librarian
from bot.memory import Remembered
from bot.rights import Rights
from bot.settings import Settings
from tests.guard import network_guard
from tests.ingest.folders import load_here

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")

# From here to the end of the run nobody reaches beyond this machine, in this process or in one that a test starts.
GUARD = Path(__file__).parent / "guard"
_log = tempfile.NamedTemporaryFile(prefix="whoswho-network-")  # noqa: SIM115 - it goes with the process
os.environ[network_guard.LOG] = _log.name
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(GUARD), os.environ.get("PYTHONPATH")]))
network_guard.refuse_beyond_this_machine()


@pytest.fixture(autouse=True)
def refusals() -> Iterator[list[str]]:
    """What this test may try to reach: it adds what it expects to be refused."""
    before = len(network_guard.refused())
    expected: list[str] = []
    yield expected
    assert network_guard.refused()[before:] == expected, "somebody tried to reach beyond this machine"


@pytest.fixture(autouse=True)
def _nobody_s_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Settings and data of whoever runs the tests are out of reach."""
    for name in [name for name in os.environ if name.startswith(("WHOSWHO_", "DISCORD_", "XDG_"))]:
        monkeypatch.delenv(name)
    home = tmp_path_factory.getbasetemp() / "home"
    home.mkdir(exist_ok=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LOCALAPPDATA", str(home))


@pytest_asyncio.fixture
async def remembered(settings: Settings) -> AsyncIterator[Remembered]:
    """The bot's own memory, of a test that has settings."""
    opened = Remembered(settings)
    yield opened
    await opened.close()


@pytest.fixture
def librarian(settings: Settings, remembered: Remembered) -> Librarian:
    """One who reads the documents right here."""
    return Librarian(settings, remembered, load_here)


@pytest.fixture
def rights(settings: Settings, remembered: Remembered, librarian: Librarian) -> Rights:
    """Who may be removed."""
    return Rights(settings, remembered, librarian)
