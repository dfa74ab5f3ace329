"""What every client of ours tells discord.py at its start: no privileged intent, nobody pinged, no members kept."""

from typing import Any

import discord


def intents() -> discord.Intents:
    """None that Discord has to grant: direct messages and mentions come with their text anyway."""
    wanted = discord.Intents.none()
    wanted.guilds = wanted.guild_messages = wanted.dm_messages = True
    return wanted


def client_options() -> dict[str, Any]:
    """The arguments of a client."""
    return {
        "intents": intents(),
        "allowed_mentions": discord.AllowedMentions.none(),
        "member_cache_flags": discord.MemberCacheFlags.none(),
        "chunk_guilds_at_startup": False,
    }
