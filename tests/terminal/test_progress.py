import io

import pytest

from bot.terminal.progress import show_progress
from tests.terminal.fakes import Terminal


def test_a_program_gets_a_line_now_and_then() -> None:
    out = io.StringIO()
    times = iter([0.0, 1.0, 6.0, 7.0, 12.0])
    with show_progress(out, clock=lambda: next(times)) as progress:
        for done in (1, 2, 3, 4):
            progress(done, 4, "Reading")
    assert out.getvalue() == "Reading: 2 of 4\nReading: 4 of 4\n"


def test_a_person_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    out = Terminal()
    with show_progress(out) as progress:
        progress(1, 4, "Reading")
        progress(4, 4, "Reading")
        progress(0, 2, "Writing")
    assert "Reading" in out.getvalue()
    assert "4/4" in out.getvalue()
    assert "Writing" in out.getvalue()
