"""The same question gets the same words from `whoswho ask`, in a command, in a direct message and by mention.

Every row of `tests/cases` goes all the way: over sockets to the bot as a process of its own, and back as a message.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cases.communities import folder_of
from tests.cases.rows import FILES, Row, rows_of
from tests.discord.interactions import texts_of
from tests.discord.process import NO_LIMITS, ROOT, started
from tests.discord.server import Discord
from tests.discord.world import BOT, MEMBER, Json

# Discord sends no message without words; a mention alone asks for help.
ALONE = [row for file in FILES for row in rows_of(file) if row.leans_on is None and row.question.strip()]
COMMUNITIES = sorted({row.community for row in ALONE})
_AT_ONCE = 20  # questions, each asked in three ways
_APART = 1000  # between the ids of two members: nobody asks twice, so that nothing leans on what was said before


@pytest.mark.parametrize("community", COMMUNITIES)
async def test_every_row_by_every_way(tmp_path: Path, community: str) -> None:
    rows = [row for row in ALONE if row.community == community]
    whoswho = ("-m", "bot", "--knowledge", folder_of(community), "--data", tmp_path / "data")
    said = await _asked_in_the_terminal([row.question for row in rows], whoswho)
    other: list[str] = []
    async with (
        Discord().running() as discord,
        started(discord, (*whoswho, "run"), environment=NO_LIMITS) as bot,
    ):
        await bot.says("connected to Discord")
        await asyncio.wait_for(discord.synced.wait(), 40)
        differing: list[Row] = []
        for start in range(0, len(rows), _AT_ONCE):
            some = list(zip(rows, said, strict=True))[start : start + _AT_ONCE]
            differing += await _differing(discord, some, MEMBER + start * _APART)
        # A busy machine cuts a search short now and then: what differed is asked once more, one by one.
        said = await _asked_in_the_terminal([row.question for row in differing], whoswho) if differing else []
        for number, row in enumerate(zip(differing, said, strict=True), len(rows)):
            other += [one.place for one in await _differing(discord, [row], MEMBER + number * _APART)]
        assert await bot.stop() == 0
    assert other == []
    assert discord.violations == []


async def _differing(discord: Discord, rows: list[tuple[Row, str]], member: int) -> list[Row]:
    """The rows that any way answers in other words."""
    shown = await _asked_in_discord(discord, [row.question for row, _ in rows], member)
    return [row for (row, said), told in zip(rows, shown, strict=True) if set(told) != {said}]


async def _asked_in_the_terminal(questions: list[str], whoswho: tuple[str | Path, ...]) -> list[str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, *map(str, whoswho), "ask", "--batch", "-", cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    lines = "".join(json.dumps({"id": str(number), "question": one}) + "\n" for number, one in enumerate(questions))
    written, _ = await asyncio.wait_for(process.communicate(lines.encode()), 60)
    return [json.loads(line)["text"] for line in written.decode().splitlines()]


async def _asked_in_discord(discord: Discord, questions: list[str], member: int) -> list[tuple[str, str, str]]:
    """What each question is answered by each way, every time to somebody else."""
    before = len(list(_by_the_bot(discord)))
    members = [member + number * _APART for number in range(len(questions))]
    commands = [await discord.slash("ask", who, question=text) for who, text in zip(members, questions, strict=True)]
    direct = [await discord.direct_message(text, who) for who, text in zip(members, questions, strict=True)]
    by_mention = [await discord.mention(text, who) for who, text in zip(members, questions, strict=True)]
    answered = [texts_of((await command.answer()).message or {})[0] for command in commands]
    expected = before + len(direct) + len(by_mention)
    async with discord.arrived:
        await asyncio.wait_for(discord.arrived.wait_for(lambda: len(list(_by_the_bot(discord))) >= expected), 30)
    in_place = {message["channel_id"]: message for message in _by_the_bot(discord)}
    replies = {
        reference["message_id"]: message for message in _by_the_bot(discord) if (reference := _reference(message))
    }
    return [
        (one, texts_of(in_place[told["channel_id"]])[0], texts_of(replies[named["id"]])[0])
        for one, told, named in zip(answered, direct, by_mention, strict=True)
    ]


def _by_the_bot(discord: Discord) -> Iterator[Json]:
    return (message for message in discord.messages.values() if message["author"]["id"] == str(BOT))


def _reference(message: Json) -> Json | None:
    reference: Json | None = message.get("message_reference")
    return reference
