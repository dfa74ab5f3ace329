"""What waits for a yes stands in the file and in the export, and states nothing anywhere else."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from bot.answers.engine import Answerer, Prompts
from bot.ingest.documents.drafting import Drafting
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.parsing import formats
from bot.model.entity import EntityRef
from bot.model.fact import Evidence, Rank
from bot.paths import shipped
from bot.store.snapshot import Snapshot
from tests.ingest.folders import loaded, profile, write

MUSEUM = profile("organization", "Tide Museum", "foundingDate: 1911", "location: Port Erroll")
NOTES = """\
Tide Museum|founder|Agnes Rooke
Tide Museum|location|Port Erroll
Tide Museum|foundingDate|1912
"""


class _Notes:
    """Reads lines of subject, property and value as suggestions, so that nothing else is put to the test."""

    def accepts(self, raw: Raw) -> bool:
        return raw.path.endswith(".notes")

    def read(self, raw: Raw, context: Context) -> Reading:
        draft = Drafting(raw.path, context.vocabulary, Rank.SUGGESTION)
        for number, line in enumerate(raw.data.decode().splitlines(), 1):
            subject, name, value = line.split("|")
            draft.state(EntityRef(subject, ("organization",)), name, value, Evidence(raw.path, number, line))
        return Reading(facts=tuple(draft.facts))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(formats, "READERS", (_Notes(), *formats.READERS))
    folder = write(tmp_path / "k", orgs__museum=MUSEUM)
    (folder / "leaflet.notes").write_text(NOTES, encoding="utf-8")
    return folder


@pytest.fixture
def snapshot(folder: Path, tmp_path: Path) -> Iterator[Snapshot]:
    snapshot = loaded(folder, tmp_path / "d")[1]
    yield snapshot
    snapshot.close()


def facts_of(snapshot: Snapshot) -> list[tuple[str, str]]:
    return sorted((fact.property, fact.value.text) for fact in snapshot.all_facts())


def test_suggestions__are_not_seen(snapshot: Snapshot) -> None:
    museum = snapshot.entity_by_slug("organization/tide-museum")
    assert museum is not None
    assert facts_of(snapshot) == [("foundingDate", "1911"), ("location", "Port Erroll")]
    assert snapshot.links_count(museum.id) == len(snapshot.facts_of(museum.id)) == 2
    assert snapshot.facts_with({"founder"}) == []
    assert snapshot.facts_in(date(1912, 1, 1), date(1912, 12, 31)) == []
    assert snapshot.search_facts([["agn"], ["rook"]]) == []
    assert (snapshot.count_facts(), snapshot.count_suggestions()) == (2, 3)


def test_suggestions__are_not_seen_behind_a_list_of_properties(folder: Path, tmp_path: Path) -> None:
    (folder / "orgs/museum.md").write_text(profile("organization", "Tide Museum"))
    snapshot = loaded(folder, tmp_path / "d")[1]
    museum = snapshot.entity_by_slug("organization/tide-museum")
    assert museum is not None
    for pair in combinations(["founder", "foundingDate", "location"], 2):
        assert snapshot.facts_of(museum.id, pair, limit=600) == []
    snapshot.close()


def test_suggestions__whom_only_they_name_is_not_known(snapshot: Snapshot) -> None:
    assert snapshot.entity_by_slug("person/agnes-rooke") is None
    assert snapshot.names(["agnes rooke"]) == {}
    assert snapshot.entities_of("person") == []
    assert snapshot.entities_with([["rook"]]) == []
    assert snapshot.counts() == {"organization": 1, "place": 1}  # the museum, and where it is


def test_suggestions__are_all_seen_with_them(snapshot: Snapshot) -> None:
    wide = snapshot.with_suggestions()
    assert facts_of(wide) == [
        ("founder", "Agnes Rooke"),
        ("foundingDate", "1911"),
        ("foundingDate", "1912"),
        ("location", "Port Erroll"),
        ("location", "Port Erroll"),
    ]
    assert wide.entity_by_slug("person/agnes-rooke") is not None
    assert facts_of(snapshot) == [("foundingDate", "1911"), ("location", "Port Erroll")]


def test_suggestions__keys_stay_the_same(folder: Path, tmp_path: Path) -> None:
    def keys() -> dict[str, str]:
        snapshot = loaded(folder, tmp_path / "d")[1]
        found = {fact.value.text: key for key, fact in snapshot.suggestions()}
        snapshot.close()
        return found

    before = keys()
    written = NOTES.replace("Tide Museum|founder", "Tide  Museum|founder").replace("Tide Museum|l", "The Tide Museum|l")
    (folder / "leaflet.notes").write_text("Tide Museum|email|info@tide.example\n" + written, encoding="utf-8")
    after = keys()
    assert after["Agnes Rooke"] == before["Agnes Rooke"]
    assert after["Port Erroll"] != before["Port Erroll"]


def test_load__a_suggestion_changes_nothing_that_is_stated(folder: Path, tmp_path: Path) -> None:
    loaded(folder, tmp_path / "d")[1].close()
    (folder / "leaflet.notes").write_text(NOTES + "Tide Museum|email|info@tide.example\n", encoding="utf-8")
    outcome, snapshot = loaded(folder, tmp_path / "d")
    assert outcome.totals == {"added": 0, "changed": 0, "withdrawn": 0}
    assert outcome.conflicts == ()
    assert outcome.counts["suggestions"] == 4
    snapshot.close()


def test_resolve__a_stub_that_is_stated_stays_of_its_kind(folder: Path, tmp_path: Path) -> None:
    (folder / "leaflet.notes").write_text("Port Erroll|founder|Agnes Rooke\n", encoding="utf-8")
    write(folder, places=profile("person", "Nora Vane", "homeLocation: Port Erroll"))
    snapshot = loaded(folder, tmp_path / "d")[1]
    alone = {(entity.kind, entity.name) for entity in snapshot.entities_of()}
    (folder / "leaflet.notes").unlink()
    without = loaded(folder, tmp_path / "d")[1]
    assert {(entity.kind, entity.name) for entity in without.entities_of()} == alone


def test_answer__a_suggestion_is_not_counted_listed_or_told(snapshot: Snapshot) -> None:
    answerer = Answerer(snapshot, Prompts(shipped("prompts")), lambda: date(2026, 1, 1))
    assert "Agnes" not in answerer.answer("What do you know about Tide Museum?").text
    assert "1912" not in answerer.answer("When was Tide Museum founded?").text
    assert answerer.introduction.known == "1 organisation and 1 place"
