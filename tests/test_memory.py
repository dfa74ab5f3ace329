"""What members did becomes a note that nobody can be told from; without a database answers go on."""

import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.assistant import Assistant
from bot.memory import Memory, Remembered
from bot.settings import Settings
from tests.ingest.folders import profile, write


class Clock:
    now = datetime(2026, 3, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = write(tmp_path / "k", bo=profile("person", "Bo Li", "jobTitle: baker", "worksFor: Mill Row"))
    return Settings(knowledge=(folder,), data=tmp_path / "d")


@pytest_asyncio.fixture
async def assistant(settings: Settings) -> AsyncIterator[Assistant]:
    opened = await Assistant.open(settings)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def remembered(settings: Settings, clock: Clock) -> AsyncIterator[Remembered]:
    opened = Remembered(settings, clock)
    yield opened
    await opened.close()


@pytest.fixture
def memory(assistant: Assistant, remembered: Remembered) -> Memory:
    return Memory(remembered, assistant.ask)


async def gaps(remembered: Remembered) -> list[tuple[str, int]]:
    found = await (await remembered.state()).gaps.most_asked(30)
    return [(gap.pattern, gap.askers) for gap in found]


async def test_note_gap__the_kind_of_question_once_two_asked(memory: Memory, remembered: Remembered) -> None:
    assert await memory.note_gap("Who did Bo Li marry?", 1) == "nothing_recorded"
    assert await gaps(remembered) == []
    await memory.note_gap("who did bo li marry", 2)
    assert await gaps(remembered) == [("who did {person} marry", 2)]


@pytest.mark.parametrize("question", ["What does Bo Li do?", "hello", "", "thanks!"])
async def test_note_gap__what_lacks_nothing_is_none(memory: Memory, remembered: Remembered, question: str) -> None:
    for asker in (1, 2):
        assert await memory.note_gap(question, asker) is None
    assert await gaps(remembered) == []


async def test_note_gap__a_name_that_was_removed_is_not_written_down(memory: Memory, remembered: Remembered) -> None:
    await (await remembered.state()).removals.add(["Jane Doe"], None)
    for asker in (1, 2):
        await memory.note_gap("where does jane doe live", asker)
        await memory.note_gap("where is the attic key", asker)
    assert await gaps(remembered) == [("where is the attic key", 2)]


async def test_note_feedback__by_what_was_asked(memory: Memory, remembered: Remembered) -> None:
    await memory.note_feedback("What does Bo Li do?", good=True, asker=1)
    await memory.note_feedback("What does Bo Li do?", good=False, asker=1)
    (votes,) = await (await remembered.state()).votes.by_topic(30)
    assert (votes.topic, votes.good, votes.bad) == ("jobTitle", 0, 1)


async def test_forget__what_a_member_did(memory: Memory) -> None:
    await memory.note_gap("Who did Bo Li marry?", 1)
    await memory.note_feedback("What does Bo Li do?", good=True, asker=1)
    assert await memory.forget(1) == 2


async def test_keep__purges_once_a_day(memory: Memory, remembered: Remembered, clock: Clock) -> None:
    for asker in (1, 2):
        await memory.note_gap("Who did Bo Li marry?", asker)
    clock.now += timedelta(days=31)
    await memory.note_feedback("What does Bo Li do?", good=True, asker=1)
    assert await (await remembered.state()).gaps.forget_member(1) == 0


async def test_without_a_database__one_line_and_no_error(
    memory: Memory, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    (settings.data / "state.sqlite").mkdir()
    for asker in (1, 2):
        await memory.note_gap("Who did Bo Li marry?", asker)
    assert len(caplog.messages) == 1
    (settings.data / "state.sqlite").rmdir()
    await memory.note_gap("Who did Bo Li marry?", 3)
    (settings.data / "state.sqlite").unlink()
    (settings.data / "state.sqlite").mkdir()
    await memory.note_gap("Who did Bo Li marry?", 4)
    assert len(caplog.messages) == 2
