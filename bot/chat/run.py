"""The bot as a process: logs in, stays connected, finishes at a signal what it was asked; answers nothing itself."""

import asyncio
import ctypes
import gc
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, contextmanager
from typing import TYPE_CHECKING

import discord

from bot.chat.connection.alone import alone
from bot.chat.connection.callbacks import take_what_arrived
from bot.chat.connection.gateway import PatientClient, point_at
from bot.chat.connection.options import client_options
from bot.chat.connection.sync import sync_commands
from bot.errors import WhoswhoError
from bot.logs import set_up_logs
from bot.settings import Settings

if TYPE_CHECKING:  # see ConnectedClient.furnish
    from bot.chat.asking.tree import Tree
    from bot.chat.serving.desk import Desk
    from bot.chat.serving.services import Services

Opening = Callable[[], AbstractAsyncContextManager["Services"]]
Knowing = Callable[[], bool]
Telling = Callable[[Knowing, Knowing], AbstractAsyncContextManager[object]]

log = logging.getLogger(__name__)

# From the signal to the end, in seconds: hanging up, answers in flight, and the point at which nothing is waited for.
_HANG_UP, _FINISH, _LAST_RESORT = 0.5, 3.5, 4.7
# Tasks in which discord.py runs commands, buttons, forms and messages.
_ANSWERING = ("CommandTree-invoker", "discord-ui-", "discord.py: ")
_GREETING = 2.0  # seconds that Discord is waited for before everything else is made ready
_MOST_PROBLEMS = 20  # lines in the log at the start
_FEW_COLLECTIONS = 50_000  # objects between two; a collection in the middle of an answer costs it 20 ms
# View channels, send messages also in threads, embed links, read history (for replies).
PERMISSIONS = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, embed_links=True, read_message_history=True
)


class ConnectedClient(PatientClient):
    """The bot with a connection that always comes back; it gets what it answers with while Discord is greeted."""

    def __init__(self, settings: Settings) -> None:
        count, ids = settings.shards
        super().__init__(**client_options(), gateway_url=settings.discord_gateway_url, shard_count=count, shard_ids=ids)
        self.desk: Desk | None = None

    async def furnish(self, services: "Services") -> "Tree":
        """Take in commands, buttons and what answers them; from now on Discord is listened to."""
        # Reading the program that answers takes longer than anything else at the start: here, not above.
        from bot.chat.asking.tree import Tree  # noqa: PLC0415
        from bot.chat.client import furnish  # noqa: PLC0415
        from bot.chat.serving.desk import Desk  # noqa: PLC0415

        self.desk = Desk(services)
        tree = Tree(self, services, self.desk.gate)
        await furnish(self, tree, self.desk)
        self.listening.set()
        return tree

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is addressed to the bot."""
        from bot.chat.asking.talk import answer_message  # noqa: PLC0415

        if self.user is not None and self.desk is not None:
            await answer_message(message, self.desk, self)


async def serve(
    settings: Settings, opening: Opening, telling: Telling | None = None, *, always_sync: bool = False
) -> None:
    """Be the bot until SIGTERM or SIGINT; `telling` lets others ask how it fares, if it is connected and can answer.

    Raises SettingsError, KnowledgeError, DiscordError where it is refused.
    """
    token = settings.token()
    set_up_logs(settings.log_format, [token])
    point_at(settings)
    take_what_arrived()
    client = ConnectedClient(settings)
    stop = asyncio.Event()
    with signals(stop.set):
        work = asyncio.create_task(_work(client, settings, opening, telling, always_sync=always_sync))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            await _finish(client)
        stopping.cancel()
        work.cancel()
        await asyncio.wait({work})
        await asyncio.wait({asyncio.gather(client.close(), return_exceptions=True)}, timeout=_HANG_UP)
    if not work.cancelled():
        work.result()  # Discord refused, or a defect: not to be swallowed


def invite_link(application: int) -> str:
    """Where someone who may manage a server lets the bot in."""
    return discord.utils.oauth_url(application, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))


async def _work(
    client: ConnectedClient, settings: Settings, opening: Opening, telling: Telling | None, *, always_sync: bool
) -> None:
    async with AsyncExitStack() as stack:
        if telling is not None:
            await stack.enter_async_context(telling(client.is_heard, lambda: client.desk is not None))
        application = await client.log_in(settings.token())
        log.info("logged in as %s; invite link: %s", client.user, invite_link(application))
        await stack.enter_async_context(alone(settings.data, application, settings.discord_shards))
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(client.stay_connected())
                await asyncio.wait({group.create_task(client.introduced.wait())}, timeout=_GREETING)
                services = await stack.enter_async_context(opening())
                tree = await client.furnish(services)
                group.create_task(sync_commands(tree, application, services.settings.data, always=always_sync))
                group.create_task(_refresh(services))
                group.create_task(_settle(client))
                if services.rights is not None:
                    group.create_task(services.rights.keep_up())
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None  # the first one ended the others


async def _refresh(services: "Services") -> None:
    """Take in the documents that changed while the bot was away; answers come from the earlier ones until then."""
    began = time.perf_counter()
    try:
        if services.rights is not None:
            await services.rights.settle_at_start()
    except WhoswhoError as error:
        log.warning("who was removed is taken as it was told last: %s", error)
    try:
        outcome = await services.assistant.refresh()
    except WhoswhoError as error:
        services.counting.reloaded(time.perf_counter() - began, swapped=False)
        log.warning("the documents could not be read, what was loaded before stays: %s", error)
        return
    if outcome.snapshot_id is not None:
        services.counting.reloaded(outcome.seconds, swapped=True)
        log.info("%d documents read in %.1f s", outcome.read_documents, outcome.seconds)
    for problem in outcome.problems[:_MOST_PROBLEMS]:
        log.warning("%s", problem)
    if (more := len(outcome.problems) - _MOST_PROBLEMS) > 0:
        log.warning("%d more problems; `whoswho check` shows all", more)


async def _settle(client: ConnectedClient) -> None:
    """Once everything is there, have the garbage collector leave it alone and give back what only the start needed."""
    await client.wait_until_ready()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_FEW_COLLECTIONS, 20, 20)
    if sys.platform == "linux":
        # glibc keeps freed memory until it is asked; another C library has no such function, and needs none.
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


async def _finish(client: ConnectedClient) -> None:
    """Take nothing more, and let answers in flight arrive."""
    began = time.monotonic()
    await client.hang_up(_HANG_UP)
    answering = {task for task in asyncio.all_tasks() if task.get_name().startswith(_ANSWERING)}
    log.info("stopping; %d answers in flight", len(answering))
    if answering:
        _, unfinished = await asyncio.wait(answering, timeout=_FINISH)
        if unfinished:
            log.warning("%d answers are cut off", len(unfinished))
    log.info("stopped after %.1f s", time.monotonic() - began)


@contextmanager
def signals(stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` at the first SIGTERM or SIGINT; end at once at the second, or if the end takes too long."""
    loop = asyncio.get_running_loop()
    asked = 0

    def take() -> None:
        nonlocal asked
        asked += 1
        if asked > 1:
            _end()
        # A thread that reads documents cannot be stopped; the loader was made for being killed at any moment.
        last = threading.Timer(_LAST_RESORT, _end)
        last.daemon = True
        last.start()
        stop()

    before = {}
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, take)
        except NotImplementedError:  # Windows
            before[number] = signal.signal(number, lambda *_: loop.call_soon_threadsafe(take))
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            if number in before:
                signal.signal(number, before[number])
            else:
                loop.remove_signal_handler(number)


def _end() -> None:
    """Leave without looking back; what must last is written whole or not at all."""
    logging.shutdown()
    os._exit(0)
