"""Thumbs up and down, one a member and answer, counted by topic; nothing of who liked what."""

from sqlalchemy import case, delete, func, select

from bot.store.state.noun import Noun, put
from bot.store.state.records import Votes
from bot.store.state.tables import vote


class VoteBox(Noun):
    """How answers are liked."""

    async def cast(self, answer: str, topic: str, voter: int, *, good: bool) -> None:
        """Count a vote on an answer's text; a later one of the same member replaces it. Raises StateError."""
        answer_hash = self.secret.hash("answer", answer)
        row = {
            "answer": answer_hash,
            "voter": self.secret.hash("voter", answer_hash, voter),
            "topic": topic,
            "good": int(good),
            "at": self.now(),
        }
        changed = {"good": int(good), "at": self.now()}
        async with self.database.write() as connection:
            await put(connection, vote, row, changed)

    async def by_topic(self, days: int) -> list[Votes]:
        """The votes of the last `days`, most disliked topic first. Raises StateError."""
        good, bad = func.sum(vote.c.good), func.sum(case((vote.c.good == 0, 1), else_=0))
        query = (
            select(vote.c.topic, good, bad)
            .where(vote.c.at >= self.before(days))
            .group_by(vote.c.topic)
            .order_by(bad.desc(), good.desc(), vote.c.topic)
        )
        return [Votes(topic, int(up), int(down)) for topic, up, down in await self.rows(query)]

    async def count_of(self, member: int) -> int:
        """How many votes of a member there are."""
        there = await self.rows(select(vote.c.answer, vote.c.voter))
        return sum(voter == self.secret.hash("voter", answer, member) for answer, voter in there)

    async def forget_member(self, member: int) -> int:
        """Drop a member's votes. Returns how many there were."""
        async with self.database.write() as connection:
            answers = (await connection.scalars(select(vote.c.answer).distinct())).all()
            hashes = [self.secret.hash("voter", answer, member) for answer in answers]
            return int((await connection.execute(delete(vote).where(vote.c.voter.in_(hashes)))).rowcount)

    async def purge(self, days: int) -> int:
        """Drop votes older than `days`."""
        return await self.change(delete(vote).where(vote.c.at < self.before(days)))
