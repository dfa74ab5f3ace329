"""The bot's own memory locked, taken away, wrecked and brought back, again and again, while it takes notes."""

import asyncio
import logging
import os
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count, islice
from pathlib import Path

from bot.memory import Remembered
from bot.settings import Settings
from bot.store.state import database
from tests.faults.tally import Tally

_NOTES = 4  # in each round


def lose_the_memory(rounds: int, work: Path, seed: int = 9) -> Tally:
    """No note raises anything; each that was kept is there when the file is back; notes go on when it is."""
    logging.disable(logging.WARNING)  # each round drops notes, and says so
    patience, database._PATIENCE = database._PATIENCE, 0  # for a lock that is there until the round is over
    try:
        return asyncio.run(_lose_the_memory(rounds, work, random.Random(seed)))
    finally:
        database._PATIENCE = patience
        logging.disable(logging.NOTSET)


async def _lose_the_memory(rounds: int, work: Path, chance: random.Random) -> Tally:
    tally, kept, numbers = Tally("the bot's memory locked, gone, wrecked and back"), set[int](), count(1)
    file = work / database.FILE_NAME
    remembered = Remembered(Settings(knowledge=(work,), data=work))

    async def take_notes() -> set[int]:
        """Take some; those that were kept."""
        taken = [(number, await _note(remembered, number)) for number in islice(numbers, _NOTES)]
        for _, noted in taken:
            tally.note("kept" if noted else "dropped")
        return {number for number, noted in taken if noted}

    try:
        kept |= await take_notes()
        for number in range(rounds):
            how = chance.choice((_locked, _gone, _wrecked))
            with how(file) as lasts:
                meanwhile = await take_notes()
            kept |= meanwhile if lasts else set()
            again = await take_notes()
            kept |= again
            tally.rounds += 1
            if len(again) < _NOTES:
                tally.bad.append(f"round {number}: {_NOTES - len(again)} notes dropped although the file is back")
    finally:
        await remembered.close()
    with closing(sqlite3.connect(file)) as connection:
        there = {int(detail) for (detail,) in connection.execute("SELECT detail FROM audit")}
        (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
    if sound != "ok" or kept - there:
        tally.bad.append(f"at the end: {sound}, {len(kept - there)} notes that were kept are lost")
    return tally


async def _note(remembered: Remembered, number: int) -> bool:
    return await remembered.keep(
        "a fault", lambda state: state.audit.add("reload", "done", actor=1, detail=str(number))
    )


@contextmanager
def _locked(file: Path) -> Iterator[bool]:
    """Somebody else holds it; what is said to be kept is in it all the same."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield True
        other.execute("ROLLBACK")


@contextmanager
def _gone(file: Path) -> Iterator[bool]:
    """What is kept meanwhile is in another file, which nobody promised to keep."""
    away = file.with_suffix(".away")
    os.replace(file, away)
    yield False
    os.replace(away, file)


@contextmanager
def _wrecked(file: Path) -> Iterator[bool]:
    away = file.with_suffix(".away")
    os.replace(file, away)
    file.write_bytes(b"something else altogether " * 400)
    yield False
    os.replace(away, file)
