"""How each snapshot came into force, and by whom; holds no snapshot."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select

from bot.store.state.noun import Noun
from bot.store.state.records import SnapshotChange
from bot.store.state.tables import snapshot_change


class History(Noun):
    """The changes of the snapshot in force."""

    async def add(self, change: SnapshotChange) -> None:
        """Write down one change. Raises StateError."""
        row = asdict(change)
        row |= {"id": self.new_id(), "at": self.now(), "actor_id": row.pop("actor")}
        async with self.database.write() as connection:
            await connection.execute(snapshot_change.insert().values(row))

    async def of(self, snapshots: Collection[str]) -> list[SnapshotChange]:
        """The changes that brought these snapshots into force, newest first. Raises StateError."""
        query = (
            select(snapshot_change)
            .where(snapshot_change.c.snapshot.in_(list(snapshots)))
            .order_by(snapshot_change.c.id.desc())
        )
        return [
            SnapshotChange(
                row.snapshot, datetime.fromisoformat(row.at), row.actor_id, row.action, row.added, row.changed,
                row.withdrawn, row.conflicts, row.seconds,
            )
            for row in await self.rows(query)
        ]  # fmt: skip

    async def purge(self, days: int) -> int:
        """Drop changes older than `days`."""
        old = snapshot_change.c.at < self.before(days)
        return await self.change(delete(snapshot_change).where(old))
