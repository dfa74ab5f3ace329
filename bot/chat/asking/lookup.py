"""Commands that take names, times and properties instead of a question; answers nothing itself."""

import discord
from discord import app_commands

from bot.chat.asking.choices import Choices
from bot.chat.asking.declare import Callback, make_command
from bot.chat.serving.desk import Desk
from bot.model.request import Request, Wish

PROFILED = ("person", "project", "event", "organization")  # kinds with a command of their own


def add_to(tree: app_commands.CommandTree[discord.Client], desk: Desk) -> None:
    """Add the commands."""
    texts, choices = desk.services.texts, Choices(desk)
    any_name = choices.names()

    async def compare(interaction: discord.Interaction, a: str, b: str, private: bool = False) -> None:  # noqa: FBT001, FBT002
        await desk.respond(interaction, Request(Wish.COMPARE, (a, b)), private=private)

    async def connect(interaction: discord.Interaction, a: str, b: str, private: bool = False) -> None:  # noqa: FBT001, FBT002
        await desk.respond(interaction, Request(Wish.CONNECT, (a, b)), private=private)

    async def timeline(interaction: discord.Interaction, name: str, private: bool = False) -> None:  # noqa: FBT001, FBT002
        await desk.respond(interaction, Request(Wish.TIMELINE, (name,)), private=private)

    async def events(
        interaction: discord.Interaction,
        when: str = "",
        about: str = "",
        private: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        await desk.respond(interaction, Request(Wish.EVENTS, (when, about)), private=private)

    async def find(
        interaction: discord.Interaction,
        value: str,
        property: str = "",
        kind: str = "",
        private: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        await desk.respond(interaction, Request(Wish.FIND, (kind, property, value)), private=private)

    for kind in PROFILED:
        completions = {"name": choices.names(kind)}
        tree.add_command(make_command(texts, kind, _profile_command(desk, kind), completions))
    tree.add_command(make_command(texts, "compare", compare, {"a": any_name, "b": any_name}))
    tree.add_command(make_command(texts, "connect", connect, {"a": any_name, "b": any_name}))
    tree.add_command(make_command(texts, "timeline", timeline, {"name": any_name}))
    tree.add_command(make_command(texts, "events", events, {"when": choices.times, "about": any_name}))
    wanted = {"value": any_name, "property": choices.properties, "kind": choices.kinds}
    tree.add_command(make_command(texts, "find", find, wanted))


def _profile_command(desk: Desk, kind: str) -> Callback:
    async def profile(interaction: discord.Interaction, name: str, private: bool = False) -> None:  # noqa: FBT001, FBT002
        await desk.respond(interaction, Request(Wish.DESCRIBE, (name, kind)), private=private)

    return profile
