"""`whoswho run` against the local Discord: whatever members do is answered once, in time, and by Discord's rules."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from tests.discord.endure import QUESTION, Load, command, endure, write_knowledge
from tests.discord.interactions import buttons_of, text_of
from tests.discord.process import NO_LIMITS, Bot, started
from tests.discord.server import Discord

ANSWER = "Ada King** works at"


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    write_knowledge(folder, 1)
    return folder


@asynccontextmanager
async def serving(knowledge: Path, **environment: str) -> AsyncIterator[tuple[Discord, Bot]]:
    """A bot that is ready; whatever the test did, everything sent was by the rules and no error was logged."""
    data = knowledge.parent / "data"
    arguments = command(knowledge, data, "run")
    async with (
        Discord().running() as discord,
        started(discord, arguments, environment={**NO_LIMITS, **environment}) as bot,
    ):
        await bot.says("connected to Discord")
        await asyncio.wait_for(discord.synced.wait(), 40)
        yield discord, bot
        if bot.process.returncode is None:
            assert await bot.stop() == 0
    assert discord.violations == []
    assert [line for line in bot.lines if " ERROR " in line or "Traceback" in line] == []


async def test_everything_a_member_does(knowledge: Path) -> None:
    async with serving(knowledge) as (discord, _):
        for place in ("server", "dm", "elsewhere"):
            asked = await (await discord.slash("ask", place=place, question=QUESTION)).answer()
            assert "Guild 1" in asked.text
            assert not asked.private
        private = await (await discord.slash("ask", question=QUESTION, private=True)).answer()
        assert private.private
        offered = await (await discord.autocomplete("person", "name", "ada k")).answer()
        assert [choice["name"] for choice in offered.choices] == ["Ada King"]
        source = next(one for one in buttons_of(asked.message or {}) if one.get("label") == "Source")
        pressed = await (await discord.press(asked.message or {}, source["custom_id"], place="elsewhere")).answer()
        assert pressed.private
        assert "Minutes 1" in pressed.text
        direct = await discord.direct_message("where does Ada King work?")
        assert "Guild 1" in text_of(await discord.reply_to(direct))
        mentioned = await discord.mention("where does Bo Reed work?")
        answer = await discord.reply_to(mentioned)
        assert "Guild 1" in text_of(answer)
        assert answer["message_reference"]["message_id"] == mentioned["id"]
        again = await discord.mention("and Ada King?", reply_to=answer)
        assert "Guild 1" in text_of(await discord.reply_to(again))


async def test_how_it_fares_is_told_over_http(knowledge: Path) -> None:
    async with serving(knowledge, WHOSWHO_HTTP_PORT="0") as (discord, bot), httpx.AsyncClient() as client:
        await (await discord.slash("ask", question=QUESTION)).answer()
        address = next(line for line in bot.lines if "metrics are told at" in line).rpartition(" ")[2]
        ready = await client.get(f"{address}/readyz")
        assert (ready.status_code, ready.json()) == (200, {"status": "ready", "connected": True, "loaded": True})
        told = (await client.get(f"{address}/metrics")).text
        assert 'whoswho_answers_total{status="answered",surface="command"} 1.0' in told
        assert "whoswho_gateway_connected 1.0" in told
        facts = next(line for line in told.splitlines() if line.startswith("whoswho_facts "))
        assert float(facts.rpartition(" ")[2]) > 0
        await (await discord.slash("ask", question="who did Ada King marry?")).answer()
        async with asyncio.timeout(20):  # it is noted when the answer is there
            while (
                'whoswho_gaps_total{reason="nothing_recorded"} 1.0' not in (await client.get(f"{address}/metrics")).text
            ):
                pass


async def test_what_was_asked_while_the_gateway_was_away_is_answered(knowledge: Path) -> None:
    async with serving(knowledge) as (discord, bot):
        discord.gateway.abort()
        slash = await discord.slash("ask", question=QUESTION)
        direct = await discord.direct_message("where does Ada King work?")
        assert "Guild 1" in (await slash.answer()).text
        assert "Guild 1" in text_of(await discord.reply_to(direct))
        await bot.says("back in Discord")
        assert discord.gateway.resumed == 1


async def test_limits_and_errors_of_discord__one_answer_each(knowledge: Path) -> None:
    async with serving(knowledge) as (discord, _):
        discord.limit("/callback", 0.1)
        discord.limit("/callback", 0.1, everywhere=True)
        discord.fail("/callback", 500)
        asked = [await discord.slash("ask", question=QUESTION) for _ in range(6)]
        for one in asked:
            assert "Guild 1" in (await one.answer()).text
            assert one.followups == []
        discord.fail(r"/channels/\d+/messages", 502)
        assert "Guild 1" in text_of(await discord.reply_to(await discord.direct_message(QUESTION)))


async def test_errors_of_discord_one_after_the_other__the_answer_is_in_time_all_the_same(knowledge: Path) -> None:
    async with serving(knowledge) as (discord, _):
        discord.fail("/callback", 503, times=3)
        assert "Guild 1" in (await (await discord.slash("ask", question=QUESTION)).answer()).text
        assert [request.status for request in discord.sent_to("/callback")] == [503, 503, 503, 200]


async def test_an_answer_that_arrived_though_discord_said_otherwise__is_no_failure(knowledge: Path) -> None:
    async with serving(knowledge) as (discord, bot):
        discord.fail("/callback", 500, carried_out=True)
        asked = await discord.slash("ask", question=QUESTION)
        assert "Guild 1" in (await asked.answer()).text
        await bot.says("had its answer already")
        await (await discord.slash("ask", question=QUESTION)).answer()
        assert asked.followups == []
    assert "ERROR" not in bot.log


async def test_a_signal__answers_in_flight_arrive(knowledge: Path) -> None:
    async with serving(knowledge) as (discord, bot):
        discord.limit("/callback", 0.5, times=20)
        asked = [await discord.slash("ask", question=QUESTION) for _ in range(20)]
        async with asyncio.timeout(30):
            while len(discord.sent_to("/callback")) < 20:  # noqa: ASYNC110 - it is the bot that is waited for
                await asyncio.sleep(0.01)
        assert not any(one.done.is_set() for one in asked)
        assert await bot.stop(seconds=5) == 0
        assert all(one.done.is_set() for one in asked)


async def test_questions_while_documents_change_and_the_gateway_breaks(knowledge: Path) -> None:
    async with serving(knowledge) as (discord, _):
        tally = await endure(discord, knowledge, knowledge.parent / "data", Load(200, reloads=2, drops=4))
        assert tally.faults == 0, str(tally)
        assert tally.numbers >= {1, 3}
        assert discord.gateway.resumed >= 3


async def test_a_mixed_answer_would_be_noticed(knowledge: Path) -> None:
    """The measure itself: an answer that tells two numbers is counted."""
    sources = knowledge / "sources.yaml"
    sources.write_text(sources.read_text().replace("Minutes 1", "Minutes 2"))
    async with serving(knowledge) as (discord, _):
        tally = await endure(discord, knowledge, knowledge.parent / "data", Load(3))
    assert (tally.answered, len(tally.mixed), tally.faults) == (3, 3, 3)
