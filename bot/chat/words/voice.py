"""The texts in the language of whoever reads them; knows no text itself."""

from dataclasses import dataclass

import discord

from bot.chat.words.texts import DEFAULT, Texts


@dataclass(frozen=True, slots=True)
class Voice:
    """Texts in one locale."""

    texts: Texts
    locale: str = DEFAULT

    def say(self, key: str, **values: str | int) -> str:
        """The text under `key` with its placeholders filled in."""
        return self.texts.say(self.locale, key, **values)


def voice_for(interaction: discord.Interaction, texts: Texts, *, private: bool) -> Voice:
    """The member's language in private, the server's where all can read it."""
    locale = interaction.locale if private or interaction.guild_locale is None else interaction.guild_locale
    return Voice(texts, locale.value)
