"""What members ask for about what is recorded of them, and what was decided; does nothing about it."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from bot.store.state.noun import Noun
from bot.store.state.records import Asked, Plea
from bot.store.state.tables import request

MOST_OPEN = 20  # requests of one member that nobody has decided on


class Requests(Noun):
    """Requests, the oldest first."""

    async def add(
        self, plea: Plea, member: int, server: int | None, entity: str, name: str, *, about: str = "", words: str = ""
    ) -> bool:
        """Write down a request in place of an open one of the same member on the same thing.

        Returns whether there was room for it. Raises StateError.
        """
        same = [request.c.user_id == member, request.c.outcome.is_(None)]
        row = {
            "id": self.new_id().replace("-", "_"), "at": self.now(), "user_id": member, "server_id": server,
            "kind": plea.value, "entity": entity, "name": name, "about": about, "words": words,
        }  # fmt: skip
        async with self.database.write() as connection:
            await connection.execute(
                delete(request).where(*same, request.c.kind == plea.value, request.c.about == about)
            )
            there = await connection.scalar(select(func.count()).select_from(request).where(*same))
            if (there or 0) >= MOST_OPEN:
                return False
            await connection.execute(request.insert().values(row))
        return True

    async def waiting(self, server: int | None = None) -> list[Asked]:
        """What nobody has decided on; of one server and of direct messages, or all. Raises StateError."""
        query = select(request).where(request.c.outcome.is_(None)).order_by(request.c.id)
        if server is not None:
            query = query.where(or_(request.c.server_id == server, request.c.server_id.is_(None)))
        return [_asked(row) for row in await self.rows(query)]

    async def of(self, member: int) -> list[Asked]:
        """All that a member asked for. Raises StateError."""
        query = select(request).where(request.c.user_id == member).order_by(request.c.id)
        return [_asked(row) for row in await self.rows(query)]

    async def decide(self, id_: str, outcome: str, actor: int | None) -> bool:
        """Write down what was decided. Returns whether it was still open."""
        decided = {"outcome": outcome, "decided_at": self.now(), "actor_id": actor}
        open_ = update(request).where(request.c.id == id_, request.c.outcome.is_(None))
        return bool(await self.change(open_.values(decided)))

    async def withdraw(self, member: int, *pleas: Plea) -> int:
        """Drop what a member asked for and nobody has decided on. Returns how many requests."""
        kinds = request.c.kind.in_([plea.value for plea in pleas])
        return await self.change(delete(request).where(request.c.user_id == member, request.c.outcome.is_(None), kinds))

    async def forget_member(self, member: int) -> int:
        """Drop all that a member asked for. Returns how many requests."""
        return await self.change(delete(request).where(request.c.user_id == member))

    async def forget_entity(self, entity: str) -> int:
        """Drop all that was asked about an entity, by slug. Returns how many requests."""
        return await self.change(delete(request).where(request.c.entity == entity))

    async def purge(self, days: int) -> int:
        """Drop what was decided more than `days` ago."""
        old = request.c.decided_at < self.before(days)
        return await self.change(delete(request).where(old))


def _asked(row: Any) -> Asked:
    return Asked(
        row.id, datetime.fromisoformat(row.at), row.user_id, row.server_id, Plea(row.kind), row.entity, row.name,
        row.about, row.words, row.outcome,
    )  # fmt: skip
