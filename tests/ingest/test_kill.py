"""A load that is killed at any moment leaves the old snapshot whole."""

import os
import signal
import sys
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

from bot.ingest.load import load
from tests.ingest.folders import profile, rows, write

# Says each step of the load before it is done, and waits to be told to go on.
_STEPS = """
import sys
from pathlib import Path
import bot.ingest.load as loading
import bot.store.keep as keep
import os

def step(name):
    print(name, flush=True)
    sys.stdin.readline()

def announced(module, name):
    call = getattr(module, name)
    def before(*args, **kwargs):
        step(name)
        return call(*args, **kwargs)
    setattr(module, name, before)

announced(os, "replace")
announced(os, "fsync")
announced(loading, "build")
announced(loading, "tell_changes")
announced(loading.Builder, "index")
announced(loading.Builder, "finish")
announced(loading.Builder, "copy")
loading.load([Path(sys.argv[1])], Path(sys.argv[2]))
step("done")
"""


def test_load__killed_at_every_step(tmp_path: Path) -> None:
    folder, data = write(tmp_path / "k", bo=profile("person", "Bo Li", "jobTitle: baker")), tmp_path / "d"
    load([folder], data)
    old = rows(data)
    write(folder, cy=profile("person", "Cy Oh", "jobTitle: diver"))
    states = []
    for steps in range(1, 20):
        last = _run_and_kill(folder, data, steps)
        states.append((last, rows(data) == old))
        if last == "done":
            break
    assert states[-1] == ("done", False)
    assert [whole for _, whole in states] == sorted((whole for _, whole in states), reverse=True)
    assert {"build", "index", "finish", "replace", "fsync"} <= {name for name, _ in states}
    assert load([folder], data).nothing_loaded


def _run_and_kill(folder: Path, data: Path, steps: int) -> str:
    """Kill a load before its step number `steps`; the name of that step."""
    command = [sys.executable, "-c", _STEPS, str(folder), str(data)]
    with Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=Path(__file__).parents[2], text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        name = ""
        for number in range(steps):
            name = process.stdout.readline().strip()
            if number < steps - 1:
                process.stdin.write("\n")
                process.stdin.flush()
            if name == "done":
                break
        os.kill(process.pid, signal.SIGKILL)
        return name
