"""History and Tab completion at the prompt, where the system has readline; works without it, and asks no question."""

import os
import re
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

HISTORY_FILE = "chat_history"
HISTORY_LENGTH = 1000
_LONGEST_NAME = 6  # words before the cursor that can be the beginning of a name
_BREAKS = " \t\n,;:?!()\"'"
_WORD = re.compile(rf"[^{re.escape(_BREAKS)}]+")

Names = Callable[[str], Sequence[str]]


def complete(line: str, names: Names, commands: Sequence[str] = ()) -> list[str]:
    """What the word at the end of `line` can become, without the words of the name that already stand before it."""
    starts = [match.start() for match in _WORD.finditer(line)]
    if not starts or line[-1] in _BREAKS:
        starts.append(len(line))
    word = line[starts[-1] :]
    first = [command for command in commands if command.startswith(line)] if line else []
    for start in starts[-_LONGEST_NAME:]:
        beginning = line[start:]
        before = len(beginning) - len(word)
        if beginning and (found := [name[before:] for name in names(beginning) if len(name) > before]):
            return list(dict.fromkeys([*first, *found]))
    return first


@contextmanager
def line_editing(data: Path, names: Names, commands: Sequence[str] = ()) -> "Iterator[bool]":
    """Editing at `input()` for as long as the context lasts: True where it exists; the history is kept in `data`."""
    try:
        import readline  # noqa: PLC0415 - not everywhere, and only a person at a terminal needs it
    except ImportError:
        yield False
        return
    history = data / HISTORY_FILE
    _read_history(readline, history)
    found: list[str] = []

    def completer(_word: str, number: int) -> str | None:
        if number == 0:
            found[:] = complete(readline.get_line_buffer()[: readline.get_endidx()], names, commands)
        return found[number] if number < len(found) else None

    before = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer_delims(_BREAKS)
    readline.set_completer(completer)
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")
    try:
        yield True
    finally:
        readline.set_completer(before[0])
        readline.set_completer_delims(before[1])
        _write_history(readline, history)


def _read_history(readline: "ModuleType", file: Path) -> None:
    readline.set_history_length(HISTORY_LENGTH)
    try:
        readline.read_history_file(file)
    except OSError:
        pass  # the first time, or made by another readline


def _write_history(readline: "ModuleType", file: Path) -> None:
    """Keep it, for its owner's eyes only; a history that cannot be kept is no reason to complain."""
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
        readline.write_history_file(file)
    except OSError:
        pass
