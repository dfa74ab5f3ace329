"""Text that could take a pattern long: each is read at once, or the test would not end."""

import pytest

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.extract.layout.entries import Entry, Line
from bot.ingest.extract.layout.segments import cut
from bot.ingest.extract.lives.clauses import clauses
from bot.ingest.extract.lives.focus import behind_title
from bot.ingest.extract.lives.told_of import told_of
from bot.ingest.extract.prose.frames import split_fields

LONG = [
    " " * 5_000,
    "a" * 5_000,
    "of " * 1_600,
    "Of A, " * 800,
    "a b c d, " * 500,
    "a and " * 800,
    "-" * 5_000,
    "As: " * 5_000,
]


@pytest.mark.parametrize("text", LONG)
def test_patterns_end_soon(text: str) -> None:
    entry = Entry([Line(f"2001\t{text}", Block(Shape.ROW, 1, f"2001\t{text}", ("",), cells=("2001", text)))])
    assert list(behind_title(f"Weaver interested in {text}")) is not None
    assert list(told_of(f"clients such as {text}", "employer")) is not None
    assert split_fields(text) is not None
    assert [cut(part) for part in clauses(entry)]
