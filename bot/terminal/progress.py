"""How far a load is: a bar where a person looks on, now and then a line elsewhere; knows nothing of what is loaded."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO

from bot.terminal.screen import Screen

SECONDS_BETWEEN_LINES = 5.0

# Called with how many are done, how many there are, and what is being done.
Progress = Callable[[int, int, str], None]


@contextmanager
def show_progress(
    stream: TextIO | None = None, *, interactive: bool | None = None, clock: Callable[[], float] = monotonic
) -> Iterator[Progress]:
    """Show progress on `stream`, by default standard error; a load that is done at once shows nothing."""
    screen = Screen(stream or sys.stderr, interactive=interactive)
    if screen.interactive:
        with _bar(screen) as progress:
            yield progress
    else:
        yield _lines(screen, clock)


@contextmanager
def _bar(screen: Screen) -> Iterator[Progress]:
    from rich import progress as rich_progress  # noqa: PLC0415 - slow, and only a person needs it

    columns = (
        rich_progress.TextColumn("{task.description}"),
        rich_progress.BarColumn(),
        rich_progress.MofNCompleteColumn(),
        rich_progress.TimeRemainingColumn(elapsed_when_finished=True),
    )
    with rich_progress.Progress(*columns, console=screen.console, transient=True) as bar:
        tasks: dict[str, rich_progress.TaskID] = {}

        def progress(done: int, total: int, what: str) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what.capitalize(), total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield progress


def _lines(screen: Screen, clock: Callable[[], float]) -> Progress:
    last = clock()

    def progress(done: int, total: int, what: str) -> None:
        nonlocal last
        now = clock()
        if now - last >= SECONDS_BETWEEN_LINES:
            last = now
            screen.text(f"{what.capitalize()}: {done} of {total}")
            screen.flush()

    return progress
