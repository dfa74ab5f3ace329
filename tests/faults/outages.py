"""A running bot that is told to stop at any moment, and a Discord that is away for any time."""

import asyncio
import random
import signal
from contextlib import suppress
from pathlib import Path
from time import perf_counter

from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot
from tests.discord.endure import QUESTION, command, write_knowledge
from tests.discord.interactions import text_of
from tests.discord.process import NO_LIMITS, Bot, started
from tests.discord.server import Discord
from tests.discord.world import ADMIN
from tests.faults.tally import Tally

_MOST_SECONDS = 5.0  # from the signal to the end
_BACK_SECONDS = 90.0  # the longest pause between two tries, and some more
_ASKED_AT_ONCE = 8
_EARLY = 4  # one in so many is told to stop while it may still be starting


def stop_at_any_time(rounds: int, work: Path, seed: int = 7, longest: float = 5.0) -> Tally:
    """SIGTERM while it starts, answers or reloads: it ends soon and with 0, and what is in force is whole."""
    return asyncio.run(_stop_at_any_time(rounds, work, random.Random(seed), longest))


def outlast_outages(rounds: int, work: Path, seed: int = 8, longest: float = 30.0) -> Tally:
    """Discord is away for a while, REST and gateway: what was written to the bot meanwhile is answered once."""
    return asyncio.run(_outlast_outages(rounds, work, random.Random(seed), longest))


async def _stop_at_any_time(rounds: int, work: Path, chance: random.Random, longest: float) -> Tally:
    tally = Tally("SIGTERM at any time")
    knowledge, data = work / "knowledge", work / "data"
    for number in range(rounds):
        write_knowledge(knowledge, number + 1)
        tally.rounds += 1
        async with (
            Discord(checked=False).running() as discord,
            started(discord, command(knowledge, data, "run"), environment=NO_LIMITS) as bot,
        ):
            busy = asyncio.create_task(_keep_busy(discord))
            if number % _EARLY:
                await bot.says("logged in")
            await asyncio.sleep(chance.uniform(0, longest))
            said_anything, began = bool(bot.lines), perf_counter()
            code = await bot.stop(seconds=60)
            seconds = perf_counter() - began
            busy.cancel()
            with suppress(asyncio.CancelledError):
                await busy
        _judge(tally, number, bot, code, seconds, said_anything=said_anything)
        if (data / "snapshots" / "current").exists():
            Snapshot.open(current_snapshot(data)).close()  # raises where it is not whole
            tally.note("with a snapshot")
    return tally


def _judge(tally: Tally, number: int, bot: Bot, code: int, seconds: float, *, said_anything: bool) -> None:
    if code == -signal.SIGTERM and not said_anything:
        tally.note("before it had begun")  # Python itself was still starting
        return
    tally.note("in good order")
    if code or seconds > _MOST_SECONDS or "Traceback" in bot.log:
        tally.bad.append(f"round {number}: exit {code} after {seconds:.1f} s: {bot.log[-400:]}")


async def _keep_busy(discord: Discord) -> None:
    """Questions all the time, and now and then a reload."""
    await discord.synced.wait()
    while True:
        for number in range(_ASKED_AT_ONCE):
            await discord.slash("ask", question=QUESTION, asker=ADMIN + number)
        await discord.slash("knowledge reload", ADMIN)
        await asyncio.sleep(0.2)


async def _outlast_outages(rounds: int, work: Path, chance: random.Random, longest: float) -> Tally:
    tally, slowest = Tally("outages of Discord"), 0.0
    knowledge, data = work / "knowledge", work / "data"
    write_knowledge(knowledge, 1)
    async with (
        Discord().running() as discord,
        started(discord, command(knowledge, data, "run"), most_seconds=None, environment=NO_LIMITS) as bot,
    ):
        await bot.says("connected to Discord")
        await asyncio.wait_for(discord.synced.wait(), 40)
        for number in range(rounds):
            await discord.gateway_down()
            await discord.rest_down()
            written = await discord.direct_message(QUESTION, ADMIN + 100 + number)
            await asyncio.sleep(chance.uniform(0.2, longest))
            await discord.rest_up()
            await discord.gateway_up()
            tally.rounds += 1
            began = perf_counter()
            try:
                said = text_of(await discord.reply_to(written, _BACK_SECONDS))
                asked = await (await discord.slash("ask", question=QUESTION)).answer()
            except TimeoutError:
                tally.bad.append(f"round {number}: no answer after the outage: {bot.log[-400:]}")
                break
            slowest = max(slowest, perf_counter() - began)
            replies = [one for one in discord.messages.values() if one["channel_id"] == written["channel_id"]]
            if "Guild 1" not in said or "Guild 1" not in asked.text or len(replies) != 1:
                tally.bad.append(f"round {number}: {len(replies)} replies, {said[:100]!r}, {asked.text[:100]!r}")
        if await bot.stop() or "Traceback" in bot.log or discord.violations:
            tally.bad.append(f"the end: {discord.violations[:3]} {bot.log[-400:]}")
    tally.measured.append(f"back {slowest:.1f} s after the end of an outage at the latest")
    return tally
