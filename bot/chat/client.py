"""The bot as Discord sees it: intents, commands, buttons and what it listens to; holds no token and opens no socket."""

import time
from collections.abc import Callable
from typing import Any

import discord

from bot.chat.asking import about, ask, lookup
from bot.chat.asking.buttons import BUTTONS
from bot.chat.asking.talk import answer_message
from bot.chat.asking.tree import Tree
from bot.chat.connection.options import client_options
from bot.chat.knowledge import commands as knowledge
from bot.chat.me import commands as me
from bot.chat.serving.desk import Desk
from bot.chat.serving.services import Services
from bot.chat.words.translator import Translator


class Client(discord.Client):
    """A client that answers from what `services` give it; whoever starts it logs in, syncs and closes.

    `clock` gives seconds that never go back: limits and what is remembered of a conversation count by it.
    """

    def __init__(self, services: Services, clock: Callable[[], float] = time.monotonic, **options: Any) -> None:
        super().__init__(**client_options(), **options)
        self.services = services
        self.desk = Desk(services, clock)
        self.tree = Tree(self, services, self.desk.gate)

    async def setup_hook(self) -> None:
        """Add the commands and the buttons; called once by discord.py, before it connects."""
        await furnish(self, self.tree, self.desk)

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is addressed to the bot."""
        await answer_message(message, self.desk, self)


async def furnish(client: discord.Client, tree: Tree, desk: Desk) -> None:
    """Give a client its commands and its buttons."""
    await tree.set_translator(Translator(desk.services.texts))
    for part in (ask, lookup, about):
        part.add_to(tree, desk)
    me.add_to(tree, desk)
    client.add_dynamic_items(*BUTTONS, me.OwnPage)
    knowledge.add_to(tree, desk)
