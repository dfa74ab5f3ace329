"""How much of what people read in documents is loaded from them: recall and precision against hand-made facts.

    python -m tests.bench.facts FOLDER [--misses] [--extras]

FOLDER holds `documents/`, `facts.jsonl` (doc, subject, property, object, start, end) and `MANIFEST.json` (id, file,
genre). Spelling is compared leniently, dates by what both of them say, a detail of a fact (a role, a degree) like
a fact.
"""

import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bot.errors import KnowledgeError
from bot.ingest.load import load
from bot.language.tokens import name_key
from bot.store.export import fact_row
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot

# Properties between which those who note facts by hand hardly tell.
_ALIKE = (
    {"jobTitle", "roleName", "hasOccupation"},
    {"knowsAbout", "interest", "focus", "fieldOfStudy"},
    {"author", "creator", "contributor", "developer", "maintainer"},
    {"performer", "talk", "speaker", "teaches"},
    {"offers", "price"},
    {"advisor", "coAdvisor", "teacher"},
    {"homeLocation", "workLocation", "address", "location"},
    {"memberOf", "worksFor", "affiliation", "department", "parentOrganization"},
    {"url", "sameAs", "codeRepository", "issueTracker", "documentation"},
    {"description", "disambiguatingDescription", "abstract", "claim"},
    {"requirement", "softwareRequirements"},
    {"degree", "alumniOf"},
)
_CLOCK = re.compile(r"(?<=\d)T(?=\d)")  # between a day and its time
_DURATION = re.compile(r"\AP(?:(?P<days>\d+)D)?T?(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?\Z")
_STRUCTURED = ("json-resume", "ics", "data-yaml", "-yaml", "jsonld", "vcard", "vcf", "csv", "bibtex")


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact, or one detail of a fact, in a form that can be compared."""

    subject: str
    property: str
    value: str
    start: str
    end: str


@dataclass(slots=True)
class Score:
    """Counts of one document or one group of them."""

    expected: int = 0
    found: int = 0
    stated: int = 0
    right: int = 0

    def add(self, other: "Score") -> None:
        """Count another document in."""
        self.expected += other.expected
        self.found += other.found
        self.stated += other.stated
        self.right += other.right

    def __str__(self) -> str:
        recall = f"{self.found / self.expected:6.1%}" if self.expected else "     –"
        precision = f"{self.right / self.stated:6.1%}" if self.stated else "     –"
        return f"recall {recall} ({self.found}/{self.expected})  precision {precision} ({self.right}/{self.stated})"


def group_of(genre: str) -> str:
    """Structured format, CV-like layout or prose."""
    if genre.startswith("prose/"):
        return "prose"
    if any(part in genre for part in _STRUCTURED):
        return "structured"
    if any(part in genre for part in ("about", "bio", "readme")):
        return "prose"
    return "layout"


def agree(one: Statement, other: Statement) -> bool:
    """Whether both say the same, in whatever spelling and whichever way round."""
    if not _same_property(one.property, other.property):
        return False
    if not (_day(one.start, other.start) and _day(one.end, other.end)):
        return False
    straight = _same_text(one.subject, other.subject) and _same_text(one.value, other.value)
    return straight or (_same_text(one.subject, other.value) and _same_text(one.value, other.subject))


def statements(row: dict[str, Any]) -> Iterator[Statement]:
    """The fact of an exported row, then its details, then its role with where that was: "Baker, Mill Ltd (Ovens)"."""
    start, end = row["start"] or "", row["end"] or ""
    subject = row["subject"]["name"]
    values = [(item["property"], _text(item)) for item in (row, *row["qualifiers"])]
    for name, text in values:
        yield Statement(subject, name, text, start, end)
    where = [text for name, text in values if name in (row["property"], "department")]
    for name, text in values[1:]:
        if name == "roleName":
            yield Statement(subject, name, ", ".join((text, *where)), start, end)


def _text(value: dict[str, Any]) -> str:
    return str(value["object"]["name"] if "object" in value else value["value"])


def score(expected: list[Statement], rows: Iterable[dict[str, Any]]) -> tuple[Score, list[Statement], list[str]]:
    """The score of one document, what was missed, and what was stated beyond the hand-made facts."""
    got = [list(statements(row)) for row in rows]
    every = [statement for group in got for statement in group]
    missed = [want for want in expected if not any(agree(want, statement) for statement in every)]
    extra = [group[0] for group in got if not any(agree(want, item) for want in expected for item in group)]
    result = Score(len(expected), len(expected) - len(missed), len(got), len(got) - len(extra))
    return result, missed, [f"{item.subject} | {item.property} | {item.value[:90]}" for item in extra]


def _same_property(one: str, other: str) -> bool:
    return one == other or any(one in alike and other in alike for alike in _ALIKE)


def _day(wanted: str, got: str) -> bool:
    """Nothing noted by hand is no statement; otherwise the less precise one must begin the other."""
    wanted, got = wanted[:10], got[:10]
    return not wanted or (bool(got) and (wanted.startswith(got) or got.startswith(wanted)))


def _same_text(one: str, other: str) -> bool:
    """Whether the words of the shorter are nearly all in the longer, and are a good part of it."""
    first, second = ({*name_key(_CLOCK.sub(" ", _spelled(text))).split()} for text in (one, other))
    if not first or not second:
        return one.strip() == other.strip()
    shorter, longer = sorted((first, second), key=len)
    return len(shorter & longer) >= 0.8 * len(shorter) and (len(shorter) >= 0.3 * len(longer) or len(longer) <= 6)


def _spelled(text: str) -> str:
    """A duration in ISO 8601 in words."""
    match = _DURATION.match(text)
    return " ".join(f"{count} {unit}" for unit, count in match.groupdict().items() if count) if match else text


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--misses", is_flag=True, help="Print what was not found.")
@click.option("--extras", is_flag=True, help="Print what was stated beyond the hand-made facts.")
def main(folder: Path, misses: bool, extras: bool) -> None:
    """Load the documents of FOLDER and compare what they give with its hand-made facts."""
    genres = {item["id"]: item["genre"] for item in json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))}
    expected: dict[str, list[Statement]] = defaultdict(list)
    for line in (folder / "facts.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        names = ("subject", "property", "object", "start", "end")
        expected[row["doc"]].append(Statement(*(row.get(name) or "" for name in names)))
    got: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(folder / "documents"):
        got[Path(row["evidence"]["document"]).stem].append(row)
    groups: dict[str, Score] = defaultdict(Score)
    for doc in sorted(expected):
        result, missed, extra = score(expected[doc], got[doc])
        groups[group_of(genres.get(doc, ""))].add(result)
        click.echo(f"{doc:20} {group_of(genres.get(doc, '')):11} {result}")
        if misses:
            for item in missed:
                click.echo(
                    f"    missed: {item.subject} | {item.property} | {item.value[:90]} | {item.start} {item.end}"
                )
        if extras:
            for text in extra:
                click.echo(f"    beyond: {text}")
    for name, total in sorted(groups.items()):
        click.echo(f"{name:32} {total}")


def _rows(documents: Path) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as data:
        try:
            load([documents], Path(data))
        except KnowledgeError:
            return []
        snapshot = Snapshot.open(current_snapshot(Path(data)))
        try:
            return [fact_row(fact) for fact in snapshot.with_suggestions().all_facts()]
        finally:
            snapshot.close()


if __name__ == "__main__":
    main()
