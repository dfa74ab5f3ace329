"""Documents that are cut off, mixed up, nested without end or made to explode give facts or one clear line each."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading, pack, unpack_body
from bot.ingest.folder.vocabulary_files import load_vocabulary
from bot.ingest.parsing.parse import read_document

FOLDER = Path(__file__).parent.parent.parent / "documents"
CONTEXT = Context(load_vocabulary(), frozenset())
DATA = (".json", ".yml", ".yaml", ".ics", ".vcf", ".csv", ".tsv", ".bib")
DOCUMENTS = sorted(file for file in FOLDER.rglob("*") if file.suffix in DATA and not file.name.endswith(".facts.jsonl"))
SECONDS = 5  # far beyond what any takes, so that a busy machine fails no test


def read(path: str, data: bytes) -> Reading:
    began = time.perf_counter()
    reading = read_document(Raw(path, data), CONTEXT)
    assert time.perf_counter() - began < SECONDS
    assert reading is not None
    return reading


def check(reading: Reading, data: bytes) -> None:
    lines = data.count(b"\n") + data.count(b"\r") + data.count(b"\0") + 1
    for problem in reading.problems:
        assert "\n" not in str(problem)
        assert 1 <= problem.line <= lines
    for fact in reading.facts:
        assert 1 <= fact.evidence.line <= lines
        assert fact.evidence.text
    for left in reading.unplaced:
        assert 1 <= left.line <= lines
    packed = unpack_body(pack(reading, frozenset())[1]).passages
    assert [parts for parts, _ in packed] == [(one.line, one.title, one.section, one.text) for one in reading.passages]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
@settings(max_examples=25)
@given(st.data())
def test_read__a_document_with_mistakes(document: Path, data: st.DataObject) -> None:
    content = document.read_bytes()
    at = st.integers(0, len(content))
    for _ in range(data.draw(st.integers(1, 4))):
        one, other = sorted((data.draw(at), data.draw(at)))
        junk = data.draw(
            st.sampled_from([b"", b'"', b"\0", b"\xff\xfe", b"{[", b"]", b"\n- ", b":", b"\xc3", b"9" * 40])
        )
        content = data.draw(
            st.sampled_from([content[:one], content[:one] + junk + content[one:], content[:one] + content[other:],
                             content[:other] + content[one:]])
        )  # fmt: skip
    reading = read(document.name, content)
    check(reading, content)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252", "utf-8-sig"])
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_read__another_encoding(document: Path, encoding: str) -> None:
    text = document.read_text(encoding="utf-8")
    plain = read(document.name, text.encode())
    other = read(document.name, text.encode(encoding, "replace"))
    assert len(other.facts) == len(plain.facts)


@pytest.mark.parametrize(
    ("path", "data", "message"),
    [
        ("a.json", b'{"a":' * 10_000, "nested deeper than 40 levels"),
        ("a.json", b"[" + b'{"name":"Ada"},' * 200_000, "longer than 2000000 characters"),
        ("a.json", b'{"basics": {"name": "Ada"', "the text breaks off"),
        ("a.yml", b"a: " + b"[" * 10_000, "nested deeper than 40 levels"),
        ("a.yml", b"a: &a [x]\nb: [*a, *a]\n", "an anchor (&name) is not accepted; write the value out"),
        ("a.yml", b"just words\n", "no records: neither a list nor a mapping"),
        (
            "a.csv",
            b'name,bio\n"' + b"x\n" * 100_000,
            "not a table that can be read: field larger than field limit (100000)",
        ),
        ("a.csv", b",".join(b"c%d" % n for n in range(100_000)), "not a table: the first row has no column names"),
        ("a.ics", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a calendar without events"),
        ("a.ics", b"BEGIN:VEVENT\n" * 50_000, "an event without a summary"),
        ("a.vcf", b"FN:Ada\n", "no card: BEGIN:VCARD is missing"),
        ("a.bib", b"@article{a, title=" + b"{" * 100_000, "an entry that cannot be read: braces deeper than 30 levels"),
        ("a.bib", b"Knots\n", "a bibliography without entries"),
        ("a.vcf", b"\x89PNG\r\n\x1a\n", "not a text but an image"),
        ("a.ics", b"", "the file is empty"),
    ],
)  # fmt: skip
def test_read__one_clear_line(path: str, data: bytes, message: str) -> None:
    reading = read(path, data)
    assert [problem.message for problem in reading.problems[:1]] == [message]
    assert reading.facts == ()


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.ics", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY" + b';A="' * 100_000 + b":x\nEND:VEVENT"),
        ("a.ics", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nDTSTART:20240101\n" + b" x\n" * 200_000 + b"END:VEVENT"),
        ("a.vcf", b"BEGIN:VCARD\nFN:Ada\nPHOTO;ENCODING=b:" + b"A" * 4_000_000 + b"\nEND:VCARD"),
        ("a.bib", b"@a{b,title={x" * 100_000),
        ("a.json", b'["' + b"x" * 1_900_000 + b'"]'),
        ("a.yml", b'name: "' + b"x " * 900_000 + b'"'),
    ],
)
def test_read__much_of_one_thing(path: str, data: bytes) -> None:
    check(read(path, data), data)


@pytest.mark.parametrize("field", ["WORK", "SAY", "DAY", "EVIDENCE", "CARD", "LINK", "-INIT--"])
def test_read__a_card_whose_fields_are_called_like_nothing_that_cards_have(field: str) -> None:
    card = f"BEGIN:VCARD\nVERSION:4.0\nFN:Maren Oakes\n{field}:x\nEMAIL:maren@choir.example\nEND:VCARD\n"
    reading = read("maren.vcf", card.encode())
    assert [fact.property for fact in reading.facts] == ["email"]
    assert [left.line for left in reading.unplaced] == [4]


@pytest.mark.parametrize(("start", "end"), [("T083000Z", "T113000"), ("T083000", "T113000Z")])
def test_read__only_one_end_of_an_event_says_its_zone(start: str, end: str) -> None:
    event = f"SUMMARY:Splicing\nDTSTART:20240603{start}\nDTEND:20240603{end}\n"
    reading = read("week.ics", f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{event}END:VEVENT\nEND:VCALENDAR\n".encode())
    assert "startDate" in {fact.property for fact in reading.facts}
