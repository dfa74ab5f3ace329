"""A small made-up club whose admins look after its knowledge on a simulated Discord."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import discord
import simcord
from discord import ui

from bot.assistant import Assistant
from bot.chat.client import Client
from bot.chat.serving.desk import Desk as Answers
from bot.chat.serving.services import NoCounting, Services
from bot.chat.words.texts import Texts
from bot.librarian import Librarian
from bot.memory import Memory, Remembered
from bot.metrics import Metrics
from bot.paths import shipped
from bot.persons.persons import Persons
from bot.rights import Rights
from bot.settings import Settings
from tests.ingest.folders import load_here, profile, write


class SyncedClient(Client):
    """The real client; whoever starts it has to tell Discord the commands."""

    async def setup_hook(self) -> None:
        await super().setup_hook()
        await self.tree.sync()


class Running(NamedTuple):
    """The bot, and who owns it."""

    env: simcord.Env
    services: Services
    librarian: Librarian
    owner: simcord.UserHandle


@dataclass
class Desk:
    """Everything a test needs."""

    env: simcord.Env
    services: Services
    settings: Settings
    librarian: Librarian
    assistant: Assistant
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    keepers: simcord.RoleHandle
    owner: simcord.UserHandle  # of the bot; not in the server
    admin: simcord.MemberActor
    other: simcord.MemberActor  # an admin too
    member: simcord.MemberActor

    def now_a(self, title: str, name: str = "Bo Li") -> None:
        """Have a document say another thing."""
        key = name.partition(" ")[0].lower()
        write(self.settings.knowledge[0], **{key: profile("person", name, f"jobTitle: {title}")})

    async def told(self, question: str = "What does Bo Li do?") -> str:
        """What a member is answered."""
        return (await self.assistant.ask(question)).text

    async def message_with(self, custom_id: str) -> discord.Message:
        """A message in the channel with a button that was copied from somewhere else."""
        place = self.env.bot.get_channel(self.channel.id)
        assert isinstance(place, discord.TextChannel)
        view = ui.View(timeout=None).add_item(ui.Button(label="x", custom_id=custom_id))
        view.stop()
        return await place.send(view=view)

    async def set_permissions(self, rules: dict[Any, bool]) -> None:
        """What the server's own settings say of /knowledge."""
        client = self.env.bot
        assert isinstance(client, Client)
        command = discord.utils.get(await client.tree.fetch_commands(), name="knowledge")
        self.guild.set_command_permissions(command, rules)

    def demote(self, who: simcord.MemberActor) -> None:
        """Take a member's roles away."""
        self.env.backend.get_guild(self.guild.id).members[who.id].role_ids.clear()

    async def restart(self) -> None:
        """Another process of the bot."""
        await self.env.restart_bot(SyncedClient(self.services))

    async def audit(self) -> list[tuple[str, str, int | None]]:
        """The audit list, oldest first."""
        return [(deed.action, deed.outcome, deed.actor) for deed in reversed(await self.librarian.audit())]

    def posted(self) -> list[str]:
        """What everybody in the channel can read."""
        return [text_of(message) for message in self.channel.history()]


@asynccontextmanager
async def running(settings: Settings, metrics: Metrics | None = None) -> AsyncIterator[Running]:
    """The whole bot on a simulated Discord, reading documents right here."""
    remembered = Remembered(settings)
    assistant = await Assistant.open(settings, lambda: date(2026, 1, 1))
    client = SyncedClient(Services(assistant, Texts.read(shipped("prompts") / "discord"), settings))
    env = simcord.Env(client, settle_timeout=30)
    owner = env.create_user("olga")
    settings = settings.model_copy(update={"owners": frozenset({owner.id})})
    librarian = Librarian(settings, remembered, load_here)
    rights = Rights(settings, remembered, librarian)
    persons = Persons(settings, remembered, librarian, rights)
    client.services = replace(
        client.services, settings=settings, memory=Memory(remembered, assistant.ask), librarian=librarian,
        counting=metrics or NoCounting(), rights=rights, persons=persons,
    )  # fmt: skip
    client.desk = Answers(client.services)
    try:
        await env.start()
        yield Running(env, client.services, librarian, owner)
    finally:
        await env.shutdown()
        await assistant.close()
        await remembered.close()


@asynccontextmanager
async def open_desk(folder: Path) -> AsyncIterator[Desk]:
    """A club of one profile, loaded, with an owner of the bot, two admins and a member."""
    knowledge = write(folder / "k", bo=profile("person", "Bo Li", "jobTitle: baker"))
    async with running(Settings(knowledge=(knowledge,), data=folder / "d")) as bot:
        env = bot.env
        guild = env.create_guild("Mill Row Club")
        keepers = guild.create_role("Keepers", permissions=discord.Permissions(manage_guild=True))
        yield Desk(
            env=env,
            services=bot.services,
            settings=bot.services.settings,
            librarian=bot.librarian,
            assistant=bot.services.assistant,
            guild=guild,
            channel=guild.create_text_channel("general"),
            keepers=keepers,
            owner=bot.owner,
            admin=guild.add_member(env.create_user("ada"), roles=[keepers]),
            other=guild.add_member(env.create_user("otto"), roles=[keepers]),
            member=guild.add_member(env.create_user("mia")),
        )


def text_of(message: Any) -> str:
    """Everything a message shows, buttons without their ids."""
    parts = [part["content"] for part in _walk(_components(message)) if part.get("content")]
    return "\n".join(filter(None, [message.content, *parts]))


def buttons_of(message: Any) -> dict[str, str]:
    """The ids of a message's buttons that can be pressed, by label."""
    parts = _walk(_components(message))
    return {part["label"]: part["custom_id"] for part in parts if part.get("type") == 2 and not part.get("disabled")}


def ids_of(message: Any) -> list[str]:
    """The ids of everything that can be pressed."""
    return [part["custom_id"] for part in _walk(_components(message)) if part.get("custom_id")]


def _components(message: Any) -> list[dict[str, Any]]:
    return [part if isinstance(part, dict) else part.to_dict() for part in message.components]


def _walk(parts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for part in parts:
        yield part
        yield from _walk(part.get("components", []))


async def ask(desk: Desk, what: str, who: Any = None, **options: Any) -> Any:
    """What a command shows; it is private."""
    asked = await (who or desk.admin).slash(desk.channel, f"knowledge {what}", **options)
    assert asked.response is not None
    assert asked.response.ephemeral
    return asked.response.message


async def press(who: Any, message: Any, label: str) -> Any:
    """Press a button; the message as it is then, or what was answered besides."""
    pressed = await who.click(message, label=label)
    return pressed.followups[-1] if pressed.followups else pressed.response
