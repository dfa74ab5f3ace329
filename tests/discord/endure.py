"""Many questions at once while the documents change, the gateway breaks and Discord stumbles; counts what went wrong.

Two documents tell the same number, which each reload raises. An answer that tells both must tell one number: then it
comes from one snapshot. `python -m tests.discord.endure` runs longer than the tests do.
"""

import asyncio
import itertools
import random
import re
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import click

from tests.discord.process import NO_LIMITS, ROOT, started
from tests.discord.server import Discord
from tests.faults.tally import Tally as Suffered

QUESTION = "where do Ada King and Bo Reed work?"
_NUMBER = re.compile(r"(?:Guild|rule|Minutes) (\d+)")
_ANSWER_SECONDS = 30.0
_MANY_TRIES = 3
STRANGERS = 1400000000000000000  # everyone asks once, so that no limit on one member is met


@dataclass(frozen=True, slots=True)
class Load:
    """How much of everything."""

    interactions: int
    in_flight: int = 50
    reloads: int = 0
    drops: int = 0
    stumbles: int = 0  # requests that Discord answers with 429 or 5xx


@dataclass(slots=True)
class Tally:
    """What became of it."""

    answered: int = 0
    unanswered: int = 0
    refused: int = 0  # by Discord itself, again and again until its three seconds were over: nobody could have answered
    mixed: list[str] = field(default_factory=list)  # answers from more than one snapshot
    wrong: list[str] = field(default_factory=list)  # answers that tell no number
    numbers: set[int] = field(default_factory=set)
    seconds: float = 0.0

    @property
    def faults(self) -> int:
        """How many interactions were not answered as they should be."""
        return self.unanswered + len(self.mixed) + len(self.wrong)

    def __str__(self) -> str:
        return (
            f"{self.answered} answered in {self.seconds:.1f} s from {len(self.numbers)} snapshots; "
            f"{self.unanswered} unanswered, {len(self.mixed)} mixed, {len(self.wrong)} wrong, {self.refused} refused"
        )


def write_knowledge(folder: Path, number: int) -> None:
    """The documents of one generation; each is replaced whole, as an editor does."""
    (folder / "people").mkdir(parents=True, exist_ok=True)
    _replace(folder / "sources.yaml", f"minutes: {{title: Minutes {number}, author: Ida Brook, date: 2021-03}}\n")
    for key, name in (("ada-king", "Ada King"), ("bo-reed", "Bo Reed")):
        works = f"worksFor: {{name: Guild {number}, roleName: keeper of rule {number}}}"
        text = f"---\nkind: person\nname: {name}\nsource: minutes\n{works}\n---\nKeeps the lamp.\n"
        _replace(folder / "people" / f"{key}.md", text)


def command(knowledge: Path, data: Path, *arguments: str) -> list[str]:
    """The program on this knowledge."""
    return ["-m", "bot", "--knowledge", str(knowledge), "--data", str(data), *arguments]


async def reload(knowledge: Path, data: Path, number: int) -> None:
    """Write the next generation and load it in another process."""
    await asyncio.to_thread(write_knowledge, knowledge, number)
    loading = await asyncio.create_subprocess_exec(
        sys.executable, *command(knowledge, data, "load"), cwd=ROOT, stdout=asyncio.subprocess.DEVNULL
    )
    assert await loading.wait() == 0


async def endure(discord: Discord, knowledge: Path, data: Path, load: Load) -> Tally:
    """Ask all questions, and on until the last reload, with drops and stumbles spread over them; the bot is there."""
    tally, room, chance = Tally(), asyncio.Semaphore(load.in_flight), random.Random(1)
    drops, stumbles = _spread(load.drops, load.interactions), _spread(load.stumbles, load.interactions)

    async def reload_all() -> None:
        for number in range(load.reloads):
            await reload(knowledge, data, number + 2)

    began = perf_counter()
    reloading = asyncio.create_task(reload_all())
    async with asyncio.TaskGroup() as asking:
        for number in itertools.count():
            if number >= load.interactions and (not load.reloads or reloading.done()):
                break
            await room.acquire()
            if number in drops:
                await _drop(discord, drops.index(number))
            if number in stumbles:
                _stumble(discord, chance)
            asking.create_task(_ask(discord, room, tally, STRANGERS + number))
    await reloading
    tally.seconds = perf_counter() - began
    return tally


async def _ask(discord: Discord, room: asyncio.Semaphore, tally: Tally, asker: int) -> None:
    interaction = await discord.slash("ask", asker, question=QUESTION)
    try:
        await interaction.answer(_ANSWER_SECONDS)
    except TimeoutError:
        tries = discord.sent_to(f"/{interaction.sent['token']}/callback")
        if interaction.late and sum(tried.status == 429 or tried.status >= 500 for tried in tries) >= _MANY_TRIES:
            tally.refused += 1
        else:
            tally.unanswered += 1
    else:
        tally.answered += 1
        found = {int(number) for number in _NUMBER.findall(interaction.text)}
        tally.numbers |= found
        if not found:
            tally.wrong.append(interaction.text)
        elif len(found) > 1:
            tally.mixed.append(interaction.text)
    finally:
        room.release()


async def _drop(discord: Discord, number: int) -> None:
    """Lose the gateway, in another way each time; only ways after which a session goes on."""
    if not discord.gateway.connected.is_set():
        return
    match number % 4:
        case 0:
            discord.gateway.abort()
        case 1:
            await discord.gateway.ask_to_reconnect()
        case 2:
            await discord.gateway.close(4000)
        case _:
            await discord.gateway.invalidate(resumable=True)


def _stumble(discord: Discord, chance: random.Random) -> None:
    """Let the next answer meet a limit or a broken Discord, which may have done what it says it has not."""
    match chance.randrange(4):
        case 0:
            discord.limit("/callback|/webhooks/", 0.2)
        case 1:
            discord.limit("/callback|/webhooks/", 0.2, everywhere=True)
        case 2:
            discord.fail("/callback|/webhooks/", chance.choice((500, 502, 503)))
        case _:
            discord.fail("/callback|/webhooks/", 500, carried_out=True)


def _spread(count: int, among: int) -> list[int]:
    return [(2 * number + 1) * among // (2 * count) for number in range(count)]


def _replace(file: Path, text: str) -> None:
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)


def suffer(name: str, load: Load) -> Suffered:
    """The same for `make faults`."""
    tally, violations = asyncio.run(measure(load))
    unanswered = [f"{tally.unanswered} unanswered"] * (tally.unanswered > 0)
    bad = [*unanswered, *tally.mixed, *tally.wrong, *violations]
    return Suffered(name, tally.answered + tally.unanswered, measured=[str(tally)], bad=bad)


@click.command()
@click.option("--interactions", default=5000, show_default=True)
@click.option("--reloads", default=20, show_default=True)
@click.option("--drops", default=5, show_default=True)
@click.option("--stumbles", default=0, show_default=True, help="Answers of Discord with 429 or 5xx.")
def main(interactions: int, reloads: int, drops: int, stumbles: int) -> None:
    """Ask so many questions; exits with 1 if one was not answered as it should be."""
    load = Load(interactions, reloads=reloads, drops=drops, stumbles=stumbles)
    tally, violations = asyncio.run(measure(load))
    click.echo(str(tally))
    for line in [*tally.mixed[:5], *tally.wrong[:5], *violations[:5]]:
        click.echo(line[:1000])
    click.echo(f"{len(violations)} requests or answers against Discord's rules")
    sys.exit(bool(tally.faults or violations))


async def measure(load: Load) -> tuple[Tally, list[str]]:
    """The whole of it, with a bot of its own; also what was sent against Discord's rules."""
    with tempfile.TemporaryDirectory() as folder:
        knowledge, data = Path(folder) / "knowledge", Path(folder) / "data"
        write_knowledge(knowledge, 1)
        async with (
            Discord().running() as discord,
            started(discord, command(knowledge, data, "run"), most_seconds=None, environment=NO_LIMITS) as bot,
        ):
            await bot.says("connected to Discord", seconds=30)
            await asyncio.wait_for(discord.synced.wait(), 30)
            tally = await endure(discord, knowledge, data, load)
            if tally.faults:
                click.echo(bot.log[-5000:], err=True)
            return tally, discord.violations


if __name__ == "__main__":
    main()
