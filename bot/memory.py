"""Notes of what members did, for the bot's own state; a note that cannot be taken is dropped, an answer never waits.

The database and all that talks to it are imported when the first note is taken: a bot that only answers needs neither.
"""

import asyncio
import importlib
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from bot.answers.pattern import gap_of
from bot.errors import StateError
from bot.model.answer import Reply
from bot.settings import Settings
from bot.store.tombstones import Tombstones, write_tombstones, written_down

if TYPE_CHECKING:
    from bot.store.state.state import State

log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Remembered:
    """The state of the settings' data folder, opened when it is first needed."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.settings = settings
        self._clock = clock
        self._state: State | None = None
        self._opening = asyncio.Lock()
        self._purged: datetime | None = None
        self._silent = False  # it was said that notes are dropped; not again before one was kept

    async def state(self) -> "State":
        """The state. Raises StateError."""
        async with self._opening:
            if self._state is None:
                module = await asyncio.to_thread(importlib.import_module, "bot.store.state.state")
                url = self.settings.state_url
                self._state = module.State(self.settings.data, url.get_secret_value() if url else None, self._clock)
        return self._state

    async def settle(self, *, taken_back: bool = False) -> bool:
        """Tell whoever reads documents here who was removed, and return whether it was new. Raises StateError.

        Unless somebody was `taken_back` just now, nobody comes back by it: a database of this machine alone that does
        not know of all who were removed was lost or is an older one, and is told of them.
        """
        removals = (await self.state()).removals
        removed = await removals.all()
        if self.settings.state_url is None and not taken_back:
            lost = await asyncio.to_thread(written_down, self.settings.data) - removed
            await removals.put_back(lost)
            removed |= lost
        return await asyncio.to_thread(write_tombstones, self.settings.data, removed)

    async def settle_if_shared(self) -> bool:
        """The same where another machine may have removed somebody; where that cannot be told, the log says so."""
        if self.settings.state_url is None:
            return False
        try:
            return await self.settle()
        except StateError as error:
            log.warning("who was removed is taken as it was told last: %s", error)
            return False

    async def close(self) -> None:
        """Close the database."""
        if self._state is not None:
            await self._state.close()

    async def keep(self, what: str, note: "Callable[[State], Awaitable[object]]") -> bool:
        """Take a note; where that cannot be, say so in one line of the log. Returns whether it was kept."""
        try:
            state = await self.state()
            await note(state)
            await self._purge(state)
        except StateError as error:
            if not self._silent:
                log.warning("notes are dropped for now, the first of %s: %s", what, error)
            self._silent = True
            return False
        self._silent = False
        return True

    async def _purge(self, state: "State") -> None:
        """Once a day, drop what has had its time."""
        now = self._clock()
        if self._purged is not None and (now - self._purged).days < 1:
            return
        self._purged = now
        await state.purge(notes_days=self.settings.retention_days, audit_days=self.settings.audit_days)


class Memory:
    """What members did, noted so that nobody can be told from it."""

    def __init__(self, remembered: Remembered, ask: Callable[[str], Awaitable[Reply]]) -> None:
        """Take the state, and what answers a question again, to see which kind of question it was."""
        self._remembered = remembered
        self._ask = ask

    async def note_gap(self, question: str, asker: int) -> str | None:
        """Note a question that nobody could answer, as the kind of question it is.

        Returns which "no" it got; None where it lacks nothing that documents could say.
        """
        found = gap_of(await self._ask(question))
        if found is None:
            return None
        pattern, reason = found

        async def note(state: "State") -> None:
            if not await _names_the_removed(pattern, state):
                await state.gaps.note(pattern, reason, asker)

        await self._remembered.keep("a gap", note)
        return reason

    async def note_feedback(self, question: str, *, good: bool, asker: int) -> None:
        """Note whether an answer was liked; a later word of the same asker replaces the earlier one."""
        reply = await self._ask(question)
        topic = reply.facts[0].property if reply.facts else str(reply.reason or reply.status)
        await self._remembered.keep(
            "a vote", lambda state: state.votes.cast(reply.text, topic, asker, good=good)
        )  # fmt: skip

    async def forget(self, member: int) -> int:
        """Drop what is stored of a member, but for what they did as an admin. Raises StateError."""
        return await (await self._remembered.state()).forget_member(member)


async def _names_the_removed(pattern: str, state: "State") -> bool:
    """Whether the words hold a name that was removed for good."""
    removed = await state.removals.all()
    return bool(removed) and Tombstones(removed, state.secret.key()).names(pattern)
