"""People's rights over what is recorded: removing somebody for good, and taking that back; knows no surface.

A removal is written down before anything is read again, so that whatever happens then, no load brings anybody back.
"""

import asyncio
from contextlib import closing
from dataclasses import dataclass

from bot.errors import LoadBusy, SnapshotError
from bot.ingest.outcome import Outcome
from bot.language.tokens import name_key
from bot.librarian import DONE, FAILED, Actor, Librarian
from bot.memory import Remembered
from bot.settings import Settings
from bot.store import keep
from bot.store.snapshot import Snapshot
from bot.store.swept import sweep
from bot.store.tombstones import FILE_NAME, read_tombstones, write_tombstones

HISTORY_FILE = "chat_history"  # in the data folder, of the conversation in the terminal
_PATIENCE = 60  # seconds that another load is waited for


@dataclass(frozen=True, slots=True)
class Recorded:
    """Who would go: everybody of one name, with all their names and how much is said of them."""

    name: str
    slugs: tuple[str, ...]
    names: tuple[str, ...]
    facts: int


class Rights:
    """Removals of one data folder."""

    def __init__(self, settings: Settings, remembered: Remembered, librarian: Librarian) -> None:
        self._settings = settings
        self._remembered = remembered
        self._librarian = librarian

    async def recorded(self, name: str) -> Recorded | None:
        """Who is recorded under a name, an alias or a handle; None: nobody."""
        return await asyncio.to_thread(self._recorded, name)

    async def forget(self, who: Recorded, actor: Actor) -> Outcome:
        """Remove them in every spelling, now and for every later load; the older snapshots are deleted.

        Raises StateError where that cannot be remembered: then nothing has changed. Raises what `Librarian.reload` does
        where the documents cannot be read now: then the removal is written down, and the next load follows it.
        """
        data = self._settings.data
        state = await self._remembered.state()
        await state.removals.add(who.names, actor.member)
        await self.settle()
        try:
            outcome = await self._reload(actor)
        finally:
            removed = await asyncio.to_thread(read_tombstones, data)  # with the spellings that were found
            for slug in who.slugs:
                await state.links.forget_entity(slug)
            await state.gaps.forget(removed.names)
            await state.audit.forget(removed.names)
            await asyncio.to_thread(sweep, data, HISTORY_FILE, removed)
        await self._librarian.note(actor, "forget", DONE)
        return outcome

    async def take_back(self, name: str, actor: Actor) -> Outcome | None:
        """Undo the removals of this very name; None: there is none. Raises as `forget`."""
        state = await self._remembered.state()
        ids = await state.removals.of(name)
        for id_ in ids:
            await state.removals.take_back(id_)
        if not ids:
            await self._librarian.note(actor, "unforget", FAILED)
            return None
        await self.settle()
        outcome = await self._reload(actor)
        await self._librarian.note(actor, "unforget", DONE)
        return outcome

    async def settle_at_start(self) -> None:
        """The same where it may be needed: the state is elsewhere, or the file is lost. Raises StateError."""
        data = self._settings.data
        lost = (data / "state.sqlite").exists() and not (data / FILE_NAME).exists()
        if lost or self._settings.state_url is not None:
            await self.settle()

    async def settle(self) -> bool:
        """Tell every process that reads documents who was removed, as the state has it. Returns whether it was new.

        Raises StateError.
        """
        removed = await (await self._remembered.state()).removals.all()
        return await asyncio.to_thread(write_tombstones, self._settings.data, removed)

    async def _reload(self, actor: Actor) -> Outcome:
        for _ in range(_PATIENCE):
            try:
                return await self._librarian.reload(actor)
            except LoadBusy:
                await asyncio.sleep(1)
        return await self._librarian.reload(actor)

    def _recorded(self, name: str) -> Recorded | None:
        try:
            snapshot = Snapshot.open(keep.current_snapshot(self._settings.data))
        except SnapshotError:
            return None
        with closing(snapshot):
            wide = snapshot.with_suggestions()
            entity = wide.entity_by_slug(name)
            if entity is not None:
                found = {entity.id: entity}
            else:
                key = name_key(name)
                ids = [id_ for id_, weight in wide.names([key]).get(key, []) if weight > 1]
                found = wide.entities(ids)
            if not found:
                return None
            names = dict.fromkeys(text for id_ in found for text in wide.names_of(id_))
            people = [text for id_, one in found.items() if one.kind == "person" for text in wide.names_of(id_)]
            names |= dict.fromkeys(filter(None, map(_surname_first, people)))
            facts = sum(wide.links_count(id_) for id_ in found)
            slugs = tuple(entity.slug for entity in found.values())
            return Recorded(next(iter(found.values())).name, slugs, tuple(names), facts)


def _surname_first(name: str) -> str:
    """How lists and references write a person's name."""
    first, _, surname = name.rpartition(" ")
    return f"{surname}, {first}" if first else ""
