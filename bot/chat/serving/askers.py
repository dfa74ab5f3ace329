"""What decides what somebody may see: the roles they hold where they ask; in a direct message, those in their servers.

Discord signs the roles that come with a command. A direct message comes with none, so they are asked for there, one
member at a time, which needs no privileged intent; whoever cannot be looked up sees what everybody sees. An answer that
others can read is never for one member: it is for everybody.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Literal

import discord

from bot.assistant import Assistant
from bot.chat.messages.recall import Shelf
from bot.model.audience import EVERYBODY, Asker, Membership

log = logging.getLogger(__name__)
_SECONDS = 60.0  # for which a look-up holds; a role that was taken away counts no longer than that
_MOST = 2000


class Askers:
    """Finds out for whom an answer is."""

    def __init__(self, assistant: Assistant, clock: Callable[[], float] = time.monotonic) -> None:
        self._assistant = assistant
        self._known: Shelf[tuple[int, int], Membership | Literal[False]] = Shelf(clock, _MOST, _SECONDS)

    async def of(self, interaction: discord.Interaction, *, private: bool) -> Asker:
        """For whom the answer to an interaction is; `private`: nobody else can read it."""
        if interaction.context.dm_channel:
            return await self._anywhere(interaction.client, interaction.user.id)
        member, server = interaction.user, interaction.guild_id
        if not private or server is None:
            return EVERYBODY
        roles = member.roles if isinstance(member, discord.Member) else ()
        return Asker((_membership(server, roles),))

    async def of_message(self, message: discord.Message, client: discord.Client) -> Asker:
        """For whom the answer to a message is; in a server everybody reads it."""
        if isinstance(message.channel, discord.DMChannel):
            return await self._anywhere(client, message.author.id)
        return EVERYBODY

    async def _anywhere(self, client: discord.Client, user: int) -> Asker:
        found = [await self._looked_up(client, server, user) for server in sorted(await self._assistant.servers())]
        memberships = tuple(one for one in found if one is not None)
        return Asker(memberships) if memberships else EVERYBODY

    async def _looked_up(self, client: discord.Client, server: int, user: int) -> Membership | None:
        guild = client.get_guild(server)
        if guild is None:
            return None
        kept = self._known.get((server, user))
        if kept is not None:
            return kept or None
        membership: Membership | Literal[False] = False
        try:
            member = await guild.fetch_member(user)
            membership = _membership(server, member.roles)
        except discord.NotFound:
            pass
        except discord.HTTPException as error:
            log.warning("the roles of a member could not be looked up: %s", error)
            return None
        self._known.put((server, user), membership)
        return membership or None


def _membership(server: int, roles: Iterable[discord.Role]) -> Membership:
    held = list(roles)
    return Membership(server, frozenset([*(str(role.id) for role in held), *(role.name for role in held)]))
