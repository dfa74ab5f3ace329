from pathlib import Path

import pytest

from bot.errors import DecisionError
from bot.ingest.decisions.file import Judged, SuggestionDecision, load_decisions, record
from bot.ingest.load import load
from bot.ingest.parsing import formats
from tests.ingest.folders import loaded, rows
from tests.ingest.saying import Saying

TEXT = "is person Ada King\n? worksFor Acme\n? knowsAbout Bees\nemail ada@example.org\n"


@pytest.fixture(autouse=True)
def _saying(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "READERS", (Saying(), *formats.READERS))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "k"
    folder.mkdir()
    (folder / "ada.say").write_text(TEXT)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "d"


def decide(folder: Path, data: Path, **properties: bool) -> None:
    """Load, then approve (True) or refuse the suggestion of each property, and load again."""
    _, snapshot = loaded(folder, data)
    keys = {fact.property: key for key, fact in snapshot.suggestions()}
    record(
        [folder],
        [
            SuggestionDecision(decision="approved" if yes else "refused", suggestion=keys[name], by="ines")
            for name, yes in properties.items()
        ],
    )


def stated(data: Path) -> dict[str, str]:
    return {row["property"]: row["rank"] for row in rows(data)}


def test_suggestions__state_nothing_until_somebody_approves(folder: Path, data: Path) -> None:
    outcome = load([folder], data)
    assert (outcome.counts["facts"], outcome.counts["suggestions"], stated(data)) == (1, 2, {"email": "layout"})
    decide(folder, data, worksFor=True, knowsAbout=False)
    outcome, snapshot = loaded(folder, data)
    assert stated(data) == {"email": "layout", "worksFor": "prose"}
    assert (outcome.read_documents, [fact.text for fact in outcome.added]) == (0, ["Acme"])
    assert list(snapshot.suggestions()) == []
    assert snapshot.entity_by_slug("organization/acme") is not None
    assert [topic.name for topic in snapshot.with_suggestions().entities_of("topic")] == []


def test_decisions__outlive_edits_and_reloads(folder: Path, data: Path) -> None:
    decide(folder, data, worksFor=True, knowsAbout=False)
    load([folder], data)
    (folder / "ada.say").write_text("\nis person Ada King\njobTitle Baker\n\n? knowsAbout Bees\n\n? worksFor Acme\n")
    outcome, snapshot = loaded(folder, data)
    assert stated(data) == {"jobTitle": "layout", "worksFor": "prose"}
    assert list(snapshot.suggestions()) == []
    assert load([folder], data).nothing_loaded
    assert outcome.counts["suggestions"] == 0


def test_decisions__deleting_one_takes_it_back(folder: Path, data: Path) -> None:
    decide(folder, data, worksFor=True)
    load([folder], data)
    (folder / "decisions.yaml").unlink()
    outcome = load([folder], data)
    assert ([fact.text for fact in outcome.withdrawn], outcome.counts["suggestions"]) == (["Acme"], 2)


def test_decisions__a_broken_file_keeps_them_and_takes_no_more(folder: Path, data: Path) -> None:
    decide(folder, data, worksFor=True)
    load([folder], data)
    file = folder / "decisions.yaml"
    file.write_text(file.read_text() + "- [\n")
    for _ in range(2):
        problems = load([folder], data).problems
        assert [problem.document for problem in problems] == ["decisions.yaml"]
        assert stated(data)["worksFor"] == "prose"
    with pytest.raises(DecisionError, match=r"decisions\.yaml:\d+: "):
        record([folder], [SuggestionDecision(decision="refused", suggestion="0" * 16)])


def test_decisions__each_fault_has_its_line(folder: Path) -> None:
    (folder / "decisions.yaml").write_text("- {decision: approved}\n- {decision: refused, suggestion: ab}\n- text\n")
    decided = load_decisions([folder])
    told = "no decision that can be read; a suggestion is approved or refused, two names are the same or different"
    assert [(problem.line, problem.message) for problem in decided.problems] == [
        (1, told),
        (3, told),
    ]
    assert decided.decisions == [SuggestionDecision(decision="refused", suggestion="ab")]


def test_record__adds_and_changes_nothing_that_stands_there(folder: Path) -> None:
    file = folder / "decisions.yaml"
    file.write_text("# ours\n- {decision: refused, suggestion: ab}")
    said = SuggestionDecision(decision="approved", suggestion="0123", by="Inès", at="2024-05-01", why="no: yes")
    record([folder], [said])
    assert file.read_text().startswith("# ours\n- {decision: refused, suggestion: ab}\n")
    assert load_decisions([folder]).decisions[1] == said
    assert Judged(load_decisions([folder]).decisions).approved("0123")
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
