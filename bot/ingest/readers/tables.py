"""CSV and TSV text to records with the line of each; knows no field."""

import csv
import io
from collections.abc import Iterator, Sequence

from bot.language.yaml_text import Yaml, YamlPath
from bot.model.problem import Problem

SUFFIXES = (".csv", ".tsv", ".tab")
_MARKS = ",;\t|"
_HEAD = 20  # rows by which the mark between cells is told
_MOST_COLUMNS = 300
_MOST_CELL = 100_000


def read_table(document: str, text: str, lines: Sequence[str]) -> Yaml | Problem:
    """The rows below the heading row as mappings. Never raises."""
    mark = "\t" if document.lower().endswith((".tsv", ".tab")) and "\t" in text else _mark(lines)
    limit = csv.field_size_limit(_MOST_CELL)
    try:
        rows = _rows(text, mark)
        line, head = next(((line, row) for line, row in rows if any(row)), (1, []))
        names = _names(head) if 2 <= len(head) <= _MOST_COLUMNS else []
        if not names:
            return Problem(document, line, "not a table: the first row has no column names")
        starts: dict[YamlPath, int] = {(): line}
        records: list[dict[str, str]] = []
        for line, row in rows:
            if not any(row):
                continue
            starts[len(records),] = line
            records.append({name: cell for name, cell in zip(names, row, strict=False) if cell})
    except csv.Error as error:
        return Problem(document, 1, f"not a table that can be read: {error}")
    finally:
        csv.field_size_limit(limit)
    return Yaml(records, starts)


def _rows(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    before = 0
    for row in reader:
        yield before + 1, [cell.strip() for cell in row]
        before = reader.line_num


def _mark(lines: Sequence[str]) -> str:
    """What stands between the cells: the sign of which the heading row has most, and the rows about as many."""
    head = [line for line in lines[:_HEAD] if line.strip()]
    if not head:
        return ","
    return max(_MARKS, key=lambda mark: (head[0][:_MOST_CELL].count(mark), -_MARKS.index(mark)))


def _names(head: Sequence[str]) -> list[str]:
    """The names of the columns; one that stands there twice gets a number."""
    names: list[str] = []
    for place, cell in enumerate(head):
        name = " ".join(cell.split()) or f"column {place + 1}"
        names.append(name if name not in names else f"{name} {place + 1}")
    return names
