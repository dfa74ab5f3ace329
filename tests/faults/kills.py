"""Loads that are killed at random moments, and the control: the same kills against a program that writes in place."""

import random
import sqlite3
import time
from pathlib import Path

from bot.ingest.load import load
from tests.faults.children import beside, kill_after
from tests.faults.community import PEOPLE, seasons, write_version
from tests.faults.tally import Tally


def kill_loads(rounds: int, work: Path, seed: int = 1) -> Tally:
    """Kill a load in each round: what is in force afterwards is whole, and the version before or the new one."""
    tally, chance = Tally("kill -9 while loading"), random.Random(seed)
    folder, data = work / "knowledge", work / "data"
    write_version(folder, 0)
    began = time.perf_counter()
    load([folder], data)
    longest = 1.5 * (time.perf_counter() - began)
    in_force = 0
    for version in range(1, rounds + 1):
        write_version(folder, version)
        at_work = kill_after(chance.uniform(0, longest), lambda: load([folder], data))
        tally.rounds += 1
        tally.note("killed at work" if at_work else "done before the kill")
        try:
            found = seasons(data)
        except Exception as error:
            tally.bad.append(f"round {version}: {type(error).__name__}: {error}")
            continue
        wanted = ([f"alto of season {in_force}"], [f"alto of season {version}"])
        if found not in wanted:
            tally.bad.append(f"round {version}: {found} in force")
        if found == wanted[1]:
            in_force = version
            tally.note("new version in force")
    if load([folder], data).counts["documents"] != PEOPLE:
        tally.bad.append("the load after the kills is not whole")
    return tally


def kill_writes_in_place(rounds: int, work: Path, seed: int = 1) -> Tally:
    """The control: a program that changes the one file that is in force. Kills must find it half written."""
    tally, chance = Tally("control: kill -9 while writing in place"), random.Random(seed)
    file = work / "in-place.sqlite"
    _write_in_place(file, 0)
    began = time.perf_counter()
    _write_in_place(file, 1)
    longest = 1.5 * (time.perf_counter() - began)
    for version in range(2, rounds + 2):
        kill_after(chance.uniform(0, longest), lambda version=version: _write_in_place(file, version))  # type: ignore[misc]
        tally.rounds += 1
        if not _is_whole(file):
            tally.note("found half written")
            file.unlink()
            _write_in_place(file, version)
    return tally


def _write_in_place(file: Path, version: int) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("CREATE TABLE IF NOT EXISTS fact (id INTEGER PRIMARY KEY, version INTEGER, text TEXT)")
    for number in range(2000):
        connection.execute("REPLACE INTO fact VALUES (?, ?, ?)", (number, version, f"alto of season {version}"))
    connection.close()


def _is_whole(file: Path) -> bool:
    try:
        connection = sqlite3.connect(file)
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        versions = connection.execute("SELECT count(DISTINCT version) FROM fact").fetchone()[0]
        connection.close()
    except sqlite3.Error:
        return False
    return bool(sound and versions == 1)


def load_two_at_once(rounds: int, work: Path) -> Tally:
    """Two processes load the same folder into the same data: both end well, and what is in force is whole."""
    tally = Tally("two loads at once")
    folder, data, output = work / "knowledge", work / "data", work / "output"
    for version in range(rounds):
        write_version(folder, version)
        with beside(lambda: load([folder], data), output) as other:
            load([folder], data)
        tally.rounds += 1
        if other.code:
            tally.bad.append(f"round {version}: exit {other.code}: {output.read_text()[-300:]}")
        elif seasons(data) != [f"alto of season {version}"]:
            tally.bad.append(f"round {version}: {seasons(data)} in force")
    return tally
