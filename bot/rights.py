"""People's rights over what is recorded: removing somebody for good, and taking that back; knows no surface.

A removal is written down before anything is read again, so that whatever happens then, no load brings anybody back.
"""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass

from bot.errors import LoadBusy, SnapshotError, WhoswhoError
from bot.ingest.outcome import Outcome
from bot.language.tokens import name_key
from bot.librarian import DONE, FAILED, Actor, Librarian
from bot.memory import Remembered
from bot.model.audience import EVERYBODY, OPERATOR, Asker
from bot.model.entity import Entity
from bot.settings import Settings
from bot.store import keep
from bot.store.snapshot import Snapshot
from bot.store.swept import sweep, was_built_with
from bot.store.tombstones import FILE_NAME, is_marked, read_tombstones, written_down
from bot.store.views import open_current

log = logging.getLogger(__name__)
HISTORY_FILE = "chat_history"  # in the data folder, of the conversation in the terminal
_PATIENCE = 60  # seconds that another load is waited for
_LOOK_EVERY = 5.0  # seconds between two looks at a state that others share


@dataclass(frozen=True, slots=True)
class Recorded:
    """Who would go: everybody of one name, with all their names and how much is said of them."""

    name: str
    slugs: tuple[str, ...]
    names: tuple[str, ...]  # as far as whoever asked may see them
    spellings: tuple[str, ...]  # all of them, by which they are known again
    facts: int


class Rights:
    """Removals of one data folder."""

    def __init__(self, settings: Settings, remembered: Remembered, librarian: Librarian) -> None:
        self._settings = settings
        self._remembered = remembered
        self._librarian = librarian

    async def recorded(self, name: str, asker: Asker = EVERYBODY) -> Recorded | None:
        """Whom somebody may see recorded under a name, an alias or a handle; None: nobody."""
        return await asyncio.to_thread(self._recorded, name, asker)

    async def forget(self, who: Recorded, actor: Actor) -> Outcome:
        """Remove them in every spelling, now and for every later load; the older snapshots are deleted.

        Raises StateError where that cannot be remembered: then nothing has changed. Raises what `Librarian.reload` does
        where the documents cannot be read now: then the removal is written down, and the next load follows it.
        """
        state = await self._remembered.state()
        await state.removals.add(who.spellings, actor.member)
        await self._remembered.settle()
        try:
            outcome = await self._reload(actor)
        finally:
            await self._sweep(who.slugs)
        await self._librarian.note(actor, "forget", DONE)
        return outcome

    async def hide(self, who: Recorded, member: int) -> Outcome:
        """Take them out of sight for a member who may undo it; what is remembered of them stays. Raises as `forget`."""
        state = await self._remembered.state()
        await state.removals.add(who.spellings, None, hidden_by=member)
        await self._remembered.settle()
        return await self._reload(Actor())

    async def show(self, member: int) -> Outcome | None:
        """Undo what a member hid; None: they hid nothing. Raises as `forget`."""
        state = await self._remembered.state()
        ids = await state.removals.hidden_by(member)
        return await self._taken_back(ids, Actor()) if ids else None

    async def remove_hidden(self, member: int, slug: str, actor: Actor) -> bool:
        """Make it a removal for good that a member hid; whether they still hide it. Raises StateError."""
        state = await self._remembered.state()
        ids = await state.removals.hidden_by(member)
        for id_ in ids:
            await state.removals.keep_for_good(id_, actor.member)
        if ids:
            await self._sweep((slug,))
            await self._librarian.note(actor, "forget", DONE)
        return bool(ids)

    async def take_back(self, name: str, actor: Actor) -> Outcome | None:
        """Undo the removals of this very name; None: there is none. Raises as `forget`."""
        ids = await (await self._remembered.state()).removals.of(name)
        if not ids:
            await self._librarian.note(actor, "unforget", FAILED)
            return None
        outcome = await self._taken_back(ids, actor)
        await self._librarian.note(actor, "unforget", DONE)
        return outcome

    async def settle_at_start(self) -> None:
        """Tell the readers of documents who was removed, where they may not know. Raises StateError."""
        data = self._settings.data
        lost = (data / "state.sqlite").exists() and not (data / FILE_NAME).exists()
        known = await asyncio.to_thread(written_down, data)
        if known and not is_marked(known) and self._settings.state_url is None:  # an earlier version wrote them down
            lost = await (await self._remembered.state()).removals.vouch()
        if lost or self._settings.state_url is not None:
            await self._remembered.settle()

    async def keep_up(self, every: float = _LOOK_EVERY) -> None:
        """Where others share the state, follow what they remove as soon as it is seen. Ends only where nobody does."""
        tried = ""
        while self._settings.state_url is not None:
            await asyncio.sleep(every)
            try:
                await self._remembered.settle_if_shared()
                behind = await asyncio.to_thread(self._behind)
                if behind not in ("", tried):
                    tried = behind
                    await self._reload(Actor())
            except WhoswhoError as error:
                log.warning("what was removed elsewhere is not followed yet: %s", error)

    def _behind(self) -> str:
        """What tells the removals that the snapshot in force does not follow from others; empty: it follows all."""
        data = self._settings.data
        removed = read_tombstones(data)
        return "" if was_built_with(keep.current_snapshot(data), removed) else removed.digest or "none"

    async def _taken_back(self, ids: Iterable[str], actor: Actor) -> Outcome:
        state = await self._remembered.state()
        await self._remembered.settle()
        for id_ in ids:
            await state.removals.take_back(id_)
        await self._remembered.settle(taken_back=True)
        return await self._reload(actor)

    async def _sweep(self, slugs: Iterable[str]) -> None:
        """Clear what the bot keeps besides its snapshots of those who are removed."""
        state, data = await self._remembered.state(), self._settings.data
        removed = await asyncio.to_thread(read_tombstones, data)  # with the spellings that were found
        for slug in slugs:
            await state.links.forget_entity(slug)
            await state.requests.forget_entity(slug)
        await state.gaps.forget(removed.names)
        await state.audit.forget(removed.names)
        await asyncio.to_thread(sweep, data, HISTORY_FILE, removed)

    async def _reload(self, actor: Actor) -> Outcome:
        for _ in range(_PATIENCE):
            try:
                return await self._librarian.reload(actor)
            except LoadBusy:
                await asyncio.sleep(1)
        return await self._librarian.reload(actor)

    def _recorded(self, name: str, asker: Asker) -> Recorded | None:
        data = self._settings.data
        try:
            with closing(open_current(data, asker)) as snapshot:
                wide = snapshot.with_suggestions()
                found = _of_name(wide, name)
                seen = {one.slug: wide.names_of(one.id) for one in found}
                facts = sum(wide.links_count(one.id) for one in found)
            if not found:
                return None
            with closing(open_current(data, OPERATOR)) as snapshot:
                wide = snapshot.with_suggestions()
                every = [text for slug, names in seen.items() for text in _all_names(wide, slug, names)]
        except SnapshotError:
            return None
        shown = tuple(dict.fromkeys(text for names in seen.values() for text in names))
        return Recorded(found[0].name, tuple(seen), shown, tuple(dict.fromkeys(every)), facts)


def _of_name(wide: Snapshot, name: str) -> list[Entity]:
    """Everybody of a name, an alias or a handle; of a slug just that one."""
    entity = wide.entity_by_slug(name)
    if entity is not None:
        return [entity]
    key = name_key(name)
    return list(wide.entities(id_ for id_, weight in wide.names([key]).get(key, ()) if weight > 1).values())


def _all_names(wide: Snapshot, slug: str, seen: list[str]) -> list[str]:
    """Every name of an entity, those too that not everybody sees; of a person also surname first."""
    entity = wide.entity_by_slug(slug)
    names = wide.names_of(entity.id) if entity is not None else []
    if entity is None or not set(seen) <= set(names):  # another entity has the slug where more is seen
        return seen
    return [*names, *filter(None, map(_surname_first, names))] if entity.kind == "person" else names


def _surname_first(name: str) -> str:
    """How lists and references write a person's name."""
    first, _, surname = name.rpartition(" ")
    return f"{surname}, {first}" if first else ""
