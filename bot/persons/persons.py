"""What members may do about what is recorded of them: see, dispute, hide, have it removed; knows no surface.

Nobody is linked to an entry but on an admin's word. Who is linked may hide the entry at once and show it again; that is
told to the admins, who may undo it. It is removed for good only when an admin agrees. Where another entry has the same
name, hiding one would hide both: then it waits for an admin too.
"""

import asyncio
from enum import StrEnum
from typing import Any

from bot.librarian import DONE, REFUSED, Actor, Librarian
from bot.limits import Limits, Rate
from bot.memory import Remembered
from bot.model.audience import EVERYBODY, Asker
from bot.model.entity import Entity
from bot.persons.mine import Mine, Written, person_of, rows_of_written, shares_a_name, written_of
from bot.rights import Recorded, Rights
from bot.settings import Settings
from bot.store.state import records
from bot.store.state.records import Asked, Plea

_OWNERS = 0  # in place of a server: whoever may see every request
_SHOWN_AGAIN, _SHOWN_AGAIN_BY_ALL = Rate(2, 600.0), Rate(20, 60.0)


class Said(StrEnum):
    """How something that was asked for went."""

    DONE = "done"
    ASKED = "asked"  # an admin decides
    NOBODY = "nobody"  # no person of that name
    SEVERAL = "several"  # more than one
    NOT_LINKED = "not_linked"
    NOT_THERE = "not_there"  # linked, and nothing is recorded
    ALREADY = "already"
    TOO_MANY = "too_many"  # requests that wait
    TOO_SOON = "too_soon"  # after having done the same before


class Persons:
    """Members and their entries in one data folder. Every call may raise StateError; what loads, what a load does."""

    def __init__(self, settings: Settings, remembered: Remembered, librarian: Librarian, rights: Rights) -> None:
        self._data = settings.data
        self._remembered = remembered
        self._librarian = librarian
        self._rights = rights
        self._shown = Limits(_SHOWN_AGAIN, _SHOWN_AGAIN_BY_ALL, _SHOWN_AGAIN_BY_ALL)

    async def mine(self, member: int, asker: Asker = EVERYBODY) -> Mine:
        """All that is recorded of a member and that they may see as `asker`."""
        state = await self._remembered.state()
        link = await state.links.of(member)
        return Mine(
            link,
            await self.written(link.entity, asker) if link else None,
            bool(await state.removals.hidden_by(member)),
            tuple(await state.requests.of(member)),
            await state.notes_of(member),
            tuple(await state.audit.of(member)),
        )

    async def written_of(self, member: int, asker: Asker = EVERYBODY) -> Written | None:
        """What the documents say of a member; None where nobody linked them, or nothing is there."""
        link = await (await self._remembered.state()).links.of(member)
        return await self.written(link.entity, asker) if link else None

    async def is_hidden(self, member: int) -> bool:
        """Whether a member hid their entry, and nobody has made it a removal yet."""
        return bool(await (await self._remembered.state()).removals.hidden_by(member))

    async def written(self, slug: str, asker: Asker = EVERYBODY) -> Written | None:
        """What the documents say of an entry."""
        return await asyncio.to_thread(written_of, self._data, slug, asker)

    async def export(self, member: int, asker: Asker = EVERYBODY) -> dict[str, Any]:
        """All that is recorded of a member, as plain data."""
        from bot.store.state.own import rows_of  # noqa: PLC0415 - see `bot.memory`

        mine = await self.mine(member, asker)
        stored = await rows_of((await self._remembered.state()).database, member)
        return {
            "member": str(member),
            "documents": rows_of_written(mine.written) if mine.written else None,
            "hidden": mine.hidden,
            "bot": {**stored, "gaps_counted": mine.notes.gaps, "votes_counted": mine.notes.votes},
        }

    async def link(self, member: int, name: str, actor: Actor) -> tuple[Said, Entity | None]:
        """An admin says which person a member is."""
        found = await asyncio.to_thread(person_of, self._data, name, self._librarian.sees(actor))
        if len(found) != 1:
            return (Said.SEVERAL if found else Said.NOBODY), None
        state = await self._remembered.state()
        await state.links.put(member, found[0].slug, actor.member)
        await self._librarian.note(actor, "link", DONE, found[0].slug)
        return Said.DONE, found[0]

    async def unlink(self, member: int, actor: Actor) -> Said:
        """An admin takes a link back; what the member hid by it is shown again."""
        state = await self._remembered.state()
        if not await state.links.forget_member(member):
            return Said.NOT_LINKED
        await self._librarian.note(actor, "unlink", DONE)
        await self._rights.show(member)
        return Said.DONE

    async def claim(
        self, member: int, server: int | None, name: str, proof: str, asker: Asker = EVERYBODY
    ) -> Said:  # fmt: skip
        """A member says who they are."""
        found = await asyncio.to_thread(person_of, self._data, name, asker)
        if len(found) != 1:
            return Said.SEVERAL if found else Said.NOBODY
        return await self._ask(Plea.LINK, member, server, found[0], words=proof)

    async def dispute(
        self, member: int, server: int | None, about: str, why: str, asker: Asker = EVERYBODY
    ) -> Said:  # fmt: skip
        """A member says that something is not so; `about` is the fact in words, with its place."""
        entity = await self._entry(member, asker)
        if isinstance(entity, Said):
            return entity
        return await self._ask(Plea.DISPUTE, member, server, entity, about=about, words=why)

    async def hide(
        self, member: int, server: int | None, *, for_good: bool, why: str = "", asker: Asker = EVERYBODY
    ) -> Said:  # fmt: skip
        """Take a member's entry out of sight at once; `for_good`: and ask an admin to remove it."""
        state = await self._remembered.state()
        plea, link = (Plea.REMOVE if for_good else Plea.HIDE), await state.links.of(member)
        if await state.removals.hidden_by(member):
            if not for_good or link is None:
                return Said.ALREADY
            kept = next((one.name for one in await state.requests.of(member) if one.entity == link.entity), link.entity)
            added = await state.requests.add(plea, member, server, link.entity, kept, words=why)
            return Said.DONE if added else Said.TOO_MANY
        entity = await self._entry(member, asker)
        if isinstance(entity, Said):
            return entity
        said = await self._ask(plea, member, server, entity, words=why)
        who = await self._rights.recorded(entity.slug, asker)
        if said is not Said.ASKED or who is None or await self._shares(who, entity.slug):
            return said
        await self._rights.hide(who, member)
        return Said.DONE

    async def show(self, member: int) -> Said:
        """Undo what a member hid, and what they asked for with it; not over and over, for it is a load each time."""
        state = await self._remembered.state()
        if await state.removals.hidden_by(member) and self._shown.take(member, None) > 0:
            return Said.TOO_SOON
        withdrawn = await state.requests.withdraw(member, Plea.HIDE, Plea.REMOVE)
        if await self._rights.show(member) is None and not withdrawn:
            return Said.ALREADY
        return Said.DONE

    async def forget(self, member: int) -> int:
        """Drop what the bot itself stored of a member; returns how many rows. What they hid stays hidden."""
        return await (await self._remembered.state()).forget_member(member)

    async def waiting(self, server: int | None) -> list[Asked]:
        """What waits for an admin of a server; None: of any."""
        return await (await self._remembered.state()).requests.waiting(server)

    async def decide(self, asked: Asked, actor: Actor, *, yes: bool) -> bool:
        """Grant or refuse a request, and do what follows from it. Returns whether nobody else had decided before."""
        state = await self._remembered.state()
        if asked.id not in {one.id for one in await state.requests.waiting()}:
            return False
        # The word first: what follows may end the request with all else that is remembered of them.
        await state.requests.decide(asked.id, records.GRANTED if yes else records.REFUSED, actor.member)
        await self._librarian.note(actor, f"asked_{asked.plea}", DONE if yes else REFUSED, asked.entity)
        await self._follow(asked, actor, yes=yes)
        return True

    async def _follow(self, asked: Asked, actor: Actor, *, yes: bool) -> None:
        state = await self._remembered.state()
        hidden = bool(await state.removals.hidden_by(asked.member))
        if asked.plea is Plea.LINK and yes:
            await state.links.put(asked.member, asked.entity, actor.member)
        elif asked.plea is Plea.HIDE and not yes and hidden:
            await self._rights.show(asked.member)
        elif asked.plea in (Plea.HIDE, Plea.REMOVE) and yes:
            who = None if hidden else await self._rights.recorded(asked.entity, self._librarian.sees(actor))
            if asked.plea is Plea.REMOVE and hidden:
                await self._rights.remove_hidden(asked.member, asked.entity, actor)
            elif asked.plea is Plea.REMOVE and who is not None:
                await self._rights.forget(who, actor)
            elif who is not None:
                await self._rights.hide(who, asked.member)

    async def _entry(self, member: int, asker: Asker) -> Entity | Said:
        """Who a member is, or why that cannot be told."""
        link = await (await self._remembered.state()).links.of(member)
        if link is None:
            return Said.NOT_LINKED
        found = await asyncio.to_thread(person_of, self._data, link.entity, asker)
        return found[0] if found else Said.NOT_THERE

    async def _ask(
        self, plea: Plea, member: int, server: int | None, entity: Entity, *, about: str = "", words: str = ""
    ) -> Said:
        state = await self._remembered.state()
        if server is None and not await asyncio.to_thread(person_of, self._data, entity.slug):
            server = _OWNERS  # not every admin may know of the entry
        added = await state.requests.add(
            plea, member, server, entity.slug, entity.name, about=about, words=words
        )  # fmt: skip
        return Said.ASKED if added else Said.TOO_MANY

    async def _shares(self, who: Recorded, slug: str) -> bool:
        return await asyncio.to_thread(shares_a_name, self._data, slug, who.names)
