"""The real bot on a local page that looks like Discord: no token, no network; knows pages and who looks at them.

simcord stands in for Discord inside this process and serves what it holds on a loopback address. One of its pages shows
one place, so the channel and the direct messages are two pages, each with a loop, a bot and a Discord of its own, over
the same knowledge.
"""

import asyncio
import os
import re
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

import discord

from bot.chat.client import Client
from bot.chat.run import signals
from bot.chat.serving.services import Services
from bot.errors import WhoswhoError

if TYPE_CHECKING:
    import simcord

Place = Literal["channel", "direct"]
Opening = Callable[[], AbstractAsyncContextManager[Services]]

MISSING = "whoswho try needs the package simcord: pip install 'whoswho[preview]'"
_SETTLE_SECONDS = 60.0  # a reload of a large folder may take a while
_WIDTH, _HEIGHT = 1280, 900


@dataclass(frozen=True, slots=True)
class Names:
    """How the made-up places and people of the page are called."""

    bot: str
    server: str
    channel: str
    topic: str
    member: str
    admin: str
    role: str


@asynccontextmanager
async def page(services: Services, names: Names, place: Place, port: int = 0) -> AsyncIterator["simcord.Preview"]:
    """The page of one place, served while the block runs; port 0 takes a free one. Raises WhoswhoError."""
    try:
        import simcord  # noqa: PLC0415 - an extra, which only this page needs
    except ModuleNotFoundError as error:
        raise WhoswhoError(MISSING) from error
    client = Client(services)
    async with simcord.run(client, check_errors=False, settle_timeout=_SETTLE_SECONDS) as world:
        # Its clock stands at a day of its own choice, and so would the times on the page.
        await world.advance_time(max(0.0, (datetime.now(UTC) - world.now()).total_seconds()))
        await client.tree.sync()
        if client.user is not None:
            await client.user.edit(username=names.bot)
            _let_it_be_mentioned(world, client.user)
        channel, viewers = _channel(world, names) if place == "channel" else _direct(world, names)
        try:
            preview = world.preview(
                channel, viewers=viewers, layout="channel", width=_WIDTH, height=_HEIGHT, port=port or None
            )
            async with preview:
                yield preview
        except simcord.SetupError as error:
            if isinstance(error.__cause__, OSError):
                why = os.strerror(error.__cause__.errno or 0)
                raise WhoswhoError(f"cannot listen on 127.0.0.1:{port}: {why}") from error
            raise WhoswhoError(f"{MISSING} ({error})") from error


def show(opening: Opening, names: Names, tell: Callable[[str, str], None], port: int = 0) -> None:
    """Serve both pages and tell their addresses; returns when either is closed on the page, and at Ctrl-C.

    `port` is the channel's, the next one that of the direct messages.
    """
    asyncio.run(_both(opening, names, tell, port))


async def _both(opening: Opening, names: Names, tell: Callable[[str, str], None], port: int) -> None:
    stop = asyncio.Event()
    beside = _Beside(opening, names, port + 1 if port else 0)
    with signals(stop.set):
        async with opening() as services, page(services, names, "channel", port) as preview:
            try:
                tell(preview.url, await asyncio.to_thread(beside.start))
                await _first(preview.wait_closed(), stop.wait(), asyncio.to_thread(beside.thread.join))
            finally:
                beside.stop()


class _Beside:
    """The page of the direct messages in a thread of its own: simcord allows one Discord a loop."""

    def __init__(self, opening: Opening, names: Names, port: int) -> None:
        self.thread = threading.Thread(target=self._run, name="direct messages", daemon=True)
        self._work = (opening, names, port)
        self._known = threading.Event()
        self._url = ""
        self._error: BaseException | None = None
        self._stop: Callable[[], Any] = lambda: None

    def start(self) -> str:
        """Start it and wait for its address."""
        self.thread.start()
        self._known.wait()
        if self._error is not None:
            raise self._error
        return self._url

    def stop(self) -> None:
        """Close it and wait for its end."""
        self._stop()
        self.thread.join(timeout=5)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # noqa: BLE001 - the thread that waits for the address raises it
            self._error = error
        finally:
            self._known.set()

    async def _serve(self) -> None:
        opening, names, port = self._work
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()

        def stop_from_outside() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(stop.set)

        async with opening() as services, page(services, names, "direct", port) as preview:
            self._url, self._stop = preview.url, stop_from_outside
            self._known.set()
            await _first(preview.wait_closed(), stop.wait())


async def _first(*ends: Coroutine[Any, Any, Any]) -> None:
    """Wait until one of them is over."""
    waiting = [asyncio.create_task(end) for end in ends]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()


def _let_it_be_mentioned(world: "simcord.Env", bot: discord.ClientUser) -> None:
    """Take the bot's name after an @ for a mention: the page's composer, unlike Discord's, leaves it as it is typed."""
    written = re.compile(rf"@{re.escape(bot.name)}\b", re.IGNORECASE)
    backend: Any = world.backend
    create = backend.create_message

    def create_message(channel: int, author: int, content: str = "", **rest: Any) -> Any:
        return create(channel, author, content if author == bot.id else written.sub(bot.mention, content), **rest)

    backend.create_message = create_message


def _channel(world: "simcord.Env", names: Names) -> tuple[Any, list[Any]]:
    """A server with a channel, a member, and an admin who may manage the server."""
    owner = world.create_user("owner")
    server = world.create_guild(names.server, owner=owner)
    role = server.create_role(names.role, permissions=discord.Permissions(manage_guild=True))
    member = server.add_member(world.create_user(names.member))
    admin = server.add_member(world.create_user(names.admin), roles=[role])
    return server.create_text_channel(names.channel, topic=names.topic), [member, admin]


def _direct(world: "simcord.Env", names: Names) -> tuple[Any, list[Any]]:
    """Someone's direct messages with the bot."""
    user = world.create_user(names.member)
    return user.dm_channel, [user]
