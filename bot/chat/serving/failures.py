"""What happens when something breaks: one polite private line with a number, and the details in the log under it."""

import logging
import secrets

import discord

from bot.chat.serving.services import Services
from bot.chat.serving.surface import surface_of

log = logging.getLogger(__name__)
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no two that look alike
_LENGTH = 6
THINKING_ALOUD = "thinking aloud"  # an extra of an interaction whose "thinking…" everybody sees


def new_reference() -> str:
    """A short number that a member can read out to an admin."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


async def report(interaction: discord.Interaction, error: BaseException, services: Services) -> None:
    """Log an error with a reference and tell whoever was waiting, privately; never raises."""
    reference, texts = new_reference(), services.texts
    services.counting.failed(surface_of(interaction))
    where = interaction.command.qualified_name if interaction.command else str(interaction.type)
    log.error("reference %s: %s failed", reference, where, exc_info=error)
    line = texts.say(interaction.locale.value, "lines.failed", reference=reference)
    try:
        if not interaction.response.is_done():
            await interaction.response.send_message(line, ephemeral=True)
        elif interaction.extras.get(THINKING_ALOUD):
            await _tell_instead(interaction, line, texts.say(interaction.locale.value, "lines.failed_here"))
        else:
            await interaction.followup.send(line, ephemeral=True)
    except discord.HTTPException as failure:
        log.warning("reference %s: the member could not be told: %s", reference, failure)


async def _tell_instead(interaction: discord.Interaction, line: str, placeholder: str) -> None:
    """Tell privately in place of a public "thinking…".

    The first message after that takes its place and is as public as it was, so it has to be filled and taken away.
    """
    await interaction.edit_original_response(content=placeholder)
    await interaction.followup.send(line, ephemeral=True)
    await interaction.delete_original_response()
