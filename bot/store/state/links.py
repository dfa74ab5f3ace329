"""Which member is which entity, as an admin confirmed; decides on no proof."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.store.state.noun import Noun, put
from bot.store.state.records import MemberLink
from bot.store.state.tables import member_link


class Links(Noun):
    """Members who are in the documents."""

    async def put(self, member: int, entity: str, actor: int | None) -> None:
        """Link a member to an entity, by slug; an earlier link is replaced. Raises StateError."""
        row = {"user_id": member, "entity": entity, "actor_id": actor, "at": self.now()}
        again = {key: row[key] for key in ("entity", "actor_id", "at")}
        async with self.database.write() as connection:
            await put(connection, member_link, row, again)

    async def of(self, member: int) -> MemberLink | None:
        """The link of a member. Raises StateError."""
        async with self.database.read() as connection:
            row = (await connection.execute(select(member_link).where(member_link.c.user_id == member))).first()
        if row is None:
            return None
        return MemberLink(row.user_id, row.entity, row.actor_id, datetime.fromisoformat(row.at))

    async def forget_member(self, member: int) -> int:
        """Drop a member's link. Returns how many there were."""
        return await self.change(delete(member_link).where(member_link.c.user_id == member))

    async def forget_entity(self, entity: str) -> int:
        """Drop the links to an entity, by slug. Returns how many there were."""
        return await self.change(delete(member_link).where(member_link.c.entity == entity))
