"""A made-up astronomy club, and knowledge written in a test itself, ready to be asked on a day that stands still."""

import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from bot.answers.engine import Answerer, Prompts
from bot.answers.reading.query import Query
from bot.answers.reading.question import Reader
from bot.ingest.load import load
from bot.paths import shipped
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot

TODAY = date(2026, 1, 1)
Write = Callable[[str], Answerer]
CLUB = Path(__file__).parent / "club.md"


def write_profiles(folder: Path, text: str) -> None:
    """Profiles one after the other, each begun by a line `== people/orla.md`; `== sources.yaml` is written as it is."""
    for part in textwrap.dedent(text).split("\n== ")[1:]:
        name, _, content = part.partition("\n")
        file = folder / name.strip()
        file.parent.mkdir(parents=True, exist_ok=True)
        whole = content.strip() if file.suffix == ".yaml" else f"---\n{content.strip()}\n---"
        file.write_text(whole + "\n", encoding="utf-8")


def open_snapshot(folder: Path, text: str) -> Snapshot:
    """Load profiles; every one of them must be flawless."""
    write_profiles(folder / "knowledge", text)
    outcome = load([folder / "knowledge"], folder / "data")
    assert outcome.problems == ()
    return Snapshot.open(current_snapshot(folder / "data"))


@pytest.fixture(scope="session")
def prompts() -> Prompts:
    return Prompts(shipped("prompts"))


@pytest.fixture(scope="session")
def sky(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """The astronomy club of `club.md`."""
    snapshot = open_snapshot(tmp_path_factory.mktemp("club"), "\n" + CLUB.read_text(encoding="utf-8"))
    yield snapshot
    snapshot.close()


@pytest.fixture(scope="session")
def club(sky: Snapshot, prompts: Prompts) -> Answerer:
    """Answers about the astronomy club."""
    return Answerer(sky, prompts, lambda: TODAY)


@pytest.fixture(scope="session")
def read(sky: Snapshot, club: Answerer, prompts: Prompts) -> Callable[[str], Query]:
    """How a question about the astronomy club is read."""
    reader = Reader(club.lexicon, prompts.phrasing, sky)
    return lambda question: reader.read(question, TODAY)


@pytest.fixture
def knowing(tmp_path: Path, prompts: Prompts) -> Iterator[Write]:
    """Answers about the profiles that a test writes down."""
    with ExitStack() as stack:

        def write(text: str) -> Answerer:
            snapshot = open_snapshot(tmp_path, text)
            stack.callback(snapshot.close)
            return Answerer(snapshot, prompts, lambda: TODAY)

        yield write


def words_of(answerer: Answerer, *questions: str) -> Mapping[str, str]:
    """The replies to questions, each asked by itself."""
    return {question: answerer.answer(question).text for question in questions}
