"""One page that shows each document with what was understood of it marked, for a browser; loads nothing."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from bot.ingest.documents.format import Raw
from bot.ingest.folder.files import Found, read_content
from bot.ingest.readers.encoding import decode
from bot.model.fact import Rank
from bot.store.coverage import Coverage, CoverageQueries, Made

TEMPLATE = Path(__file__).with_name("report.html")
MOST_ROWS = 3_000  # of one document
MOST_ROWS_IN_ALL = 200_000
_LONGEST_ROW = 2_000  # characters
_NOT_SHOWN_AS_WRITTEN = (".pdf", ".docx", ".html", ".htm", ".xhtml")  # their blocks are shown instead
_ORDER = ("unplaced", "suggestion", "fact")  # what is painted later covers what is below


@dataclass(slots=True)
class Note:
    """What was made of a row, or why nothing was."""

    kind: str  # fact, suggestion or unplaced
    text: str


@dataclass(slots=True)
class Row:
    """One line or block of a document. `parts` are its text cut where marks begin and end, each with its mark."""

    line: int
    text: str
    heading: str = ""
    notes: list[Note] = field(default_factory=list)
    _marks: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The best mark of the row, or nothing."""
        return max((note.kind for note in self.notes), key=_ORDER.index, default="")

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Text and mark of each part."""
        painted = [""] * len(self.text)
        for start, end, kind in sorted(self._marks, key=lambda mark: _ORDER.index(mark[2])):
            painted[start:end] = [kind] * (end - start)
        at = 0
        parts = []
        for kind, run in groupby(painted):
            length = sum(1 for _ in run)
            parts.append((self.text[at : at + length], kind))
            at += length
        return parts

    def mark(self, words: str, note: Note) -> None:
        """Mark where the words stand, or all of it."""
        start = self.text.find(words) if words else -1
        self._marks.append((start, start + len(words), note.kind) if start >= 0 else (0, len(self.text), note.kind))
        self.notes.append(note)


@dataclass(slots=True)
class Shown:
    """One document of the page; `left_out` counts the rows that are not shown."""

    coverage: Coverage
    rows: list[Row]
    left_out: int = 0


def write_report(file: Path, queries: CoverageQueries, files: Mapping[str, Found], labels: Mapping[str, str]) -> None:
    """Write the page about all raw documents; `files` has each by its path, `labels` are those of properties."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    documents = list(queries.documents())
    totals = {
        "documents": len(documents),
        "facts": sum(document.facts for document in documents),
        "suggestions": sum(document.suggestions for document in documents),
        "unplaced": sum(document.unplaced for document in documents),
    }
    shown = _shown((document for document in documents if document.raw), queries, files, labels)
    template.stream(totals=totals, documents=shown, conflicts=queries.conflicts()).dump(str(file), encoding="utf-8")


def _shown(
    documents: Iterable[Coverage], queries: CoverageQueries, files: Mapping[str, Found], labels: Mapping[str, str]
) -> Iterator[Shown]:
    left = MOST_ROWS_IN_ALL
    for document in documents:
        rows = _marked(document, queries, files.get(document.path), labels)
        kept = rows[: min(MOST_ROWS, left)]
        left -= len(kept)
        yield Shown(document, kept, len(rows) - len(kept))


def _marked(
    document: Coverage, queries: CoverageQueries, found: Found | None, labels: Mapping[str, str]
) -> list[Row]:  # fmt: skip
    rows = _rows(document, queries, found)
    lines = [row.line for row in rows]
    for made in queries.made(document.id):
        says = f"{made.subject} · {labels.get(made.property, made.property)}: {made.text}"
        says += "".join(f"; {labels.get(name, name)}: {text}" for name, text in made.details)
        says += f" ({_period(made)})" if made.start or made.end else ""
        note = Note("suggestion" if made.rank == Rank.SUGGESTION else "fact", says)
        _row_of(rows, lines, made.line, made.evidence).mark(made.evidence, note)
    for item in queries.unplaced(document.id):
        _row_of(rows, lines, item.line, item.text).mark(item.text, Note("unplaced", item.why or "not understood"))
    return rows


def _period(made: Made) -> str:
    if made.start == made.end:
        return str(made.start)
    return f"{made.start or '…'} – {made.end or '…'}"


def _row_of(rows: list[Row], lines: list[int], line: int, words: str) -> Row:
    """The row in which the words stand: one of that line that has them, else the last one up to it."""
    end = bisect_right(lines, line)
    start = end
    while start and lines[start - 1] == line:
        start -= 1
    for row in rows[start:end]:
        if words in row.text:
            return row
    if start < end or (end and rows[end - 1].text):
        return rows[start if start < end else end - 1]
    row = Row(line, words[:_LONGEST_ROW])
    rows.insert(end, row)
    lines.insert(end, line)
    return row


def _rows(document: Coverage, queries: CoverageQueries, found: Found | None) -> list[Row]:
    if found is not None and not document.path.lower().endswith(_NOT_SHOWN_AS_WRITTEN):
        lines = decode(Raw(document.path, read_content(found).data)).lines
        return [Row(number, line[:_LONGEST_ROW].rstrip()) for number, line in enumerate(lines, start=1)]
    rows = []
    before = ""
    for line, section, text in sorted(queries.passages(document.id), key=lambda passage: passage[0]):
        rows.append(Row(line, text[:_LONGEST_ROW], section if section != before else ""))
        before = section
    return rows
