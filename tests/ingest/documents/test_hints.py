from pathlib import Path

import pytest

from bot.ingest.documents.format import Hints, Raw
from bot.ingest.documents.hints import with_front_matter
from bot.ingest.load import load
from bot.ingest.parsing import formats
from bot.model.fact import Rank, Source
from bot.model.partial_date import PartialDate
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot
from tests.ingest.folders import loaded, rows
from tests.ingest.saying import Saying

KINDS = ("person", "event")


@pytest.fixture(autouse=True)
def _saying(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "READERS", (Saying(), *formats.READERS))


def put(folder: Path, **files: str) -> Path:
    """Write files named `cv_say` (for `cv.say`) and `cv_say_about_yaml`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def subjects(data: Path) -> set[str]:
    return {row["subject"]["name"] for row in rows(data)}


def test_sidecar__says_what_the_page_does_not(tmp_path: Path) -> None:
    said = (
        "about: Ada King\nkind: person\ntitle: Ada's page\nauthor: Bo Li\ndate: 1850-02\nurl: https://example.org/a\n"
    )
    folder = put(tmp_path / "k", cv_say="email ada@example.org\n", cv_say_about_yaml=said)
    outcome, snapshot = loaded(folder, tmp_path / "d")
    (fact,) = snapshot.all_facts()
    assert (outcome.problems, fact.subject.slug) == ((), "person/ada-king")
    assert fact.source == Source(
        "cv.say", "Ada's page", "Bo Li", None, PartialDate(1850, 2), "https://example.org/a", None
    )  # fmt: skip
    assert snapshot.documents() == ["cv.say"]


def test_sidecar__an_edit_reads_its_document_again(tmp_path: Path) -> None:
    folder, data = tmp_path / "k", tmp_path / "d"
    put(folder, cv_say="email ada@example.org\n", other_say="is person Bo Li\nemail bo@example.org\n")
    put(folder, cv_say_about_yaml="about: Ada King\n")
    load([folder], data)
    put(folder, cv_say_about_yaml="about: Ida King\n")
    outcome = load([folder], data)
    assert (outcome.read_documents, outcome.unchanged_documents) == (1, 1)
    assert subjects(data) == {"Ida King", "Bo Li"}
    assert load([folder], data).nothing_loaded


def test_sidecar__a_broken_one_keeps_what_was_read(tmp_path: Path) -> None:
    folder, data = tmp_path / "k", tmp_path / "d"
    put(folder, cv_say="email ada@example.org\n", cv_say_about_yaml="about: Ada King\n")
    put(folder, other_say="is person Bo Li\nemail bo@example.org\n")
    load([folder], data)
    put(folder, cv_say_about_yaml="title: T\nabuot: Ada King\n")
    for _ in range(2):
        outcome = load([folder], data)
        assert [str(problem) for problem in outcome.problems] == [
            "cv.say.about.yaml:2: abuot: nothing is known under this name"
        ]
        assert outcome.kept == ("cv.say",)
        assert subjects(data) == {"Ada King", "Bo Li"}
    put(folder, cv_say_about_yaml="about: Ada King\n")
    assert load([folder], data).problems == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("about: [\n", "cv.say.about.yaml:2: not YAML: did not find expected node content"),
        ("# " + "x" * 100_000, "cv.say.about.yaml:1: larger than 100000 bytes"),
        ("- about\n", "cv.say.about.yaml:1: not a mapping of what is said about the document"),
        ("kind: alien\n", "cv.say.about.yaml:1: unknown kind; one of "),
        ("\ndate: soon\n", "cv.say.about.yaml:2: date: not a date: 'soon'"),
    ],
)
def test_sidecar__faults_have_their_line(tmp_path: Path, text: str, message: str) -> None:
    folder = put(tmp_path / "k", cv_say="email ada@example.org\n", cv_say_about_yaml=text)
    put(folder, other_say="is person Bo Li\nemail bo@example.org\n")
    problems = load([folder], tmp_path / "d").problems
    assert [str(problem).startswith(message) for problem in problems] == [True]


def test_sidecar__of_no_document(tmp_path: Path) -> None:
    folder = put(
        tmp_path / "k", bo_say="is person Bo Li\nemail bo@example.org\n", cv_pdf_about_yaml="about: Ada King\n"
    )
    outcome, snapshot = loaded(folder, tmp_path / "d")
    assert [str(problem) for problem in outcome.problems] == [
        "cv.pdf.about.yaml:1: it describes a document that is not there: 'cv.pdf'"
    ]
    assert snapshot.documents() == ["bo.say"]


def test_sources__an_entry_that_names_a_document(tmp_path: Path) -> None:
    folder = put(tmp_path / "k", cv_say="email ada@example.org\n", cv_say_about_yaml="date: 1851\n")
    put(folder, sources_yaml="life: {title: A life, file: cv.say, about: Ada King, date: 1850, note: from a shelf}\n")
    _, snapshot = loaded(folder, tmp_path / "d")
    (fact,) = snapshot.all_facts()
    assert fact.subject.name == "Ada King"
    assert fact.source == Source("life", "A life", None, None, PartialDate(1851), None, "from a shelf")


def test_sources__an_entry_of_a_document_that_is_not_kept(tmp_path: Path) -> None:
    folder = put(tmp_path / "k", bo_say="is person Bo Li\nemail bo@example.org\n")
    put(
        folder, sources_yaml="cited: {title: A life, file: shelf/cv.txt}\nread: {title: B, file: x.txt, about: Bo Li}\n"
    )
    assert [str(problem) for problem in load([folder], tmp_path / "d").problems] == [
        "sources.yaml:2: read: it says how to read a file that is not there: 'x.txt'"
    ]


def test_trust__makes_facts_of_prose(tmp_path: Path) -> None:
    folder = put(tmp_path / "k", bo_say="is person Bo Li\n? jobTitle baker\n")
    outcome, snapshot = loaded(folder, tmp_path / "d")
    assert (outcome.counts["facts"], [fact.rank for _, fact in snapshot.suggestions()]) == (0, [Rank.SUGGESTION])
    put(folder, bo_say_about_yaml="trust: true\n")
    load([folder], tmp_path / "d")
    assert [row["rank"] for row in rows(tmp_path / "d")] == ["prose"]


def test_front_matter__of_a_page_from_anywhere() -> None:
    text = "---\nlayout: page\ntitle: About  me\nauthor: {name: Ada King}\ndate: 2019-03-04 10:00:00 +0100\ntags: [a]\n"
    raw = with_front_matter(
        Raw("about.md", (text + "url: /about\nabout: Ada King\ntrust: true\n---\nHi\n").encode()), KINDS
    )
    assert raw.hints == Hints(about="Ada King", title="About me", author="Ada King", date=PartialDate(2019, 3, 4))


@pytest.mark.parametrize(
    "text", ["title: T\n", "---\ntitle: [\n---\n", "---\ntitle: T\n", "---\n- T\n---\n", "---\ndate: 2019-13\n---\n"]
)
def test_front_matter__anything_else_says_nothing(text: str) -> None:
    raw = Raw("about.md", text.encode())
    assert with_front_matter(raw, KINDS) == raw


def test_front_matter__what_a_maintainer_said_counts_more() -> None:
    raw = Raw("about.md", b"---\ntitle: Home\nauthor: Ada King\n---\n", Hints(title="Ada's page"))
    assert with_front_matter(raw, KINDS).hints == Hints(title="Ada's page", author="Ada King")


def test_passages__cite_the_document_itself(tmp_path: Path) -> None:
    folder = put(tmp_path / "k", bo_say='is person Bo Li\n" Grows pears\n', bo_say_about_yaml="title: Bo's page\n")
    load([folder], tmp_path / "d")
    snapshot = Snapshot.open(current_snapshot(tmp_path / "d"))
    (passage,) = snapshot.passages(["pears"])
    assert passage.source == Source("bo.say", "Bo's page")
