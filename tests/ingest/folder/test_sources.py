from datetime import timedelta
from pathlib import Path

from bot.ingest.folder.sources import load_sources
from bot.model.fact import Source
from bot.model.partial_date import PartialDate
from tests.ingest.folders import write


def test_load_sources(tmp_path: Path) -> None:
    write(tmp_path, sources="cv: {title: A  life, author: Ada King, date: 1850-01, url: 'https://example.org'}\n")
    declared = load_sources([tmp_path])
    date = PartialDate(1850, 1)
    assert declared.sources() == {"cv": Source("cv", "A life", "Ada King", None, date, "https://example.org", None)}
    assert declared.problems == []


def test_load_sources__every_fault_with_its_line(tmp_path: Path) -> None:
    write(
        tmp_path,
        sources="a: {title: A}\nb:\n  title: B\n  date: soon\nc: {title: C, url: 'ftp://x'}\nd: text\ne: {author: E}\n",
    )
    declared = load_sources([tmp_path])
    assert list(declared.entries) == ["a"]
    assert [(item.line, item.message.split(":")[0], item.text) for item in declared.problems] == [
        (4, "date", "b"),
        (5, "url", "c"),
        (6, "Input should be a valid dictionary or instance of SourceEntry", "d"),
        (7, "title", "e"),
    ]


def test_load_sources__unreadable(tmp_path: Path) -> None:
    write(tmp_path, sources="a: [\n")
    assert load_sources([tmp_path]).entries == {}
    write(tmp_path, sources="- a\n")
    assert [str(problem) for problem in load_sources([tmp_path]).problems] == [
        "sources.yaml:1: not a mapping of keys to sources"
    ]


def test_load_sources__the_first_of_two(tmp_path: Path) -> None:
    one = write(tmp_path / "one", sources="a: {title: One}\n")
    other = write(tmp_path / "other", sources="a: {title: Other}\n")
    declared = load_sources([one, other])
    assert declared.sources()["a"].title == "One"
    assert len(declared.problems) == 1


def test_load_sources__what_cannot_be_read_now_stays_as_it_was(tmp_path: Path) -> None:
    folder = write(tmp_path, sources="a: {title: A, file: a.txt, about: Ada King}\nb: {title: B}\n")
    last = load_sources([folder]).entries
    write(folder, sources="a: {title: A, abut: Ada King}\n")
    assert load_sources([folder], last=last).entries == {"a": last["a"]}
    write(folder, sources="a: [\n")
    assert load_sources([folder], last=last).entries == last


def test_load_sources__links_that_are_documents(tmp_path: Path) -> None:
    text = """
        page: {url: 'https://example.org', refresh: 2d}
        bad: {title: B, refresh: 1d}
        worse: {title: C, refresh: often}
        """
    declared = load_sources([write(tmp_path, sources=text)])
    assert [(key, entry.said.interval) for key, entry in declared.links()] == [("page", timedelta(days=2))]
    assert [(item.line, item.message.split(":")[0]) for item in declared.problems] == [(3, "refresh"), (4, "refresh")]
