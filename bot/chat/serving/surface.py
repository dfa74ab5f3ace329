"""By which way a member came, as the counters call it; knows nothing of what was asked."""

import discord


def surface_of(interaction: discord.Interaction) -> str:
    """A command, a menu of a message, or anything that is pressed."""
    if interaction.type is discord.InteractionType.component:
        return "button"
    return "menu" if isinstance(interaction.command, discord.app_commands.ContextMenu) else "command"


def surface_of_message(message: discord.Message) -> str:
    """Direct messages, or a mention in a server."""
    return "direct" if message.guild is None else "mention"
