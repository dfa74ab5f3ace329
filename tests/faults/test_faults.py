"""A short form of every fault; those that copy a process do so in a program without threads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import __main__ as faults
from tests.faults import changing, memory_away, mutated, outages

_SHORT = """
import sys
from pathlib import Path
from tests.faults import disks, kills, mutated, notes, soak
tally = {call}
print(tally, *tally.bad, sep="\\n")
sys.exit(1 if tally.bad else 0)
"""


def run_short(call: str, work: Path) -> str:
    """Run one fault in a program of its own; what it says. Fails where anything was bad."""
    os.chmod(work, 0o755)  # noqa: PTH101, S103 - one of the faults is suffered by somebody else
    program = _SHORT.format(call=call.replace("WORK", f"Path({str(work)!r})"))
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_kills_while_loading(tmp_path: Path) -> None:
    assert "killed at work" in run_short("kills.kill_loads(12, WORK)", tmp_path)


def test_the_control_finds_files_half_written(tmp_path: Path) -> None:
    assert "found half written" in run_short("kills.kill_writes_in_place(12, WORK)", tmp_path)


def test_kills_while_writing_notes(tmp_path: Path) -> None:
    assert "acknowledged" in run_short("notes.kill_note_takers(3, WORK)", tmp_path)


@pytest.mark.parametrize(
    "call",
    ["kills.load_two_at_once(3, WORK)", "disks.damage_snapshots(8, WORK)", "disks.refuse_writes(WORK)"],
)  # fmt: skip
def test_loads_and_damage(tmp_path: Path, call: str) -> None:
    run_short(call, tmp_path)


def test_full_disks(tmp_path: Path) -> None:
    assert "exit 2" in run_short("disks.fill_disks(12, WORK)", tmp_path)


def test_a_folder_that_changes(tmp_path: Path) -> None:
    tally = changing.change_while_reading(8, tmp_path)
    assert not tally.bad


def test_clocks_that_jump(tmp_path: Path) -> None:
    assert not changing.jump_clocks(tmp_path).bad


def test_mutated_documents() -> None:
    tally = mutated.read_mutated(400)
    assert not tally.bad
    assert set(tally.counts) >= {"read", "refused"}


def test_bombs(tmp_path: Path) -> None:
    run_short("mutated.drop_bombs(WORK)", tmp_path)


def test_hostile_questions(tmp_path: Path) -> None:
    tally = faults.ask_hostile(300, tmp_path)
    assert not tally.bad
    assert set(tally.counts) >= {"answered", "unknown"}


def test_signals_at_any_time(tmp_path: Path) -> None:
    tally = outages.stop_at_any_time(4, tmp_path, longest=2.0)
    assert not tally.bad
    assert tally.counts["in good order"] >= 3


def test_outages_of_discord(tmp_path: Path) -> None:
    assert not outages.outlast_outages(2, tmp_path, longest=1.0).bad


def test_a_memory_that_is_locked_gone_and_back(tmp_path: Path) -> None:
    tally = memory_away.lose_the_memory(8, tmp_path)
    assert not tally.bad
    assert set(tally.counts) == {"kept", "dropped"}


def test_soak__memory_and_open_files_stay_and_no_answer_is_stale(tmp_path: Path) -> None:
    said = run_short("soak.soak(400, 12, WORK)", tmp_path)
    assert "0 more files open" in said
