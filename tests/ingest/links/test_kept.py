import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.ingest.folder.sources import Declared, Fetch, load_sources
from bot.ingest.links.fetch import Fetcher
from bot.ingest.links.kept import documents
from bot.ingest.links.refresh import refresh
from bot.ingest.load import load
from bot.ingest.outcome import Outcome
from bot.ingest.parsing import formats
from tests.ingest.folders import rows
from tests.ingest.links.web import Site
from tests.ingest.saying import Saying

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
TEXT = "is person Ada King\nemail ada@example.org\n"


class SayingPage(Saying):
    def accepts(self, raw: Any) -> bool:
        return bool(raw.path.endswith((".txt", ".say")))


@pytest.fixture
def folder(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge folder that holds nothing but a link."""
    monkeypatch.setattr(formats, "READERS", (SayingPage(),))
    folder = tmp_path / "k"
    folder.mkdir()
    (folder / "sources.yaml").write_text(f"ada: {{url: '{site.url('/ada')}', refresh: 1d, author: Ada King}}\n")
    site.page("/ada", TEXT, ETag='"1"', Last_Modified="Mon, 01 Apr 2024 10:00:00 GMT")
    return folder


def declared(folder: Path) -> Declared:
    return load_sources([folder])


def asked(site: Site) -> int:
    return len(site.paths())


def test_refresh__only_what_is_due(folder: Path, tmp_path: Path, site: Site, fetcher: Fetcher) -> None:
    for fetch, hours, times in (
        (Fetch.NONE, 0, 0), (Fetch.DUE, 0, 1), (Fetch.DUE, 23, 1), (Fetch.DUE, 24, 2), (Fetch.ALL, 25, 3),
    ):  # fmt: skip
        refresh(declared(folder), tmp_path, fetch, fetcher, NOON + timedelta(hours=hours))
        assert asked(site) == times
    headers = site.requests[-1][1]
    assert headers["If-None-Match"] == '"1"'
    assert headers["If-Modified-Since"] == "Mon, 01 Apr 2024 10:00:00 GMT"


def test_refresh__not_changed_keeps_the_file_and_counts_as_looked_at(
    folder: Path, tmp_path: Path, site: Site, fetcher: Fetcher
) -> None:
    refresh(declared(folder), tmp_path, Fetch.DUE, fetcher, NOON)
    site.page("/ada", status=304)
    refresh(declared(folder), tmp_path, Fetch.DUE, fetcher, NOON + timedelta(days=1))
    (found,), problems = documents(declared(folder), tmp_path)
    assert (Path(found.file).read_text(), problems) == (TEXT, [])
    refresh(declared(folder), tmp_path, Fetch.DUE, fetcher, NOON + timedelta(days=1, hours=1))
    assert asked(site) == 2


def test_refresh__a_failing_link_keeps_its_last_version_and_says_how_old_it_is(
    folder: Path, tmp_path: Path, site: Site, fetcher: Fetcher
) -> None:
    refresh(declared(folder), tmp_path, Fetch.DUE, fetcher, NOON)
    site.page("/ada", status=500)
    for days in (1, 12):
        refresh(declared(folder), tmp_path, Fetch.DUE, fetcher, NOON + timedelta(days=days))
    (found,), problems = documents(declared(folder), tmp_path, NOON + timedelta(days=12))
    assert Path(found.file).read_text() == TEXT
    assert [str(problem) for problem in problems] == [
        f"sources.yaml:1: ada: {site.url('/ada')}: answered 500; its last version, 12 days old, stays"
    ]
    site.page("/ada", TEXT)
    refresh(declared(folder), tmp_path, Fetch.DUE, fetcher, NOON + timedelta(days=12))
    assert documents(declared(folder), tmp_path)[1] == []


def test_refresh__another_link_under_the_same_key(folder: Path, tmp_path: Path, site: Site, fetcher: Fetcher) -> None:
    refresh(declared(folder), tmp_path, Fetch.DUE, fetcher, NOON)
    (folder / "sources.yaml").write_text(f"ada: {{url: '{site.url('/other')}', refresh: 1d}}\n")
    found, problems = documents(declared(folder), tmp_path)
    assert (found, [str(problem) for problem in problems]) == (
        [],
        ["sources.yaml:1: ada: not fetched yet; whoswho load fetches it"],
    )


def test_refresh__the_site_does_not_want_it(folder: Path, tmp_path: Path, site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /\n")
    refresh(declared(folder), tmp_path, Fetch.ALL, fetcher, NOON)
    assert asked(site) == 0
    assert "robots.txt" in documents(declared(folder), tmp_path)[1][0].message


@pytest.mark.parametrize("key", ["../../evil", "a/b", "ä", ".hidden", "a.b", "x" * 200])
def test_refresh__no_key_leaves_the_folder(
    tmp_path: Path, site: Site, fetcher: Fetcher, folder: Path, key: str
) -> None:
    (folder / "sources.yaml").write_text(f"'{key}': {{url: '{site.url('/ada')}', refresh: 1d}}\n")
    before = {path for path in tmp_path.rglob("*") if "links" not in path.parts}
    refresh(declared(folder), tmp_path, Fetch.ALL, fetcher, NOON)
    (found,), problems = documents(declared(folder), tmp_path)
    assert (Path(found.file).parent, problems) == (tmp_path / "links", [])
    assert {path for path in tmp_path.rglob("*") if "links" not in path.parts} == before


def fetched(folder: Path, data: Path, fetch: Fetch = Fetch.DUE) -> Outcome:
    return load([folder], data, fetch=fetch, private_links=True)


def test_load__a_link_is_read_like_a_document(folder: Path, tmp_path: Path, site: Site) -> None:
    data = tmp_path / "d"
    outcome = fetched(folder, data)
    (row,) = rows(data)
    assert (outcome.problems, row["subject"]["name"], row["evidence"]["document"]) == ((), "Ada King", "links/ada.txt")
    assert (row["source"]["key"], row["source"]["url"], row["source"]["author"]) == (
        "ada",
        site.url("/ada"),
        "Ada King",
    )
    assert load([folder], data).nothing_loaded
    assert asked(site) == 1
    site.page("/ada", TEXT.replace("ada@", "king@"))
    assert fetched(folder, data).nothing_loaded
    assert [fact.text for fact in fetched(folder, data, Fetch.ALL).added] == ["king@example.org"]


def test_load__what_no_entry_names_any_more_is_removed(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "d"
    fetched(folder, data)
    (folder / "bo.say").write_text("is person Bo Li\nemail bo@example.org\n")
    (folder / "sources.yaml").unlink()
    fetched(folder, data)
    assert [row["subject"]["name"] for row in rows(data)] == ["Bo Li"]
    assert os.listdir(data / "links") == []


def test_load__nothing_is_fetched_without_a_word(folder: Path, tmp_path: Path, site: Site) -> None:
    (folder / "bo.say").write_text("is person Bo Li\nemail bo@example.org\n")
    outcome = load([folder], tmp_path / "d", private_links=True)
    assert [problem.message for problem in outcome.problems] == ["ada: not fetched yet; whoswho load fetches it"]
    assert site.requests == []


def test_load__the_own_network_only_where_the_operator_says_so(folder: Path, tmp_path: Path, site: Site) -> None:
    (folder / "bo.say").write_text("is person Bo Li\nemail bo@example.org\n")
    outcome = load([folder], tmp_path / "d", fetch=Fetch.ALL)
    assert [problem.message for problem in outcome.problems] == ["ada: 127.0.0.1: not a public address"]
    assert site.requests == []
