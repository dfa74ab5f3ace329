"""The commands of the bot and what holds for each of them: who may use it where, how often, and where errors end."""

import discord
from discord import app_commands

from bot.chat.serving.failures import report
from bot.chat.serving.gate import Gate
from bot.chat.serving.services import Services


class Tree(app_commands.CommandTree[discord.Client]):
    """The commands, with one place where they begin and one where their errors end."""

    def __init__(self, client: discord.Client, services: Services, gate: Gate) -> None:
        super().__init__(
            client,
            fallback_to_global=True,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self._services, self._gate = services, gate

    async def interaction_check(self, interaction: discord.Interaction) -> bool:
        """Let nobody ask faster than the settings allow."""
        return await self._gate.admits(interaction)

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        """Report it, its cause rather than the wrapping that discord.py put around it."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await report(interaction, cause, self._services)
