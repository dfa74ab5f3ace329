"""Staying connected to Discord: waits out what cannot be reached, comes back where it was; knows no command.

discord.py ends with an AttributeError when the very first connection fails, pauses up to 17 minutes between later ones
and then starts a new session, in which messages of the meantime are lost. Here every connection is tried again, after
growing pauses of at most a minute, with one log line each, and resumes its session as long as Discord keeps it.
"""

import asyncio
import logging
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket, ReconnectWebSocket
from discord.http import Route
from discord.shard import EventItem, EventType, Shard

from bot.errors import DiscordError
from bot.logs import in_one_line
from bot.settings import Settings

log = logging.getLogger(__name__)
T = TypeVar("T")

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0  # seconds
_CONNECT_SECONDS = 60.0
_BETWEEN_IDENTIFIES = 5.0  # seconds, Discord's limit
_MOST_UNHEARD = 5  # connections in a row that broke before Discord said anything; the next one waits
_MOST_RETURNS, _A_WHILE = 100, 60.0  # so many within so many seconds are made at once, and then one waits too
_GONE = (OSError, aiohttp.ClientError, TimeoutError, discord.GatewayNotFound, discord.ConnectionClosed)
# Close codes that no second try mends, and what to tell the operator.
_REFUSALS = {
    4004: "Discord refuses the token: take a new one from the application's Bot page",
    4010: "Discord refuses the shard: check the setting discord_shards",
    4011: "Discord wants more shards: raise the setting discord_shards",
    4012: "Discord no longer speaks this version of its gateway: upgrade Whoswho",
    4013: "Discord refuses the intents: upgrade Whoswho",
    4014: "Discord refuses the intents: a privileged one is asked for, which Whoswho never needs",
}
# Names that discord.py keeps to itself; it offers no other way to say how a shard comes back.
_SHARDS, _QUEUE = "_AutoShardedClient__shards", "_AutoShardedClient__queue"


def point_at(settings: Settings) -> None:
    """Send discord.py to the addresses of the settings, where a proxy or a test listens; Discord's own otherwise."""
    if settings.discord_api_url:
        Route.BASE = settings.discord_api_url.rstrip("/")
    if settings.discord_gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord_gateway_url)


class Pauses:
    """Growing pauses between tries of one thing, each with one log line; `over` once it works."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._next = FIRST_PAUSE
        self._since: float | None = None

    async def wait(self, error: BaseException) -> None:
        """Say why and how long, then wait that long."""
        if self._since is None:
            self._since = time.monotonic()
        pause, self._next = self._next, min(self._next * 2, LONGEST_PAUSE)
        log.warning("%s cannot be reached (%s); next try in %g s", self._what, in_one_line(error), pause)
        await asyncio.sleep(pause)

    def over(self) -> None:
        """It works; say so if it did not."""
        if self._since is not None:
            log.info("%s is there again after %.0f s", self._what, time.monotonic() - self._since)
        self._since, self._next = None, FIRST_PAUSE


async def patiently(what: str, act: Callable[[], Awaitable[T]]) -> T:
    """Do it, again after a pause as long as Discord cannot be reached or is broken; other errors pass."""
    pauses = Pauses(what)
    while True:
        try:
            done = await act()
        except _GONE as error:
            await pauses.wait(error)
        except discord.HTTPException as error:
            if error.status < 500 and error.status != 429:
                raise
            await pauses.wait(error)
        else:
            pauses.over()
            return done


class PatientClient(discord.AutoShardedClient):
    """A client with as many shards as Discord wants, or with those it is given, each of which always comes back."""

    def __init__(self, *, gateway_url: str | None = None, **options: Any) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody will hear it
        super().__init__(**options)
        self._gateway_url = gateway_url
        self._identified = float("-inf")
        self.introduced = asyncio.Event()  # Discord knows who we are; nothing it says has been read yet
        self._heard: set[int] = set()  # shards that are connected
        self.listening = asyncio.Event()  # set by whoever can answer; until then Discord's words wait in the socket

    def is_heard(self) -> bool:
        """Whether every shard is connected."""
        return bool(self._heard) and len(self._heard) == len(getattr(self, _SHARDS))

    def hears(self, shard_id: int) -> bool:
        """Whether a shard is connected, or was before it broke just now."""
        return shard_id in self._heard

    async def log_in(self, token: str) -> int:
        """Log in over REST, as soon as Discord can be reached; the application's id.

        Raises DiscordError where Discord refuses the token.
        """

        async def attempt() -> int:
            try:
                await self.login(token)
                return (await self.application_info()).id if self.application_id is None else self.application_id
            except BaseException:
                await self.http.close()
                self.http.connector = discord.utils.MISSING  # it was closed with the session
                raise

        try:
            return await patiently("Discord", attempt)
        except discord.LoginFailure as error:
            raise DiscordError(_REFUSALS[4004]) from error
        except discord.HTTPException as error:
            raise DiscordError(f"Discord refuses the login: {in_one_line(error)}") from error

    async def stay_connected(self) -> None:
        """Be connected until the client is closed. Raises DiscordError where Discord refuses for good."""
        try:
            await self.connect()
        except discord.PrivilegedIntentsRequired as error:
            raise DiscordError(_REFUSALS[4014]) from error
        except discord.ConnectionClosed as error:
            raise DiscordError(_REFUSALS.get(error.code, f"Discord closed the connection: {error}")) from error

    async def hang_up(self, seconds: float) -> None:
        """Close the gateway and leave REST open, so that answers in flight still arrive."""
        shards: dict[int, Shard] = getattr(self, _SHARDS)
        closing = [asyncio.create_task(shard.close()) for shard in shards.values()]
        if closing:
            await asyncio.wait(closing, timeout=seconds)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Keep Discord's distance between two sessions, and let a broken one rest for a moment."""
        del shard_id
        rest = 0.0 if initial else random.uniform(1, 2)  # noqa: S311 - it spreads load and guards nothing
        await asyncio.sleep(max(self._identified + _BETWEEN_IDENTIFIES - time.monotonic(), rest))
        self._identified = time.monotonic()

    async def launch_shards(self) -> None:
        """Start every shard; the first needs no distance."""
        gateway = DiscordWebSocket.DEFAULT_GATEWAY
        if getattr(self, "shard_count", None) is None:
            self.shard_count, url, _ = await patiently("Discord", self.http.get_bot_gateway)
            gateway = yarl.URL(self._gateway_url or url)
        self._connection.shard_count = self.shard_count
        self._connection.shard_ids = self.shard_ids or range(self.shard_count)
        for number, shard_id in enumerate(self._connection.shard_ids):
            await self.launch_shard(gateway, shard_id, initial=number == 0)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect one shard for the first time."""

        async def attempt() -> DiscordWebSocket:
            try:
                coming = DiscordWebSocket.from_client(self, initial=initial, gateway=gateway, shard_id=shard_id)
                return await asyncio.wait_for(coming, _CONNECT_SECONDS)
            except ReconnectWebSocket as error:  # closed before it said anything
                raise ConnectionResetError("the gateway hung up") from error

        socket = await patiently("Discord's gateway", attempt)
        self.introduced.set()
        await self.listening.wait()
        shard = _PatientShard(socket, self, getattr(self, _QUEUE).put_nowait)
        getattr(self, _SHARDS)[shard_id] = shard
        shard.launch()

    async def on_shard_connect(self, shard_id: int) -> None:
        """A session has begun."""
        self._rest_assured(shard_id)
        log.info("connected to Discord: shard %d", shard_id)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """A session goes on, and what was missed has arrived."""
        self._rest_assured(shard_id)
        log.info("back in Discord: shard %d resumed", shard_id)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """A connection broke; it comes back by itself."""
        self._heard.discard(shard_id)

    def _rest_assured(self, shard_id: int) -> None:
        self._heard.add(shard_id)
        shard = getattr(self, _SHARDS).get(shard_id)
        if isinstance(shard, _PatientShard):
            shard.pauses.over()


class _PatientShard(Shard):
    """One connection; what becomes of it when it breaks."""

    def __init__(self, socket: DiscordWebSocket, client: PatientClient, tell: Callable[[EventItem], None]) -> None:
        super().__init__(socket, client, tell)
        self.pauses = Pauses("Discord's gateway")
        self._patient = client
        self._unheard = 0
        self._returns: deque[float] = deque(maxlen=_MOST_RETURNS)
        self._has_waited = False
        self._coming: asyncio.Task[None] | None = None

    async def close(self) -> None:
        """Close it for good."""
        if self._coming is not None:
            self._coming.cancel()
        await super().close()

    async def reidentify(self, exc: ReconnectWebSocket) -> None:
        """Come back at once, unless connections break as soon as they are made."""
        if self._has_waited or not self._is_hasty():
            self._has_waited = False
            await super().reidentify(exc)
        else:
            self._dispatch("shard_disconnect", self.id)
            self._come_again(exc)

    def _is_hasty(self) -> bool:
        """Whether coming back at once has led to nothing, or has been done very often just now."""
        now = time.monotonic()
        often = len(self._returns) == _MOST_RETURNS and now - self._returns[0] < _A_WHILE
        self._returns.append(now)
        self._unheard = 0 if self._patient.hears(self.id) else self._unheard + 1
        return often or self._unheard > _MOST_UNHEARD

    async def _handle_disconnect(self, error: Exception) -> None:
        self._dispatch("disconnect")
        self._dispatch("shard_disconnect", self.id)
        if self._client.is_closed():
            return
        if isinstance(error, discord.ConnectionClosed) and error.code in _REFUSALS:
            self._queue_put(EventItem(EventType.terminate, self, error))
        else:
            self._come_again(error)

    def _come_again(self, error: Exception) -> None:
        """Try again after a pause, without keeping the other shards waiting."""

        async def later() -> None:
            await self.pauses.wait(error)
            again = ReconnectWebSocket(self.id, resume=self.ws.session_id is not None)
            self._has_waited = True
            self._queue_put(EventItem(EventType.resume, self, again))

        self._coming = asyncio.create_task(later())
