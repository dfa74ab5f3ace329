"""A copy of this process that does one thing and may be killed while it does; for programs without threads."""

import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


def kill_after(seconds: float, work: Callable[[], object]) -> bool:
    """Do `work` in a copy of this process and kill it after so long; whether it was still at it."""
    child = _start(work, None)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def run_apart(work: Callable[[], object], output: Path) -> int:
    """Do `work` in a copy of this process, what it prints going to a file; its exit code (1: it raised)."""
    return os.waitstatus_to_exitcode(os.waitpid(_start(work, output), 0)[1])


@dataclass(slots=True)
class Other:
    """A copy of this process; `code` is set when it has ended."""

    code: int | None = None


@contextmanager
def beside(work: Callable[[], object], output: Path) -> Iterator[Other]:
    """Do `work` in a copy of this process while the block runs, and wait for it."""
    other, child = Other(), _start(work, output)
    try:
        yield other
    finally:
        other.code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _start(work: Callable[[], object], output: Path | None) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        target = os.open(output or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(target, 1)
        os.dup2(target, 2)
        result = work()
        code = result if isinstance(result, int) else 0
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)
