"""Linking members to people in the documents, and deciding on what members ask about their own entries, in Discord."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import app_commands

from bot.answers.wording.markdown import escape
from bot.chat.asking.choices import Choices
from bot.chat.asking.declare import make_command
from bot.chat.knowledge.documents import DocumentOffice
from bot.chat.knowledge.layout import Holder, Press, Verb
from bot.chat.knowledge.office import actor_of
from bot.chat.messages.lines import Says, short
from bot.chat.serving.desk import Desk
from bot.chat.serving.services import Services
from bot.errors import WhoswhoError
from bot.librarian import DONE, Librarian
from bot.model.audience import Asker
from bot.persons.mine import PERSON
from bot.persons.persons import Persons
from bot.store.state.records import Asked, Plea

_MOST_ADDRESSES = 10
_BUTTONS = {
    Plea.LINK: ("is_them", "is_not"),
    Plea.DISPUTE: ("is_wrong", "is_right"),
    Plea.HIDE: ("leave", "show"),
    Plea.REMOVE: ("remove_for_good", "refuse"),
}
_TO_HIDE = ("hide", "not_hide")  # where it has not been done yet

Command = app_commands.Command[Any, ..., None]


class PersonOffice(DocumentOffice):
    """The office, with the members who are in the documents."""

    def __init__(self, services: Services, librarian: Librarian) -> None:
        super().__init__(services, librarian)
        self.persons = services.persons

    async def link(self, interaction: discord.Interaction, persons: Persons, member: int, name: str) -> None:
        """Link a member to a person."""
        if await self.begun(interaction, "link") is None:
            return
        say = self._private(interaction)
        try:
            said, entity = await persons.link(member, name, actor_of(interaction))
        except WhoswhoError as error:
            await self.show(interaction, say("failed", why=escape(str(error))))
            return
        known = short(entity.name) if entity else ""
        await self.show(interaction, say(f"link.{said}", member=f"<@{member}>", name=known))

    async def unlink(self, interaction: discord.Interaction, persons: Persons, member: int) -> None:
        """Take a link back."""
        if await self.begun(interaction, "unlink") is None:
            return
        say = self._private(interaction)
        try:
            said = await persons.unlink(member, actor_of(interaction))
        except WhoswhoError as error:
            await self.show(interaction, say("failed", why=escape(str(error))))
            return
        await self.show(interaction, say(f"unlink.{said}", member=f"<@{member}>"))

    async def requests(self, interaction: discord.Interaction, persons: Persons) -> None:
        """Show the first request that waits."""
        holder = await self.begun(interaction, "requests")
        if holder is None:
            return
        await self._show_next(interaction, holder, persons)
        await self.librarian.note(actor_of(interaction), "requests", DONE)

    def _deeds(
        self, interaction: discord.Interaction, press: Press
    ) -> dict[str, tuple[str, Callable[[], Awaitable[None]]]]:
        persons = self.persons
        if persons is None:
            return super()._deeds(interaction, press)

        async def decide(interaction: discord.Interaction, press: Press, say: Says) -> None:
            await self._settle(interaction, press, persons, say)

        async def later() -> None:
            await interaction.response.defer()
            await self._show_next(interaction, press.holder, persons, after=press.rest)

        deciding = ("requests", lambda: self._once(interaction, press, decide))
        return {
            **super()._deeds(interaction, press),
            Verb.GRANT: deciding,
            Verb.REFUSE: deciding,
            Verb.LATER: ("requests", later),
        }

    async def _settle(self, interaction: discord.Interaction, press: Press, persons: Persons, say: Says) -> None:
        """Do what was decided, and go on to the next."""
        asked = next((one for one in await persons.waiting(interaction.guild_id) if one.id == press.rest), None)
        if asked is None or not await persons.decide(asked, actor_of(interaction), yes=press.verb == Verb.GRANT):
            await self.show(interaction, say("done_already"))
            return
        await self._show_next(interaction, press.holder, persons, head=say("requests.decided"))

    async def _show_next(
        self, interaction: discord.Interaction, holder: Holder, persons: Persons, *, after: str = "", head: str = ""
    ) -> None:
        say = self._private(interaction)
        waiting = await persons.waiting(interaction.guild_id)
        place = next((number + 1 for number, one in enumerate(waiting) if one.id == after), 0)
        if place == len(waiting):
            await self.show(interaction, *filter(None, [head, say("requests.none")]))
            return
        told, (yes, no) = await _told(waiting[place], persons, self.librarian.sees(actor_of(interaction)), say)
        said = "\n".join(filter(None, [head, say("requests.place", number=len(waiting)), told]))
        id_ = waiting[place].id
        choices = [(yes, Verb.GRANT, id_), (no, Verb.REFUSE, id_), ("skip", Verb.LATER, id_)]
        await self.let_choose(interaction, said, choices, holder)


def person_commands(office: PersonOffice, desk: Desk) -> list[Command]:
    """The commands for the group of those who look after the knowledge."""
    texts, persons = office.texts, office.persons
    if persons is None:
        return []

    async def link(interaction: discord.Interaction, member: discord.User, person: str) -> None:
        await office.link(interaction, persons, member.id, person)

    async def unlink(interaction: discord.Interaction, member: discord.User) -> None:
        await office.unlink(interaction, persons, member.id)

    async def requests(interaction: discord.Interaction) -> None:
        await office.requests(interaction, persons)

    named = {"person": Choices(desk).names(PERSON)}
    return [
        make_command(texts, "link", link, named, of="knowledge"),
        make_command(texts, "unlink", unlink, of="knowledge"),
        make_command(texts, "requests", requests, of="knowledge"),
    ]


async def _told(asked: Asked, persons: Persons, sees: Asker, say: Says) -> tuple[str, tuple[str, str]]:
    """One request in words, and the two buttons that decide it."""
    key, buttons = str(asked.plea), _BUTTONS[asked.plea]
    if asked.plea in (Plea.HIDE, Plea.REMOVE) and not await persons.is_hidden(asked.member):
        key, buttons = f"{key}_shared", _TO_HIDE if asked.plea is Plea.HIDE else buttons
    addresses = ""
    if asked.plea is Plea.LINK:
        written = await persons.written(asked.entity, sees)
        addresses = ", ".join(map(short, written.addresses[:_MOST_ADDRESSES])) if written else ""
    nothing = say("requests.no_words")
    told = say(
        f"requests.{key}", member=f"<@{asked.member}>", name=short(asked.name), about=short(asked.about),
        words=escape(" ".join(asked.words.split())) or nothing, addresses=addresses or nothing,
    )  # fmt: skip
    return told, buttons
