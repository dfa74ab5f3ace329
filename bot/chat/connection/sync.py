"""Telling Discord the bot's commands, only when they changed: it allows few such calls a day, and none is needed."""

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot.chat.connection.gateway import patiently
from bot.errors import DiscordError
from bot.logs import in_one_line
from bot.whole_files import write_whole

log = logging.getLogger(__name__)
FILE_NAME = "discord-commands.json"  # in the data folder: which set Discord has, for which application


async def sync_commands(
    tree: app_commands.CommandTree[Any], application: int, data: Path, *, always: bool = False
) -> bool:
    """Send the commands if they are not those of last time; whether they were sent.

    Waits out an unreachable Discord. Raises DiscordError where it refuses them.
    """
    payload = await _payload(tree)
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    file, told = data / FILE_NAME, {"application": application, "sha256": digest}
    if not always and _last_time(file) == told:
        log.info("the commands are as Discord has them")
        return False
    try:
        await patiently("Discord", lambda: tree.client.http.bulk_upsert_global_commands(application, payload))
    except discord.HTTPException as error:
        raise DiscordError(f"Discord refuses the commands: {in_one_line(error)}") from error
    try:
        write_whole(file, json.dumps(told).encode())
    except OSError as error:  # a full disk is no reason to be silent in Discord
        log.warning("that Discord has the commands could not be noted, the next start sends them again: %s", error)
    log.info("%d commands sent to Discord", len(payload))
    return True


async def _payload(tree: app_commands.CommandTree[Any]) -> list[Any]:
    """All commands as Discord takes them, with their translations."""
    commands = [command for kind in discord.AppCommandType for command in tree.get_commands(type=kind)]
    if tree.translator is None:
        return [command.to_dict(tree) for command in commands]
    return [await command.get_translated_payload(tree, tree.translator) for command in commands]


def _last_time(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # never sent, or not known: send them again
        return None
