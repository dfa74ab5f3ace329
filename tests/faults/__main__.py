"""All faults at full length: `make faults`, or `python -m tests.faults NAME …` for some; exit 1 if one is bad."""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.answers.engine import Answerer, Prompts
from bot.ingest.load import load
from bot.paths import shipped
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot
from tests.discord import endure
from tests.faults import changing, disks, hostile, kills, memory_away, mutated, notes, outages, soak
from tests.faults.tally import Tally

_MOST_SHOWN = 10


def ask_hostile(count: int, work: Path) -> Tally:
    """Hostile questions to the shipped knowledge."""
    load([shipped("knowledge")], work)
    snapshot = Snapshot.open(current_snapshot(work))
    try:
        names = [entity.name for entity in snapshot.entities_of(limit=200)]
        answerer = Answerer(snapshot, Prompts(shipped("prompts")))
        gc.collect()
        gc.freeze()  # as the bot does after its start
        return hostile.ask_hostile(answerer, names, count)
    finally:
        gc.unfreeze()
        snapshot.close()


WHOLE: dict[str, Callable[[Path], Tally]] = {
    "kill-load": lambda work: kills.kill_loads(500, work),
    "kill-control": lambda work: kills.kill_writes_in_place(100, work),
    "kill-state": lambda work: notes.kill_note_takers(200, work),
    "two-loads": lambda work: kills.load_two_at_once(50, work),
    "disk-full": lambda work: disks.fill_disks(200, work),
    "read-only": disks.refuse_writes,
    "damage": lambda work: disks.damage_snapshots(100, work),
    "changing": lambda work: changing.change_while_reading(200, work),
    "clocks": changing.jump_clocks,
    "mutated": lambda _: mutated.read_mutated(100_000),
    "bombs": mutated.drop_bombs,
    "hostile": lambda work: ask_hostile(20_000, work),
    "discord-load": lambda _: endure.suffer("discord-load", endure.Load(5000, reloads=20, drops=5)),
    "discord-storm": lambda _: endure.suffer("discord-storm", endure.Load(3000, drops=100, stumbles=300)),
    "discord-outage": lambda work: outages.outlast_outages(20, work),
    "sigterm": lambda work: outages.stop_at_any_time(60, work),
    "memory-away": lambda work: memory_away.lose_the_memory(300, work),
    "soak": lambda work: soak.soak(100_000, 200, work),
}


def main(names: list[str]) -> int:
    """Run the faults of these names, or all."""
    if {"-h", "--help"} & set(names):
        sys.stdout.write(f"usage: python -m tests.faults [NAME …]\nWithout a name all of them: {', '.join(WHOLE)}\n")
        return 0
    unknown = [name for name in names if name not in WHOLE]
    if unknown:
        sys.stderr.write(f"no such fault: {', '.join(unknown)}; there are {', '.join(WHOLE)}\n")
        return 2
    bad = False
    for name in names or WHOLE:
        began = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="whoswho-faults-") as folder:
            os.chmod(folder, 0o755)  # noqa: PTH101, S103 - one of the faults is suffered by somebody else
            tally = WHOLE[name](Path(folder))
        sys.stdout.write(f"{tally} ({time.perf_counter() - began:.0f} s)\n")
        sys.stdout.writelines(f"    {line}\n" for line in tally.bad[:_MOST_SHOWN])
        sys.stdout.flush()
        bad = bad or bool(tally.bad)
    if "kill-control" in (names or WHOLE):
        sys.stdout.write("The control must find files half written; a kill that it survives proves nothing.\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
