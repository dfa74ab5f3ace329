"""Kinds of questions that nobody could be answered, counted; never the words that only one member used."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Select, delete, func, select, update

from bot.store.state.noun import Noun, put
from bot.store.state.records import Gap
from bot.store.state.tables import gap, gap_asker

ENOUGH = 2  # different members, before the words of a question are kept or shown at all


class Gaps(Noun):
    """What the documents lack, as members meet it."""

    async def note(self, pattern: str, reason: str, asker: int) -> None:
        """Count a question. Its pattern is written down only when the second member asks it. Raises StateError."""
        id_ = self.secret.hash("gap", reason, pattern)
        seen = {"gap": id_, "asker": self.secret.hash("gap_asker", id_, asker), "at": self.now()}
        row = {"id": id_, "reason": reason, "times": 1, "first_at": self.now(), "last_at": self.now()}
        async with self.database.write() as connection:
            again = {"times": gap.c.times + 1, "last_at": self.now()}
            await put(connection, gap, row, again)
            await put(connection, gap_asker, seen, {"at": self.now()})
            askers = await connection.scalar(select(func.count()).where(gap_asker.c.gap == id_))
            if askers is not None and askers >= ENOUGH:
                await connection.execute(update(gap).where(gap.c.id == id_).values(pattern=pattern))

    async def most_asked(self, days: int, limit: int = 200) -> list[Gap]:
        """The gaps of the last `days`, most members first. Raises StateError."""
        askers = func.count(gap_asker.c.asker)
        recent = gap_asker.c.at >= self.before(days)
        query = (
            select(gap.c.pattern, gap.c.reason, gap.c.times, askers, gap.c.last_at)
            .join(gap_asker, gap_asker.c.gap == gap.c.id)
            .where(gap.c.pattern.is_not(None), recent)
            .group_by(gap.c.id, gap.c.pattern, gap.c.reason, gap.c.times, gap.c.last_at)
            .having(askers >= ENOUGH)
            .order_by(askers.desc(), gap.c.times.desc(), gap.c.pattern)
            .limit(limit)
        )
        return [Gap(row[0], row[1], row[2], row[3], datetime.fromisoformat(row[4])) for row in await self.rows(query)]

    async def forget(self, names: Callable[[str], bool]) -> int:
        """Drop every gap whose pattern names somebody who was removed. Returns how many."""
        async with self.database.write() as connection:
            known = (await connection.execute(select(gap.c.id, gap.c.pattern).where(gap.c.pattern.is_not(None)))).all()
            ids = [id_ for id_, pattern in known if names(pattern)]
            await connection.execute(delete(gap_asker).where(gap_asker.c.gap.in_(ids)))
            await connection.execute(delete(gap).where(gap.c.id.in_(ids)))
        return len(ids)

    async def count_of(self, member: int) -> int:
        """Of how many gaps it is noted that a member asked."""
        there = await self.rows(select(gap_asker.c.gap, gap_asker.c.asker))
        return sum(asker == self.secret.hash("gap_asker", id_, member) for id_, asker in there)

    async def forget_member(self, member: int) -> int:
        """Drop that a member asked anything. Returns how many notes went."""
        async with self.database.write() as connection:
            gaps = (await connection.scalars(select(gap.c.id))).all()
            hashes = [self.secret.hash("gap_asker", id_, member) for id_ in gaps]
            done = await connection.execute(delete(gap_asker).where(gap_asker.c.asker.in_(hashes)))
            await connection.execute(update(gap).where(gap.c.id.not_in(_shared())).values(pattern=None))
        return int(done.rowcount)

    async def purge(self, days: int) -> int:
        """Drop what is older than `days`, and the words of what fewer than two members are left of."""
        old = self.before(days)
        async with self.database.write() as connection:
            done = await connection.execute(delete(gap_asker).where(gap_asker.c.at < old))
            await connection.execute(delete(gap).where(gap.c.id.not_in(select(gap_asker.c.gap))))
            await connection.execute(update(gap).where(gap.c.id.not_in(_shared())).values(pattern=None))
        return int(done.rowcount)


def _shared() -> Select[str]:
    """The gaps that enough members share."""
    return select(gap_asker.c.gap).group_by(gap_asker.c.gap).having(func.count() >= ENOUGH)
