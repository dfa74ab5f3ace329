"""A small made-up community in two versions, and what a data folder says of it."""

from pathlib import Path

from bot.store.export import fact_row
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot

PEOPLE = 24


def write_version(folder: Path, version: int, people: int = PEOPLE) -> None:
    """Write the folder as it is in one version: every document differs from that of another."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(people):
        lines = [
            "---", "kind: person", f"name: Singer {number}", f"jobTitle: alto of season {version}",
            f"worksFor: {{name: Choir {number % 5}, startDate: {1990 + number}}}", "knowsAbout: [canons, rounds]",
            "---", f"Sang in season {version}.", "",
        ]  # fmt: skip
        (folder / f"singer-{number}.md").write_text("\n".join(lines), encoding="utf-8")


def seasons(data: Path) -> list[str]:
    """The versions that the snapshot in force speaks of, after a check of the whole file. Raises what is wrong."""
    snapshot = Snapshot.open(current_snapshot(data))
    try:
        (sound,) = snapshot.connection.execute("PRAGMA integrity_check").fetchone()
        if sound != "ok":
            raise ValueError(f"corrupt: {sound}")
        rows = [fact_row(fact) for fact in snapshot.all_facts()]
        if len(rows) != snapshot.count_facts():
            raise ValueError(f"{len(rows)} facts instead of {snapshot.count_facts()}")
        return sorted({row["value"] for row in rows if row["property"] == "jobTitle"})
    finally:
        snapshot.close()
