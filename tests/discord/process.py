"""A bot in a process of its own, pointed at our local Discord; knows how to start, watch and end it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.discord.server import TOKEN, Discord

ROOT = Path(__file__).parent.parent.parent
MOST_SECONDS = 150  # for all that one test asks of a process; then it is killed, and the test fails
# For whoever asks more than any community does.
NO_LIMITS = {"WHOSWHO_MEMBER_RATE": "6000", "WHOSWHO_SERVER_RATE": "60000", "WHOSWHO_OVERALL_RATE": "60000"}


@dataclass(slots=True)
class Bot:
    """A running process; `lines` is what it wrote so far, both streams together."""

    process: asyncio.subprocess.Process
    lines: list[str] = field(default_factory=list)
    _written: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    @property
    def log(self) -> str:
        """Everything it wrote."""
        return "\n".join(self.lines)

    async def says(self, words: str, seconds: float = 40, times: int = 1) -> None:
        """Wait until so many lines hold these words."""

        def said() -> bool:
            return sum(words in line for line in self.lines) >= times

        async with self._written:
            await asyncio.wait_for(self._written.wait_for(said), seconds)

    async def ends(self, seconds: float = 40) -> int:
        """Wait until it ended by itself; its exit code."""
        return await asyncio.wait_for(self.process.wait(), seconds)

    async def stop(self, number: int = signal.SIGTERM, seconds: float = 40) -> int:
        """Send a signal and wait for the end; the exit code."""
        self.process.send_signal(number)
        return await self.ends(seconds)

    async def read(self) -> None:
        """Take in what it writes, until it ends."""
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            self.lines.append(line.decode().rstrip("\n"))
            async with self._written:
                self._written.notify_all()


@asynccontextmanager
async def started(
    discord: Discord,
    arguments: Sequence[str | Path],
    *,
    token: str | None = TOKEN,
    most_seconds: float | None = MOST_SECONDS,
    environment: Mapping[str, str] | None = None,
) -> AsyncIterator[Bot]:
    """A Python program run with `arguments` and the addresses of our local Discord.

    It is killed if it outlives the block, with whatever it started. A block that takes too long is left.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WHOSWHO_", "DISCORD_"))}
    addresses = {"WHOSWHO_DISCORD_API_URL": discord.api_url, "WHOSWHO_DISCORD_GATEWAY_URL": discord.gateway_url}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *map(str, arguments),
        cwd=ROOT,
        env={**kept, **addresses, **({"DISCORD_TOKEN": token} if token else {}), **(environment or {})},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    bot = Bot(process)
    reader = asyncio.create_task(bot.read())
    try:
        async with asyncio.timeout(most_seconds):
            yield bot
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        await reader
