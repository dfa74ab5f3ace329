"""`whoswho forget`: who would go, a question before, and what became of it; how it is done is elsewhere."""

import sys
from collections.abc import Callable

from bot.errors import WhoswhoError
from bot.librarian import Actor, Librarian
from bot.memory import Remembered
from bot.model.audience import OPERATOR
from bot.rights import Recorded, Rights
from bot.settings import Settings
from bot.terminal.load_report import count
from bot.terminal.screen import Screen


async def forget(settings: Settings, name: str, *, yes: bool, read_line: Callable[[str], str] = input) -> bool:
    """Remove whoever has this name, after asking. Returns whether that was done. Raises WhoswhoError."""
    remembered = Remembered(settings)
    rights = Rights(settings, remembered, Librarian(settings, remembered))
    screen = Screen()
    try:
        who = await rights.recorded(name, OPERATOR)
        if who is None:
            screen.text(f"Nobody and nothing is recorded under the name {name}; nothing was removed.")
            return False
        _tell(who, screen)
        if not yes:
            screen.text("To remove all of this for good, also from older snapshots, type the name again.")
        if not yes and not _is_typed(who.name, screen, read_line):
            screen.text("Nothing was removed.")
            return False
        outcome = await rights.forget(who, Actor())
        left_out = outcome.totals.get("withdrawn", 0)
        screen.text(f"Removed: {count(left_out, 'fact', 'facts')} left out, and no load brings them back.")
        screen.text("The documents still hold the name: whoever looks after them should take it out there too.")
        return True
    finally:
        await remembered.close()


async def take_back(settings: Settings, name: str) -> bool:
    """Undo the removal of this name, and read the documents again. Raises WhoswhoError."""
    remembered = Remembered(settings)
    screen = Screen()
    try:
        rights = Rights(settings, remembered, Librarian(settings, remembered))
        outcome = await rights.take_back(name, Actor())
        if outcome is None:
            screen.text("Nothing was removed under this name.")
            return False
        screen.text(f"The removal is taken back: {count(outcome.totals.get('added', 0), 'fact', 'facts')} added.")
        return True
    finally:
        await remembered.close()


def _tell(who: Recorded, screen: Screen) -> None:
    screen.text(f"{who.name}: {count(who.facts, 'fact', 'facts')}")
    others = [name for name in who.names if name != who.name]
    if others:
        screen.text(f"Also written: {', '.join(others)}")


def _is_typed(name: str, screen: Screen, read_line: Callable[[str], str]) -> bool:
    screen.flush()
    if not sys.stdin.isatty() and read_line is input:
        raise WhoswhoError("say --yes where nobody can type the name")
    try:
        return read_line("Name: ").strip() == name
    except EOFError:
        return False
