"""Tombstones: who was removed, as keyed hashes of names, so that no later load brings them back; holds no name."""

from collections.abc import Iterable

from sqlalchemy import delete, func, select

from bot.store.state.noun import Noun, insert
from bot.store.state.tables import removal
from bot.store.tombstones import hashes_of, name_hash


class Removals(Noun):
    """Entities that were removed for good."""

    async def add(self, names: Iterable[str], actor: int | None) -> str:
        """Remove an entity by all its names. Returns the removal's id."""
        id_ = self.new_id()
        hashes = hashes_of(self.secret.key(), names)
        # Names that two removals share stay removed when one of them is taken back: each has a row of its own.
        rows = [{"hash": f"{one}:{id_}", "removal": id_, "at": self.now(), "actor_id": actor} for one in sorted(hashes)]
        async with self.database.write() as connection:
            if rows:
                await connection.execute(insert(connection, removal).values(rows).on_conflict_do_nothing())
        return id_

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

    async def count(self) -> int:
        """How many removals there are. Raises StateError."""
        async with self.database.read() as connection:
            return int(await connection.scalar(select(func.count(removal.c.removal.distinct()))) or 0)

    async def take_back(self, id_: str) -> bool:
        """Undo a removal that was a mistake. Returns whether there was one of this id."""
        async with self.database.write() as connection:
            return bool((await connection.execute(delete(removal).where(removal.c.removal == id_))).rowcount)
