"""Questions in one's own words: the command, and the menu of a message; answers nothing itself."""

import discord
from discord import app_commands

from bot.answers.wording.outcome import Reason
from bot.chat.asking.declare import make_command
from bot.chat.asking.reading import text_of
from bot.chat.messages.components import MOST_CHOICES
from bot.chat.messages.layout import Answer, lines_layout
from bot.chat.serving.delivery import tell
from bot.chat.serving.desk import Desk
from bot.chat.words.translator import text_of as text_under
from bot.chat.words.voice import Voice
from bot.model.answer import Reply, Status
from bot.model.audience import Asker
from bot.model.request import Request, Wish, handle_of


def add_to(tree: app_commands.CommandTree[discord.Client], desk: Desk) -> None:
    """Add the command and the menu."""

    async def ask(interaction: discord.Interaction, question: str, private: bool = False) -> None:  # noqa: FBT001, FBT002
        await desk.respond(interaction, Request(Wish.ASK, (question,)), private=private)

    async def about(interaction: discord.Interaction, message: discord.Message) -> None:
        text, voice = text_of(message), desk.voice(interaction)
        if not text:
            await tell(interaction, lines_layout(voice.say("lines.nothing_there")))
            return
        request = Request(Wish.ASK, (text,))
        await desk.respond(interaction, request, private=True, work=lambda asker: _about(desk, request, voice, asker))

    tree.add_command(make_command(desk.services.texts, "ask", ask))
    tree.add_command(app_commands.ContextMenu(name=text_under(desk.services.texts, "menus.about.name"), callback=about))


async def _about(desk: Desk, request: Request, voice: Voice, asker: Asker) -> Answer:
    """The answer to a message's question, or else what is known of those whom it names.

    What is not answered is not counted: whoever wrote the message did not ask the bot.
    """
    answer = await desk.answer(request, asker=asker)
    if answer.reply.status in (Status.ANSWERED, Status.AMBIGUOUS):
        return answer
    entities = await desk.services.assistant.seen_by(asker).mentioned(request.words[0])
    if len(entities) == 1:
        return await desk.answer(Request(Wish.DESCRIBE, (handle_of(entities[0].slug), "")), asker=asker)
    if entities:
        choices = tuple(entities[:MOST_CHOICES])
        reply = Reply(Status.AMBIGUOUS, voice.say("lines.which_one"), Reason.AMBIGUOUS, choices=choices)
        return Answer(Request(Wish.DESCRIBE, ("", "")), reply, asker=asker)
    return Answer(request, Reply(Status.UNKNOWN, voice.say("lines.nobody_there"), Reason.WHOM), asker=asker)
