"""Getting a layout to whoever waits for it, before Discord gives up waiting; finds out nothing by itself."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import discord

from bot.chat.messages.components import Plain
from bot.chat.serving.failures import THINKING_ALOUD

PATIENCE = 1.5  # seconds until a member is told to wait; Discord gives up after three
GIVE_UP = 60.0  # seconds after which it is called a failure; nobody looks at "thinking…" any longer
_T = TypeVar("_T")


async def deliver(
    interaction: discord.Interaction,
    work: Coroutine[Any, Any, _T],
    lay_out: Callable[[_T], Plain],
    *,
    private: bool,
    in_place: bool = False,
) -> tuple[_T, int | None]:
    """Do the work and send what it came to; `in_place`: instead of the message that was pressed.

    What comes back is the outcome of the work, and the message it stands in. Raises what the work raises.
    """
    # The work is done here rather than in a task beside: most of it is done long before anybody has to be told to wait.
    loop = asyncio.get_running_loop()
    telling: asyncio.Task[None] | None = None

    def take_longer() -> None:
        nonlocal telling
        telling = loop.create_task(_tell_to_wait(interaction, private=private, in_place=in_place))
        limit.reschedule(loop.time() + GIVE_UP)

    timer = loop.call_later(PATIENCE, take_longer)
    try:
        async with asyncio.timeout(None) as limit:
            outcome = await work
    finally:
        timer.cancel()
        if telling is not None:
            await telling  # Discord takes nothing else before
    if telling is None:
        return outcome, await _send_now(interaction, lay_out(outcome), private=private, edit=in_place)
    message = await interaction.edit_original_response(view=lay_out(outcome))
    return outcome, message.id


async def tell(interaction: discord.Interaction, layout: Plain) -> None:
    """Say something privately."""
    if interaction.response.is_done():
        await interaction.followup.send(view=layout, ephemeral=True)
    else:
        await interaction.response.send_message(view=layout, ephemeral=True)


def is_for_one(interaction: discord.Interaction) -> bool:
    """Whether only the presser sees the message that was pressed."""
    message = interaction.message
    return message is not None and (message.flags.ephemeral or interaction.context.dm_channel)


def may_share(interaction: discord.Interaction) -> bool:
    """Whether there is anybody else to share with."""
    return not interaction.context.dm_channel


async def _tell_to_wait(interaction: discord.Interaction, *, private: bool, in_place: bool) -> None:
    if in_place:
        await interaction.response.defer()
        return
    await interaction.response.defer(ephemeral=private, thinking=True)
    interaction.extras[THINKING_ALOUD] = not private


async def _send_now(interaction: discord.Interaction, layout: Plain, *, private: bool, edit: bool) -> int | None:
    if edit:
        await interaction.response.edit_message(view=layout)
        return interaction.message.id if interaction.message else None
    sent = await interaction.response.send_message(view=layout, ephemeral=private)
    return sent.message_id or await _sent_before(interaction)


async def _sent_before(interaction: discord.Interaction) -> int | None:
    """The message that stands there where Discord did not say which; None where it cannot be told."""
    try:
        return (await interaction.original_response()).id
    except discord.HTTPException:
        return None
