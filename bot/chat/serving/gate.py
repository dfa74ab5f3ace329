"""Whether somebody may ask just now; in front of every command, button, menu and message, and answers none of them."""

import logging
import math
import time
from collections.abc import Callable

import discord

from bot.chat.messages.layout import lines_layout
from bot.chat.serving.delivery import tell
from bot.chat.words.texts import Texts
from bot.chat.words.voice import voice_for
from bot.limits import Limits, Rate
from bot.settings import Settings

log = logging.getLogger(__name__)
_LETTERS = 20  # completions for each question: as many as it takes to type one
_TOLD_AGAIN = 30.0  # seconds in which a member who writes on and on is told once


class Gate:
    """Counts what is asked, by member, server and in all."""

    def __init__(self, settings: Settings, texts: Texts, clock: Callable[[], float] = time.monotonic) -> None:
        self._texts = texts

        def limits(times: int) -> Limits:
            rates = (settings.member_rate, settings.server_rate, settings.overall_rate)
            member, server, everybody = (Rate.per_minute(rate * times) for rate in rates)
            return Limits(member, server, everybody, clock)

        self._asked, self._typed = limits(1), limits(_LETTERS)
        in_all = Rate.per_minute(settings.overall_rate)
        self._told = Limits(Rate(1, _TOLD_AGAIN), in_all, in_all, clock)

    async def admits(self, interaction: discord.Interaction) -> bool:
        """Count an interaction; whether it may go on. Where it may not, whoever waits is told, privately."""
        try:
            if interaction.type is discord.InteractionType.autocomplete:
                if self._typed.take(interaction.user.id, interaction.guild_id) == 0:
                    return True
                await interaction.response.autocomplete([])
                return False
            seconds = self.wait(interaction.user.id, interaction.guild_id)
            if seconds == 0:
                return True
            voice = voice_for(interaction, self._texts, private=True)
            await tell(interaction, lines_layout(voice.say("lines.slow_down", seconds=seconds)))
        except discord.HTTPException as error:
            log.warning("somebody who asks too fast could not be told: %s", error)
        return False

    def wait(self, member: int, server: int | None) -> int:
        """Count one question: 0 where it may be asked, else the whole seconds until it may."""
        return math.ceil(self._asked.take(member, server))

    def tells(self, member: int) -> bool:
        """Whether a member whose message is not answered should be told so; not at every one of them."""
        return self._told.take(member, None) == 0
