"""Disks that are full or will not be written to, and snapshots that were damaged: one clear line, and old answers."""

import os
import random
import resource
import signal
from pathlib import Path

from bot import cli
from bot.store.keep import current_snapshot
from tests.faults.children import run_apart
from tests.faults.community import seasons, write_version
from tests.faults.tally import Tally

_NOBODY = 65534


def fill_disks(rounds: int, work: Path, seed: int = 2) -> Tally:
    """Loads that may write only so many bytes to a file: each ends with one line, and the old version stays."""
    tally, chance = Tally("disk full while loading"), random.Random(seed)
    folder, data = work / "knowledge", work / "data"
    write_version(folder, 0)
    run_apart(lambda: _load(folder, data), work / "output")
    most = current_snapshot(data).stat().st_size
    in_force = 0
    for version in range(1, rounds + 1):
        write_version(folder, version)
        if (
            version % 2
        ):  # every document is read anew; else the last snapshot is copied, which fails before SQLite writes
            (folder / "vocabulary.yaml").write_text(f"kinds:\n  part: {{label: part {version}, plural: parts}}\n")
        bytes_ = chance.randrange(0, int(1.2 * most))
        code = run_apart(lambda bytes_=bytes_: _load(folder, data, bytes_), work / "output")  # type: ignore[misc]
        tally.rounds += 1
        _judge(tally, version, code, work / "output")
        found = seasons(data)
        if code == 0:
            in_force = version
        if found != [f"alto of season {in_force}"]:
            tally.bad.append(f"round {version}: {found} in force after exit {code}")
    return tally


def damage_snapshots(rounds: int, work: Path, seed: int = 3) -> Tally:
    """A snapshot in force that was cut, overwritten or removed: the next command answers all the same."""
    tally, chance = Tally("damaged snapshots"), random.Random(seed)
    folder, data = work / "knowledge", work / "data"
    write_version(folder, 0)
    run_apart(lambda: _load(folder, data), work / "output")
    write_version(folder, 1)
    run_apart(lambda: _load(folder, data), work / "output")
    for number in range(rounds):
        tally.note(_damage(current_snapshot(data), chance))
        code = run_apart(lambda: _ask(folder, data), work / "output")
        tally.rounds += 1
        text = (work / "output").read_text()
        if code or "alto of season 1" not in text:
            tally.bad.append(f"round {number}: exit {code}: {text[-300:]}")
    return tally


def refuse_writes(work: Path) -> Tally:
    """A data folder that may not be written to: one line that names it."""
    tally = Tally("read-only data folder", rounds=1)
    folder, data = work / "knowledge", work / "data"
    write_version(folder, 0)
    data.mkdir()
    data.chmod(0o555)
    # The first load imports everything while the process may still read where Python lies.
    code = run_apart(lambda: _load(folder, work / "other") or _load(folder, data, nobody=True), work / "output")
    _judge(tally, 0, code, work / "output")
    if code == 0:
        tally.bad.append("loaded into a folder that is read-only")
    return tally


def _load(folder: Path, data: Path, most_bytes: int | None = None, *, nobody: bool = False) -> int:
    if most_bytes is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    if nobody and os.geteuid() == 0:
        os.setuid(_NOBODY)  # who, unlike root, is held back by a folder's mode
    return cli.run(["--knowledge", str(folder), "--data", str(data), "load"])


def _ask(folder: Path, data: Path) -> int:
    return cli.run(["--knowledge", str(folder), "--data", str(data), "ask", "what is the job title of Singer 3?"])


def _damage(snapshot: Path, chance: random.Random) -> str:
    size = snapshot.stat().st_size
    how = chance.choice(["cut", "overwritten", "removed", "emptied"])
    if how == "removed":
        snapshot.unlink()
    elif how == "overwritten":
        with snapshot.open("r+b") as file:
            file.seek(chance.choice([0, 100, size // 2]))
            file.write(chance.randbytes(8192))
    else:
        os.truncate(snapshot, 0 if how == "emptied" else chance.randrange(1, size))
    return how


def _judge(tally: Tally, number: int, code: int, output: Path) -> None:
    """A fault that an operator can cause ends in one line and exit code 1 or 2, never in a traceback."""
    text = output.read_text()
    tally.note(f"exit {code}")
    if code not in (0, 1, 2) or "Traceback" in text or (code and "whoswho: " not in text):
        tally.bad.append(f"round {number}: exit {code}: {text[-400:]}")
