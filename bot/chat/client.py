"""The bot as Discord sees it: intents, commands, buttons and what it listens to; holds no token and opens no socket."""

from typing import Any

import discord

from bot.chat import about, ask, knowledge, lookup
from bot.chat.buttons import BUTTONS
from bot.chat.desk import Desk
from bot.chat.failures import Tree
from bot.chat.services import Services
from bot.chat.talk import answer_message
from bot.chat.translator import Translator


def intents() -> discord.Intents:
    """None that Discord has to grant: direct messages and mentions come with their text anyway."""
    wanted = discord.Intents.none()
    wanted.guilds = wanted.guild_messages = wanted.dm_messages = True
    return wanted


class Client(discord.Client):
    """A client that answers from what `services` give it; whoever starts it logs in, syncs and closes."""

    def __init__(self, services: Services, **options: Any) -> None:
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            **options,
        )
        self.services = services
        self.desk = Desk(services)
        self.tree = Tree(self, services.texts)

    async def setup_hook(self) -> None:
        """Add the commands and the buttons; called once by discord.py, before it connects."""
        await self.tree.set_translator(Translator(self.services.texts))
        for part in (ask, lookup, about):
            part.add_to(self.tree, self.desk)
        self.add_dynamic_items(*BUTTONS)
        knowledge.add_to(self.tree, self.services)

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is addressed to the bot."""
        if self.user is not None:
            await answer_message(message, self.desk, self.user)
