"""`/me`: what is recorded of whoever asks, and what they can do about it; all in private, decided elsewhere."""

import io
import json
from collections.abc import Awaitable, Callable

import discord
from discord import app_commands

from bot.answers.wording.markdown import escape
from bot.chat.asking.buttons import Pressed
from bot.chat.asking.choices import Choices
from bot.chat.asking.declare import Callback, Completion, make_command
from bot.chat.asking.tree import Tree
from bot.chat.me.pages import pages_of_mine
from bot.chat.messages import ids
from bot.chat.messages.components import LONGEST_CHOICE, MOST_CHOICES, Component, Plain, button, row, text
from bot.chat.messages.layout import lines_layout
from bot.chat.messages.paging import cut
from bot.chat.serving.delivery import is_for_one
from bot.chat.serving.desk import Desk, desk_of
from bot.chat.words.translator import text_of
from bot.errors import WhoswhoError
from bot.model.audience import Asker
from bot.model.fact import Fact
from bot.persons.mine import PERSON
from bot.persons.persons import Persons, Said

_FILE_NAME = "everything-recorded-of-me.json"
_MOST_BYTES = 9_000_000  # of a file; Discord takes ten
_Words = app_commands.Range[str, 1, 300]


def add_to(tree: Tree, desk: Desk) -> None:
    """Add the commands, where there is somebody who keeps a state."""
    persons = desk.services.persons
    if persons is None:
        return
    texts, mine = desk.services.texts, Own(desk, persons)
    group = app_commands.Group(
        name=text_of(texts, "commands.me.name"), description=text_of(texts, "commands.me.description")
    )
    completions: dict[str, dict[str, Completion]] = {
        "claim": {"name": Choices(desk).names(PERSON)},
        "dispute": {"fact": mine.facts},
    }
    for key, callback in mine.commands().items():
        group.add_command(make_command(texts, f"me.{key}", callback, completions.get(key)))
    tree.add_command(group)


class Own:
    """The commands of one bot."""

    def __init__(self, desk: Desk, persons: Persons) -> None:
        self._desk = desk
        self._persons = persons

    def commands(self) -> dict[str, Callback]:
        """What each command does."""
        persons, answer = self._persons, self._answer

        async def show(interaction: discord.Interaction) -> None:
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.edit_original_response(view=await page_of_mine(interaction, self._desk, persons, 0))

        async def claim(interaction: discord.Interaction, name: str, proof: _Words) -> None:
            await answer(interaction, "claim", lambda id_, at, asker: persons.claim(id_, at, name, proof, asker))

        async def dispute(interaction: discord.Interaction, fact: str, why: _Words) -> None:
            await interaction.response.defer(ephemeral=True, thinking=True)
            about = next((told for key, told in await self._told(interaction) if key == fact), None)
            if about is None:
                await self._tell(interaction, "me.no_such_fact")
            else:
                await answer(interaction, "dispute", lambda id_, at, who: persons.dispute(id_, at, about, why, who))

        async def hide(interaction: discord.Interaction) -> None:
            await answer(interaction, "hide", lambda id_, at, asker: persons.hide(id_, at, for_good=False, asker=asker))

        async def unhide(interaction: discord.Interaction) -> None:
            await answer(interaction, "unhide", lambda id_, *_: persons.show(id_))

        async def remove(interaction: discord.Interaction, why: _Words | None = None) -> None:
            await answer(
                interaction, "remove",
                lambda id_, at, asker: persons.hide(id_, at, for_good=True, why=why or "", asker=asker),
            )  # fmt: skip

        async def export(interaction: discord.Interaction) -> None:
            await self._export(interaction)

        async def forget(interaction: discord.Interaction) -> None:
            await self._forget(interaction)

        return {
            "show": show, "claim": claim, "dispute": dispute, "hide": hide, "unhide": unhide, "remove": remove,
            "export": export, "forget": forget,
        }  # fmt: skip

    async def facts(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The facts of whoever types that hold what was typed."""
        wanted = typed.casefold().strip()
        found = [(key, told) for key, told in await self._told(interaction) if wanted in told.casefold()]
        return [app_commands.Choice(name=cut(told, LONGEST_CHOICE), value=key) for key, told in found[:MOST_CHOICES]]

    async def _told(self, interaction: discord.Interaction) -> list[tuple[str, str]]:
        """The facts of a member in plain words, each with a key that holds as long as the fact does."""
        asker = await self._desk.askers.of(interaction, private=True)
        written = await self._persons.written_of(interaction.user.id, asker)
        if written is None:
            return []
        vocabulary = await self._desk.services.assistant.seen_by(asker).vocabulary()

        def told(fact: Fact) -> str:
            known = vocabulary.properties.get(fact.property)
            place = f"{fact.evidence.document}:{fact.evidence.line}"
            text = f"{fact.subject.name}, {known.label if known else fact.property}: {fact.value.text} ({place})"
            return cut(text, LONGEST_CHOICE * 3)

        return [(ids.check_of(text), text) for text in map(told, written.facts)]

    async def _answer(
        self,
        interaction: discord.Interaction,
        key: str,
        work: Callable[[int, int | None, Asker], Awaitable[Said]],
    ) -> None:
        """Do what was asked for, and tell how it went."""
        if not interaction.response.is_done():
            await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            asker = await self._desk.askers.of(interaction, private=True)
            said = await work(interaction.user.id, self._server(interaction), asker)
        except WhoswhoError as error:
            failed = "me.hide_failed" if key in ("hide", "remove") else "me.failed"
            await self._tell(interaction, failed, why=escape(str(error)))
            return
        own = said in (Said.DONE, Said.ASKED, Said.ALREADY)
        await self._tell(interaction, f"me.{key}.{said}" if own else f"me.{said}")

    def _server(self, interaction: discord.Interaction) -> int | None:
        """Whose admins decide; None, and then all do, where those of this server may not look after the knowledge."""
        server = interaction.guild_id if interaction.is_guild_integration() else None
        admins = self._desk.services.settings.admin_servers
        return server if not admins or server in admins else None

    async def _export(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        asker = await self._desk.askers.of(interaction, private=True)
        told = await self._persons.export(interaction.user.id, asker)
        data = json.dumps(told, ensure_ascii=False, indent=1).encode()
        if len(data) > _MOST_BYTES:
            await self._tell(interaction, "me.export.too_large")
            return
        file = discord.File(io.BytesIO(data), _FILE_NAME)
        words = self._desk.voice(interaction).say("me.export.done")
        await interaction.edit_original_response(content=words, attachments=[file])

    async def _forget(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        hidden = await self._persons.is_hidden(interaction.user.id)
        number = await self._persons.forget(interaction.user.id)
        self._desk.recall.forget(interaction.user.id)
        say = self._desk.voice(interaction).say
        lines = [say("me.forget.done", number=number), *([say("me.forget.hidden")] if hidden else [])]
        await interaction.edit_original_response(view=lines_layout(*lines))

    async def _tell(self, interaction: discord.Interaction, key: str, **values: str) -> None:
        view = lines_layout(self._desk.voice(interaction).say(key, **values))
        await interaction.edit_original_response(view=view)


async def page_of_mine(interaction: discord.Interaction, desk: Desk, persons: Persons, page: int) -> Plain:
    """A page of all that is recorded of whoever asks or presses, and of nobody else."""
    voice = desk.voice(interaction)
    asker = await desk.askers.of(interaction, private=True)
    mine = await persons.mine(interaction.user.id, asker)
    pages = pages_of_mine(mine, await desk.services.assistant.seen_by(asker).vocabulary(), voice)
    page = min(page, len(pages) - 1)
    items: list[Component] = [text(pages[page])]
    if len(pages) > 1:
        items.append(text("-# " + voice.say("lines.page", page=page + 1, pages=len(pages))))
        steps = [("buttons.back", page - 1, page > 0), ("buttons.next", page + 1, page + 1 < len(pages))]
        items.append(row(*(button(voice.say(key), f"me:{to}") for key, to, there in steps if there)))
    return Plain(items)


class OwnPage(Pressed, template=r"me:(\d{1,4})"):
    """Turns the pages of `/me show`; whoever presses sees their own."""

    async def press(self, interaction: discord.Interaction, desk: Desk) -> None:
        """Show the page, in private whatever message was pressed."""
        persons = desk_of(interaction).services.persons
        if persons is None:
            return
        if is_for_one(interaction):
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
        layout = await page_of_mine(interaction, desk, persons, int(self.fields[0]))
        await interaction.edit_original_response(view=layout)
