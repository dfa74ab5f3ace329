"""A patched snapshot must say what a full build says, whatever was edited."""

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bot.ingest.building.publish as publishing
from bot.ingest.building.full import build
from bot.ingest.decisions.file import Decision, Named, SuggestionDecision, record, same_or_different
from bot.ingest.load import load
from bot.ingest.parsing import formats
from bot.ingest.readers.profile import ProfileReader
from bot.store.coverage import CoverageQueries
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot
from tests.ingest.folders import profile, rows, write
from tests.ingest.saying import Saying

# Tables whose rows do not depend on the order in which stubs were numbered.
_ALIKE = {
    "names": "SELECT n.key, e.slug, n.weight, n.text FROM name n JOIN entity e ON e.id = n.entity",
    "entities": "SELECT slug, kind, name, types, stub, words FROM entity",
    "links": "SELECT e.slug, l.property, l.fact, l.role FROM link l JOIN entity e ON e.id = l.entity",
    "facts": "SELECT id, statement, hash, line, property, text, start, first_day, last_day, words FROM fact",
    "words": "SELECT word, documents FROM word",
    "deletions": "SELECT variant, word FROM word_delete",
    "conflicts": "SELECT e.slug, c.property, c.one, c.other FROM conflict c JOIN entity e ON e.id = c.subject",
    "sources": "SELECT key, title, author FROM source",
    "passages": "SELECT id, line, body FROM passage",
    "documents": "SELECT d.path, d.state, s.key, d.facts, d.suggestions, d.unplaced "
    "FROM document d LEFT JOIN source s ON s.id = d.source",
    "unplaced": "SELECT * FROM unplaced",
    "declarations": "SELECT e.slug, d.document, d.raw, d.shared FROM declaration d JOIN entity e ON e.id = d.entity",
    "undecided": "SELECT a.slug, b.slug FROM undecided u JOIN entity a ON a.id = u.one JOIN entity b ON b.id = u.other",
    "mentions": "SELECT key, kinds, document, name FROM mention",
}
_WORDS = st.sampled_from(["mill", "bees", "letters", "Engine", "C++", "night"])
_NAMES = st.sampled_from(["Ada King", "Bee Ng", "Acme", "Mill Club", "Go", "Foo Bar", "C", "C++"])
_FACT = st.one_of(
    st.builds(lambda name, word: f"worksFor: {{name: {name}, roleName: {word}, startDate: 2001}}", _NAMES, _WORDS),
    st.builds(lambda name: f"knowsAbout: [{name}, Poetry]", _NAMES),
    st.builds(lambda word: f"description: some {word} words", _WORDS),
    st.builds(lambda year: f"birthDate: {year}", st.integers(1900, 1903)),
    st.builds(lambda name: f"colleague: {name}", _NAMES),
    st.just("no: property"),
)
_DOCUMENT = st.lists(_FACT, max_size=4, unique_by=lambda line: line.split(":")[0])
_SAID = st.lists(
    st.one_of(
        st.builds(lambda name: f"knowsAbout {name}", _NAMES),
        st.builds(lambda name: f"? knowsAbout {name}", _NAMES),
        st.builds(lambda year: f"birthDate {year}", st.integers(1900, 1903)),
        st.sampled_from(
            ["email a@example.org", "email b@example.org", "who knows", '" Some words of bees', "? no thing"]
        ),
    ),
    max_size=4,
)
_RAW = st.builds(
    lambda name, lines: "\n".join([f"is person {name}", *lines]), st.sampled_from(["Ada King", "Bee Ng"]), _SAID
)
_PEOPLE = ("Ada King", "Bee Ng", "Cy Oh")


def everything(data: Path) -> dict[str, Any]:
    connection = sqlite3.connect(current_snapshot(data))
    try:
        tables = {name: sorted(connection.execute(sql).fetchall(), key=repr) for name, sql in _ALIKE.items()}
        for table in ("fact_words", "passage_words"):
            connection.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        problems = dict(connection.execute("SELECT path, problems FROM document"))
    finally:
        connection.close()
    return {**tables, "rows": rows(data), "problems": problems}


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.tuples(*[_DOCUMENT] * 3), st.lists(st.tuples(st.integers(0, 2), _DOCUMENT), min_size=1, max_size=4))
def test_patch__says_what_a_full_build_says(
    first: tuple[list[str], ...], edits: list[tuple[int, list[str]]]
) -> None:  # fmt: skip
    with TemporaryDirectory() as place:
        folder, data, fresh = Path(place, "k"), Path(place, "patched"), Path(place, "fresh")
        texts = {f"people__p{n}": profile("person", name, *first[n]) for n, name in enumerate(_PEOPLE)}
        write(folder, orgs__acme=profile("organization", "Acme", "aliases: [Acme Inc]"), **texts)
        load([folder], data)
        for number, lines in edits:
            write(folder, **{f"people__p{number}": profile("person", _PEOPLE[number], *lines)})
            load([folder], data)
        load([folder], fresh)
        assert everything(data) == everything(fresh)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.tuples(*[_RAW] * 3), st.lists(st.tuples(st.integers(0, 2), _RAW, st.booleans()), min_size=1, max_size=4))
def test_patch__says_so_of_raw_documents_and_decisions_too(
    monkeypatch: pytest.MonkeyPatch, first: tuple[str, ...], edits: list[tuple[int, str, bool]]
) -> None:
    monkeypatch.setattr(formats, "READERS", (Saying(), ProfileReader()))
    with TemporaryDirectory() as place:
        folder, data, fresh = Path(place, "k"), Path(place, "patched"), Path(place, "fresh")
        write(folder, people__ada=profile("person", "Ada King", "email: a@example.org"))
        for number, text in enumerate(first):
            (folder / f"r{number}.say").write_text(text)
        load([folder], data)
        for number, text, decided in edits:
            (folder / f"r{number}.say").write_text(text)
            load([folder], data)
            if decided:
                decide_all([folder], data, approved=number > 0)
                load([folder], data)
        load([folder], fresh)
        assert everything(data) == everything(fresh)


def decide_all(folders: list[Path], data: Path, *, approved: bool) -> None:
    """Decide about every suggestion there is, and about the first pair of a name."""
    snapshot = Snapshot.open(current_snapshot(data))
    word: Literal["approved", "refused"] = "approved" if approved else "refused"
    decisions: list[Decision] = [SuggestionDecision(decision=word, suggestion=key) for key, _ in snapshot.suggestions()]
    for pair in CoverageQueries(snapshot.connection).undecided(1):
        one, other = (
            Named(name=name, document=documents[0])
            for name, documents in ((pair.name, pair.documents), (pair.other_name, pair.other_documents))
        )
        decisions.append(same_or_different(pair.kind, one, other, same=approved, by="", at=""))
    snapshot.close()
    record(folders, decisions)


@pytest.mark.parametrize(
    ("lines", "patched"),
    [
        (("jobTitle: baker",), True),
        (("worksFor: Somewhere New",), True),
        (("no: property",), True),
        (("aliases: [Bee]",), False),
        (("type: baker",), False),
    ],
)
def test_patch__only_where_identities_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...], patched: bool
) -> None:
    built = []

    def counted(*args: Any) -> None:
        built.append(args)
        build(*args)

    monkeypatch.setattr(publishing, "build", counted)
    folder = write(tmp_path / "k", people__bee=profile("person", "Bee Ng", "email: bee@example.org"))
    load([folder], tmp_path / "d")
    write(folder, people__bee=profile("person", "Bee Ng", *lines))
    load([folder], tmp_path / "d")
    assert len(built) == (1 if patched else 2)
