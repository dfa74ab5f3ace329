"""The gateway of our local Discord: sessions, heartbeats, events with numbers, resumption, and every way to fail."""

import asyncio
import contextlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.discord.world import Json, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11


@dataclass(slots=True)
class Session:
    """What Discord remembers of one identified connection, also while it is gone."""

    id: str
    shard: tuple[int, int]
    intents: int
    sent: list[Json] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None
    request: web.Request | None = None

    async def send(self, name: str, data: Any) -> None:
        """An event; kept for a resumption if nobody is connected."""
        event = {"op": DISPATCH, "t": name, "s": len(self.sent) + 1, "d": data}
        self.sent.append(event)
        if self.socket is not None and not self.socket.closed:
            with contextlib.suppress(ConnectionError):
                await self.socket.send_str(json.dumps(event))


class Gateway:
    """Takes connections; `session` is the one that was identified or resumed last."""

    def __init__(self, world: World, token: str) -> None:
        self.url = ""  # known once it listens
        self.session: Session | None = None
        self.identified = 0
        self.resumed = 0
        self.connections = 0
        self.heartbeats = 0
        self.refuse_resume = False
        self.close_with: int | None = None  # instead of READY
        self.connected = asyncio.Event()
        self._world = world
        self._token = token
        self._sessions: dict[str, Session] = {}

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """One connection."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        self.connections += 1
        await socket.send_json({"op": HELLO, "s": None, "t": None, "d": {"heartbeat_interval": 41250}})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._take(request, socket, json.loads(message.data))
        if self.session is not None and self.session.socket is socket:
            self.connected.clear()
            self.session.socket = None
        return socket

    async def send(self, name: str, data: Any) -> None:
        """An event for the bot; kept for its return if it is away."""
        assert self.session is not None, "nobody has identified yet"
        await self.session.send(name, data)

    async def ask_to_reconnect(self) -> None:
        """Op 7: come again, the session lives."""
        await self._socket().send_json({"op": RECONNECT, "s": None, "t": None, "d": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Op 9: the session is broken, perhaps for good."""
        if not resumable and self.session is not None:
            self._sessions.pop(self.session.id, None)
        await self._socket().send_json({"op": INVALID, "s": None, "t": None, "d": resumable})

    async def close(self, code: int) -> None:
        """Close the connection in good order."""
        await self._socket().close(code=code)

    def abort(self) -> None:
        """Cut the TCP connection, so that the other side sees a reset or an end without a close frame."""
        assert self.session is not None
        request = self.session.request
        assert request is not None
        assert request.transport is not None
        request.transport.abort()
        self.connected.clear()
        self.session.socket = None

    def forget_sessions(self) -> None:
        """No session can be resumed any more."""
        self._sessions.clear()

    def _socket(self) -> web.WebSocketResponse:
        assert self.session is not None
        assert self.session.socket is not None, "nobody is connected"
        return self.session.socket

    async def _take(self, request: web.Request, socket: web.WebSocketResponse, payload: Json) -> None:
        op, data = payload["op"], payload["d"]
        if op == HEARTBEAT:
            self.heartbeats += 1
            await socket.send_json({"op": ACK, "s": None, "t": None, "d": None})
        elif op in {IDENTIFY, RESUME} and self.close_with is not None:
            await socket.close(code=self.close_with)
        elif op in {IDENTIFY, RESUME} and data["token"] != self._token:
            await socket.close(code=4004)
        elif op == IDENTIFY:
            await self._identify(request, socket, data)
        elif op == RESUME:
            await self._resume(request, socket, data)

    async def _identify(self, request: web.Request, socket: web.WebSocketResponse, data: Json) -> None:
        shard, count = data.get("shard", (0, 1))
        session = Session(secrets.token_hex(16), (shard, count), data["intents"])
        session.socket, session.request = socket, request
        self._sessions[session.id] = self.session = session
        self.identified += 1
        await session.send("READY", self._world.ready(session.id, self.url, session.shard))
        await session.send("GUILD_CREATE", self._world.guild())
        self.connected.set()

    async def _resume(self, request: web.Request, socket: web.WebSocketResponse, data: Json) -> None:
        session = self._sessions.get(data["session_id"])
        if session is None or self.refuse_resume:
            await socket.send_json({"op": INVALID, "s": None, "t": None, "d": False})
            return
        self.session = session
        self.resumed += 1
        missed = session.sent[data["seq"] or 0 :]
        session.socket, session.request = None, request
        for event in missed:
            await socket.send_str(json.dumps(event))
        session.socket = socket
        await session.send("RESUMED", {"_trace": []})
        self.connected.set()
