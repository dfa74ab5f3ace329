"""Who may look after the knowledge: owners everywhere, in a server whoever its own settings let; does nothing itself.

Discord asks those settings before it hands a command over, but not before a press; so a press is asked again here.
"""

import logging
from collections.abc import Mapping
from typing import Any

import discord

from bot.settings import Settings

log = logging.getLogger(__name__)
_ROLE, _USER, _CHANNEL = 1, 2, 3  # what a permission of a command is for
_Rules = Mapping[tuple[int, int], bool]  # by what they are for, and its id


async def may(interaction: discord.Interaction, settings: Settings, command: int) -> bool:
    """Whether whoever is behind an interaction may use the command of this id, here and now."""
    member, server = interaction.user, interaction.guild_id
    if member.id in settings.owners:
        return True
    if server is None or (settings.admin_servers and server not in settings.admin_servers):
        return False
    if not isinstance(member, discord.Member):
        return False
    if interaction.permissions.administrator:
        return True
    manages = interaction.permissions.manage_guild
    if manages and interaction.type is discord.InteractionType.application_command:
        return True  # Discord has looked at the server's settings just now
    try:
        of_command = await _rules(interaction, server, command)
        of_all = await _rules(interaction, server, interaction.application_id)
    except discord.HTTPException as error:
        log.warning("a server's settings for /knowledge could not be read: %s", error)
        return manages
    return allows(of_command, of_all, server, member, interaction.channel_id or 0, manages=manages)


def allows(
    of_command: _Rules, of_all: _Rules, server: int, member: discord.Member, channel: int, *, manages: bool
) -> bool:
    """What a server's settings for one command, and for all of the bot's, come to, in Discord's own order."""
    for rules, target in ((rules, target) for rules in (of_command, of_all) for target in (channel, server - 1)):
        if (_CHANNEL, target) in rules:
            if not rules[_CHANNEL, target]:
                return False
            break
    own = _of_member(of_command, server, member)
    if own is not None:
        return own
    return manages and _of_member(of_all, server, member) is not False


def _of_member(rules: _Rules, server: int, member: discord.Member) -> bool | None:
    """The member's own rule, else what any of the roles is allowed, else what everyone is; None: no rule."""
    if (_USER, member.id) in rules:
        return rules[_USER, member.id]
    roles = [rules[_ROLE, role.id] for role in member.roles if role.id != server and (_ROLE, role.id) in rules]
    return any(roles) if roles else rules.get((_ROLE, server))


async def _rules(interaction: discord.Interaction, server: int, target: int) -> _Rules:
    http = interaction.client.http
    try:
        found: Any = await http.get_application_command_permissions(interaction.application_id, server, target)
    except discord.NotFound:  # nobody has changed anything
        return {}
    return {(rule["type"], int(rule["id"])): bool(rule["permission"]) for rule in found["permissions"]}
