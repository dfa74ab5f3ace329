"""Tombstones: who was removed, as keyed hashes of names, so that no later load brings them back; holds no name."""

from collections.abc import Iterable

from sqlalchemy import delete, func, select

from bot.store.state.noun import Noun, insert
from bot.store.state.tables import removal

ANY_KIND = "*"


class Removals(Noun):
    """Entities that were removed for good."""

    async def add(self, names: Iterable[tuple[str, str]], actor: int | None) -> str:
        """Remove an entity by all its names: kind, and name as it is compared. Returns the removal's id."""
        id_ = self.new_id()
        hashes = {self.hash(kind, key) for kind, name in names for key in (name,) for kind in (kind, ANY_KIND)}
        rows = [{"hash": one, "removal": id_, "at": self.now(), "actor_id": actor} for one in sorted(hashes)]
        async with self.database.write() as connection:
            if rows:
                await connection.execute(insert(connection, removal).values(rows).on_conflict_do_nothing())
        return id_

    def hash(self, kind: str, name: str) -> str:
        """The hash of a kind and a name as it is compared; `ANY_KIND` where the kind is not known."""
        return self.secret.hash("removal", kind, name)

    async def all(self) -> frozenset[str]:
        """The hashes of everything that was removed. Raises StateError."""
        async with self.database.read() as connection:
            return frozenset((await connection.scalars(select(removal.c.hash))).all())

    async def count(self) -> int:
        """How many removals there are. Raises StateError."""
        async with self.database.read() as connection:
            return int(await connection.scalar(select(func.count(removal.c.removal.distinct()))) or 0)

    async def take_back(self, id_: str) -> bool:
        """Undo a removal that was a mistake. Returns whether there was one of this id."""
        async with self.database.write() as connection:
            return bool((await connection.execute(delete(removal).where(removal.c.removal == id_))).rowcount)
