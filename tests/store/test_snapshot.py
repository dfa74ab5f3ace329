import sqlite3
from datetime import date
from pathlib import Path

import pytest

from bot.errors import SearchTimeout, SnapshotError
from bot.model.fact import Fact
from bot.store import search
from bot.store.connection import deadline
from bot.store.schema import SCHEMA_VERSION
from bot.store.snapshot import Snapshot
from tests.ingest.folders import ADA, SOURCES, TALK, loaded, profile, write


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    folder = write(
        tmp_path / "k",
        people__ada=ADA,
        people__bee=profile(
            "person", "Bee King", "worksFor: {name: Analytical Ltd, companion: Ada King}", "email: b@c.de"
        ),
        events__talk=TALK,
        orgs__analytical=profile("organization", "Analytical Ltd", "type: [company, lab]", "aliases: [AL]"),
        sources=SOURCES,
    )
    return loaded(folder, tmp_path / "d")[1]


def id_of(snapshot: Snapshot, slug: str) -> int:
    entity = snapshot.entity_by_slug(slug)
    assert entity is not None
    return entity.id


def brief(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.subject.name, fact.property, fact.value.text) for fact in facts]


def test_names__full_names_aliases_and_parts(snapshot: Snapshot) -> None:
    ada, bee = id_of(snapshot, "person/ada-king"), id_of(snapshot, "person/bee-king")
    found = snapshot.names(["ada king", "countess", "king", "bee", "nobody"])
    assert {key: sorted(fits) for key, fits in found.items()} == {
        "ada king": [(ada, 2)],
        "countess": [(ada, 2)],
        "king": sorted([(ada, 1), (bee, 1)]),
        "bee": [(bee, 1)],
    }
    assert snapshot.names([]) == {}


def test_entities(snapshot: Snapshot) -> None:
    company = snapshot.entity_by_slug("organization/analytical-ltd")
    assert company is not None
    assert (company.kind, company.name, company.types) == ("organization", "Analytical Ltd", ("company", "lab"))
    assert snapshot.entities([company.id, 999, company.id]) == {company.id: company}
    assert snapshot.entity_by_slug("person/nobody") is None
    assert snapshot.names_of(company.id) == ["Analytical Ltd", "AL"]


def test_entities_of__kind_type_prefix(snapshot: Snapshot) -> None:
    def names(**choice: object) -> list[str]:
        return [entity.name for entity in snapshot.entities_of(**choice)]  # type: ignore[arg-type]

    assert names(kind="person") == ["Ada King", "Bee King"]
    assert names(type="lab") == ["Analytical Ltd"]
    assert names(kind="person", type="lab") == []
    assert names(prefix="king") == ["Ada King", "Bee King"]
    assert names(prefix="a") == ["Ada King", "Analytical Ltd"]
    assert names(limit=1, offset=1) == ["Analytical Ltd"]
    assert snapshot.count_entities("organization") == 2
    assert snapshot.count_entities(type="talk") == 1
    assert snapshot.counts() == {"event": 1, "organization": 2, "person": 2, "place": 1}


def test_facts_of__roles(snapshot: Snapshot) -> None:
    ada = id_of(snapshot, "person/ada-king")
    works = ("Bee King", "worksFor", "Analytical Ltd")
    assert brief(snapshot.facts_of(ada, role="q")) == [works]
    assert brief(snapshot.facts_of(ada, role="v")) == [("Talk on mills", "performer", "Ada King")]
    assert brief(snapshot.facts_of(ada, ["worksFor"])) == [
        ("Ada King", "worksFor", "Analytical Ltd"),
        ("Ada King", "worksFor", "Difference Ltd"),
        works,
    ]
    assert len(snapshot.facts_of(ada)) == snapshot.links_count(ada) == 6
    assert len(snapshot.facts_of(ada, limit=2)) == 2
    assert snapshot.facts_of(ada, []) == []


def test_facts_of__a_whole_fact(snapshot: Snapshot) -> None:
    fact = snapshot.facts_of(id_of(snapshot, "person/bee-king"), ["worksFor"])[0]
    companion = fact.qualifiers[0]
    assert companion.value.entity is not None
    assert (companion.property, companion.value.entity.slug) == ("companion", "person/ada-king")
    assert fact.words == frozenset({"analyt", "ltd", "al", "ada", "king", "countess"})
    job = snapshot.facts_of(id_of(snapshot, "person/ada-king"), ["worksFor"])[0]
    assert (str(job.start), str(job.end)) == ("1833-06", "1842")
    assert (job.source.title, str(job.source.date)) == ("A life", "1850")
    assert (job.evidence.document, job.evidence.line, job.evidence.place) == ("people/ada.md", 9, "page 1")
    assert job.words == frozenset({"engin", "punch", "1833", "1842", "analyt", "ltd", "al"})


def test_facts_between(snapshot: Snapshot) -> None:
    ada, company = id_of(snapshot, "person/ada-king"), id_of(snapshot, "organization/analytical-ltd")
    assert brief(snapshot.facts_between(ada, company)) == [
        ("Ada King", "worksFor", "Analytical Ltd"),
        ("Bee King", "worksFor", "Analytical Ltd"),
    ]
    assert brief(snapshot.facts_between(company, ada, limit=1)) == [("Ada King", "worksFor", "Analytical Ltd")]


def test_facts_with(snapshot: Snapshot) -> None:
    assert brief(snapshot.facts_with(["email", "birthDate"])) == [
        ("Ada King", "birthDate", "1815-12-10"),
        ("Bee King", "email", "b@c.de"),
    ]
    assert snapshot.facts_with([]) == []


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(1815, 1, 1), date(1815, 12, 31), ["birthDate"]),
        (date(1840, 5, 2), date(1840, 5, 2), ["worksFor", "performer", "startDate", "location"]),
        (date(1842, 12, 31), date(1843, 1, 1), ["worksFor", "worksFor"]),
        (date(1900, 1, 1), date(1900, 1, 1), ["worksFor"]),
    ],
)
def test_facts_in(snapshot: Snapshot, first: date, last: date, expected: list[str]) -> None:
    facts = snapshot.facts_in(first, last)
    assert sorted(fact.property for fact in facts) == sorted(expected)
    assert snapshot.facts_in(first, last, ["email"]) == []


def test_search_facts__every_group_in_some_form(snapshot: Snapshot) -> None:
    assert brief(snapshot.search_facts([["engin", "gardener"], ["punch"]])) == [
        ("Ada King", "worksFor", "Analytical Ltd")
    ]
    assert snapshot.search_facts([["engin"], ["nothing"]]) == []
    assert snapshot.search_facts([]) == []
    assert snapshot.search_facts([["engin"], []]) == []


@pytest.mark.parametrize(
    "hostile", ['"', 'a" OR "b', "*", "NEAR(a b)", "engin OR punch", "words:engin", "", "'); DROP"]
)
def test_search__operators_mean_nothing(snapshot: Snapshot, hostile: str) -> None:
    assert snapshot.search_facts([[hostile]]) == []
    assert snapshot.passages([hostile]) == []
    assert snapshot.names([hostile]) == {}
    assert snapshot.similar_words(hostile) == []


def test_search__too_many_terms(snapshot: Snapshot) -> None:
    assert snapshot.search_facts([["engin", *map(str, range(100))]]) == []


def test_passages(snapshot: Snapshot) -> None:
    found = snapshot.passages(["kept", "bee"])
    assert [(item.document, item.line, item.title, item.text) for item in found] == [
        ("people/ada.md", 13, "Ada King", "She kept bees.")
    ]
    assert [item.id for item in snapshot.passages(["bees", "cats"])] == [found[0].id]
    assert snapshot.passages(["bees kept"]) == []
    assert snapshot.passages([]) == []


@pytest.mark.parametrize("typo", ["engneer", "enggineer", "enginerr", "enigneer", "engineers"])
def test_similar_words__one_letter_away(snapshot: Snapshot, typo: str) -> None:
    assert snapshot.similar_words(typo) == ["engineer"]


@pytest.mark.parametrize("word", ["engneeer5", "egner", "engineer", "xyz", "ad"])
def test_similar_words__none(snapshot: Snapshot, word: str) -> None:
    assert snapshot.similar_words(word) == []


def test_known_words(snapshot: Snapshot) -> None:
    assert snapshot.known_words(["engineer", "countess", "nobody", "the"]) == {"engineer", "countess"}
    assert snapshot.known_words([]) == set()


def test_sources__with_their_facts(snapshot: Snapshot) -> None:
    assert [(source.key, count) for source, count in snapshot.sources()] == [
        ("cv", 4),
        ("events/talk.md", 3),
        ("people/bee.md", 2),
    ]


def test_vocabulary__its_own(snapshot: Snapshot) -> None:
    assert "worksFor" in snapshot.vocabulary.properties
    assert snapshot.count_facts() == 9


def test_deadline__stops_a_search(snapshot: Snapshot) -> None:
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(SearchTimeout), deadline(snapshot.connection, 0.001):
        snapshot.connection.execute(endless).fetchall()
    assert snapshot.search_facts([["engin"]])  # the next one has its own time


def test_open__what_is_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="no such snapshot"):
        Snapshot.open(tmp_path / "none.sqlite")
    (tmp_path / "text.sqlite").write_text("not a database at all, but long enough to be read as one" * 40)
    with pytest.raises(SnapshotError, match="not a snapshot"):
        Snapshot.open(tmp_path / "text.sqlite")


def test_open__another_schema(snapshot: Snapshot) -> None:
    path = snapshot.path
    snapshot.close()
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE meta SET value = 'old' WHERE key = 'schema'")
    connection.close()
    with pytest.raises(SnapshotError, match=f"schema old, this version reads {SCHEMA_VERSION}"):
        Snapshot.open(path)


def test_deletions() -> None:
    assert search.deletions("abc") == ["bc", "ac", "ab"]
