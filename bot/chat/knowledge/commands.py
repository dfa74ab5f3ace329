"""`/knowledge`: the commands of those who look after the knowledge; what they do is in the office."""

import re
from collections.abc import Callable, Coroutine
from typing import Any

import discord
from discord import app_commands, ui

from bot.chat.asking.tree import Tree
from bot.chat.knowledge import forget
from bot.chat.knowledge.documents import DocumentOffice
from bot.chat.knowledge.layout import TEMPLATE, Press, View
from bot.chat.knowledge.office import Office
from bot.chat.knowledge.persons import PersonOffice, person_commands
from bot.chat.serving.desk import Desk
from bot.chat.serving.gate import Gate
from bot.chat.words.translator import text_of

_MOST_CHOICES = 25


def add_to(tree: Tree, desk: Desk) -> None:
    """Add the commands and their buttons, where there is a librarian to work with."""
    if desk.services.librarian is None:
        return
    office = PersonOffice(desk.services, desk.services.librarian)
    group = _group(office)
    for command in person_commands(office, desk):
        group.add_command(command)
    if desk.services.rights is not None:
        group.add_command(forget.command(office, desk.services.rights))
    tree.add_command(group)
    tree.client.add_dynamic_items(_button(office, desk.gate))


def _group(office: DocumentOffice) -> app_commands.Group:
    """The group with one command for each view, and `rollback`."""
    group = app_commands.Group(
        name=text_of(office.texts, "knowledge.group.name"),
        description=text_of(office.texts, "knowledge.group.description"),
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )
    for view in View:
        group.add_command(_view_command(office, view))
    group.add_command(_rollback_command(office))
    for command in (_add_command(office), _remove_command(office), _review_command(office)):
        group.add_command(command)
    return group


def _view_command(office: Office, view: View) -> app_commands.Command[Any, ..., None]:
    async def show(interaction: discord.Interaction) -> None:
        await office.open(interaction, view)

    name, description = (text_of(office.texts, f"knowledge.{view}.{part}") for part in ("name", "description"))
    return app_commands.Command(name=name, description=description, callback=show)


def _rollback_command(office: Office) -> app_commands.Command[Any, ..., None]:
    texts = office.texts

    async def rollback(interaction: discord.Interaction, snapshot: app_commands.Range[int, 1]) -> None:
        await office.ask_rollback(interaction, snapshot)

    async def kept(interaction: discord.Interaction, typed: int | str) -> list[app_commands.Choice[int]]:
        """The snapshots whose number begins with what was typed."""
        return [
            app_commands.Choice(
                name=texts.say(
                    interaction.locale.value, "knowledge.rollback_choice", number=one.number,
                    built=f"{one.built_at:%Y-%m-%d %H:%M}", facts=one.facts,
                ),
                value=one.number,
            )
            for one in await office.snapshots(interaction)
            if str(one.number).startswith(str(typed or ""))
        ][:_MOST_CHOICES]  # fmt: skip

    named = app_commands.rename(snapshot=text_of(texts, "knowledge.rollback_snapshot.name"))
    described = app_commands.describe(snapshot=text_of(texts, "knowledge.rollback_snapshot.description"))
    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=text_of(texts, "knowledge.rollback.name"),
        description=text_of(texts, "knowledge.rollback.description"),
        callback=named(described(rollback)),
    )
    command.autocomplete("snapshot")(kept)
    return command


def _add_command(office: DocumentOffice) -> app_commands.Command[Any, ..., None]:
    async def add(
        interaction: discord.Interaction, file: discord.Attachment | None = None, link: str | None = None
    ) -> None:
        await office.ask_add(interaction, file, (link or "").strip())

    return _command(office, "add", add, "file", "link")


def _remove_command(office: DocumentOffice) -> app_commands.Command[Any, ..., None]:
    async def remove(interaction: discord.Interaction, document: str) -> None:
        await office.ask_remove(interaction, document)

    async def known(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=path, value=path) for path in await office.documents(interaction, typed)]

    command = _command(office, "remove", remove, "document")
    command.autocomplete("document")(known)
    return command


def _review_command(office: DocumentOffice) -> app_commands.Command[Any, ..., None]:
    async def review(interaction: discord.Interaction) -> None:
        await office.review(interaction)

    return _command(office, "review", review)


def _command(
    office: Office, key: str, callback: Callable[..., Coroutine[Any, Any, None]], *options: str
) -> app_commands.Command[Any, ..., None]:
    """A command whose words, and those of its options, are texts."""
    texts = office.texts
    for option in options:
        callback = app_commands.rename(**{option: text_of(texts, f"knowledge.{key}.{option}.name")})(callback)
        described = {option: text_of(texts, f"knowledge.{key}.{option}.description")}
        callback = app_commands.describe(**described)(callback)
    name, description = (text_of(texts, f"knowledge.{key}.{part}") for part in ("name", "description"))
    return app_commands.Command(name=name, description=description, callback=callback)


def _button(office: Office, gate: Gate) -> type[ui.DynamicItem[Any]]:
    """The class by which discord.py finds presses of our buttons, after a restart too."""

    class Pressed(ui.DynamicItem[ui.Button[Any]], template=TEMPLATE):
        def __init__(self, button: ui.Button[Any], press: Press | None) -> None:
            super().__init__(button)
            self._press = press

        @classmethod
        async def from_custom_id(
            cls, interaction: discord.Interaction, item: ui.Item[Any], match: "re.Match[str]"
        ) -> "Pressed":
            assert isinstance(item, ui.Button)  # noqa: S101 - nothing else of ours has such an id
            return cls(item, Press.of(match, office.key))

        async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
            return await gate.admits(interaction)

        async def callback(self, interaction: discord.Interaction) -> None:
            await office.press(interaction, self._press)

    return Pressed
