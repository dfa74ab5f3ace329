"""What is offered while an option is typed: names, kinds, properties, times; whatever comes back is looked at again."""

from collections.abc import Collection, Iterable

import discord
from discord import app_commands

from bot.answers.deciding.listing import PAST, UPCOMING
from bot.answers.suggest import MOST
from bot.assistant import Assistant
from bot.chat.asking.declare import Completion
from bot.chat.messages.components import LONGEST_CHOICE
from bot.chat.messages.paging import cut
from bot.chat.serving.desk import Desk
from bot.chat.words.translator import text_of
from bot.model.entity import Entity
from bot.model.request import handle_of

Choice = app_commands.Choice[str]


class Choices:
    """Completions that ask the assistant."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._assistant = desk.services.assistant
        self._private = text_of(desk.services.texts, "commands.private.name").message

    def names(self, *kinds: str) -> Completion:
        """Completes names and aliases of entities of these kinds; none: of any."""

        async def complete(interaction: discord.Interaction, typed: str) -> list[Choice]:
            entities = await (await self._for(interaction)).suggest(typed, kinds, MOST)
            return [Choice(name=_label(entity, kinds), value=handle_of(entity.slug)) for entity in entities]

        return complete

    async def kinds(self, interaction: discord.Interaction, typed: str) -> list[Choice]:
        """Kinds of which there is anybody or anything."""
        return _fitting(await (await self._for(interaction)).kinds(), typed)

    async def properties(self, interaction: discord.Interaction, typed: str) -> list[Choice]:
        """Properties of which there are facts, the commonest first."""
        return _fitting(await (await self._for(interaction)).properties(), typed)

    async def times(self, interaction: discord.Interaction, typed: str) -> list[Choice]:
        """Past, upcoming, and the years in which something took place."""
        voice = self._desk.voice(interaction)
        named = [(time, voice.say(f"choices.{time}")) for time in (UPCOMING, PAST)]
        years = await (await self._for(interaction)).years()
        return _fitting([*named, *((str(year), str(year)) for year in years)], typed)

    async def _for(self, interaction: discord.Interaction) -> Assistant:
        """The assistant for those who will read the answer, as far as it was said that it is private."""
        private = getattr(interaction.namespace, self._private, False) is True
        return self._assistant.seen_by(await self._desk.askers.of(interaction, private=private))


def _fitting(rows: Iterable[tuple[str, str]], typed: str) -> list[Choice]:
    """Of values with their labels those whose label holds what was typed, those that begin with it first.

    Of several with one label the first.
    """
    wanted = typed.casefold().strip()
    holding: dict[str, str] = {}
    for value, label in rows:
        if label and wanted in label.casefold():
            holding.setdefault(label, value)
    ordered = sorted(holding.items(), key=lambda row: not row[0].casefold().startswith(wanted))
    return [Choice(name=cut(label, LONGEST_CHOICE), value=value[:LONGEST_CHOICE]) for label, value in ordered[:MOST]]


def _label(entity: Entity, kinds: Collection[str]) -> str:
    """The name with what it is, where the command does not say that already."""
    finer = entity.types[0] if entity.types else "" if len(kinds) == 1 else entity.kind
    return cut(f"{entity.name} ({finer})" if finer else entity.name, LONGEST_CHOICE)
