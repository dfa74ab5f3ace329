"""What breaks, hangs or takes its time: nobody waits for ever, nobody sees a traceback, the log knows the number."""

import asyncio
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest

from bot.assistant import Assistant
from bot.model.answer import Reply, Turn
from bot.model.audience import Asker
from bot.model.request import Request
from tests.chat.conftest import Open, Town
from tests.chat.seen import answer, last, only

BORN = "When was Clara Winterbourne born?"
BIRTHDAY = "Clara Winterbourne was born **on 12 April 1979**."
NUMBER = re.compile(r"give this number: (\w{6})")


class Troubled:
    """An assistant that takes `seconds` for an answer and then may fail."""

    def __init__(self, assistant: Assistant, seconds: float = 0, error: Exception | None = None) -> None:
        self._assistant = assistant
        self.seconds = seconds
        self.error = error

    async def perform(self, request: Request, turn: Turn | None = None, *, whole: bool = False) -> Reply:
        if self.seconds:
            await asyncio.sleep(self.seconds)
        if self.error is not None:
            raise self.error
        return await self._assistant.perform(request, turn, whole=whole)

    def seen_by(self, _: Asker) -> "Troubled":
        """The trouble is the same for everybody."""
        return self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)


Trouble = Callable[..., Any]


@pytest.fixture
async def troubled(open_town: Open, choir: Assistant) -> tuple[Town, Troubled]:
    """A town whose assistant can be slowed down and broken."""
    assistant = Troubled(choir)
    town = await open_town(assistant, check_errors=False)
    return town, assistant


async def test_slow__the_member_is_told_to_wait_and_gets_the_answer(troubled: tuple[Town, Troubled]) -> None:
    town, assistant = troubled
    assistant.seconds = 5
    result = await town.alice.slash(town.channel, "ask", question=BORN)
    assert result.deferred
    await town.env.advance_time(assistant.seconds)
    assert answer(only(result)) == BIRTHDAY
    private = await town.alice.slash(town.channel, "ask", question=BORN, private=True)
    assert private.deferred
    await town.env.advance_time(assistant.seconds)
    assert only(private).ephemeral
    assert answer(only(private)) == BIRTHDAY


async def test_slow__a_press_too(troubled: tuple[Town, Troubled]) -> None:
    town, assistant = troubled
    list_ = only(await town.alice.slash(town.channel, "ask", question="Who is Clara?"))
    reply = only(await town.alice.slash(town.channel, "ask", question=BORN))
    assistant.seconds = 5
    result = await town.alice.click(reply, label="More")
    await town.env.advance_time(assistant.seconds)
    assert only(result).ephemeral
    await town.alice.select(list_, ["=person/clara-osgood"])
    await town.env.advance_time(assistant.seconds)
    assert answer(list_).startswith("**Clara Osgood**")


async def test_slow__a_direct_message(troubled: tuple[Town, Troubled]) -> None:
    town, assistant = troubled
    assistant.seconds = 5
    await town.alice.send_dm(BORN)
    await town.env.advance_time(assistant.seconds)
    assert answer(last(town.alice)) == BIRTHDAY


async def test_never__is_called_a_failure(troubled: tuple[Town, Troubled]) -> None:
    town, assistant = troubled
    assistant.seconds = 1000
    result = await town.alice.slash(town.channel, "ask", question=BORN)
    await town.env.advance_time(assistant.seconds)
    assert NUMBER.search(_told(result))
    assert [one.ephemeral for one in result.followups] == [True]
    assert result.response is None  # nothing goes on "thinking"


@pytest.mark.parametrize("seconds", [0, 5])
async def test_a_failure__is_told_privately_with_a_number_that_the_log_has(
    troubled: tuple[Town, Troubled], caplog: pytest.LogCaptureFixture, seconds: float
) -> None:
    town, assistant = troubled
    assistant.seconds, assistant.error = seconds, RuntimeError("the disk is full of /secret/path")
    result = await town.alice.slash(town.channel, "ask", question=BORN)
    await town.env.advance_time(seconds)
    told = _told(result)
    number = NUMBER.search(told)
    assert number
    assert "secret" not in told
    messages = [one for one in (result.response, *result.followups) if one]
    assert [one.ephemeral for one in messages] == [True]
    record = next(record for record in caplog.records if number[1] in record.getMessage())
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None
    assert BORN not in caplog.text


@pytest.mark.parametrize("seconds", [0, 5])
async def test_a_failure__of_a_press(troubled: tuple[Town, Troubled], seconds: float) -> None:
    town, assistant = troubled
    list_ = only(await town.alice.slash(town.channel, "ask", question="Who is Clara?"))
    reply = only(await town.alice.slash(town.channel, "ask", question=BORN, private=True))
    assistant.seconds, assistant.error = seconds, RuntimeError("no")
    before = answer(list_)
    for press in (
        town.alice.click(reply, label="More"),
        town.alice.select(list_, ["=person/clara-osgood"]),
        town.alice.click(reply, label="Share"),
    ):
        result = await press
        await town.env.advance_time(seconds)
        assert NUMBER.search(_told(result))
    assert answer(list_) == before
    assistant.error = None
    await town.alice.click(reply, label="Share")  # and it can be tried again
    await town.env.advance_time(seconds)
    assert answer(last(town.channel)) == BIRTHDAY


async def test_a_failure__of_a_message(troubled: tuple[Town, Troubled]) -> None:
    town, assistant = troubled
    assistant.error = RuntimeError("no")
    await town.alice.send_dm(BORN)
    assert NUMBER.search(answer(last(town.alice)))


async def test_a_failure__while_typing_offers_nothing(
    troubled: tuple[Town, Troubled], monkeypatch: pytest.MonkeyPatch
) -> None:
    town, assistant = troubled

    async def suggest(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(assistant, "suggest", suggest, raising=False)
    assert await town.alice.autocomplete(town.channel, "person", "name", "cl") == []


async def test_a_memory_that_fails_does_not_cost_the_answer(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async def note_gap(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(town.memory, "note_gap", note_gap)
    assert answer(only(await town.alice.slash(town.channel, "ask", question="Where does Clara Osgood swim?")))


def _told(result: Any) -> str:
    """What was said in the end, as text or in components."""
    message = result.followups[-1] if result.followups else result.response
    return message.content or answer(message)
