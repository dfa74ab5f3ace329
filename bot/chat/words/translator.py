"""Command names and descriptions in every locale there is a folder for; translates nothing by itself."""

import discord
from discord import app_commands
from discord.app_commands import TranslationContextTypes

from bot.chat.words.texts import DEFAULT, Texts


def text_of(texts: Texts, key: str) -> app_commands.locale_str:
    """The English text under `key`, which discord.py sends to Discord with all its translations."""
    return app_commands.locale_str(texts.say(DEFAULT, key), key=key)


class Translator(app_commands.Translator):
    """Looks the keys that `text_of` left up in the texts."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: TranslationContextTypes
    ) -> str | None:
        """The text in a locale; None where it is only there in English, which Discord shows by itself."""
        key = string.extras.get("key")
        found = self._texts.translation(locale.value, key) if key else None
        return None if found == string.message else found
