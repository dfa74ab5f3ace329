"""Goal 14: how soon the bot is back after its gateway broke, against the least bot that discord.py allows.

Measured at Discord's side: from the break, or from the end of an outage, until the session has gone on and everything
that was missed is delivered. Both bots are broken in turns, in the same ways.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import cycle, islice
from statistics import fmean, median
from time import perf_counter

from tests.bench.connected import BARE, Connected, connected, ours
from tests.bench.sites import Site
from tests.bench.table import Row, micros, ratio_of
from tests.discord.gateway import Gateway
from tests.discord.server import Discord

_BACK_SECONDS = 120.0
_OUTAGE = 2.0  # seconds
_NS = 1_000_000_000
_LIMIT = 1.5

Break = Callable[[Gateway], Awaitable[None]]


async def _abort(gateway: Gateway) -> None:
    gateway.abort()


WAYS: tuple[Break, ...] = (  # after each of which the session goes on
    _abort,
    Gateway.ask_to_reconnect,
    lambda gateway: gateway.close(4000),
    lambda gateway: gateway.invalidate(resumable=True),
)


def measure_recovery(site: Site, rounds: int, drops: int) -> list[Row]:
    """Rows of goal 14: `drops` breaks of both bots in each round, and an outage."""
    return asyncio.run(_measure(site, rounds, drops))


async def _measure(site: Site, rounds: int, drops: int) -> list[Row]:
    broken: dict[str, list[float]] = {"bare": [], "ours": []}
    away: dict[str, list[float]] = {"bare": [], "ours": []}
    slowest = 0.0
    async with AsyncExitStack() as stack:
        bots = {
            "bare": await stack.enter_async_context(connected(BARE)),
            "ours": await stack.enter_async_context(connected(ours(site.knowledge, site.folder / "data"))),
        }
        for number in range(-1, rounds):
            times: dict[str, list[float]] = {name: [] for name in bots}
            for way in islice(cycle(WAYS), drops):
                for name, one in bots.items():
                    times[name].append(await _back_after(one, way))
            outages = [_back_after_outage(one.discord) for one in bots.values()]
            back = dict(zip(bots, await asyncio.gather(*outages), strict=True))
            if number >= 0:  # the first round only warms up
                slowest = max(slowest, *times["ours"])
                for name in bots:
                    broken[name].append(fmean(times[name]) * _NS)  # a mean, so that a pause now and then counts
                    away[name].append(back[name])
    return [
        Row(
            14, f"back after a break, mean of {drops} in a row (slowest {slowest * 1000:.0f} ms)",
            micros(broken["ours"]), f"bare discord.py bot {micros(broken['bare'])}",
            ratio_of(broken["ours"], broken["bare"]), _LIMIT,
        ),
        Row(
            14, f"back after an outage of {_OUTAGE:g} s, from its end", f"{median(away['ours']):.1f} s",
            f"bare discord.py bot {median(away['bare']):.1f} s", median(away["ours"]) / median(away["bare"]), _LIMIT,
        ),
    ]  # fmt: skip


async def _back_after(one: Connected, way: Break) -> float:
    gateway = one.discord.gateway
    gateway.connected.clear()
    began = perf_counter()
    await way(gateway)
    await asyncio.wait_for(gateway.connected.wait(), _BACK_SECONDS)
    return perf_counter() - began


async def _back_after_outage(discord: Discord) -> float:
    await discord.gateway_down()
    await asyncio.sleep(_OUTAGE)
    await discord.gateway_up()
    began = perf_counter()
    await asyncio.wait_for(discord.gateway.connected.wait(), _BACK_SECONDS)
    return perf_counter() - began
