"""Who may see what, as maintainers write it: what is wrong is named with its place, and shown to nobody meanwhile."""

import json
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.ingest.load import load
from bot.ingest.outcome import Outcome
from bot.model.audience import EVERYBODY, OPERATOR, Asker, Audience, Audiences, Membership
from bot.store.export import fact_row
from bot.store.keep import current_snapshot
from bot.store.views import open_current
from tests.ingest.folders import profile, write

AUDIENCES = """\
board:
  server: 900000000000000001
  roles: [Board, 900000000000000011]
members: {server: 900000000000000001}
crew: {server: 900000000000000002, roles: Crew}
"""
BOARD = Asker(named=frozenset({"board"}))
_SHARED = '  b smith"}, {value: cook}]'
PUBLIC = profile("person", "Bo Li", "jobTitle: baker")


def club(folder: Path, audiences: str = AUDIENCES, **files: str) -> Path:
    write(folder, bo=PUBLIC, **files)
    (folder / "audiences.yaml").write_text(audiences, encoding="utf-8")
    return folder


def told(data: Path, asker: Asker = EVERYBODY) -> str:
    """Every fact that somebody may see."""
    snapshot = open_current(data, asker)
    try:
        return json.dumps([fact_row(fact) for fact in snapshot.all_facts()])
    finally:
        snapshot.close()


def wrong(outcome: Outcome) -> list[str]:
    return [str(problem) for problem in outcome.problems]


def test_of__roles_by_id_or_name_in_their_own_server_alone() -> None:
    audiences = Audiences(
        {"board": Audience(1, ("Board", "11")), "members": Audience(1), "crew": Audience(2, ("Crew",))}
    )

    def of(server: int, *roles: str) -> set[str]:
        return {*audiences.of(Asker((Membership(server, frozenset(roles)),)))}

    assert of(1) == of(1, "Crew") == {"members"}
    assert of(1, "Board") == of(1, "11", "x") == {"board", "members"}
    assert of(2) == of(2, "Board", "11") == of(3, "Board", "Crew") == set()
    assert of(2, "Crew") == {"crew"}
    assert audiences.of(Asker((Membership(1, manages=True),))) == {"board", "members"}
    assert audiences.of(Asker(named=frozenset({"board", "nonsense"}))) == {"board", "members"}
    assert audiences.of(EVERYBODY) == frozenset()
    assert audiences.of(OPERATOR) == {"board", "members", "crew"}
    assert [sorted(view) for view in audiences.views()] == [
        [], ["crew"], ["members"], ["board", "members"], ["crew", "members"], ["board", "crew", "members"]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "board: {server: 12}",
            "audiences.yaml:1: server: not the id of a server, a long number",
        ),
        ("board:\n  role: Board", "audiences.yaml:1: server: is missing: 'board'"),
        (
            "board:\n  server: 900000000000000001\n  rolls: x",
            "audiences.yaml:3: rolls: nothing is known",
        ),
        (
            "board:\n  server: 900000000000000001\n  roles: []",
            "audiences.yaml:3: roles: not a list",
        ),
        ("The Board: {server: 900000000000000001}", "audiences.yaml:1: a name is up to 32 of a-z, 0-9, - and _"),
        ("- board", "audiences.yaml:1: not a mapping of names to servers and roles"),
        ("a: [", "audiences.yaml:"),
        ("\n".join(f"a{n}: {{server: 90000{n}}}" for n in range(6)), "audiences.yaml:6: more than 5 audiences: 'a5'"),
    ],
)
def test_a_fault_in_audiences_yaml__nothing_is_loaded(tmp_path: Path, text: str, why: str) -> None:
    folder = club(tmp_path / "k", otto=profile("person", "Otto Ek", "audience: board", "jobTitle: smith"))
    load([folder], tmp_path / "d")
    (folder / "audiences.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="nobody can tell who may see what, so nothing was loaded") as raised:
        load([folder], tmp_path / "d")
    assert str(raised.value.problems[0]).startswith(why)
    assert "smith" not in told(tmp_path / "d")
    assert "smith" in told(tmp_path / "d", BOARD)


def test_audiences_yaml_is_gone__nothing_is_loaded_until_that_is_meant(tmp_path: Path) -> None:
    folder = club(tmp_path / "k", otto=profile("person", "Otto Ek", "jobTitle: smith"))
    (folder / "page.md").write_text("---\ntitle: Page\naudience: board\n---\nThe oven is cold.\n", encoding="utf-8")
    load([folder], tmp_path / "d")
    (folder / "audiences.yaml").unlink()
    with pytest.raises(KnowledgeError) as raised:
        load([folder], tmp_path / "d")
    assert "it is gone, and documents may be limited by it" in str(raised.value.problems[0])
    (folder / "audiences.yaml").write_text("", encoding="utf-8")
    load([folder], tmp_path / "d")  # then the word means nothing special in a page


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"otto": profile("person", "Otto Ek", "audience: bord", "jobTitle: smith")},
         "otto.md:4: audience: audiences.yaml defines none of this name; one of board, crew, members: 'bord'"),
        ({"otto": profile("person", "Otto Ek", "audience:", "jobTitle: smith")},
         "otto.md:4: audience: not the name of an audience, or a list of them"),
        ({"otto": profile("person", "Otto Ek", "audience: {board: 1}", "jobTitle: smith")},
         "otto.md:4: audience: not the name of an audience, or a list of them"),
        ({"otto": "---\nkind: person\nname: Otto Ek\naudience: board\n  jobTitle: smith\n---\n"},
         "otto.md:1: its front matter names an audience and cannot be read, so nobody is shown it"),
        ({"otto": profile("person", "Otto Ek", "jobTitle: {value: smith, audience: bord}")},
         "otto.md:4: audience: audiences.yaml defines none of this name; one of board, crew, members: 'bord'"),
        ({"otto": profile("person", "Otto Ek", "jobTitle: [{value: cook}, {value: smith, audience: board}]")},
         "otto.md:4: what has an audience must stand on lines of its own: 'jobTitle'"),
        ({"otto": profile("person", "Otto Ek", "jobTitle:", '  [{value: smith, audience: board, note: "a', _SHARED)},
         "otto.md:5: what has an audience must stand on lines of its own: 'jobTitle'"),
    ],
)  # fmt: skip
def test_a_fault_in_a_document__it_is_shown_to_nobody(tmp_path: Path, files: dict[str, str], why: str) -> None:
    folder = club(tmp_path / "k", **files)
    outcome = load([folder], tmp_path / "d")
    assert why in wrong(outcome)
    for asker in (EVERYBODY, BOARD):
        assert "smith" not in told(tmp_path / "d", asker)
    assert "baker" in told(tmp_path / "d")


def test_a_fault_in_a_document__what_everybody_saw_before_is_not_kept(tmp_path: Path) -> None:
    folder = club(tmp_path / "k", otto=profile("person", "Otto Ek", "jobTitle: smith"))
    load([folder], tmp_path / "d")
    assert "smith" in told(tmp_path / "d")
    write(folder, otto=profile("person", "Otto Ek", "audience: bord", "jobTitle: smith"))
    load([folder], tmp_path / "d")
    assert "smith" not in told(tmp_path / "d")
    assert load([folder], tmp_path / "d").nothing_loaded
    assert "smith" not in told(tmp_path / "d")


def test_a_fault_in_a_document__whoever_saw_it_before_still_does(tmp_path: Path) -> None:
    folder = club(tmp_path / "k", otto=profile("person", "Otto Ek", "audience: board", "jobTitle: smith"))
    load([folder], tmp_path / "d")
    write(folder, otto="---\nkind: person\nname: Otto Ek\naudience: [board\njobTitle: diver\n---\n")
    assert load([folder], tmp_path / "d").kept == ("otto.md",)
    assert "smith" in told(tmp_path / "d", BOARD)
    assert "smith" not in told(tmp_path / "d")


@pytest.mark.parametrize(
    ("sidecar", "why"),
    [
        ("audience: bord\n", "note.txt.about.yaml:1: audience: audiences.yaml defines none of this name"),
        ("about: Bo Li\naudience: []\n", "note.txt.about.yaml:2: audience: not the name of an audience"),
        ("audience: board\nkynd: person\n", "note.txt.about.yaml:2: kynd: nothing is known under this name"),
        ("audience: [board\n", "note.txt.about.yaml:"),
    ],
)
def test_a_fault_beside_a_document__it_is_shown_to_nobody(tmp_path: Path, sidecar: str, why: str) -> None:
    folder = club(tmp_path / "k")
    (folder / "note.txt").write_text("A note\n\nThe oven is cold and the flour is damp.\n", encoding="utf-8")
    load([folder], tmp_path / "d")
    (folder / "note.txt.about.yaml").write_text(sidecar, encoding="utf-8")
    outcome = load([folder], tmp_path / "d")
    assert any(line.startswith(why) for line in wrong(outcome))
    for asker in (EVERYBODY, BOARD):
        snapshot = open_current(tmp_path / "d", asker)
        assert snapshot.documents() == ["bo.md"]
        snapshot.close()


def test_a_fault_in_sources_yaml_about_an_audience__nothing_is_loaded(tmp_path: Path) -> None:
    folder = club(tmp_path / "k")
    for text, why in (
        ("cv: {title: A life, audience: bord}\n", "sources.yaml:1: audience: audiences.yaml defines none of this name"),
        ("cv: {title: A life, audience: board, fyle: x}\n", "sources.yaml:1: fyle: nothing is known under this name"),
        ("cv: {title: A life, audience: [board\n", "sources.yaml:"),
    ):
        write(folder, sources=text)
        with pytest.raises(KnowledgeError) as raised:
            load([folder], tmp_path / "d")
        assert str(raised.value.problems[0]).startswith(why)


def test_several_audiences__of_one_place_any_of_several_places_all(tmp_path: Path) -> None:
    folder = club(
        tmp_path / "k",
        any=profile("person", "Any One", "audience: [board, crew]", "jobTitle: smith"),
        all=profile("person", "All Both", "audience: board", "jobTitle:", "  - {value: diver, audience: crew}"),
    )
    load([folder], tmp_path / "d")
    crew, both = Asker(named=frozenset({"crew"})), Asker(named=frozenset({"board", "crew"}))
    assert [("smith" in told(tmp_path / "d", one), "diver" in told(tmp_path / "d", one)) for one in (
        EVERYBODY, BOARD, crew, both,
    )] == [(False, False), (True, False), (True, False), (True, True)]  # fmt: skip


def test_the_date_of_an_event_that_is_for_some_dates_nothing_for_all(tmp_path: Path) -> None:
    folder = club(
        tmp_path / "k",
        fair=profile("event", "Bread Fair", "startDate: {value: 2031-04-05, audience: board}", "performer: Bo Li"),
    )
    load([folder], tmp_path / "d")
    assert "2031" not in told(tmp_path / "d")
    assert "2031" in told(tmp_path / "d", BOARD)


def test_records_for_some_name_nothing_in_those_for_all(tmp_path: Path) -> None:
    folder = club(tmp_path / "k")
    (folder / "speakers-2020.yaml").write_text("- {id: s1, name: Otto Ek, company: Mill}\n", encoding="utf-8")
    (folder / "talks-2020.yaml").write_text("- {title: Grinding, speaker: s1, date: 2020-02-03}\n", encoding="utf-8")
    load([folder], tmp_path / "d")
    assert "Otto Ek" in told(tmp_path / "d")
    (folder / "speakers-2020.yaml.about.yaml").write_text("audience: board\n", encoding="utf-8")
    load([folder], tmp_path / "d")
    assert "Otto Ek" not in told(tmp_path / "d")
    assert "Grinding" in told(tmp_path / "d")
    assert "Otto Ek" in told(tmp_path / "d", BOARD)


def test_decisions_and_names_of_what_is_for_some_change_nothing_for_all(tmp_path: Path) -> None:
    """A name that only they share is one person for everybody else."""
    alone = write(tmp_path / "a", bo=PUBLIC)
    folder = club(tmp_path / "k", other=profile("project", "Bo Li", "audience: board", "description: A loaf."))
    load([folder], tmp_path / "d")
    load([alone], tmp_path / "e")
    assert told(tmp_path / "d") == told(tmp_path / "e")


def test_what_has_changed_is_read_once_for_all(tmp_path: Path) -> None:
    folder = club(tmp_path / "k", otto=profile("person", "Otto Ek", "audience: board", "jobTitle: smith"))
    load([folder], tmp_path / "d")
    write(folder, otto=profile("person", "Otto Ek", "audience: board", "jobTitle: diver"))
    outcome = load([folder], tmp_path / "d")
    assert (outcome.read_documents, outcome.totals["changed"] + outcome.totals["added"]) == (1, 1)
    assert "diver" in told(tmp_path / "d", BOARD)
    assert load([folder], tmp_path / "d").nothing_loaded


def test_a_source_on_which_only_what_is_for_some_rests_is_for_them_alone(tmp_path: Path) -> None:
    folder = club(
        tmp_path / "k",
        sources="diary: {title: Secret diary}\nbook: {title: Cook book}\nunread: {title: Unread letter}\n",
        otto=profile("person", "Otto Ek", "audience: board", "source: diary", "jobTitle: smith"),
        una=profile("person", "Una Berg", "source: book", "jobTitle: cook"),
    )
    load([folder], tmp_path / "d")
    titles = []
    for asker in (EVERYBODY, BOARD):
        snapshot = open_current(tmp_path / "d", asker)
        titles.append([source.title for source, _ in snapshot.sources()])
        snapshot.close()
    assert titles == [
        ["Profile of Bo Li", "Cook book", "Unread letter"],
        ["Profile of Bo Li", "Cook book", "Secret diary", "Unread letter"],
    ]
    assert b"Secret" not in current_snapshot(tmp_path / "d").read_bytes()
