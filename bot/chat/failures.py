"""What happens when something breaks: one polite private line with a number, and the details in the log under it."""

import logging
import secrets

import discord
from discord import app_commands

from bot.chat.texts import Texts

log = logging.getLogger(__name__)
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no two that look alike
_LENGTH = 6


def new_reference() -> str:
    """A short number that a member can read out to an admin."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


async def report(interaction: discord.Interaction, error: BaseException, texts: Texts) -> None:
    """Log an error with a reference and tell whoever was waiting, privately; never raises."""
    reference = new_reference()
    where = interaction.command.qualified_name if interaction.command else str(interaction.type)
    log.error("reference %s: %s failed", reference, where, exc_info=error)
    line = texts.say(interaction.locale.value, "lines.failed", reference=reference)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(line, ephemeral=True)
        else:
            await interaction.response.send_message(line, ephemeral=True)
    except discord.HTTPException as failure:
        log.warning("reference %s: the member could not be told: %s", reference, failure)


class Tree(app_commands.CommandTree[discord.Client]):
    """The commands, with one place where their errors end."""

    def __init__(self, client: discord.Client, texts: Texts) -> None:
        super().__init__(
            client,
            fallback_to_global=True,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self._texts = texts

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        """Report it, its cause rather than the wrapping that discord.py put around it."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await report(interaction, cause, self._texts)
