"""Kills of a process that writes the bot's own memory: what it said was kept is there, and nothing is half there."""

import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from subprocess import PIPE, Popen

from tests.faults.tally import Tally

_ROOT = Path(__file__).parents[2]
_WRITERS = 3
_ACKNOWLEDGED = (1, 60)  # how many lines are read before a kill
_WRITES = """
import asyncio, itertools, sys
from pathlib import Path
from bot.store.state.state import State

async def main():
    state, start = State(Path(sys.argv[1])), int(sys.argv[2])
    await asyncio.gather(*(write(state, member, start) for member in (1, 2, 3)))

async def write(state, member, start):
    for number in itertools.count(start):
        await state.audit.add("reload", "done", actor=member, detail=str(number))
        print(member, number, flush=True)
        await state.gaps.note("who is {name}", "nobody_of_that_name", member)

asyncio.run(main())
"""


def kill_note_takers(rounds: int, work: Path, seed: int = 1) -> Tally:
    """Kill three writers at once in each round; every entry that was acknowledged must be in the file afterwards."""
    tally, chance = Tally("kill -9 while writing the bot's memory"), random.Random(seed)
    for number in range(rounds):
        said = _acknowledged_until_killed(work, number * 1_000_000, chance.randint(*_ACKNOWLEDGED))
        tally.rounds += 1
        with closing(sqlite3.connect(work / "state.sqlite")) as database:
            if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                tally.bad.append(f"round {number}: the file is damaged")
                continue
            lost = said - set(database.execute("SELECT actor_id, detail FROM audit"))
            askers = database.execute("SELECT count(*) FROM gap_asker").fetchone()[0]
        if lost:
            tally.bad.append(f"round {number}: {len(lost)} acknowledged entries are lost")
        if askers > _WRITERS:
            tally.bad.append(f"round {number}: {askers} askers of one question by {_WRITERS} members")
        tally.counts["acknowledged"] = tally.counts.get("acknowledged", 0) + len(said)
    return tally


def _acknowledged_until_killed(work: Path, start: int, lines: int) -> set[tuple[int, str]]:
    command = [sys.executable, "-c", _WRITES, str(work), str(start)]
    with Popen(command, stdout=PIPE, text=True, cwd=_ROOT) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        said.extend(process.stdout)
    entries = (line.split() for line in said if line.endswith("\n"))
    return {(int(member), number) for member, number in entries}
