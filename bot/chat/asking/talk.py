"""Direct messages, mentions and replies to the bot's messages, answered as a reply; hears nothing else."""

import asyncio
import logging
import time

import discord

from bot.chat.asking.reading import question_in, text_of
from bot.chat.messages.components import Plain
from bot.chat.messages.layout import Answer, Frame, lines_layout
from bot.chat.serving.desk import Desk
from bot.chat.serving.failures import new_reference
from bot.chat.serving.surface import surface_of_message
from bot.chat.words.voice import Voice
from bot.model.answer import Turn
from bot.model.request import Request, Wish

log = logging.getLogger(__name__)
_SPOKEN = (discord.MessageType.default, discord.MessageType.reply)
_PATIENCE = 1.0  # seconds until the bot is shown to be typing


async def answer_message(message: discord.Message, desk: Desk, client: discord.Client) -> None:
    """Answer a message that is addressed to the bot; never raises."""
    me = client.user
    if me is None or not _is_meant(message, me):
        return
    voice, surface, began = _voice(message, desk), surface_of_message(message), time.perf_counter()
    try:
        if seconds := desk.gate.wait(message.author.id, message.guild.id if message.guild else None):
            if desk.gate.tells(message.author.id):
                await _reply(message, lines_layout(voice.say("lines.slow_down", seconds=seconds)))
            return
        request, before = _request(message, desk, me)
        answering = asyncio.ensure_future(_answer(message, client, desk, request, before))
        await asyncio.wait({answering}, timeout=_PATIENCE)
        if not answering.done():
            async with message.channel.typing():
                await asyncio.wait({answering})
        answer = answering.result()
        sent = await _reply(message, desk.lay_out(answer, Frame(voice)))
        if sent is not None:
            desk.count(surface, answer, began)
            await desk.note(answer, message.author.id, message.channel.id, sent.id)
    except Exception:
        reference = new_reference()
        desk.services.counting.failed(surface)
        log.exception("reference %s: a message could not be answered", reference)
        await _reply(message, lines_layout(voice.say("lines.failed", reference=reference)))


async def _answer(
    message: discord.Message, client: discord.Client, desk: Desk, request: Request, before: Turn | None
) -> Answer:
    return await desk.answer(request, before, await desk.askers.of_message(message, client))


def _is_meant(message: discord.Message, me: discord.abc.User) -> bool:
    """Whether a person speaks to the bot; a message that pings everybody, or a role, does not."""
    if message.author.bot or message.webhook_id is not None or message.type not in _SPOKEN:
        return False
    return message.guild is None or any(user.id == me.id for user in message.mentions)


def _request(message: discord.Message, desk: Desk, me: discord.abc.User) -> tuple[Request, Turn | None]:
    """What a message asks, and the turn it leans on: that of the message it replies to, or else the member's last."""
    replied = message.reference.message_id if message.reference else None
    said = desk.recall.said(replied) if replied else None
    before = said.turn if said else desk.recall.turn(message.author.id, message.channel.id)
    question = question_in(message, me.id)
    if not question and message.guild is not None:
        quoted = message.reference.resolved if message.reference else None
        if isinstance(quoted, discord.Message) and quoted.author.id != me.id and text_of(quoted):
            return Request(Wish.ASK, (text_of(quoted),)), None
        return Request(Wish.HELP), None
    return Request(Wish.ASK, (question,)), before


async def _reply(message: discord.Message, layout: Plain) -> discord.Message | None:
    """Reply, or write to the channel where the message is gone; None where the bot may not write."""
    reference = message.to_reference(fail_if_not_exists=False) if message.guild is not None else None
    try:
        if reference is None:
            return await message.channel.send(view=layout)
        return await message.channel.send(view=layout, reference=reference, mention_author=False)
    except discord.Forbidden:
        log.info("no permission to write in channel %s", message.channel.id)
        return None
    except discord.HTTPException as error:
        log.warning("an answer could not be sent to channel %s: %s", message.channel.id, error)
        return None


def _voice(message: discord.Message, desk: Desk) -> Voice:
    texts = desk.services.texts
    return Voice(texts) if message.guild is None else Voice(texts, message.guild.preferred_locale.value)
