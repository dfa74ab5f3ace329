"""Tombstones: who was removed, as keyed hashes of names, so that no later load brings them back; holds no name."""

from collections.abc import Iterable

from sqlalchemy import delete, func, select, update

from bot.errors import StateError
from bot.store.state.noun import Noun, insert
from bot.store.state.tables import removal
from bot.store.tombstones import hashes_of, is_marked, key_mark, made_with, name_hash


class Removals(Noun):
    """Entities that were removed for good."""

    async def add(self, names: Iterable[str], actor: int | None, *, hidden_by: int | None = None) -> str:
        """Remove an entity by all its names. Returns the removal's id. Raises StateError, also under another key.

        What is `hidden_by` a member is gone like anything else, but they may undo it.
        """
        id_ = self.new_id()
        key = self.secret.key()
        if not made_with(await self.all(), key):
            raise StateError(f"{self.secret.path}: not the key by which people were removed; restore it from a backup")
        hashes = hashes_of(key, names)
        # Names that two removals share stay removed when one of them is taken back: each has a row of its own.
        same = {"removal": id_, "at": self.now(), "actor_id": actor, "hidden_by": hidden_by}
        rows = [{"hash": f"{one}:{id_}", **same} for one in (key_mark(key), *sorted(hashes))]
        async with self.database.write() as connection:
            if hashes:
                await connection.execute(insert(connection, removal).values(rows).on_conflict_do_nothing())
        return id_

    async def vouch(self) -> bool:
        """Mark what an earlier version removed without telling by which key; it was the one that is there now.

        Returns whether there was any. Raises StateError.
        """
        mark = key_mark(self.secret.key())
        async with self.database.write() as connection:
            rows = (await connection.execute(select(removal))).mappings().all()
            if is_marked(row["hash"] for row in rows):
                return False
            fresh = {row["removal"]: {**row, "hash": f"{mark}:{row['removal']}"} for row in rows}
            if fresh:
                await connection.execute(insert(connection, removal).values([*fresh.values()]).on_conflict_do_nothing())
        return bool(fresh)

    async def put_back(self, hashes: Iterable[str]) -> None:
        """Take in hashes that the database has lost; each for itself, for nobody knows which were of one entity."""
        rows = [
            {"hash": f"{one}:{id_}", "removal": id_, "at": self.now(), "actor_id": None, "hidden_by": None}
            for one, id_ in ((one, self.new_id()) for one in sorted(hashes))
        ]
        if rows:
            async with self.database.write() as connection:
                await connection.execute(insert(connection, removal).values(rows).on_conflict_do_nothing())

    async def of(self, name: str) -> list[str]:
        """The ids of the removals by which this very name went. Raises StateError."""
        query = select(removal.c.removal).where(removal.c.hash.startswith(name_hash(self.secret.key(), name)))
        async with self.database.read() as connection:
            return sorted((await connection.scalars(query)).all())

    async def all(self) -> frozenset[str]:
        """The hashes of everything that was removed. Raises StateError."""
        async with self.database.read() as connection:
            rows = (await connection.scalars(select(removal.c.hash))).all()
        return frozenset(hash_.partition(":")[0] for hash_ in rows)

    async def is_under_another(self, key: bytes) -> bool:
        """Whether anybody was removed, and not, or not for certain, under this key. Raises StateError."""
        hashes = await self.all()
        return bool(hashes) and not (key_mark(key) in hashes and made_with(hashes, key))

    async def count(self) -> int:
        """How many removals there are. Raises StateError."""
        async with self.database.read() as connection:
            return int(await connection.scalar(select(func.count(removal.c.removal.distinct()))) or 0)

    async def hidden_by(self, member: int) -> list[str]:
        """The ids of the removals that a member did and may undo. Raises StateError."""
        query = select(removal.c.removal).distinct().where(removal.c.hidden_by == member)
        async with self.database.read() as connection:
            return sorted((await connection.scalars(query)).all())

    async def keep_for_good(self, id_: str, actor: int | None) -> bool:
        """What a member hid is removed now, by an admin. Returns whether it was hidden."""
        hidden = update(removal).where(removal.c.removal == id_, removal.c.hidden_by.is_not(None))
        return bool(await self.change(hidden.values(hidden_by=None, actor_id=actor)))

    async def forget_member(self, member: int) -> int:
        """Forget that it was a member who hid something; it stays hidden. Returns how many times they did."""
        hidden = removal.c.hidden_by == member
        async with self.database.write() as connection:
            times = await connection.scalar(select(func.count(removal.c.removal.distinct())).where(hidden))
            await connection.execute(update(removal).where(hidden).values(hidden_by=None))
        return int(times or 0)

    async def take_back(self, id_: str) -> bool:
        """Undo a removal that was a mistake. Returns whether there was one of this id."""
        return bool(await self.change(delete(removal).where(removal.c.removal == id_)))
