"""The conversation as a person has it: in a real terminal of 80 columns, with readline between key and line."""

import os
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")
pytest.importorskip("readline")

ROOT = Path(__file__).parent.parent.parent
PROGRAM = """
import fcntl, signal, sys, termios
from pathlib import Path
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl-C reaches it
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that run in the background of a shell ignore it
from bot.model.answer import Introduction
from bot.terminal.chat import chat
from bot.terminal.texts import read_texts
from tests.terminal.fakes import FakeAssistant, run
chat(FakeAssistant(), Introduction("2 people", ("Who is Orla Finch?",)), read_texts(), Path(sys.argv[1]), run)
"""
PATIENCE = 20.0  # seconds, for a machine under load
ANSI = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Session:
    """A program behind a terminal: keys in, what the terminal shows out."""

    def __init__(self, process: subprocess.Popen[bytes], keyboard: int) -> None:
        self.process = process
        self._keyboard = keyboard
        self.shown = ""

    def type(self, keys: str) -> None:
        os.write(self._keyboard, keys.encode())

    def wait_for(self, text: str) -> str:
        """What was shown since the last call, up to and including `text`, without colours."""
        start = len(self.shown)
        while text not in self._plain(start):
            ready, _, _ = select.select([self._keyboard], [], [], PATIENCE)
            assert ready, f"never shown: {text!r} in {self._plain(start)!r}"
            self.shown += os.read(self._keyboard, 4096).decode()
        return self._plain(start)

    def interrupt(self) -> None:
        """Press Ctrl-C until it is seen: one that comes while readline is busy with a key waits for the next one."""
        for _ in range(int(PATIENCE)):
            self.type("\x03")
            if select.select([self._keyboard], [], [], 1.0)[0]:
                return
        raise AssertionError("Ctrl-C has no effect")

    def _plain(self, start: int) -> str:
        return ANSI.sub("", self.shown[start:]).replace("\r\n", "\n")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80", "INPUTRC": os.devnull},
        start_new_session=True,
    )
    os.close(theirs)
    yield Session(process, ours)
    process.kill()
    process.wait()
    os.close(ours)


def test_greeting_completion_answer_and_end(session: Session, tmp_path: Path) -> None:
    assert "I know 2 people." in session.wait_for("ends. Tab completes names.\n\n> ")
    session.type("Who is or\t")
    session.wait_for("Orla Finch")
    session.type("?\n")
    assert "Orla Finch is the keeper.\nSource: Minutes" in session.wait_for("\n\n> ")
    session.type("half a quest")
    session.wait_for("half a quest")
    session.interrupt()
    session.wait_for("\n> ")
    session.type("sources\n")
    assert "page 3 (people/orla-finch.md:4)" in session.wait_for("\n\n> ")
    session.type("\x04")
    session.wait_for("Goodbye.")
    assert session.process.wait(PATIENCE) == 0
    assert (tmp_path / "chat_history").read_text().splitlines()[-2:] == ["Who is Orla Finch?", "sources"]
