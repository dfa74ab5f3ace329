import os
from pathlib import Path

import pytest

import bot.ingest.parsing.parse as parsing
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.folder.files import Found, scan
from bot.ingest.folder.vocabulary_files import load_vocabulary
from bot.ingest.load import load
from bot.ingest.parsing import formats
from bot.ingest.parsing.parse import Parser
from tests.ingest.folders import profile, rows, write

PARSER = Parser(Context(load_vocabulary(), frozenset()))


class Deadly:
    """A reader that takes its process down."""

    def accepts(self, raw: Raw) -> bool:
        return raw.path.endswith("bomb.md")

    def read(self, raw: Raw, context: Context) -> Reading:
        os._exit(11)


class Failing(Deadly):
    def read(self, raw: Raw, context: Context) -> Reading:
        raise RuntimeError("a mistake of ours")


def many(folder: Path, number: int) -> Path:
    return write(
        folder, **{f"p{n:03d}": profile("person", f"Bo Li {n}", f"jobTitle: baker {n}") for n in range(number)}
    )


def test_parse_all__processes_and_one_after_the_other_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = scan([many(tmp_path, 120)])
    alone = list(PARSER.parse_all(documents))
    monkeypatch.setattr(parsing, "POOL_FROM", 10)
    assert list(PARSER.parse_all(documents)) == alone


def test_parse_all__a_deadly_document_dies_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "POOL_FROM", 2)
    monkeypatch.setattr(parsing, "_CHUNK", 3)
    monkeypatch.setattr(formats, "READERS", (Deadly(), *formats.READERS))
    monkeypatch.setattr(parsing, "_way_to_start", lambda: "fork")
    folder = write(many(tmp_path, 10), p004bomb="boom\n")
    parsed = list(PARSER.parse_all(scan([folder])))
    assert [item.path for item in parsed if item.problems] == ["p004bomb.md"]
    assert sum(item.head is not None for item in parsed) == 10


def test_parse__a_failing_reader_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "READERS", (Failing(),))
    write(tmp_path, bomb="boom\n")
    parsed = PARSER.parse(scan([tmp_path])[0])
    assert [str(problem) for problem in parsed.problems] == ["bomb.md:1: the reader failed: RuntimeError"]


def test_parse__unreadable(tmp_path: Path) -> None:
    parsed = PARSER.parse(Found("gone.md", str(tmp_path / "gone.md")))
    assert [str(problem) for problem in parsed.problems] == ["gone.md:1: cannot be read: No such file or directory"]


def test_load__beside_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "POOL_FROM", 10)
    monkeypatch.setattr(parsing, "_way_to_start", lambda: "spawn")
    folder = many(tmp_path / "k", 30)
    load([folder], tmp_path / "d")
    assert len(rows(tmp_path / "d")) == 30
