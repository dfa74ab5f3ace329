"""Who asks too fast is told when to ask again, privately and in few words; everybody else is answered."""

import discord
import pytest

from bot.assistant import Assistant
from bot.settings import Settings
from tests.chat.conftest import Open, Town
from tests.chat.seen import answer, buttons, last, only, texts

QUESTION = "Who conducts the choir?"
SLOWLY = Settings(member_rate=2)


@pytest.fixture
async def slow(open_town: Open, choir: Assistant) -> Town:
    """A town in which each may ask two things a minute, and time stands still."""
    return await open_town(choir, settings=SLOWLY, clock=lambda: 1000.0)


async def test_commands__the_third_has_to_wait(slow: Town) -> None:
    for _ in range(2):
        assert "Ask me again" not in answer(only(await slow.alice.slash(slow.channel, "ask", question=QUESTION)))
    refused = only(await slow.alice.slash(slow.channel, "ask", question=QUESTION))
    assert refused.ephemeral
    assert texts(refused) == ["That was a lot at once. Ask me again in 30 s."]
    assert "Ask me again" not in answer(only(await slow.bob.slash(slow.channel, "ask", question=QUESTION)))


async def test_buttons_are_counted(slow: Town) -> None:
    await slow.alice.slash(slow.channel, "ask", question=QUESTION)
    asked = only(await slow.alice.slash(slow.channel, "ask", question=QUESTION))
    label = buttons(asked)[0]
    refused = only(await slow.alice.click(asked.message, label=label))
    assert refused.ephemeral
    assert "Ask me again" in answer(refused)


async def test_messages__told_once(slow: Town) -> None:
    for _ in range(2):
        await slow.alice.send_dm(QUESTION)
    await slow.alice.send_dm(QUESTION)
    told = last(slow.alice)
    assert "Ask me again" in answer(told)
    await slow.alice.send_dm(QUESTION)
    newest = last(slow.alice)
    assert isinstance(newest, discord.Message)
    assert newest.content == QUESTION


async def test_completion_is_not_counted(slow: Town) -> None:
    for _ in range(5):
        offered = await slow.alice.autocomplete(slow.channel, "person", "name", "a")
        assert offered
    asked = only(await slow.alice.slash(slow.channel, "ask", question=QUESTION))
    assert "Ask me again" not in answer(asked)


async def test_completion_has_a_bound(slow: Town) -> None:
    for _ in range(40):
        await slow.alice.autocomplete(slow.channel, "person", "name", "a")
    assert not await slow.alice.autocomplete(slow.channel, "person", "name", "a")
