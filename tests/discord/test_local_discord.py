"""The local Discord itself, met by the least bot there is: what it sends is understood, what is wrong is noticed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.discord.openapi import ABSENT, open_api
from tests.discord.process import Bot, started
from tests.discord.server import Discord
from tests.discord.validate import faults_of_request

BARE = ("-m", "tests.discord.bare_bot")


@asynccontextmanager
async def bare() -> AsyncIterator[tuple[Discord, Bot]]:
    async with Discord().running() as discord, started(discord, BARE) as bot:
        await asyncio.wait_for(discord.gateway.connected.wait(), 15)
        yield discord, bot


async def test_a_bare_bot__answers_a_command_and_a_message() -> None:
    async with bare() as (discord, _):
        interaction = await (await discord.slash("ask", question="Who?")).answer()
        assert interaction.text == "A constant."
        message = await discord.direct_message("Who?")
        assert (await discord.reply_to(message))["content"] == "A constant."
        mention = await discord.mention("Who?")
        assert (await discord.reply_to(mention))["message_reference"]["message_id"] == mention["id"]
        assert discord.violations == []


async def test_a_bare_bot__resumes_with_what_it_missed() -> None:
    async with bare() as (discord, _):
        discord.gateway.abort()
        interaction = await discord.slash("ask", question="Who?")
        await interaction.answer()
        await discord.gateway.ask_to_reconnect()
        interaction = await discord.slash("ask", question="Who?")
        await interaction.answer()
        assert (discord.gateway.identified, discord.gateway.resumed) == (1, 2)


async def test_a_limited_request_comes_again() -> None:
    async with bare() as (discord, _):
        discord.limit("/callback", 0.05)
        await (await discord.slash("ask", question="Who?")).answer()
        discord.limit("/callback", 0.05, everywhere=True)
        await (await discord.slash("ask", question="Who?")).answer()
        assert [request.status for request in discord.sent_to("/callback")] == [429, 200, 429, 200]


@pytest.mark.skipif(open_api() is None, reason=ABSENT)
async def test_every_answer_of_ours_is_as_discord_describes_it() -> None:
    async with bare() as (discord, _):
        await (await discord.slash("ask", question="Who?")).answer()
        await (await discord.slash("ask", place="dm", question="Who?")).answer()
        await (await discord.slash("ask", place="elsewhere", question="Who?")).answer()
        assert len(discord.requests) >= 6
        assert discord.violations == []


BUTTON = {"type": 2, "style": 1, "label": "More", "custom_id": "more"}
NOBODY: dict[str, object] = {"allowed_mentions": {"parse": []}}


def message(**body: object) -> dict[str, object]:
    return {"type": 4, "data": {**NOBODY, **body}}


def row(*components: object) -> dict[str, object]:
    return {"type": 1, "components": list(components)}


def command(**body: object) -> dict[str, object]:
    return {"name": "ask", "description": "Ask.", "type": 1, **body}


def option(name: str = "question", **body: object) -> dict[str, object]:
    return {"type": 3, "name": name, "description": "It.", **body}


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (message(content="x" * 2001), "content of 2001"),
        (message(), "empty message"),
        (message(content="x", components=[row(BUTTON)] * 2), "two components have the custom_id"),
        (message(content="x", components=[row({**BUTTON, "custom_id": str(n)}) for n in range(6)]), "6 rows"),
        (message(content="x", components=[row({"type": 2, "style": 1, "label": "x"})]), "button without custom_id"),
        (message(content="x", components=[row({"type": 2, "style": 5, "label": "x", "url": "javascript:x"})]), "link"),
        (message(content="x", flags=1 << 15, components=[{"type": 10, "content": "y"}]), "Components V2 beside"),
        (message(flags=1 << 15, components=[{"type": 10, "content": "y" * 4001}]), "4001 characters"),
        (message(flags=1 << 15, components=[{"type": 10, "content": "y"}] * 41), "41 components"),
        (message(embeds=[{"description": "x" * 3001}] * 2), "6002 characters"),
        ({"type": 4, "data": {"content": "x"}}, "allowed_mentions is missing"),
        ({"type": 4, "data": {"content": "x", "allowed_mentions": {"parse": ["users"]}}}, "allows some"),
        ({"type": 4, "data": {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}}, "lists them"),
        ({"type": 8, "data": {"choices": [{"name": "x", "value": "y" * 101}]}}, "value of 101"),
        ({"type": 8, "data": {"choices": [{"name": "x", "value": "y"}] * 26}}, "26 choices"),
        ({"type": 9, "data": {"custom_id": "x", "components": [row()]}}, "modal without title"),
    ],
)
def test_validate__what_the_document_lets_through(body: dict[str, object], fault: str) -> None:
    assert fault in "\n".join(faults_of_request("POST", "/interactions/1/token/callback", body))


@pytest.mark.parametrize(
    ("commands", "fault"),
    [
        ([command(name="Ask")], "bad name"),
        ([command(description="")], "description of 0"),
        ([command(description_localizations={"de": "x" * 101})], "description of 101"),
        ([command(), command()], "two commands"),
        ([command(name=f"ask{n}") for n in range(101)], "101 commands"),
        ([command(name=f"Ask {n}", type=3, description="") for n in range(16)], "16 commands of type 3"),
        ([command(options=[option(), option()])], "two options"),
        ([command(options=[option(), option("name", required=True)])], "required after an optional"),
        ([command(options=[option(autocomplete=True, choices=[{"name": "x", "value": "x"}])])], "choices and auto"),
        (
            [command(options=[option(choices=[{"name": "x" * 100, "value": f"{n:0100}"} for n in range(25)])] * 2)],
            "10029 ch",
        ),
    ],
)
def test_validate__commands(commands: list[dict[str, object]], fault: str) -> None:
    assert fault in "\n".join(faults_of_request("PUT", "/applications/1/commands", commands))


def test_validate__what_is_right_passes() -> None:
    parts = [{"type": 17, "components": [{"type": 10, "content": "Yes."}, row(BUTTON)]}]
    assert faults_of_request("POST", "/interactions/1/token/callback", message(flags=1 << 15, components=parts)) == []
    assert faults_of_request("PUT", "/applications/1/commands", [command(options=[option(required=True)])]) == []


@pytest.mark.skipif(open_api() is None, reason=ABSENT)
def test_validate__what_the_document_refuses() -> None:
    assert faults_of_request("GET", "/no/such/path", None) == ["GET /no/such/path: no such operation"]
    wrong = {"type": 4, "data": {**NOBODY, "content": "x", "contnet": "y"}}
    assert "not valid" in faults_of_request("POST", "/interactions/1/token/callback", wrong)[0]
