"""A knowledge folder that changes while it is read, and clocks that jump; loads must neither raise nor mix versions."""

import random
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.errors import KnowledgeError
from bot.ingest.load import load
from tests.faults.community import seasons, write_version
from tests.faults.tally import Tally


def change_while_reading(rounds: int, work: Path, seed: int = 4) -> Tally:
    """Documents appear, vanish, grow and break while loads run; when it is quiet again, all of it is known."""
    tally, chance = Tally("folder changes while it is read"), random.Random(seed)
    folder, data = work / "knowledge", work / "data"
    write_version(folder, 0)
    stop = threading.Event()
    gardener = threading.Thread(target=_keep_changing, args=(folder, stop, chance))
    gardener.start()
    try:
        for _ in range(rounds):
            tally.rounds += 1
            try:
                outcome = load([folder], data)
            except KnowledgeError:
                tally.note("nothing could be loaded")
                continue
            tally.note("with problems" if outcome.problems else "flawless")
            seasons(data)  # raises where the file is not whole
    finally:
        stop.set()
        gardener.join()
    for file in folder.iterdir():
        file.unlink()
    write_version(folder, 9)
    load([folder], data)
    if seasons(data) != ["alto of season 9"]:
        tally.bad.append(f"quiet again, and yet {seasons(data)} in force")
    return tally


def jump_clocks(work: Path) -> Tally:
    """Each load finds another time, forward and back by years: the newest load is in force whatever its date."""
    tally = Tally("clock jumps")
    folder, data = work / "knowledge", work / "data"
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for version, years in enumerate((0, 30, -40, 5, -1, 0)):
        write_version(folder, version)
        load([folder], data, clock=lambda years=years: now + timedelta(days=365 * years))  # type: ignore[misc]
        tally.rounds += 1
        if seasons(data) != [f"alto of season {version}"]:
            tally.bad.append(f"{years} years off: {seasons(data)} in force")
    return tally


def _keep_changing(folder: Path, stop: threading.Event, chance: random.Random) -> None:
    version = 1
    while not stop.is_set():
        file = folder / f"singer-{chance.randrange(24)}.md"
        what = chance.randrange(5)
        if what == 0:
            file.unlink(missing_ok=True)
        elif what == 1:
            file.write_bytes(chance.randbytes(chance.randrange(2000)))
        elif what == 2:
            file.write_text("---\nkind: person\nname: Half a si", encoding="utf-8")
        elif what == 3:
            (folder / f"guest-{chance.randrange(9)}.md").write_text(
                f"---\nkind: person\nname: Guest {chance.randrange(3)}\njobTitle: bass\n---\n", encoding="utf-8"
            )
        else:
            write_version(folder, version)
            version += 1
