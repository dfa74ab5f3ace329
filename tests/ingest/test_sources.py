from pathlib import Path

from bot.ingest.sources import load_sources
from bot.model.fact import Source
from bot.model.partial_date import PartialDate
from tests.ingest.folders import write


def test_load_sources(tmp_path: Path) -> None:
    write(tmp_path, sources="cv: {title: A  life, author: Ada King, date: 1850-01, url: 'https://example.org'}\n")
    sources, problems, broken = load_sources([tmp_path])
    date = PartialDate(1850, 1)
    assert sources == {"cv": Source("cv", "A life", "Ada King", None, date, "https://example.org", None)}
    assert (problems, broken) == ([], False)


def test_load_sources__every_fault_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, sources="a: {title: A}\nb:\n  author: Bo\n  date: soon\nc: {title: C, url: 'ftp://x'}\nd: text\n")
    sources, problems, broken = load_sources([tmp_path])
    assert list(sources) == ["a"]
    assert [(problem.line, problem.message.split(":")[0], problem.text) for problem in problems] == [
        (2, "title", "b"),
        (4, "date", "b"),
        (5, "url", "c"),
        (6, "Input should be a valid dictionary or instance of SourceEntry", "d"),
    ]
    assert not broken


def test_load_sources__unreadable(tmp_path: Path) -> None:
    write(tmp_path, sources="a: [\n")
    assert load_sources([tmp_path])[2]
    write(tmp_path, sources="- a\n")
    assert [str(problem) for problem in load_sources([tmp_path])[1]] == [
        "sources.yaml:1: not a mapping of keys to sources"
    ]


def test_load_sources__the_first_of_two(tmp_path: Path) -> None:
    one = write(tmp_path / "one", sources="a: {title: One}\n")
    other = write(tmp_path / "other", sources="a: {title: Other}\n")
    sources, problems, _ = load_sources([one, other])
    assert sources["a"].title == "One"
    assert len(problems) == 1
