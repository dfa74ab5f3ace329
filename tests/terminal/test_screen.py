import io

import pytest

from bot.terminal.screen import Screen
from tests.terminal.fakes import Terminal


def test_a_program_reads_plain_lines_of_any_length() -> None:
    stream = io.StringIO()
    Screen(stream).markdown("**Bold** " + "word " * 40 + "\n- item", dim=True)
    assert stream.getvalue() == "Bold " + ("word " * 40).rstrip() + "\n• item\n"


def test_a_person_sees_styles_and_lines_that_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    Screen(stream).markdown("- **Orla** " + "word " * 12)
    first, second = stream.getvalue().splitlines()[:2]
    assert first.startswith("• \x1b[1mOrla\x1b[0m word")
    assert second.startswith("  word")


def test_no_line_is_wider_than_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")
    stream = Terminal()
    Screen(stream).markdown("    - " + "abcdefg " * 60 + "x" * 200)
    assert max(map(len, stream.getvalue().splitlines())) <= 80


def test_text__markdown_in_it_is_not_read() -> None:
    stream = io.StringIO()
    Screen(stream).text("a_b/*.md: \x1bbad")
    assert stream.getvalue() == "a_b/*.md: bad\n"
