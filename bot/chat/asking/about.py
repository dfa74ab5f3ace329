"""Commands about the bot itself: what it knows from where, what it can do, what it keeps; answers nothing itself."""

import discord
from discord import app_commands

from bot.chat.asking.declare import make_command
from bot.chat.asking.privacy import privacy_text
from bot.chat.messages.layout import Answer, help_layout, lines_layout
from bot.chat.serving.delivery import deliver
from bot.chat.serving.desk import Desk
from bot.model.answer import Introduction
from bot.model.request import Request, Wish


def add_to(tree: app_commands.CommandTree[discord.Client], desk: Desk) -> None:
    """Add the commands."""
    texts, assistant = desk.services.texts, desk.services.assistant

    async def sources(interaction: discord.Interaction, private: bool = False) -> None:  # noqa: FBT001, FBT002
        await desk.respond(interaction, Request(Wish.SOURCES), private=private)

    async def help_(interaction: discord.Interaction, private: bool = True) -> None:  # noqa: FBT001, FBT002
        voice = desk.voice(interaction, private=private)

        async def work() -> tuple[Answer, Introduction]:
            return await desk.answer(Request(Wish.HELP)), await assistant.introduce()

        await deliver(interaction, work(), lambda found: help_layout(*found, voice), private=private)

    async def privacy(interaction: discord.Interaction, private: bool = True) -> None:  # noqa: FBT001, FBT002
        voice, services = desk.voice(interaction, private=private), desk.services
        text = privacy_text(services.settings, voice, has_me=services.persons is not None)
        await interaction.response.send_message(view=lines_layout(text), ephemeral=private)

    for key, callback in (("sources", sources), ("help", help_), ("privacy", privacy)):
        tree.add_command(make_command(texts, key, callback))
