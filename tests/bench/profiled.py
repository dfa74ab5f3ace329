"""How much of what profiles record is read from the very documents that they were written from.

    python -m tests.bench.profiled DOCUMENTS [--knowledge FOLDER] [--misses] [--extras]

A source of the knowledge folder names its document by `file:`. What a profile says of its own accord (notes, what it
denies or does not know, its summary) stands in no document and does not count. The rest is compared as in `facts`;
where a profile tells a deed in other words, most of the stems of the shorter one must be in the longer one.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import yaml

from bot.ingest.load import load
from bot.language.tokens import name_key, stem
from bot.store.export import fact_row
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot
from tests.bench.facts import Statement, agree, statements

_KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
_OWN = frozenset({"note", "denies", "status", "description"})  # properties in the words of who wrote the profile
_UNKNOWN = "unknown"
_TOLD = frozenset({"duty", "quality", "interest", "purpose", "achievement", "researchQuestion"})  # in whole phrases
_LINKS = frozenset({"url", "recording", "codeRepository"})  # the day of what they lead to is not theirs


@contextmanager
def _loaded(folder: Path) -> Iterator[Snapshot]:
    """What a folder of documents holds, suggestions included."""
    data = Path(tempfile.mkdtemp())
    try:
        load([folder], data)
        snapshot = Snapshot.open(current_snapshot(data))
        yield snapshot.with_suggestions()
        snapshot.close()
    finally:
        shutil.rmtree(data)


def says(want: Statement, got: Statement) -> bool:
    """Whether what a page gives is what was recorded, perhaps in other words."""
    if want.property in _LINKS:
        want = replace(want, start="", end="")
    if agree(want, got):
        return True
    if want.property != got.property or want.property not in _TOLD or not agree(replace(want, value=got.value), got):
        return False
    shorter, longer = sorted((_stems(want.value), _stems(got.value)), key=len)
    return len(shorter) > 1 and len(shorter & longer) >= 0.6 * len(shorter)


def _stems(text: str) -> set[str]:
    return {stem(word) for word in name_key(text).split() if len(word) > 3 or word.isdigit()}


def recorded(rows: list[dict[str, Any]], person: str) -> dict[str, list[Statement]]:
    """What a page's profiles say: that of the person it is about, all of them of this person, all of them."""
    found: dict[str, list[Statement]] = {"the profile": [], "its person": [], "all": []}
    for row in rows:
        items = [item for item in statements(row) if item.property not in _OWN and item.value != _UNKNOWN]
        if items and items[0].subject == person:
            found["the profile"] += items
        if items and person in (items[0].subject, items[0].value):
            found["its person"] += items
        found["all"] += items
    return {name: list(dict.fromkeys(items)) for name, items in found.items()}


def by_name(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """A row of a page with the names by which the profiles call who and what is meant."""
    named: dict[str, Any] = {key: dict(row[key]) for key in ("subject", "object") if key in row}
    for item in named.values():
        item["name"] = names.get(name_key(item["name"]), item["name"])
    return {**row, **named}


@click.command()
@click.argument("documents", type=click.Path(path_type=Path, exists=True))
@click.option("--knowledge", type=click.Path(path_type=Path, exists=True), default=_KNOWLEDGE, help="The profiles.")
@click.option("--misses", is_flag=True, help="Print what was recorded and not read.")
@click.option(
    "--extras", is_flag=True, help="Print what was read and not recorded: right or wrong, somebody must judge."
)
def main(documents: Path, knowledge: Path, misses: bool, extras: bool) -> None:
    """Load DOCUMENTS and compare what they give with what the profiles record of them."""
    sources = yaml.safe_load((knowledge / "sources.yaml").read_text(encoding="utf-8"))
    with _loaded(knowledge) as snapshot:
        entities = snapshot.entities_by_slug("", snapshot.count_facts())
        names = {name_key(name): item.name for item in entities for name in snapshot.names_of(item.id)}
        profiled = [fact_row(fact) for fact in snapshot.all_facts()]
    with _loaded(documents) as snapshot:
        read = [by_name(fact_row(fact), names) for fact in snapshot.all_facts()]
    for key, source in sources.items():
        facts = [list(statements(row)) for row in read if row["evidence"]["document"] == source.get("file")]
        every = [item for fact in facts for item in fact]
        groups = recorded([row for row in profiled if row["source"]["key"] == key], source.get("author", ""))
        beyond = [fact[0] for fact in facts if not any(says(want, item) for want in groups["all"] for item in fact)]
        for name, expected in groups.items():
            missed = [want for want in expected if not any(says(want, item) for item in every)]
            _print(f"{key:22} {name:12} recall", len(expected), missed, show=misses)
        _print(f"{key:22} {'':12} recorded", len(facts), beyond, show=extras)


def _print(name: str, total: int, without: list[Statement], *, show: bool) -> None:
    found = total - len(without)
    click.echo(f"{name:45} {f'{found / total:6.1%}' if total else '     –'} ({found}/{total})")
    for item in without if show else ():
        click.echo(f"    {item.subject} | {item.property} | {item.value} | {item.start} {item.end}".rstrip(" |"))


if __name__ == "__main__":
    main()
