"""A made-up choir, and the real bot on a simulated Discord, as members meet it."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env

from bot.assistant import Assistant
from bot.chat.client import Client
from bot.chat.serving.services import Services
from bot.chat.words.texts import Texts
from bot.paths import shipped
from bot.settings import Settings
from tests.chat.knowledge.desk import Desk, open_desk
from tests.discord.validate import faults_of_request

TODAY = date(2026, 1, 1)
CHOIR = Path(__file__).parent.parent / "communities" / "choir"
UNLIMITED = Settings(member_rate=6000, server_rate=60000, overall_rate=60000)
TEXTS = shipped("prompts") / "discord"


@dataclass
class Notebook:
    """A memory that can be looked into."""

    gaps: list[tuple[str, int]] = field(default_factory=list)
    feedback: list[tuple[str, bool, int]] = field(default_factory=list)

    async def note_gap(self, question: str, asker: int) -> str | None:
        self.gaps.append((question, asker))
        return None

    async def note_feedback(self, question: str, *, good: bool, asker: int) -> None:
        self.feedback.append((question, good, asker))


@dataclass
class Town:
    """A server with a channel and two members, the bot, and what stands behind it."""

    env: Env
    services: Services
    memory: Notebook
    guild: GuildHandle
    channel: ChannelHandle
    alice: MemberActor
    bob: MemberActor

    @property
    def client(self) -> Client:
        """The bot that runs now."""
        assert isinstance(self.env.bot, Client)
        return self.env.bot

    async def restart(self) -> None:
        """Another process of the bot: it remembers nothing."""
        await self.env.restart_bot(Client(self.services))


Open = Callable[..., Awaitable[Town]]


@pytest.fixture(scope="session")
def assistant_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Assistant]]:
    """The assistant over a knowledge folder, opened once for all tests that only ask."""
    opened: dict[Path, Assistant] = {}

    def open_once(knowledge: Path) -> Assistant:
        if knowledge not in opened:
            settings = Settings(knowledge=(knowledge,), data=tmp_path_factory.mktemp("data"))
            with ThreadPoolExecutor(1) as thread:  # a test that asks for it may have a loop of its own
                opened[knowledge] = thread.submit(asyncio.run, Assistant.open(settings, lambda: TODAY)).result()
        return opened[knowledge]

    yield open_once
    for assistant in opened.values():
        asyncio.run(assistant.close())


@pytest.fixture(scope="session")
def choir(assistant_of: Callable[[Path], Assistant]) -> Assistant:
    """What is known of the choir."""
    return assistant_of(CHOIR)


@pytest_asyncio.fixture
async def open_town() -> AsyncIterator[Open]:
    """Opens a town whose bot knows what an assistant does."""
    async with AsyncExitStack() as stack:

        async def opened(
            assistant: Assistant,
            texts: Path = TEXTS,
            settings: Settings = UNLIMITED,
            *,
            check_errors: bool = True,
            clock: Callable[[], float] = time.monotonic,
        ) -> Town:
            memory = Notebook()
            services = Services(assistant, Texts.read(texts), settings, memory)
            client = Client(services, clock)
            env = Env(client)
            await env.start()
            if check_errors:
                stack.callback(env.raise_errors)
            stack.callback(_check_requests, env)
            stack.push_async_callback(env.shutdown)
            await client.tree.sync()
            guild = env.create_guild()
            alice, bob = (guild.add_member(env.create_user(name)) for name in ("alice", "bob"))
            return Town(env, services, memory, guild, guild.create_text_channel("general"), alice, bob)

        yield opened


def _check_requests(env: Env) -> None:
    """Every request that the bot sent is one that Discord takes."""
    sent = [request for request in env.http_requests if request.method in ("POST", "PATCH", "PUT")]
    bodies = [(one, json.loads(json.dumps(one.json))) for one in sent]  # as they travel: simcord keeps kinds of its own
    assert [fault for one, body in bodies for fault in faults_of_request(one.method, one.path, body)] == []


@pytest_asyncio.fixture
async def town(open_town: Open, choir: Assistant) -> Town:
    """A town that knows the choir."""
    return await open_town(choir)


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A server whose admins look after a small folder."""
    async with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def env(desk: Desk) -> Env:
    """Here so that the plugin finds it and puts a test of the desk on its clock."""
    return desk.env
