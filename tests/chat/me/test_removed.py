"""After a removal every command, completion, button, message, endpoint and log line is walked: the name is in none."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from bot.chat.client import Client
from bot.chat.serving.gate import Gate
from bot.librarian import Actor
from bot.metrics import Metrics
from bot.web.probes import Probes, serve
from tests.chat.conftest import UNLIMITED
from tests.chat.knowledge.desk import Desk, ask, ids_of, open_desk
from tests.ingest.folders import profile, write

GONE = ("Una Berg", "una berg", "una-berg", "Berg, Una", "The Gull", "gullsong", "alto of the choir")
COMMANDS: dict[str, dict[str, Any]] = {
    "ask": {"question": "Who sang at the Harbour Concert?"},
    "person": {"name": "Una"},
    "project": {"name": "Harbour"},
    "event": {"name": "Harbour Concert"},
    "organization": {"name": "Quay Choir"},
    "events": {"when": "2019"},
    "find": {"value": "Quay Choir"},
    "compare": {"a": "Bo Li", "b": "Gull"},
    "connect": {"a": "Bo Li", "b": "Quay Choir"},
    "timeline": {"name": "Harbour Concert"},
    "sources": {},
    "help": {},
    "privacy": {},
    "me show": {},
    "me claim": {"name": "Una Berg", "proof": "me"},
    "me dispute": {"fact": "x", "why": "y"},
    "me hide": {},
    "me unhide": {},
    "me remove": {},
    "me export": {},
    "me forget": {},
}
ADMINS: dict[str, dict[str, Any]] = {
    "knowledge reload": {},
    "knowledge check": {},
    "knowledge status": {},
    "knowledge history": {},
    "knowledge gaps": {},
    "knowledge audit": {},
    "knowledge rollback": {"snapshot": 1},
    "knowledge add": {"link": "no address"},
    "knowledge remove": {"document": "una.md"},
    "knowledge review": {},
    "knowledge forget": {"name": "The Gull"},
    "knowledge unlink": {},  # the member is put in
    "knowledge link": {"person": "Una Berg"},
    "knowledge requests": {},
}
QUESTIONS = (
    "Who is Una?", "Who is in the Quay Choir?", "What happened in 2019?", "gull", "Who are the people?",
    "Who founded the Quay Choir?", "What was the soup like?", "What does Bo Li do?",
)  # fmt: skip
COMPLETED = (("person", "name"), ("event", "name"), ("find", "value"), ("timeline", "name"), ("me claim", "name"))
LETTER = "# Letter\n\nBo Li thanked Una Berg for the songs.\n\nThe soup was warm.\n"


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as opened:
        una = ["aliases: [The Gull, gullsong]", "jobTitle: alto of the choir", "memberOf: Quay Choir"]
        sang = ["startDate: 2019-05-04", "performer: [Una Berg, Bo Li]"]
        write(
            opened.settings.knowledge[0], una=profile("person", "Una Berg", *una), letter=LETTER,
            concert=profile("event", "Harbour Concert", *sang),
            choir=profile("organization", "Quay Choir", "founder: The Gull", "foundingDate: 1999"),
        )  # fmt: skip
        await opened.librarian.reload(Actor())
        yield opened


pytestmark = pytest.mark.usefixtures("env")


class Walk:
    """Everything that anybody can do, and all that comes back."""

    def __init__(self, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
        self._desk, self._caplog = desk, caplog
        self.metrics = Metrics()
        client = desk.env.bot
        assert isinstance(client, Client)
        client.desk.services = replace(desk.services, counting=self.metrics)
        for gate in (client.desk.gate, client.tree._gate):  # everything is asked at once
            vars(gate).update(vars(Gate(UNLIMITED, desk.services.texts)))

    async def all(self, pressed: list[Any]) -> tuple[list[str], list[Any]]:
        """What was said since now, and the messages with buttons; `pressed` are those of an earlier walk."""
        desk, channel = self._desk, self._desk.channel
        buttons = {one: await desk.message_with(one) for message in pressed for one in ids_of(message)}
        began, messages = len(desk.env.http_requests), []
        self._caplog.clear()
        for custom_id, copied in buttons.items():
            await desk.other.click(copied, custom_id=custom_id)
        for name, options in COMMANDS.items():
            asked = await desk.member.slash(channel, name, **options)
            messages += [asked.response.message] if asked.response else []
        for name, options in ADMINS.items():
            more = {"member": desk.other} if name in ("knowledge link", "knowledge unlink") else {}
            await ask(desk, name.removeprefix("knowledge "), **options, **more)
        for name in ("me show", "me export"):  # whoever was linked just now
            await desk.other.slash(channel, name)
        for command, option in COMPLETED:
            for typed in ("", "u", "b", "gull", "The"):
                filled = {"proof": "x"} if command == "me claim" else {}
                await desk.member.autocomplete(channel, command, option, typed, **filled)
        me = desk.env.bot.user
        assert me is not None
        for question in QUESTIONS:
            await desk.member.send_dm(question)
            await desk.member.send(channel, f"{me.mention} {question}")
        said = [str(request.json) for request in desk.env.http_requests[began:]]
        async with serve(Probes(self.metrics, lambda: True, lambda: True), "127.0.0.1", 0) as port:
            for path in ("healthz", "readyz", "metrics"):
                async with ClientSession() as session, session.get(f"http://127.0.0.1:{port}/{path}") as answer:
                    said.append(await answer.text())
        return [*said, self._caplog.text], messages


def named(said: list[str]) -> set[str]:
    return {name for name in GONE for text in said if name in text}


async def test_forget__no_surface_says_it_again(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    assert {*COMMANDS, *ADMINS} == {*desk.admin.available_commands(desk.channel)}
    walk = Walk(desk, caplog)
    before, messages = await walk.all([])
    assert named(before) >= {"Una Berg", "The Gull", "alto of the choir", "una-berg"}  # or the walk proves nothing
    await ask(desk, "forget", name="Una Berg", again="Una Berg")
    after, _ = await walk.all(messages)
    assert named(after) == set()
    write(desk.settings.knowledge[0], bo=profile("person", "Bo Li", "jobTitle: pilot"))
    await desk.librarian.reload(Actor())
    again, _ = await walk.all([])
    assert named(again) == set()
    assert any("pilot" in text for text in again)
    assert not any("a lot at once" in text for text in (*before, *after, *again))  # or the walk was cut off
