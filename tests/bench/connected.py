"""Goals 3, 4, 7 and 8: the bot in Discord against the least bot that discord.py allows, both over a local Discord.

Everything runs on this machine: the local Discord takes its share of the processor, from both bots alike.
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from bot.ingest.apart import Job, load_apart
from tests.bench.sites import Site
from tests.bench.table import Row, micros, p99, ratio_of
from tests.discord.process import NO_LIMITS, Bot, started
from tests.discord.server import Discord

BARE = ("-m", "tests.discord.bare_bot")
_CONNECT_SECONDS = 60.0
_AT_REST = 3.0  # seconds after READY, when discord.py has settled
_RATE = 200  # questions a second, in an open loop: more than Discord would ever let through
_NS = 1_000_000_000
_FEWEST = 100  # answers that a p99 is made of
_MARK = "\nOne line more.\n"


@dataclass(slots=True)
class Connected:
    """A bot that is connected, and its Discord."""

    discord: Discord
    bot: Bot
    seconds: float  # from its start to IDENTIFY

    async def ask(self, question: str) -> float:
        """Seconds from a question to its answer."""
        interaction = await self.discord.slash("ask", question=question)
        return (await interaction.answer(60)).seconds

    def kilobytes(self) -> int:
        """What it holds in memory."""
        status = Path(f"/proc/{self.bot.pid}/status").read_text(encoding="ascii")
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


@asynccontextmanager
async def connected(arguments: Sequence[str | Path]) -> AsyncIterator[Connected]:
    """Start a bot and wait until it has a session and its commands."""
    async with Discord(checked=False, patient=True).running() as discord:
        began = perf_counter()
        async with started(discord, arguments, most_seconds=None, environment=NO_LIMITS) as bot:
            await asyncio.wait_for(discord.gateway.connected.wait(), _CONNECT_SECONDS)
            seconds = perf_counter() - began
            await asyncio.wait_for(discord.synced.wait(), _CONNECT_SECONDS)
            yield Connected(discord, bot, seconds)


def ours(knowledge: Path, data: Path) -> tuple[str | Path, ...]:
    """How our bot is started; its commands are told each time, as the bare bot's are."""
    return ("-m", "bot", "--knowledge", knowledge, "--data", data, "run", "--sync")


def measure_connected(site: Site, rounds: int, count: int, goals: set[int]) -> list[Row]:
    """Rows of goals 3, 4, 7 and 8, over the knowledge of one site."""
    return asyncio.run(_measure(site, rounds, count, goals))


async def _measure(site: Site, rounds: int, count: int, goals: set[int]) -> list[Row]:
    rows: list[Row] = []
    if goals & {7, 8}:
        rows += await _starts(site, rounds)
    if 3 in goals:
        rows += await _round_trips(site, rounds, count)
    if 4 in goals:
        rows += await _reloads(site, rounds)
    return rows


async def _starts(site: Site, rounds: int) -> list[Row]:
    """Start both again and again; then see how much they hold after a hundred answers."""
    seconds: dict[str, list[float]] = {"bare": [], "ours": []}
    memory: dict[str, list[float]] = {"bare": [], "ours": []}
    rest: dict[str, list[float]] = {"bare": [], "ours": []}
    forms = {"bare": BARE, "ours": ours(site.knowledge, site.folder / "data")}
    for _ in range(rounds):
        for name, arguments in forms.items():
            async with connected(arguments) as one:
                seconds[name].append(one.seconds)
                await asyncio.sleep(_AT_REST)
                rest[name].append(one.kilobytes() / 1024)
                for question in site.questions()[:100]:
                    await one.ask(question.text)
                memory[name].append(one.kilobytes() / 1024)
    return [
        Row(
            7, "start to IDENTIFY", f"{median(seconds['ours']) * 1000:.0f} ms",
            f"bare discord.py bot {median(seconds['bare']) * 1000:.0f} ms", ratio_of(seconds["ours"], seconds["bare"]),
            2, 1.5,
        ),
        Row(
            8, "memory at rest", f"{median(rest['ours']):.0f} MB", f"bare discord.py bot {median(rest['bare']):.0f} MB",
            ratio_of(rest["ours"], rest["bare"]), 1.6, 1.4,
        ),
        Row(
            8, "memory after 100 answers, with what the bot remembers open", f"{median(memory['ours']):.0f} MB",
            f"bare discord.py bot {median(memory['bare']):.0f} MB", ratio_of(memory["ours"], memory["bare"]),
        ),
    ]  # fmt: skip


async def _round_trips(site: Site, rounds: int, count: int) -> list[Row]:
    """Ask both in turn, so that both meet the same machine."""
    async with AsyncExitStack() as stack:
        bare = await stack.enter_async_context(connected(BARE))
        bot = await stack.enter_async_context(connected(ours(site.knowledge, site.folder / "data")))
        await asyncio.sleep(_AT_REST)
        measured: dict[str, list[list[float]]] = {"bare": [], "ours": []}
        questions = site.questions()
        for number in range(-1, rounds):
            start = max(number, 0) * count % max(len(questions) - count + 1, 1)
            trips: dict[str, list[float]] = {"bare": [], "ours": []}
            for question in questions[start : start + count]:
                trips["bare"].append(await bare.ask(question.text))
                trips["ours"].append(await bot.ask(question.text))
            if number >= 0:  # the first round only warms up
                for name, times in trips.items():
                    measured[name].append(times)
    middle = {name: [median(times) * _NS for times in lists] for name, lists in measured.items()}
    slow = {name: micros([p99(times) * _NS for times in lists]) for name, lists in measured.items()}
    return [
        Row(
            3, f"/ask round trip (p99 {slow['ours']})", micros(middle["ours"]),
            f"constant answer {micros(middle['bare'])} (p99 {slow['bare']})", ratio_of(middle["ours"], middle["bare"]),
            2, 1.4,
        )
    ]  # fmt: skip


async def _reloads(site: Site, rounds: int) -> list[Row]:
    """Answers while another process reads every document anew into the same data folder, against answers in peace."""
    measured: dict[str, list[float]] = {"one": [], "one, busy": [], "many": [], "many, busy": []}
    with tempfile.TemporaryDirectory(dir=site.folder) as scratch:
        knowledge, data = Path(scratch) / "knowledge", Path(scratch) / "data"
        await asyncio.to_thread(shutil.copytree, site.knowledge, knowledge)
        await _load(knowledge, data)
        questions = [question.text for question in site.questions()]
        async with connected(ours(knowledge, data)) as one:
            await asyncio.sleep(_AT_REST)
            for number in range(-1, rounds):
                for name, ask in (("one", _one_by_one), ("many", _at_a_rate)):
                    await asyncio.to_thread(_edit_all, knowledge)
                    began = perf_counter()
                    busy = await ask(one, questions, asyncio.create_task(_load(knowledge, data)))
                    pause = asyncio.create_task(asyncio.sleep(perf_counter() - began))
                    idle = await ask(one, questions, pause)
                    if number >= 0:  # the first round only warms up
                        measured[name].append(p99(idle) * _NS)
                        measured[f"{name}, busy"].append(p99(busy) * _NS)
    return [
        Row(
            4, f"{what}: p99 while {site.facts:,} facts are loaded anew", micros(measured[f"{name}, busy"]),
            f"in peace {micros(measured[name])}", ratio_of(measured[f"{name}, busy"], measured[name]), limit, limit,
        )
        for name, what, limit in (("one", "/ask, one after the other", 1.5), ("many", f"/ask, {_RATE} a second", 3))
    ]  # fmt: skip


async def _one_by_one(one: Connected, questions: Sequence[str], until: asyncio.Task[None]) -> list[float]:
    """The next question when the last one is answered. Raises TimeoutError where an answer is missing."""
    times: list[float] = []
    while not until.done() or len(times) < _FEWEST:
        times.append(await one.ask(questions[len(times) % len(questions)]))
    return times


async def _at_a_rate(one: Connected, questions: Sequence[str], until: asyncio.Task[None]) -> list[float]:
    """A question at each beat, whether or not the last one is answered; a late beat counts as waiting, too."""
    asked: list[asyncio.Task[float]] = []
    began = perf_counter()

    async def ask(due: float, question: str) -> float:
        late = perf_counter() - due
        return late + await one.ask(question)

    while not until.done() or len(asked) < _FEWEST:
        due = began + len(asked) / _RATE
        await asyncio.sleep(max(0.0, due - perf_counter()))
        asked.append(asyncio.create_task(ask(due, questions[len(asked) % len(questions)])))
    return list(await asyncio.gather(*asked))


async def _load(knowledge: Path, data: Path) -> None:
    """Load the folder by the very process that the bot has its documents read in."""
    await load_apart(Job((knowledge,), data, write=True, wait=True))


def _edit_all(knowledge: Path) -> None:
    """Change a line of each document, so that none can be taken over."""
    for file in knowledge.rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        before, after = (_MARK, "") if _MARK in text else ("", _MARK)
        file.write_text(text.removesuffix(before) + after, encoding="utf-8")
