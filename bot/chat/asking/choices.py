"""What is offered while an option is typed: names, kinds, properties, times; whatever comes back is looked at again."""

from collections.abc import Collection, Iterable

import discord
from discord import app_commands

from bot.answers.deciding.listing import PAST, UPCOMING
from bot.answers.suggest import MOST
from bot.assistant import Assistant
from bot.chat.asking.declare import Completion
from bot.chat.messages.paging import cut
from bot.chat.serving.desk import Desk
from bot.chat.words.translator import text_of
from bot.model.entity import Entity
from bot.model.request import handle_of

_LONGEST = 100  # characters of a choice's name and of its value

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

    async def kinds(self, _: discord.Interaction, typed: str) -> list[Choice]:
        """Kinds of entities."""
        vocabulary = await self._assistant.vocabulary()
        return _fitting(((kind.plural, name) for name, kind in vocabulary.kinds.items()), typed)

    async def properties(self, _: discord.Interaction, typed: str) -> list[Choice]:
        """Properties by their labels."""
        vocabulary = await self._assistant.vocabulary()
        return _fitting(sorted((prop.label, name) for name, prop in vocabulary.properties.items()), typed)

    async def times(self, interaction: discord.Interaction, typed: str) -> list[Choice]:
        """Past, upcoming, and the years in which something took place."""
        voice = self._desk.voice(interaction)
        named = [(voice.say(f"choices.{time}"), time) for time in (UPCOMING, PAST)]
        years = await (await self._for(interaction)).years()
        return _fitting([*named, *((str(year), str(year)) for year in years)], typed)

    async def _for(self, interaction: discord.Interaction) -> Assistant:
        """The assistant for those who will read the answer, as far as it was said that it is private."""
        private = getattr(interaction.namespace, self._private, False) is True
        return self._assistant.seen_by(await self._desk.askers.of(interaction, private=private))


def _fitting(rows: Iterable[tuple[str, str]], typed: str) -> list[Choice]:
    """The rows whose label holds what was typed, those that begin with it first; one for each label."""
    wanted = typed.casefold().strip()
    holding = {label: value for label, value in rows if label and wanted in label.casefold()}
    ordered = sorted(holding.items(), key=lambda row: not row[0].casefold().startswith(wanted))
    return [Choice(name=cut(label, _LONGEST), value=value[:_LONGEST]) for label, value in ordered[:MOST]]


def _label(entity: Entity, kinds: Collection[str]) -> str:
    """The name with what it is, where the command does not say that already."""
    finer = entity.types[0] if entity.types else "" if len(kinds) == 1 else entity.kind
    return cut(f"{entity.name} ({finer})" if finer else entity.name, _LONGEST)
