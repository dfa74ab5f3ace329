"""Documents of different formats that say different things about one person or event: told with both sources."""

from datetime import date
from pathlib import Path

import pytest

from bot.answers.engine import Answerer, Prompts
from bot.ingest.load import load
from bot.paths import shipped
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot
from tests.ingest.folders import loaded, profile

CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Ada King\nEMAIL:ada@example.org\nBDAY:{born}\nEND:VCARD\n"
EVENT = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//club//EN\nBEGIN:VEVENT\nUID:1@club\nSUMMARY:Spring Fair\n"
    "DTSTART;VALUE=DATE:{day}\nLOCATION:Old Hall\nEND:VEVENT\nEND:VCALENDAR\n"
)
PEOPLE = "- name: Ada King\n  email: ADA@example.org\n  born: {born}\n- name: Bo Li\n  job: Baker\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "k"
    folder.mkdir()
    return folder


def put(folder: Path, **files: str) -> None:
    """Write files named `ada_vcf` (for `ada.vcf`)."""
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")


def told(folder: Path, data: Path) -> list[tuple[str, str, str, str, str]]:
    return [
        (item.property, item.one, item.one_document, item.other, item.other_document)
        for item in load([folder], data).conflicts
    ]  # fmt: skip


def test_conflicts__of_a_profile_a_card_and_a_list(folder: Path, tmp_path: Path) -> None:
    put(
        folder,
        ada_md=profile("person", "Ada King", "email: ada@example.org", "birthDate: 1815-12-11"),
        ada_vcf=CARD.format(born="1815-12-10"),
        people_yaml=PEOPLE.format(born="1816"),
    )
    assert told(folder, tmp_path / "d") == [
        ("born", "1815-12-11", "ada.md", "1815-12-10", "ada.vcf"),
        ("born", "1815-12-11", "ada.md", "1816", "people.yaml"),
        ("born", "1815-12-10", "ada.vcf", "1816", "people.yaml"),
    ]


def test_conflicts__not_where_one_only_says_more(folder: Path, tmp_path: Path) -> None:
    put(folder, ada_vcf=CARD.format(born="1815-12-10"), people_yaml=PEOPLE.format(born="1815"))
    assert told(folder, tmp_path / "d") == []


def test_conflicts__not_between_two_of_one_name(folder: Path, tmp_path: Path) -> None:
    put(
        folder,
        ada_vcf=CARD.format(born="1815-12-10"),
        people_yaml=PEOPLE.format(born="1920").replace("ADA@", "another@"),
    )
    outcome = load([folder], tmp_path / "d")
    assert (outcome.conflicts, [pair.name for pair in outcome.undecided]) == ((), ["Ada King"])


def test_conflicts__never_of_what_may_have_several_values(folder: Path, tmp_path: Path) -> None:
    put(
        folder,
        fair_ics=EVENT.format(day="20240504"),
        events_csv="event,date,venue\nSpring Fair,2024-05-04,New Barn\nAutumn Fair,2024-10-05,Old Hall\n",
    )
    _, snapshot = loaded(folder, tmp_path / "d")
    fair = snapshot.entity_by_slug("event/spring-fair")
    assert fair is not None
    assert {fact.value.text for fact in snapshot.facts_of(fair.id, ["location"])} == {"Old Hall", "New Barn"}
    assert told(folder, tmp_path / "d") == []


def test_conflicts__are_told_with_both_sources(folder: Path, tmp_path: Path) -> None:
    put(
        folder,
        ada_md=profile("person", "Ada King", "email: ada@example.org", "birthDate: 1815-12-11"),
        ada_vcf=CARD.format(born="1815-12-10"),
        ada_vcf_about_yaml="title: An old card\ndate: 2019\n",
    )
    load([folder], tmp_path / "d")
    answerer = Answerer(
        Snapshot.open(current_snapshot(tmp_path / "d")), Prompts(shipped("prompts")), lambda: date(2026, 1, 1)
    )
    reply = answerer.answer("When was Ada King born?")
    assert {source.title for source in reply.sources} == {"Profile of Ada King", "An old card"}
    assert all(day in reply.text for day in ("11 December 1815", "10 December 1815"))
