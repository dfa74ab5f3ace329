"""Small documents of every format, each beside the facts it states: `x.ics` and `x.ics.facts.jsonl`.

A row has subject, property, object, and where the document gives them start, end, qualifiers and rank (a suggestion
must be listed as one). Spelling is compared by name key, everything else exactly: what is not listed must not be
stated,
and every fact's evidence must stand at its line.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.folder.vocabulary_files import load_vocabulary
from bot.ingest.parsing.parse import read_document
from bot.language.tokens import name_key
from bot.model.fact import FactDraft, Rank

FOLDER = Path(__file__).parent.parent / "documents"
EXPECTED = sorted(FOLDER.rglob("*.facts.jsonl"))
CONTEXT = Context(load_vocabulary(), frozenset())
PAGED = (".pdf", ".docx")  # their lines are no lines of a text


def document_of(expected: Path) -> Path:
    return expected.with_name(expected.name.removesuffix(".facts.jsonl"))


def read(document: Path) -> Reading:
    path = document.relative_to(FOLDER).as_posix()
    reading = read_document(Raw(path, document.read_bytes(), folder=str(document.parent)), CONTEXT)
    assert reading is not None, "no reader takes it"
    return reading


def key(text: str) -> str:
    return name_key(text) or text


def stated(fact: FactDraft) -> dict[str, Any]:
    row = {
        "subject": key(fact.subject.name),
        "property": fact.property,
        "object": key(str(fact.value.date or fact.value.text)),
        "start": str(fact.start or ""),
        "end": str(fact.end or ""),
        "qualifiers": sorted((name, key(value.text)) for name, value in fact.qualifiers),
    }
    return row if fact.rank is not Rank.SUGGESTION else {**row, "rank": "suggestion"}


def expected_row(line: str) -> dict[str, Any]:
    row = json.loads(line)
    listed = row.get("qualifiers", {})
    pairs = [
        (name, value) for name, values in listed.items() for value in (values if isinstance(values, list) else [values])
    ]
    start = row.get("start", "")
    made = {
        "subject": key(row["subject"]),
        "property": row["property"],
        "object": key(row["object"]),
        "start": start,
        "end": row.get("end", ""),
        "qualifiers": sorted((name, key(value)) for name, value in pairs),
    }
    return {**made, "rank": row["rank"]} if "rank" in row else made


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_a_document_states_what_is_listed_beside_it_and_nothing_else(expected: Path) -> None:
    reading = read(document_of(expected))
    got = [stated(fact) for fact in reading.facts]
    wanted = [expected_row(line) for line in expected.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert [problem for problem in reading.problems if problem.fatal] == []
    assert sorted(got, key=json.dumps) == sorted(wanted, key=json.dumps)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_the_words_that_prove_a_fact_stand_at_its_line(expected: Path) -> None:
    document = document_of(expected)
    if document.suffix in PAGED:
        pytest.skip("its lines are pages")
    lines = document.read_text(encoding="utf-8-sig").splitlines()
    for fact in read(document).facts:
        assert fact.evidence.text, fact
        assert fact.evidence.text in lines[fact.evidence.line - 1]


def test_there_are_documents() -> None:
    assert EXPECTED
