"""A process that is killed while it writes notes: what it said was kept is there, and nothing is half there."""

import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from subprocess import PIPE, Popen

_WRITES = """
import asyncio, sys
from pathlib import Path
from bot.store.state.state import State

async def main():
    state = State(Path(sys.argv[1]))
    await asyncio.gather(*(write(state, member) for member in (1, 2, 3)))

async def write(state, member):
    for number in range(100_000):
        await state.audit.add("reload", "done", actor=member, detail=str(number))
        print(member, number, flush=True)
        await state.gaps.note("who is {name}", "nobody_of_that_name", member)

asyncio.run(main())
"""


def test_notes__what_was_acknowledged_outlives_a_kill(tmp_path: Path) -> None:
    chance = random.Random(7)
    said: set[tuple[int, str]] = set()
    for _ in range(2):
        command = [sys.executable, "-c", _WRITES, str(tmp_path)]
        with Popen(command, stdout=PIPE, text=True, cwd=Path(__file__).parents[3]) as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(20, 40)):
                member, number = process.stdout.readline().split()
                said.add((int(member), number))
            process.kill()
            for line in process.stdout:
                member, number = line.split()
                said.add((int(member), number))
    with closing(sqlite3.connect(tmp_path / "state.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert said <= set(database.execute("SELECT actor_id, detail FROM audit"))
        times, askers = database.execute("SELECT times, (SELECT count(*) FROM gap_asker) FROM gap").fetchone()
        assert (times > 0, askers) == (True, 3)
