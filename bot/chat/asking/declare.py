"""Commands made of a function and the texts about it; knows neither the functions nor the texts."""

import inspect
import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import discord
from discord import app_commands

from bot.chat.words.texts import Texts
from bot.chat.words.translator import text_of

log = logging.getLogger(__name__)
Callback = Callable[..., Coroutine[Any, Any, None]]
Completion = Callable[[discord.Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[Any]]]]
_PRIVATE = "private"  # every command has it, and it is described once


def make_command(
    texts: Texts,
    key: str,
    callback: Callback,
    completions: Mapping[str, Completion] | None = None,
    of: str = "commands",
) -> app_commands.Command[Any, ..., None]:
    """A command that is named and described by the texts under `commands.<key>`, its options by those below that.

    `of` is the family of texts, where it is not `commands`.
    """
    family = f"{of}.{key}"
    options = [name for name in inspect.signature(callback).parameters if name != "interaction"]
    texts_of = {name: "commands.private" if name == _PRIVATE else f"{family}.options.{name}" for name in options}
    if options:
        named = {name: text_of(texts, f"{place}.name") for name, place in texts_of.items()}
        described = {name: text_of(texts, f"{place}.description") for name, place in texts_of.items()}
        callback = app_commands.describe(**described)(app_commands.rename(**named)(callback))
    if completions:
        callback = app_commands.autocomplete(**{name: _quiet(one) for name, one in completions.items()})(callback)
    return app_commands.Command(
        name=text_of(texts, f"{family}.name"),
        description=text_of(texts, f"{family}.description"),
        callback=callback,
    )


def _quiet(completion: Completion) -> Completion:
    """A completion that offers nothing where it fails: nobody is told what goes wrong while typing."""

    async def complete(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[Any]]:
        try:
            return await completion(interaction, current)
        except Exception:
            log.exception("nothing could be offered for an option")
            return []

    return complete
