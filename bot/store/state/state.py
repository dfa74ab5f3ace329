"""Everything the bot itself remembers, put together; each part is a noun of its own."""

from datetime import UTC, datetime
from pathlib import Path

from bot.store.state.audit import Audit
from bot.store.state.database import Database
from bot.store.state.gaps import Gaps
from bot.store.state.history import History
from bot.store.state.links import Links
from bot.store.state.noun import Clock
from bot.store.state.records import Notes
from bot.store.state.removals import Removals
from bot.store.state.requests import Requests
from bot.store.state.secret import Secret
from bot.store.state.votes import VoteBox


class State:
    """The state of one data folder. Every call may raise StateError."""

    def __init__(
        self, data_dir: Path, url: str | None = None, clock: Clock = lambda: datetime.now(UTC), *,
        database: Database | None = None,
    ) -> None:  # fmt: skip
        self.database = database or Database(data_dir, url)
        self.secret = Secret(data_dir)
        parts = (self.database, self.secret, clock)
        self.gaps, self.votes, self.audit = Gaps(*parts), VoteBox(*parts), Audit(*parts)
        self.history, self.removals = History(*parts), Removals(*parts)
        self.links, self.requests = Links(*parts), Requests(*parts)

    async def close(self) -> None:
        """Close the database."""
        await self.database.close()

    async def purge(self, *, notes_days: int, audit_days: int) -> int:
        """Drop what has had its time. Returns how many rows that were."""
        return (
            await self.gaps.purge(notes_days)
            + await self.votes.purge(notes_days)
            + await self.requests.purge(notes_days)
            + await self.audit.purge(audit_days)
            + await self.history.purge(audit_days)
        )

    async def notes_of(self, member: int) -> Notes:
        """How much is noted of what a member did."""
        return Notes(await self.gaps.count_of(member), await self.votes.count_of(member))

    async def forget_member(self, member: int) -> int:
        """Drop what is stored of a member, but for what they did as an admin. Returns how many rows that were.

        What they hid stays hidden; that it was they who did it is forgotten.
        """
        return (
            await self.gaps.forget_member(member)
            + await self.votes.forget_member(member)
            + await self.links.forget_member(member)
            + await self.requests.forget_member(member)
            + await self.removals.forget_member(member)
        )
