"""What admins did, in order; decides nothing and forgets only with time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from bot.store.state.noun import Noun
from bot.store.state.records import Deed
from bot.store.state.tables import audit

_LONGEST = 500  # characters of a detail


class Audit(Noun):
    """The list of admin actions."""

    async def add(
        self, action: str, outcome: str, *, actor: int | None, server: int | None = None, detail: str = ""
    ) -> None:  # fmt: skip
        """Write down one action: who, what, and whether it was done, refused, failed or cancelled."""
        row = {
            "id": self.new_id(),
            "at": self.now(),
            "actor_id": actor,
            "server_id": server,
            "action": action,
            "outcome": outcome,
            "detail": detail[:_LONGEST],
        }
        async with self.database.write() as connection:
            await connection.execute(audit.insert().values(row))

    async def latest(self, limit: int = 100, server: int | None = None) -> list[Deed]:
        """The newest actions first; of one server those that were done in it. Raises StateError."""
        query = select(audit).order_by(audit.c.id.desc()).limit(limit)
        if server is not None:
            query = query.where(audit.c.server_id == server)
        return [_deed(row) for row in await self.rows(query)]

    async def of(self, actor: int) -> list[Deed]:
        """What one admin did, the oldest first. Raises StateError."""
        query = select(audit).where(audit.c.actor_id == actor).order_by(audit.c.id)
        return [_deed(row) for row in await self.rows(query)]

    async def forget(self, names: Callable[[str], bool]) -> int:
        """Blank the details that name somebody who was removed. Returns how many."""
        async with self.database.write() as connection:
            rows = (await connection.execute(select(audit.c.id, audit.c.detail).where(audit.c.detail != ""))).all()
            ids = [id_ for id_, detail in rows if names(detail)]
            await connection.execute(update(audit).where(audit.c.id.in_(ids)).values(detail=""))
        return len(ids)

    async def purge(self, days: int) -> int:
        """Drop actions older than `days`."""
        return await self.change(delete(audit).where(audit.c.at < self.before(days)))


def _deed(row: Any) -> Deed:
    at = datetime.fromisoformat(row.at)
    return Deed(at, row.actor_id, row.server_id, row.action, row.outcome, row.detail)
