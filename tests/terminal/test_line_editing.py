import sys
from pathlib import Path

import pytest

from bot.terminal.line_editing import complete, line_editing

NAMES = ["Ida Brook", "Ida Brookes", "Orla Finch", "OF-3"]


def names(prefix: str) -> list[str]:
    return [name for name in NAMES if name.casefold().startswith(prefix.casefold())]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", []),
        ("who is Or", ["Orla Finch"]),
        ("who is orla f", ["Finch"]),
        ("who is Ida ", ["Brook", "Brookes"]),
        ("who is Ida Bro", ["Brook", "Brookes"]),
        ("did (Ida B", ["Brook", "Brookes"]),
        ("what of", ["OF-3"]),
        ("nobody ", []),
        ("he", ["help"]),
        ("o", ["orders", "Orla Finch", "OF-3"]),
    ],
)
def test_complete(line: str, expected: list[str]) -> None:
    assert complete(line, names, ["help", "orders"]) == expected


def test_history__from_one_conversation_to_the_next(tmp_path: Path) -> None:
    readline = pytest.importorskip("readline")
    readline.clear_history()
    with line_editing(tmp_path, names) as editing:
        assert editing
        readline.add_history("who is Orla Finch?")
    readline.clear_history()
    with line_editing(tmp_path, names):
        assert readline.get_history_item(1) == "who is Orla Finch?"
    readline.clear_history()


def test_history__that_cannot_be_kept_is_no_error(tmp_path: Path) -> None:
    with line_editing(tmp_path / "gone", names):
        pass


def test_without_readline_there_is_still_a_prompt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "readline", None)
    with line_editing(tmp_path, names) as editing:
        assert not editing
