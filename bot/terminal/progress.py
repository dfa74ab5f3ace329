"""How far a load is: a bar where a person looks on, now and then a line elsewhere; knows nothing of what is loaded."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO

from bot.terminal.screen import Screen

SECONDS_BETWEEN_LINES = 5.0

# Called with what is being done, how many of it are done, and how many there are.
Progress = Callable[[str, int, int], None]


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

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield progress


def _lines(screen: Screen, clock: Callable[[], float]) -> Progress:
    last = clock()

    def progress(what: str, done: int, total: int) -> None:
        nonlocal last
        now = clock()
        if now - last >= SECONDS_BETWEEN_LINES:
            last = now
            screen.text(f"{what}: {done} of {total}")
            screen.flush()

    return progress
