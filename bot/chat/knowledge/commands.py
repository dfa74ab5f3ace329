"""`/knowledge`: the commands of those who look after the knowledge; what they do is in the office."""

from typing import Any

import discord
from discord import app_commands

from bot.chat.asking.buttons import Pressed
from bot.chat.asking.declare import Callback, Completion, make_command
from bot.chat.asking.tree import Tree
from bot.chat.knowledge.documents import DocumentOffice
from bot.chat.knowledge.forget import forget_command
from bot.chat.knowledge.layout import TEMPLATE, Press, View
from bot.chat.knowledge.office import Office
from bot.chat.knowledge.persons import PersonOffice, person_commands
from bot.chat.messages.components import MOST_CHOICES
from bot.chat.serving.desk import Desk
from bot.chat.words.translator import text_of


def add_to(tree: Tree, desk: Desk) -> None:
    """Add the commands and their buttons, where there is a librarian to work with."""
    if desk.services.librarian is None:
        return
    office = PersonOffice(desk.services, desk.services.librarian)
    group = _group(office)
    for command in person_commands(office, desk):
        group.add_command(command)
    if desk.services.rights is not None:
        group.add_command(forget_command(office, desk.services.rights))
    tree.add_command(group)
    tree.client.add_dynamic_items(_button(office))


def _group(office: DocumentOffice) -> app_commands.Group:
    """The group with one command for each view, and those that change something."""
    texts = office.texts
    group = app_commands.Group(
        name=text_of(texts, "knowledge.group.name"),
        description=text_of(texts, "knowledge.group.description"),
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    async def rollback(interaction: discord.Interaction, snapshot: app_commands.Range[int, 1]) -> None:
        await office.ask_rollback(interaction, snapshot)

    async def add(
        interaction: discord.Interaction, file: discord.Attachment | None = None, link: str | None = None
    ) -> None:
        await office.ask_add(interaction, file, (link or "").strip())

    async def remove(interaction: discord.Interaction, document: str) -> None:
        await office.ask_remove(interaction, document)

    async def review(interaction: discord.Interaction) -> None:
        await office.review(interaction)

    for view in View:
        group.add_command(make_command(texts, view, _showing(office, view), of="knowledge"))
    completions: dict[str, dict[str, Completion]] = {
        "rollback": {"snapshot": _snapshots(office)},
        "remove": {"document": _documents(office)},
    }
    for key, deed in (("rollback", rollback), ("add", add), ("remove", remove), ("review", review)):
        group.add_command(make_command(texts, key, deed, completions.get(key), of="knowledge"))
    return group


def _showing(office: Office, view: View) -> Callback:
    async def show(interaction: discord.Interaction) -> None:
        await office.open(interaction, view)

    return show


def _snapshots(office: Office) -> Completion:
    """Completes the number of a snapshot."""

    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[Any]]:
        return [
            app_commands.Choice(
                name=office.texts.say(
                    interaction.locale.value, "knowledge.rollback_choice", number=one.number,
                    built=f"{one.built_at:%Y-%m-%d %H:%M}", facts=one.facts,
                ),
                value=one.number,
            )
            for one in await office.snapshots(interaction)
            if str(one.number).startswith(str(typed))
        ][:MOST_CHOICES]  # fmt: skip

    return complete


def _documents(office: DocumentOffice) -> Completion:
    """Completes the path of a document."""

    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[Any]]:
        return [app_commands.Choice(name=path, value=path) for path in await office.documents(interaction, typed)]

    return complete


def _button(office: Office) -> type[Pressed]:
    """The class by which discord.py finds presses of our buttons, after a restart too."""

    class KnowledgeButton(Pressed, template=TEMPLATE):
        async def press(self, interaction: discord.Interaction, desk: Desk) -> None:
            await office.press(interaction, Press.of(self.fields, office.key))

    return KnowledgeButton
