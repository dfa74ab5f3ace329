"""`whoswho run` against the local Discord: how it gets in, what it says when it cannot, how it comes back."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.discord.process import Bot, started
from tests.discord.server import TOKEN, Discord

_PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15  # members, presences, message content
KNOWLEDGE = Path(__file__).parent.parent / "communities" / "choir"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that all these processes share, one after the other: loaded once, commands told once."""
    return tmp_path_factory.mktemp("data")


@asynccontextmanager
async def whoswho(
    discord: Discord, data: Path, *, run: tuple[str, ...] = (), token: str | None = TOKEN, **environment: str
) -> AsyncIterator[Bot]:
    arguments: tuple[str | Path, ...] = ("-m", "bot", "--knowledge", KNOWLEDGE, "--data", data, "run", *run)
    async with started(discord, arguments, token=token, environment=environment) as bot:
        yield bot


@asynccontextmanager
async def connected(
    discord: Discord, data: Path, *, run: tuple[str, ...] = (), token: str | None = TOKEN, **environment: str
) -> AsyncIterator[Bot]:
    async with discord.running(), whoswho(discord, data, run=run, token=token, **environment) as bot:
        await asyncio.wait_for(discord.gateway.connected.wait(), 40)
        yield bot


async def test_no_token__one_line(data: Path) -> None:
    async with Discord().running() as discord, whoswho(discord, data, token=None) as bot:
        assert await bot.ends() == 2
    assert bot.lines == [
        "whoswho: no Discord token: set DISCORD_TOKEN, DISCORD_TOKEN_FILE, or discord_token in whoswho.toml"
    ]
    assert discord.requests == []


async def test_a_wrong_token__one_line_that_does_not_show_it(data: Path) -> None:
    async with Discord().running() as discord, whoswho(discord, data, token="wr0ng.token") as bot:
        assert await bot.ends() == 2
    assert bot.lines == ["whoswho: Discord refuses the token: take a new one from the application's Bot page"]


async def test_the_gateway_refuses__one_line(data: Path) -> None:
    discord = Discord()
    discord.gateway.close_with = 4014
    async with discord.running(), whoswho(discord, data) as bot:
        assert await bot.ends() == 2
    assert "privileged" in bot.lines[-1]
    assert "Traceback" not in bot.log


async def test_commands_are_refused__one_line(data: Path) -> None:
    async with Discord().running() as discord:
        discord.fail("/commands", 403, body={"message": "Missing Access", "code": 50001})
        async with whoswho(discord, data, run=("--sync",)) as bot:
            assert await bot.ends() == 2
    assert bot.lines[-1].startswith("whoswho: Discord refuses the commands: Forbidden: 403")
    assert "Traceback" not in bot.log


async def test_a_token_file_and_fixed_shards__no_privileged_intent_and_nothing_secret_in_the_log(
    data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN + "\n")
    discord = Discord()
    chosen = {"DISCORD_TOKEN_FILE": str(file), "WHOSWHO_LOG_FORMAT": "json", "WHOSWHO_DISCORD_SHARDS": "3/16"}
    async with connected(discord, data, token=None, run=(), **chosen) as bot:
        await bot.says("connected to Discord")
        assert discord.gateway.session is not None
        assert discord.gateway.session.shard == (3, 16)
        assert discord.gateway.session.intents & _PRIVILEGED == 0
        assert await bot.stop(signal.SIGINT, seconds=20) == 0
    assert TOKEN not in bot.log
    rows = [json.loads(line) for line in bot.lines]
    assert [row["level"] for row in rows] == ["info"] * len(rows)
    assert any("oauth2/authorize?client_id=" in row["message"] for row in rows)
    assert discord.violations == []


async def test_unchanged_commands_are_not_sent_again(tmp_path: Path) -> None:
    async with Discord().running() as discord:
        for sent in (True, False):
            discord.gateway.connected.clear()
            async with whoswho(discord, tmp_path) as bot:
                await bot.says("commands sent to Discord" if sent else "commands are as Discord has them")
                assert await bot.stop() == 0
            assert discord.syncs == 1
    assert discord.violations == []


async def test_a_second_process_of_the_same_bot__waits_until_the_first_has_ended(data: Path) -> None:
    async with Discord().running() as discord, whoswho(discord, data) as first:
        await first.says("connected to Discord")
        async with whoswho(discord, data) as second, whoswho(discord, data) as third:
            await second.says(f"this bot runs already, with the same data folder (process {first.pid} on ")
            await third.says("this bot runs already")
            assert discord.gateway.identified == 1
            assert await third.stop() == 0
            assert await first.stop() == 0
            await second.says("connected to Discord")
    assert discord.gateway.identified == 2


async def test_a_note_that_cannot_be_written__keeps_nobody_from_answering(tmp_path: Path) -> None:
    (tmp_path / "discord-commands.json").mkdir()
    async with connected(Discord(), tmp_path) as bot:
        await bot.says("the next start sends them again")
        await bot.says("commands sent to Discord")
        assert await bot.stop() == 0
    assert "Traceback" not in bot.log


async def test_a_signal_while_it_waits_for_discord(data: Path) -> None:
    async with Discord().running() as discord:
        await discord.rest_down()
        async with whoswho(discord, data) as bot:
            await bot.says("next try in 1 s")
            assert await bot.stop(seconds=20) == 0
        await discord.rest_up()
    assert "Traceback" not in bot.log


async def test_rest_is_down_or_broken_at_the_start__waited_out(data: Path) -> None:
    async with Discord().running() as discord:
        await discord.rest_down()
        async with whoswho(discord, data) as bot:
            await bot.says("Discord cannot be reached (ClientConnectorError")
            discord.fail("/users/@me", 503)
            await discord.rest_up()
            await bot.says("Discord cannot be reached (DiscordServerError: 503")
            await bot.says("connected to Discord")
    assert "Traceback" not in bot.log


async def test_the_gateway_is_down_at_the_start_and_later__growing_pauses_and_one_line_each(data: Path) -> None:
    async with Discord().running(gateway=False) as discord, whoswho(discord, data) as bot:
        await bot.says("next try in 1 s")
        await discord.gateway_up()
        await bot.says("connected to Discord")
        await discord.gateway_down()
        await bot.says("next try in 1 s", times=2)
        await discord.gateway_up()
        await bot.says("back in Discord")
    waits = [line.split("next try in ")[1] for line in bot.lines if "next try" in line]
    assert waits == ["0.5 s", "1 s", "0.5 s", "1 s"]
    assert sum("Discord's gateway is there again" in line for line in bot.lines) == 2
    assert "Traceback" not in bot.log
    assert (discord.gateway.identified, discord.gateway.resumed) == (1, 1)


async def test_every_way_to_lose_the_gateway__the_session_goes_on(data: Path) -> None:
    discord = Discord()
    gateway = discord.gateway
    async with connected(discord, data) as bot:
        await gateway.ask_to_reconnect()
        await bot.says("back in Discord")
        await gateway.close(4000)
        await bot.says("back in Discord", times=2)
        await gateway.invalidate(resumable=True)
        await bot.says("back in Discord", times=3)
        gateway.abort()
        await bot.says("back in Discord", times=4)
        assert (gateway.identified, gateway.resumed) == (1, 4)
    assert "Traceback" not in bot.log


async def test_twenty_breaks_in_a_row__each_time_back_at_once(data: Path) -> None:
    discord = Discord()
    async with connected(discord, data) as bot:
        for number in range(20):
            await bot.says("back in Discord" if number else "connected to Discord", times=max(number, 1))
            discord.gateway.abort()
        await bot.says("back in Discord", times=20)
    assert "next try" not in bot.log


async def test_connections_that_break_before_anything_is_said__growing_pauses(data: Path) -> None:
    discord = Discord()
    async with connected(discord, data) as bot:
        await bot.says("connected to Discord")
        discord.gateway.close_with = 4000
        discord.gateway.abort()
        await bot.says("next try in 1 s")
        assert discord.gateway.connections < 10
        discord.gateway.close_with = None
        await bot.says("back in Discord")
        await bot.says("Discord's gateway is there again")
    waits = [line.split("next try in ")[1] for line in bot.lines if "next try" in line]
    assert waits == ["0.5 s", "1 s"]


async def test_a_session_that_is_gone__a_new_one(data: Path) -> None:
    discord = Discord()
    async with connected(discord, data) as bot:
        await discord.gateway.invalidate(resumable=False)
        await bot.says("connected to Discord", times=2)
    assert (discord.gateway.identified, discord.gateway.resumed) == (2, 0)
