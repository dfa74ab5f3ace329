"""Goals 5 and 6: loading everything, nothing new, and one edited file, against what that costs at the least."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.sites import Site, apart
from tests.bench.straight import files_of
from tests.bench.table import Row, exponent, ratio_of, seconds


def measure_loading(site: Site, rounds: int) -> list[Row]:
    """Rows of goals 5 and 6; in each round everything takes its turn, each in a fresh process that times itself."""
    files = list(files_of(str(site.knowledge)))
    floor: list[float] = []
    full: list[float] = []
    hashed: list[float] = []
    unchanged: list[float] = []
    edited: list[float] = []
    for number in range(rounds):
        with tempfile.TemporaryDirectory(dir=site.folder) as scratch:
            data = Path(scratch) / "data"
            floor.append(apart("straight", site.knowledge, Path(scratch) / "floor.sqlite")["seconds"])
            full.append(apart("load_once", site.knowledge, data)["seconds"])
            hashed.append(apart("straight", site.knowledge)["seconds"])
            unchanged.append(apart("load_once", site.knowledge, data)["seconds"])
            edited.append(_edited(Path(files[(number * 7919) % len(files)]), site.knowledge, data))
    count = f"{len(files):,} files"
    return [
        Row(
            5, f"full load of {count}", seconds(full), f"read, hash, YAML, validate, insert, fsync {seconds(floor)}",
            ratio_of(full, floor), 1.5, 1.5,
        ),
        Row(
            6, f"unchanged, {count}", seconds(unchanged), f"scan, read, hash {seconds(hashed)}",
            ratio_of(unchanged, hashed), 2, 2,
        ),
        Row(
            6, f"one edited of {count}", seconds(edited), f"full load {seconds(full)}",
            ratio_of(edited, full), 0.1, 0.1,
        ),
    ]  # fmt: skip


def compare_loads(sites: Sequence[Site]) -> list[Row]:
    """Rows of goal 5 that come from the one full load of each size: memory and growth."""
    loads = [site.loaded() for site in sites]
    small, large = sites[0].facts, sites[-1].facts
    memory = [load["peak_kilobytes"] / 1024 for load in loads]
    grown = exponent([site.facts for site in sites], [load["seconds"] for load in loads])
    times = " → ".join(f"{load['seconds']:.1f} s" for load in loads)
    return [
        Row(5, f"memory of the loader at its peak, {large:,} facts", f"{memory[-1]:.0f} MB",
            f"at {small:,} facts {memory[0]:.0f} MB", memory[-1] / memory[0], None, 1.5),
        Row(5, f"growth of a full load, {small:,} to {large:,} facts (exponent; one load each)", times, "", grown,
            None, 1.1),
    ]  # fmt: skip


def _edited(path: Path, knowledge: Path, data: Path) -> float:
    """Seconds to load after a maintainer corrected a fact of one file; the file is put back."""
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(before.replace("\ndescription: ", "\ndescription: corrected ", 1), encoding="utf-8")
        told = apart("load_once", knowledge, data)
    finally:
        path.write_text(before, encoding="utf-8")
    if told["read"] != 1:
        raise RuntimeError(f"{told['read']} documents were read after one was edited")
    return float(told["seconds"])
