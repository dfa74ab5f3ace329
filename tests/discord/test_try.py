"""`whoswho try` in a real browser: what a person types into the composer is answered on the page by the real bot."""

import signal
from pathlib import Path

import pytest

from tests.discord.browser import ABSENT, CHROMIUM, addresses, visiting
from tests.discord.process import started
from tests.discord.server import Discord

KNOWLEDGE = Path(__file__).parent.parent / "communities" / "choir"
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=ABSENT)


async def test_ask_in_the_channel_and_in_direct_messages(tmp_path: Path) -> None:
    arguments = ("-m", "bot", "--knowledge", KNOWLEDGE, "--data", tmp_path, "try")
    async with started(Discord(), arguments, token=None) as bot:
        channel, direct = await addresses(bot)
        async with visiting(channel) as member:
            await member.command("ask", "Who composed the Sea Litany?")
            await member.sees("Linnet Hargrove")
            await member.say("@Whoswho who conducts the Velmouth Town Choir?")
            await member.sees("Winterbourne")
            await member.look_as("Ada (admin)")
            await member.command("knowledge status")
            await member.sees("Snapshot")
        async with visiting(direct) as member:
            await member.say("who conducts the Velmouth Town Choir?")
            await member.sees("Winterbourne")
        assert await bot.stop(signal.SIGINT) == 0
    assert "Traceback" not in bot.log
