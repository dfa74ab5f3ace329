"""`/knowledge forget`: shows who would go, and removes them once the name is typed again; how is decided elsewhere."""

from typing import Any

import discord
from discord import app_commands

from bot.answers.wording.markdown import escape
from bot.chat.asking.declare import make_command
from bot.chat.knowledge.office import Office, actor_of
from bot.chat.messages.lines import Says
from bot.errors import WhoswhoError
from bot.librarian import Actor
from bot.rights import Rights

_MOST_NAMES = 12
_Name = app_commands.Range[str, 1, 200]


def forget_command(office: Office, rights: Rights) -> app_commands.Command[Any, ..., None]:
    """The command for the group of those who look after the knowledge."""

    async def forget(interaction: discord.Interaction, name: _Name, again: _Name | None = None) -> None:
        if await office.begun(interaction, "forget") is None:
            return
        say = Says(office.texts, interaction.locale.value)
        try:
            told = await _told(office, rights, actor_of(interaction), name, again, say)
        except WhoswhoError as error:
            told = say("forget_failed", why=escape(str(error)))
        await office.show(interaction, told)

    return make_command(office.texts, "forget", forget, of="knowledge")


async def _told(office: Office, rights: Rights, actor: Actor, name: str, again: str | None, say: Says) -> str:
    who = await rights.recorded(name, office.librarian.sees(actor))
    if who is None:
        return say("forget_nobody")
    if again is None or again.strip() != who.name:
        names = ", ".join(escape(one) for one in who.names[:_MOST_NAMES])
        asked = say("forget_ask", name=escape(who.name), names=names, facts=say.count("facts", who.facts))
        undone = (await office.librarian.status(actor)).undone
        return f"{asked}\n{say('forget_ends_rollback')}" if undone else asked
    outcome = await rights.forget(who, actor)
    return say("forgotten", facts=say.count("facts", outcome.totals.get("withdrawn", 0)))
