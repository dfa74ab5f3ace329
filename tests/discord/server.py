"""A small Discord on real sockets: REST and gateway as discord.py meets them, with every fault on demand.

Nothing here knows the bot. Each request is checked against Discord's OpenAPI document (where it is at hand) and the
rules of `validate`; so is each answer of ours, because a fake that forgets a field proves nothing.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.discord import routes
from tests.discord.gateway import Gateway
from tests.discord.interactions import Interaction
from tests.discord.openapi import open_api
from tests.discord.validate import faults_of_request
from tests.discord.world import BOT, GUILD, MEMBER, Json, Place, World

TOKEN = "MTEwMDAwMDAwMDAwMDAwMDAwMg.local0.not-a-secret-of-anyone"
PREFIX = "/api/v10"
_SAFE_HEADERS = {"Via": "1.1 local", "Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    body: Any
    status: int


@dataclass(slots=True)
class Fault:
    """An answer to give instead of the right one, so many times, to paths that match."""

    pattern: re.Pattern[str]
    status: int
    times: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    carried_out: bool = False  # Discord sometimes does what was asked and fails to say so


class Discord:
    """The whole of it. Use `running()`; then act as a member by `slash`, `press`, `direct_message` and the rest."""

    def __init__(self, *, checked: bool = True, patient: bool = False) -> None:
        self.patient = patient  # takes answers after three seconds, too, for whoever measures how long they take
        self.world = World()
        self.gateway = Gateway(self.world, TOKEN)
        self.requests: list[Request] = []
        self.violations: list[str] = []  # what was wrong in what came or in what we answered
        self.commands: list[Json] | None = None
        self.syncs = 0
        self.synced = asyncio.Event()
        self.interactions: dict[str, Interaction] = {}  # by token
        self.messages: dict[str, Json] = {}  # in channels, by id
        self.arrived = asyncio.Condition()  # notified at each new channel message
        self.checked = checked
        self._faults: list[Fault] = []
        self._runner: web.AppRunner | None = None
        self._gateway_runner: web.AppRunner | None = None
        self._gateway_port = 0
        self._rest_port = 0

    # Where it listens

    @property
    def api_url(self) -> str:
        """For WHOSWHO_DISCORD_API_URL."""
        return f"http://127.0.0.1:{self._rest_port}{PREFIX}"

    @property
    def gateway_url(self) -> str:
        """For WHOSWHO_DISCORD_GATEWAY_URL."""
        return f"ws://127.0.0.1:{self._gateway_port}/"

    @asynccontextmanager
    async def running(self, *, gateway: bool = True) -> AsyncIterator["Discord"]:
        """Listen until the block ends."""
        self._runner, self._rest_port = await _listen(self._rest(), 0)
        await self.gateway_up()
        if not gateway:
            await self.gateway_down()
        try:
            yield self
        finally:
            await self.gateway_down()
            await self._runner.cleanup()

    async def gateway_up(self) -> None:
        """Take gateway connections, at the same port as before."""
        app = web.Application()
        app.router.add_get("/", self.gateway.handle)
        self._gateway_runner, self._gateway_port = await _listen(app, self._gateway_port)
        self.gateway.url = self.gateway_url

    async def gateway_down(self) -> None:
        """Refuse gateway connections and cut the one there is."""
        session = self.gateway.session
        if session is not None and session.socket is not None:
            self.gateway.abort()
        if self._gateway_runner is not None:
            await self._gateway_runner.cleanup()
            self._gateway_runner = None

    async def rest_down(self) -> None:
        """Refuse REST connections."""
        assert self._runner is not None
        await self._runner.cleanup()

    async def rest_up(self) -> None:
        """Take them again, at the same port."""
        self._runner, self._rest_port = await _listen(self._rest(), self._rest_port)

    # What members do

    async def slash(self, command: str, asker: int = MEMBER, place: Place = "server", **options: Any) -> Interaction:
        """Someone uses a command, `knowledge reload` for one below another; refused if it was never synced."""
        data = routes.command_data(self.commands or [], command, options)
        return await self._interact(2, data, asker, place)

    async def autocomplete(self, command: str, option: str, typed: str, asker: int = MEMBER) -> Interaction:
        """Someone types into an option."""
        data = routes.command_data(self.commands or [], command, {option: typed}, focused=option)
        return await self._interact(4, data, asker, "server")

    async def press(
        self,
        message: Json,
        custom_id: str,
        asker: int = MEMBER,
        place: Place = "server",
        values: list[str] | None = None,
    ) -> Interaction:
        """Someone presses a button of a message, or chooses `values` of a select."""
        data: Json = {"custom_id": custom_id, "component_type": 2 if values is None else 3, "id": 1}
        if values is not None:
            data["values"] = values
        return await self._interact(3, data, asker, place, message=message)

    async def submit(self, modal: Json, values: dict[str, str], asker: int = MEMBER) -> Interaction:
        """Someone sends a form."""
        data = {"custom_id": modal["custom_id"], "components": routes.filled(modal["components"], values)}
        return await self._interact(5, data, asker, "server")

    async def direct_message(self, content: str, asker: int = MEMBER) -> Json:
        """Someone writes to the bot; the bot's answer comes with `reply_to`."""
        return await self._say(content, asker, str(self.world.dm(asker)))

    async def mention(self, content: str, asker: int = MEMBER, reply_to: Json | None = None) -> Json:
        """Someone mentions the bot in the channel, or replies to one of its messages."""
        channel = self.world.channel()["id"]
        return await self._say(f"<@{BOT}> {content}", asker, channel, mentions=[self.world.bot], reply_to=reply_to)

    async def reply_to(self, message: Json, seconds: float = 10) -> Json:
        """Wait for the bot's message in that channel after this one."""

        def found() -> Json | None:
            later = (one for one in self.messages.values() if int(one["id"]) > int(message["id"]))
            return next((one for one in later if one["channel_id"] == message["channel_id"]), None)

        async with self.arrived:
            await asyncio.wait_for(self.arrived.wait_for(lambda: found() is not None), seconds)
        answer = found()
        assert answer is not None
        return answer

    # Faults

    def fail(
        self, path: str, status: int, *, times: int = 1, body: Any = None, carried_out: bool = False, **headers: str
    ) -> None:
        """Answer the next requests whose path matches with an error."""
        self._faults.append(Fault(re.compile(path), status, times, body, headers, carried_out))

    def limit(self, path: str, seconds: float, *, times: int = 1, everywhere: bool = False) -> None:
        """Answer the next requests whose path matches with 429, of this path alone or of everything."""
        body = {"code": 0, "message": "You are being rate limited.", "retry_after": seconds, "global": everywhere}
        scope = {"X-RateLimit-Global": "true"} if everywhere else {}
        headers = {"Retry-After": str(seconds), "X-RateLimit-Scope": "global" if everywhere else "user", **scope}
        self._faults.append(Fault(re.compile(path), 429, times, body, headers))

    def sent_to(self, path: str) -> list[Request]:
        """The requests whose path matches."""
        return [request for request in self.requests if re.search(path, request.path)]

    # REST

    def _rest(self) -> web.Application:
        app = web.Application(client_max_size=30 * 2**20)
        app.router.add_route("*", PREFIX + "/{tail:.*}", self._take)
        return app

    async def _take(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix(PREFIX)
        body = await _body_of(request)
        if request.headers.get("Authorization") not in {None, f"Bot {TOKEN}"}:
            return self._answer(request.method, path, body, 401, {"message": "401: Unauthorized", "code": 0})
        if self.checked:
            self.violations += faults_of_request(request.method, path, body)
        for fault in self._faults:
            if fault.times and fault.pattern.search(path):
                fault.times -= 1
                if fault.carried_out:
                    await routes.answer(self, request.method, path, body, request.query)
                given = fault.body or {"message": f"{fault.status}: made up", "code": 0}
                return self._answer(request.method, path, body, fault.status, given, fault.headers)
        status, answer = await routes.answer(self, request.method, path, body, request.query)
        return self._answer(request.method, path, body, status, answer)

    def _answer(
        self, method: str, path: str, body: Any, status: int, answer: Any, headers: dict[str, str] | None = None
    ) -> web.Response:
        self.requests.append(Request(method, path, body, status))
        document = open_api() if self.checked else None
        operation = document.find(method, path) if document is not None else None
        if document is not None and operation is not None and status < 500:
            faults = document.answer_faults(operation, status, answer)
            self.violations += [f"our answer to {method} {path}: {fault}" for fault in faults]
        if answer is None:
            return web.Response(status=status, headers={"Via": _SAFE_HEADERS["Via"], **(headers or {})})
        body_of_ours = json.dumps(answer).encode()  # as bytes: discord.py wants a content type without a charset
        return web.Response(status=status, body=body_of_ours, headers={**_SAFE_HEADERS, **(headers or {})})

    # The gateway

    async def _interact(
        self, kind: int, data: Json, asker: int, place: Place, message: Json | None = None
    ) -> Interaction:
        sent = self.world.interaction(kind, data, asker, place)
        if message is not None:
            sent["message"] = message
        interaction = self.interactions[sent["token"]] = Interaction(sent)
        await self.gateway.send("INTERACTION_CREATE", sent)
        return interaction

    async def _say(
        self, content: str, asker: int, channel: str, mentions: list[Json] | None = None, reply_to: Json | None = None
    ) -> Json:
        body: Json = {"content": content}
        if reply_to is not None:
            body["message_reference"] = {"message_id": reply_to["id"], "channel_id": channel}
        message = self.world.message(channel, self.world.asker(asker), body)
        message |= {"mentions": mentions or [], "channel_type": 0 if mentions else 1}
        if reply_to is not None:
            message["referenced_message"] = reply_to
        if mentions:
            message |= {"guild_id": str(GUILD), "member": self.world.member(asker)}
        await self.gateway.send("MESSAGE_CREATE", message)
        return message


async def _body_of(request: web.Request) -> Any:
    """The JSON of a request, also when it comes with files."""
    if request.content_type == "application/json":
        return json.loads(await request.read())
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        return json.loads(str(form["payload_json"])) if "payload_json" in form else {}
    return None


async def _listen(app: web.Application, port: int) -> tuple[web.AppRunner, int]:
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port, reuse_address=True)
    await site.start()
    return runner, runner.addresses[0][1]
