"""Small knowledge folders written by a test, and what was loaded from them."""

import asyncio
from pathlib import Path
from textwrap import dedent
from typing import Any

from bot.ingest.apart import Job, Progress
from bot.ingest.load import load
from bot.ingest.outcome import Outcome
from bot.store.export import fact_row
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot

ADA = """\
---
kind: person
name: Ada King
aliases: [A. King, Countess]
source: cv
at: page 1
description: Wrote the first programs.
worksFor:
  - {name: Analytical Ltd, roleName: Engineer, startDate: 1833-06, endDate: 1842, words: [punch]}
  - {name: Difference Ltd, roleName: Writer, startDate: 1843}
birthDate: 1815-12-10
---
She kept bees.
"""
TALK = """\
---
kind: event
type: talk
name: Talk on mills
performer: Ada King
startDate: 1840-05-02
location: Home University
---
"""
SOURCES = "cv: {title: A life, author: Ada King, date: 1850}\n"


def write(folder: Path, **files: str) -> Path:
    """Write files named `people__ada` (for `people/ada.md`); `sources` is `sources.yaml`."""
    for name, text in files.items():
        file = folder / (f"{name}.yaml" if name in {"sources", "vocabulary"} else name.replace("__", "/") + ".md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
    return folder


def profile(kind: str, name: str, *lines: str) -> str:
    """The text of a profile with these lines of front matter."""
    return "\n".join(["---", f"kind: {kind}", f"name: {name}", *lines, "---", ""])


async def load_here(job: Job, progress: Progress | None = None) -> Outcome:
    """What `load_apart` does, without waiting for a process to start."""
    return await asyncio.to_thread(
        load,
        job.folders,
        job.data_dir,
        write=job.write,
        wait=False,
        expected=job.expected,
        who=job.who,
        asker=job.asker,
        progress=progress,
    )


def loaded(folder: Path, data: Path, **options: Any) -> tuple[Outcome, Snapshot]:
    """Load a folder; its outcome, and the snapshot that is in force then."""
    outcome = load([folder], data, **options)
    return outcome, Snapshot.open(current_snapshot(data))


def rows(data: Path) -> list[dict[str, Any]]:
    """Everything the current snapshot states, as exported."""
    snapshot = Snapshot.open(current_snapshot(data))
    try:
        return [fact_row(fact) for fact in snapshot.all_facts()]
    finally:
        snapshot.close()
