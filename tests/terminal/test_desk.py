import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.cli import run
from bot.errors import ShelfError
from bot.ingest import shelf
from bot.ingest.decisions.review import waiting
from bot.ingest.documents.hints import Description
from bot.ingest.parsing import formats
from bot.settings import Settings
from bot.terminal import desk
from bot.terminal.screen import Screen
from tests.ingest.folders import rows
from tests.ingest.links.web import Site, serving
from tests.ingest.saying import Saying

ADA = "is person Ada King\n? worksFor Acme\n? knowsAbout Bees\nemail ada@example.org\nwho knows\n"
OTHER_ADA = "is person Ada King\njobTitle Diver\n"


class SayingAnything(Saying):
    def accepts(self, raw: object) -> bool:
        return str(getattr(raw, "path", "")).endswith((".say", ".txt"))


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A folder with a document that waits for answers, and a data folder."""
    monkeypatch.setattr(formats, "READERS", (SayingAnything(), *formats.READERS))
    folder = tmp_path / "club"
    folder.mkdir()
    (folder / "ada.say").write_text(ADA)
    monkeypatch.setenv("WHOSWHO_KNOWLEDGE", str(folder))
    monkeypatch.setenv("WHOSWHO_DATA", str(tmp_path / "data"))
    return Settings(knowledge=(folder,), data=tmp_path / "data", private_links=True)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def saying(*lines: str) -> Callable[[str], str]:
    """Somebody who answers with these lines and then goes."""
    left = list(lines)

    def read_line(_: str) -> str:
        if not left:
            raise EOFError
        return left.pop(0)

    return read_line


def stated(settings: Settings) -> set[tuple[str, str]]:
    return {(row["property"], row["rank"]) for row in rows(settings.data)}


# review


def test_review__shows_the_sentence_and_what_it_would_say(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    (settings.knowledge[0] / "b.say").write_text(OTHER_ADA)
    assert run(["review", "--list"]) == 0
    out = capsys.readouterr().out
    assert "  Two of the kind person are called Ada King:\n  - Ada King of ada.say: e-mail: ada@example.org\n" in out
    assert "  - Ada King of b.say: job title: Diver\n" in out
    assert "  ada.say:2: ? worksFor Acme\n  → Ada King, work: Acme\n" in out
    assert out.endswith("3 waiting\n")


def test_review__answers_one_by_one_are_put_in_force(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["load"]) == 0
    desk.answer_each(settings, waiting(settings.data), Screen(), saying("what?", "Y", "no"), by="ines", why="asked her")
    assert stated(settings) == {("email", "layout"), ("worksFor", "prose")}
    out = capsys.readouterr().out
    assert "2 decisions recorded, 0 still waiting." in out
    written = (settings.knowledge[0] / "decisions.yaml").read_text()
    assert "by: ines" in written
    assert "says: 'Ada King, work: Acme'" in written


def test_review__stops_when_nobody_answers_and_keeps_what_was_said(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["load"]) == 0
    desk.answer_each(settings, waiting(settings.data), Screen(), saying("s", "y", "q"), by="", why="")
    assert "1 decision recorded, 1 still waiting." in capsys.readouterr().out
    desk.answer_each(settings, waiting(settings.data), Screen(io.StringIO()), saying(), by="", why="")
    assert stated(settings) == {("email", "layout"), ("knowsAbout", "prose")}


def test_review__by_key_for_scripts(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    (settings.knowledge[0] / "b.say").write_text(OTHER_ADA)
    assert run(["review", "--json"]) == 0
    waits = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    keys = {row.get("property", row["type"]): row["key"] for row in waits}
    assert run(["review", "--approve", keys["identity"], "--refuse", keys["work"], "--by", "ines"]) == 0
    assert "2 decisions recorded." in capsys.readouterr().out
    assert run(["review", "--json"]) == 0
    (left,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert left["value"] == "Bees"
    assert {row["subject"]["id"] for row in rows(settings.data)} == {"person/ada-king"}


def test_review__a_key_that_nothing_has(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "--approve", "0" * 16]) == 2
    assert "nothing with this key waits" in capsys.readouterr().err
    assert not (settings.knowledge[0] / "decisions.yaml").exists()


# add


def test_add__shows_what_is_understood_and_asks(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bo.say"
    file.write_text("is person Bo Li\nemail bo@example.org\n? worksFor Acme\nwho knows\n")
    assert not desk.add(settings, str(file), Description(), read_line=saying("n"))
    out = capsys.readouterr().out
    assert out.splitlines() == [
        "Facts: 1",
        "  2: Bo Li, e-mail: bo@example.org",
        "Suggestions: 1",
        "  3: Bo Li, work: Acme",
        "Not understood: 1 line",
        "  4: who knows",
        "Nothing was added.",
    ]
    assert sorted(path.name for path in settings.knowledge[0].iterdir()) == ["ada.say"]
    assert desk.add(settings, str(file), Description(), into="people", read_line=saying("y"))
    assert (settings.knowledge[0] / "people" / "bo.say").read_text() == file.read_text()
    assert {row["subject"]["name"] for row in rows(settings.data)} == {"Ada King", "Bo Li"}


def test_add__what_the_page_never_says(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "cv.say").write_text("jobTitle Baker\n")
    assert run(["add", str(tmp_path / "cv.say"), "--about", "Bo Li", "--date", "2019-05", "--yes"]) == 0
    (row,) = [row for row in rows(settings.data) if row["subject"]["name"] == "Bo Li"]
    assert (row["value"], row["source"]["date"]) == ("Baker", "2019-05")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone.say"], "gone.say: No such file or directory"),
        (["ftp://museum.example/king"], "not a link that begins with http:// or https://"),
        (["{file}", "--kind", "alien"], "--kind: one of "),
        (["{file}", "--date", "soon"], "--date: "),
        (["{file}", "--into", "../elsewhere", "--yes"], "not a place in"),
        (["{file}", "--yes"], "there is a document of this name already; remove it first"),
    ],
)
def test_add__mistakes_are_one_line(
    settings: Settings, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    before = sorted(settings.knowledge[0].rglob("*"))
    file = str(settings.knowledge[0] / "ada.say")
    assert run(["add", *(argument.format(file=file) for argument in arguments)]) == 2
    err = capsys.readouterr().err
    assert (message in err, err.count("\n")) == (True, 1)
    assert sorted(settings.knowledge[0].rglob("*")) == before


def test_add__a_link_with_where_it_came_from(settings: Settings, site: Site) -> None:
    site.page("/people/bo", "is person Bo Li\nemail bo@example.org\n")
    assert desk.add(settings, site.url("/people/bo"), Description(), yes=True)
    assert (settings.knowledge[0] / "127.0.0.1-bo.txt").is_file()
    (row,) = [row for row in rows(settings.data) if row["subject"]["name"] == "Bo Li"]
    assert row["source"]["url"] == site.url("/people/bo")


def test_add__a_link_that_is_looked_at_again(settings: Settings, site: Site) -> None:
    site.page("/people/bo", "is person Bo Li\nemail bo@example.org\n")
    (settings.knowledge[0] / "sources.yaml").write_text("# ours\nminutes: {title: Minutes}\n")
    assert desk.add(settings, site.url("/people/bo"), Description(title="Bo's page"), refresh="1d", yes=True)
    assert (settings.knowledge[0] / "sources.yaml").read_text().startswith("# ours\nminutes: {title: Minutes}\n")
    (row,) = [row for row in rows(settings.data) if row["subject"]["name"] == "Bo Li"]
    assert (row["source"]["title"], row["evidence"]["document"]) == ("Bo's page", "links/127-0-0-1-bo.txt")
    with pytest.raises(ShelfError, match="127-0-0-1-bo is this very link already"):
        desk.add(settings, site.url("/people/bo"), Description(), refresh="2d", yes=True)
    desk.remove(settings, "links/127-0-0-1-bo.txt", yes=True)
    assert (settings.knowledge[0] / "sources.yaml").read_text() == "# ours\nminutes: {title: Minutes}\n"
    assert {row["subject"]["name"] for row in rows(settings.data)} == {"Ada King"}


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/cv.md", "cv.md"),
        ("C:\\temp\\cv.md", "cv.md"),
        ("a\0b\n.md", "a-b-.md"),
        ("Lebenslauf für Inès.pdf", "Lebenslauf für Inès.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_safe_name(given: str, name: str) -> None:
    assert shelf.safe_name(given) == name


@pytest.mark.parametrize("given", ["", "..", "/", "decisions.yaml", "sources.yaml", "cv.pdf.about.yaml"])
def test_safe_name__that_means_something_else(given: str) -> None:
    with pytest.raises(ShelfError):
        shelf.safe_name(given)


# remove


def test_remove__asks_and_keeps_what_it_takes(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (settings.knowledge[0] / "b.say").write_text("is person Bo Li\nemail bo@example.org\n")
    (settings.knowledge[0] / "ada.say.about.yaml").write_text("title: Ada\n")
    assert run(["load"]) == 0
    desk.remove(settings, "ada.say", read_line=saying("no"))
    assert "Nothing was removed." in capsys.readouterr().out
    desk.remove(settings, "ada.say", read_line=saying("yes"))
    assert {row["subject"]["name"] for row in rows(settings.data)} == {"Bo Li"}
    kept = sorted(path.name for path in (settings.data / "removed").rglob("*") if path.is_file())
    assert kept == ["ada.say", "ada.say.about.yaml"]


def test_remove_add_and_review__name_no_problem_again_that_a_load_has_named(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (settings.knowledge[0] / "old.md").write_text("---\nkind: nonsense\nname: Old\n---\n")
    (settings.knowledge[0] / "b.say").write_text(OTHER_ADA)
    assert run(["load"]) == 1
    assert "old.md:2: " in capsys.readouterr().err
    assert run(["remove", "b.say", "--yes"]) == 0
    out, err = capsys.readouterr()
    assert (err, "1 problem in 1 document, all as before\n" in out) == ("", True)
    (tmp_path / "c.say").write_text(OTHER_ADA)
    assert run(["add", str(tmp_path / "c.say"), "--yes"]) == 0
    assert capsys.readouterr().err == ""
    (tmp_path / "new.md").write_text("---\nkind: nothing\nname: New\n---\n")
    assert run(["add", str(tmp_path / "new.md"), "--yes"]) == 1
    out, err = capsys.readouterr()
    assert ("new.md:2: " in err, "old.md" in err) == (True, False)
    assert "2 problems in 2 documents, 1 as before\n" in out
    assert run(["review", "--approve", waiting(settings.data)[0].key]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("path", ["gone.say", "../club/../../etc/passwd", "sources.yaml", "links/x.txt"])
def test_remove__only_documents(settings: Settings, capsys: pytest.CaptureFixture[str], path: str) -> None:
    (settings.knowledge[0] / "sources.yaml").write_text("minutes: {title: Minutes}\n")
    assert run(["remove", path, "--yes"]) == 2
    assert "there is no such document" in capsys.readouterr().err


def test_remove__what_is_not_there_is_not_asked_about(settings: Settings) -> None:
    with pytest.raises(ShelfError, match="there is no such document"):
        desk.remove(settings, "gone.say", read_line=saying())


# load and check


def test_verbose__names_every_document_and_every_line(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    (settings.knowledge[0] / "b.say").write_text("is person Bo Li\nemail bo@example.org\n")
    assert run(["check", "--verbose"]) == 0
    out = capsys.readouterr().out
    assert "  ada.say: 1 fact, 2 suggestions, 1 line not understood\n    5: who knows (no statement)\n" in out
    assert "  b.say: 1 fact\n" in out.partition("Every document")[2]
    assert out.count("  ada.say: ") == 1


def test_a_page_shows_what_was_understood(settings: Settings, tmp_path: Path) -> None:
    nasty = '<script>alert("x")</script>'
    (settings.knowledge[0] / "bad.say").write_text(f"is person {nasty}\njobTitle {nasty}\n{nasty}\n")
    page = tmp_path / "report.html"
    assert run(["check", "--report", str(page)]) == 0
    text = page.read_text()
    assert text.count("<script>") == 1
    assert '<mark class="fact">email ada@example.org</mark>' in text
    assert '<mark class="suggestion">? worksFor Acme</mark>' in text
    assert '<mark class="unplaced">who knows</mark>' in text
    assert "Ada King · e-mail: ada@example.org" in text
    assert text.count(" open>") == 1
    assert '<p class="text">is person Ada King</p>' in text
    assert not (tmp_path / "data").exists()


def test_a_page__the_same_whether_anything_changed(settings: Settings, tmp_path: Path) -> None:
    for name in ("one.html", "other.html"):
        assert run(["load", "--report", str(tmp_path / name)]) == 0
    assert (tmp_path / "one.html").read_text() == (tmp_path / "other.html").read_text()
