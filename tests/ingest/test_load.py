import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import KnowledgeError, LoadBusy, SettingsError, SnapshotError, VocabularyError
from bot.ingest.load import load
from bot.ingest.outcome import differences
from bot.store.keep import current_snapshot, history, load_lock
from bot.store.snapshot import Snapshot
from tests.ingest.folders import ADA, SOURCES, TALK, loaded, profile, rows, write
from tests.ingest.mixed import write_mixed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "knowledge", people__ada=ADA, events__talk=TALK, sources=SOURCES)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_load__first_time(folder: Path, data: Path) -> None:
    outcome, snapshot = loaded(folder, data, clock=lambda: datetime(2024, 5, 1, tzinfo=UTC))
    assert outcome.totals == {"added": 7, "changed": 0, "withdrawn": 0}
    assert outcome.counts == {"documents": 2, "entities": 5, "facts": 7, "suggestions": 0, "unplaced": 0}
    assert outcome.problems == ()
    assert outcome.snapshot_id == snapshot.id
    assert snapshot.built_at == datetime(2024, 5, 1, tzinfo=UTC)
    assert snapshot.documents() == ["events/talk.md", "people/ada.md"]


def test_load__nothing_changed(folder: Path, data: Path) -> None:
    load([folder], data)
    before = current_snapshot(data)
    outcome = load([folder], data)
    assert (outcome.nothing_loaded, outcome.unchanged_documents, outcome.snapshot_id) == (True, 2, None)
    assert current_snapshot(data) == before


def test_load__touched_but_equal_bytes(folder: Path, data: Path) -> None:
    load([folder], data)
    (folder / "people/ada.md").write_text(ADA, encoding="utf-8")
    assert load([folder], data).nothing_loaded


def test_load__same_size_and_time_other_bytes(folder: Path, data: Path) -> None:
    file = folder / "people/ada.md"
    load([folder], data)
    times = file.stat()
    file.write_text(ADA.replace("Engineer", "Gardener"), encoding="utf-8")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert load([folder], data).totals == {"added": 0, "changed": 1, "withdrawn": 0}


def test_load__tells_what_changed(folder: Path, data: Path) -> None:
    load([folder], data)
    text = ADA.replace("Writer", "Editor").replace("birthDate: 1815-12-10", "email: ada@example.org")
    write(folder, people__ada=text)
    outcome = load([folder], data)
    assert [(fact.property, fact.text, fact.line) for fact in outcome.added] == [("e-mail", "ada@example.org", 11)]
    assert [(old.text, new.text) for old, new in outcome.changed] == [("Difference Ltd", "Difference Ltd")]
    assert [list(differences(*pair)) for pair in outcome.changed] == [[("role", "Writer", "Editor")]]
    assert [(fact.property, fact.text) for fact in outcome.withdrawn] == [("born", "1815-12-10")]


def test_load__moved_lines_change_nothing(folder: Path, data: Path) -> None:
    load([folder], data)
    write(folder, people__ada=ADA.replace("source: cv\n", "# a remark\nsource: cv\n"))
    outcome, snapshot = loaded(folder, data)
    assert set(outcome.totals.values()) == {0}
    ada = snapshot.entity_by_slug("person/ada-king")
    assert ada is not None
    assert snapshot.facts_of(ada.id, ["birthDate"])[0].evidence.line == 12


def test_load__broken_document_keeps_its_earlier_facts(folder: Path, data: Path) -> None:
    load([folder], data)
    before = rows(data)
    write(folder, people__ada=ADA.replace("name: Ada King", "name: [Ada"))
    outcome = load([folder], data)
    assert rows(data) == before
    assert outcome.kept == ("people/ada.md",)
    assert [problem.document for problem in outcome.problems] == ["people/ada.md"]
    write(folder, people__bee=profile("person", "Bee Ng", "jobTitle: Baker"))  # the next full build keeps them too
    assert load([folder], data).kept == ("people/ada.md",)
    assert [row for row in rows(data) if row["subject"]["name"] != "Bee Ng"] == before
    write(folder, people__ada=ADA)
    assert load([folder], data).problems == ()


def test_load__folder_that_cannot_be_opened_is_one_problem(
    folder: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load([folder], data)
    before = rows(data)
    with monkeypatch.context() as closed:
        _close(folder / "people", closed)
        write(folder, people__ada=ADA.replace("bees", "wasps"), events__talk=TALK.replace("1840-05-02", "1840-05-03"))
        outcome = load([folder], data)
        assert [problem.document for problem in outcome.problems] == ["people/"]
        assert outcome.read_documents == 2  # the folder and the talk
        assert [row for row in rows(data) if row["subject"]["name"] == "Ada King"] == [
            row for row in before if row["subject"]["name"] == "Ada King"
        ]
        assert load([folder], data).nothing_loaded
        assert [problem.document for problem in load([folder], data / "fresh").problems] == ["people/"]
    opened = load([folder], data)
    assert opened.problems == ()
    assert opened.read_documents == 1


def test_load__unchanged_broken_document_is_told_again(folder: Path, data: Path) -> None:
    write(folder, people__bad="---\nkind: person\n---\n")
    first = load([folder], data)
    again = load([folder], data)
    assert again.nothing_loaded
    assert first.problems == again.problems
    assert str(again.problems[0]) == "people/bad.md:2: name is missing"


def test_load__all_broken(tmp_path: Path, data: Path) -> None:
    folder = write(tmp_path / "k", people__bad="---\nkind: person\n---\n")
    with pytest.raises(KnowledgeError) as caught:
        load([folder], data)
    assert [problem.document for problem in caught.value.problems] == ["people/bad.md"]
    with pytest.raises(SnapshotError):
        current_snapshot(data)


def test_load__all_broken_keeps_the_old_snapshot(folder: Path, data: Path) -> None:
    load([folder], data)
    before = current_snapshot(data)
    write(folder, people__ada="---\nkind: person\n---\n", events__talk="---\nkind: event\n---\n")
    with pytest.raises(KnowledgeError):
        load([folder], data)
    assert current_snapshot(data) == before
    assert [path.name for path in (data / "snapshots").glob(".*")] == []


def test_load__check_writes_nothing(folder: Path, data: Path) -> None:
    outcome = load([folder], data, write=False)
    assert outcome.totals["added"] == 7
    assert not data.exists()
    load([folder], data)
    write(folder, people__ada=ADA.replace("Writer", "Editor"))
    before = current_snapshot(data)
    assert load([folder], data, write=False).totals == {"added": 0, "changed": 1, "withdrawn": 0}
    assert current_snapshot(data) == before


def test_load__folder_missing_or_empty(tmp_path: Path, data: Path) -> None:
    with pytest.raises(SettingsError, match="no such folder"):
        load([tmp_path / "nowhere"], data)
    (tmp_path / "empty").mkdir()
    with pytest.raises(KnowledgeError, match="no documents"):
        load([tmp_path / "empty"], data)


def test_load__broken_vocabulary(folder: Path, data: Path) -> None:
    write(folder, vocabulary="properties: {x: {label: x, says: nothing}}\n")
    with pytest.raises(VocabularyError):
        load([folder], data)


def test_load__new_property_by_vocabulary_alone(folder: Path, data: Path) -> None:
    write(folder, people__bee=profile("person", "Bee Ng", "shoeSize: 38"))
    assert [problem.text for problem in load([folder], data).problems] == ["shoeSize"]
    write(folder, vocabulary="properties: {shoeSize: {label: shoe size, type: number, says: '{subject}: {value}'}}\n")
    outcome = load([folder], data)
    assert outcome.problems == ()
    assert [fact.text for fact in outcome.added] == ["38"]


def test_load__broken_sources_keep_their_last_version(folder: Path, data: Path) -> None:
    load([folder], data)
    before = rows(data)
    write(folder, sources="cv: [unclosed\n")
    outcome = load([folder], data)
    assert [problem.document for problem in outcome.problems] == ["sources.yaml"]
    assert rows(data) == before


def test_load__unread_documents_are_named(folder: Path, data: Path) -> None:
    (folder / "plan.tiff").write_bytes(b"II*\x00 \xff\x00")
    (folder / "song.mp3").write_bytes(b"ID3\x00 \xff\x00")
    write(folder, README="not a document\n")
    assert load([folder], data).not_understood == ("plan.tiff", "song.mp3")


def test_load__two_folders(folder: Path, data: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "more", people__ada=profile("person", "Bee Ng", "worksFor: Analytical Ltd"))
    load([folder, other], data)
    snapshot = Snapshot.open(current_snapshot(data))
    assert snapshot.documents() == ["events/talk.md", "more/people/ada.md", "people/ada.md"]
    company = snapshot.entity_by_slug("organization/analytical-ltd")
    assert company is not None
    assert {fact.subject.name for fact in snapshot.facts_of(company.id)} == {"Ada King", "Bee Ng"}


def test_load__busy(folder: Path, data: Path) -> None:
    with load_lock(data), pytest.raises(LoadBusy):
        load([folder], data, wait=False)
    load([folder], data, wait=False)


def test_load__keeps_ten_snapshots(folder: Path, data: Path) -> None:
    for number in range(12):
        write(folder, people__ada=ADA.replace("She kept", f"She kept {number}"))
        load([folder], data)
    assert [path.name for path in history(data)] == [f"{number:04d}.sqlite" for number in range(3, 13)]
    assert current_snapshot(data).name == "0012.sqlite"


def test_load__conflict_is_new_once(folder: Path, data: Path) -> None:
    load([folder], data)
    write(folder, events__other=profile("event", "Talk on mills", "startDate: 1841"))
    outcome = load([folder], data)
    assert [(item.one, item.other) for item in outcome.new_conflicts] == [("1841", "1840-05-02")]
    write(folder, people__ada=ADA.replace("bees", "cats"))
    outcome = load([folder], data)
    assert (len(outcome.conflicts), outcome.new_conflicts) == (1, ())


def test_load__withdrawn_document(folder: Path, data: Path) -> None:
    load([folder], data)
    (folder / "events/talk.md").unlink()
    outcome, snapshot = loaded(folder, data)
    assert outcome.totals == {"added": 0, "changed": 0, "withdrawn": 3}
    assert snapshot.entity_by_slug("event/talk-on-mills") is None
    assert snapshot.entity_by_slug("organization/home-university") is None


def test_load__progress(folder: Path, data: Path) -> None:
    stages: list[tuple[int, int, str]] = []
    load([folder], data, progress=lambda done, total, stage: stages.append((done, total, stage)))
    assert (2, 2, "reading") in stages
    assert (2, 2, "resolving") in stages


def test_load__documents_of_every_format(tmp_path: Path) -> None:
    write_mixed(tmp_path / "k", 240)
    stages: list[tuple[int, int, str]] = []
    outcome = load([tmp_path / "k"], tmp_path / "d", progress=lambda *stage: stages.append(stage))
    assert (outcome.read_documents, outcome.problems, outcome.not_understood) == (240, (), ())
    assert [done for done, _, stage in stages if stage == "reading"] == list(range(1, 241))
    stated = {row["evidence"]["document"].rpartition(".")[2] for row in rows(tmp_path / "d")}
    assert stated >= {"md", "html", "json", "ics", "vcf", "csv"}
    assert outcome.undecided
    again = load([tmp_path / "k"], tmp_path / "d")
    assert (again.read_documents, again.nothing_loaded, again.undecided) == (0, True, outcome.undecided)


def _close(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a folder not be listed; its mode alone would not keep out who is root."""
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path) == str(folder):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
