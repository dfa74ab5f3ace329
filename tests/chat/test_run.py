"""What a bot takes into its process; how it connects and ends is tested over sockets, in tests/discord."""

import subprocess
import sys
from pathlib import Path

from bot.ingest.load import load
from tests.chat.conftest import CHOIR

# What `whoswho run` does between its start and an answer, without a Discord to do it in.
_ANSWER_ONCE = """
import asyncio, sys
from pathlib import Path
import bot.cli, bot.chat.run, bot.chat.asking.talk
from bot import app
from bot.chat.client import Client
from bot.model.request import Request, Wish
from bot.settings import Settings

async def main():
    settings = Settings(knowledge=(Path(sys.argv[1]),), data=Path(sys.argv[2]))
    async with app.open_services(settings, at_once=True) as services:
        client = Client(services)
        await client.setup_hook()
        answer = await client.desk.answer(Request(Wish.ASK, ("Who is in the choir?",)))
        assert answer.text
        await client.close()

asyncio.run(main())
print(*sys.modules)
"""
# What reads documents, counts slips, or talks to the database of notes, the web, a terminal or Prometheus: for those
# who need it.
_HEAVY = {
    "docx", "httpx", "icalendar", "jinja2", "markdown_it", "multiprocessing", "prometheus_client", "pypdfium2",
    "rapidfuzz", "rich", "selectolax", "simcord", "sqlalchemy", "bot.ingest.load", "bot.ingest.parsing.parse",
    "bot.ingest.parsing.formats",
}  # fmt: skip


def test_a_bot_that_answers__takes_in_nothing_that_only_others_need(tmp_path: Path) -> None:
    load([CHOIR], tmp_path)
    command = [sys.executable, "-c", _ANSWER_ONCE, str(CHOIR), str(tmp_path)]
    root = Path(__file__).parent.parent.parent
    modules = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout.split()
    assert {"discord", "bot.answers.engine", "bot.chat.knowledge.commands"} <= set(modules)
    assert not _HEAVY & set(modules)
