"""A load that is killed at any moment leaves the old snapshot whole."""

import sys
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

from bot.ingest.load import load
from bot.model.audience import EVERYBODY, Asker
from bot.store.views import open_current
from tests.ingest.folders import profile, rows, write

# Told a number, it has a copy of itself load and die before the step of that number; says which that was.
_STEPS = """
import os
import signal
import sys
from pathlib import Path
import bot.ingest.building.eyes as eyes
import bot.ingest.load as loading
import bot.ingest.building.publish as publishing

left = 0

def step(name):
    global left
    left -= 1
    if left == 0 or name == "done":
        print(name, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

def announced(module, name):
    call = getattr(module, name)
    def before(*args, **kwargs):
        step(name)
        return call(*args, **kwargs)
    setattr(module, name, before)

announced(os, "replace")
announced(os, "fsync")
announced(publishing, "build")
announced(eyes, "tell_changes")
announced(publishing.Builder, "index")
announced(publishing.Builder, "finish")
announced(publishing.Builder, "copy")
for line in sys.stdin:
    left = int(line)
    child = os.fork()
    if child == 0:
        loading.load([Path(sys.argv[1])], Path(sys.argv[2]))
        step("done")
    os.waitpid(child, 0)
    print("dead", flush=True)
"""


def test_load__killed_at_every_step__with_what_is_not_for_everybody(tmp_path: Path) -> None:
    """Either nothing of the new load is there, or what each may see."""
    folder, data = write(tmp_path / "k", bo=profile("person", "Bo Li", "jobTitle: baker")), tmp_path / "d"
    (folder / "audiences.yaml").write_text("board: {server: 900000000000000001}\n", encoding="utf-8")
    write(folder, al=profile("person", "Al Ek", "jobTitle: tailor", "audience: board"))
    load([folder], data)
    write(folder, cy=profile("person", "Cy Oh", "jobTitle: diver", "audience: board"))
    write(folder, bo=profile("person", "Bo Li", "jobTitle: baker", "audience: board"))
    board = Asker(named=frozenset({"board"}))
    states = []
    command = [sys.executable, "-c", _STEPS, str(folder), str(data)]
    with Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=Path(__file__).parents[2], text=True) as process:
        for steps in range(1, 40):
            last = _load_and_die(process, steps)
            states.append((_jobs(data, EVERYBODY), _jobs(data, board)))
            if last == "done":
                break
        process.kill()
    assert last == "done"
    old, new = ("baker", "baker tailor"), ("", "baker diver tailor")
    assert states[0] == old
    assert states[-1] == new
    assert states == [old] * states.count(old) + [new] * states.count(new)


def _jobs(data: Path, asker: Asker) -> str:
    snapshot = open_current(data, asker)
    try:
        return " ".join(sorted(fact.value.text for fact in snapshot.all_facts()))
    finally:
        snapshot.close()


def test_load__killed_at_every_step(tmp_path: Path) -> None:
    folder, data = write(tmp_path / "k", bo=profile("person", "Bo Li", "jobTitle: baker")), tmp_path / "d"
    load([folder], data)
    old = rows(data)
    write(folder, cy=profile("person", "Cy Oh", "jobTitle: diver"))
    states = []
    command = [sys.executable, "-c", _STEPS, str(folder), str(data)]
    with Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=Path(__file__).parents[2], text=True) as process:
        for steps in range(1, 20):
            last = _load_and_die(process, steps)
            states.append((last, rows(data) == old))
            if last == "done":
                break
        process.kill()
    assert states[-1] == ("done", False)
    assert [whole for _, whole in states] == sorted((whole for _, whole in states), reverse=True)
    assert {"build", "index", "finish", "replace", "fsync"} <= {name for name, _ in states}
    assert load([folder], data).nothing_loaded


def _load_and_die(process: "Popen[str]", steps: int) -> str:
    """Have a load die before its step number `steps`; the name of that step."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{steps}\n")
    process.stdin.flush()
    name = process.stdout.readline().strip()
    assert process.stdout.readline() == "dead\n"
    return name
