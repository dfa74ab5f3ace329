import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.engine import Answerer
from bot.ingest.load import load
from bot.language.lexicon import Lexicon
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot
from tests.bench.answering import answerer, share
from tests.bench.linking import link, misspell
from tests.bench.making import make
from tests.bench.sites import Site
from tests.bench.straight import load_straight, read_and_hash
from tests.bench.table import Row, exponent, markdown, not_installed, ratio_of

FACTS = 1000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A community of a hundred entities, as the bench makes it."""
    made = Site(tmp_path_factory.mktemp("bench"), FACTS)
    make(made.folder, FACTS, seed=1, questions=300)
    return made


@pytest.fixture(scope="module")
def snapshot(site: Site) -> Iterator[Snapshot]:
    outcome = load([site.knowledge], site.folder / "data")
    assert outcome.problems == ()
    assert (outcome.counts["documents"], outcome.counts["facts"]) == (FACTS // 10, FACTS)
    opened = Snapshot.open(current_snapshot(site.folder / "data"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def answers(snapshot: Snapshot) -> Answerer:
    return answerer(snapshot)


def test_the_generator_is_deterministic(site: Site, tmp_path: Path) -> None:
    again, other = Site(tmp_path / "again", FACTS), Site(tmp_path / "other", FACTS)
    make(again.folder, FACTS, seed=1, questions=300)
    make(other.folder, FACTS, seed=2, questions=300)
    assert contents(again.folder) == contents(site.folder)
    assert again.lines("names") != other.lines("names")


def test_every_question_is_answered_right(site: Site, answers: Answerer) -> None:
    asked = site.questions()
    wrong = [question for question in asked if not question.is_answered_by(answers.answer(question.text))]
    assert len(asked) == 300
    assert [(question.text, question.expect) for question in wrong] == []


def test_nothing_is_told_that_is_not_recorded(site: Site, answers: Answerer) -> None:
    asked = site.absent()
    false = [question for question in asked if question.is_falsely_answered_by(answers.answer(question.text))]
    assert len(asked) == 1000
    assert [question.text for question in false] == []


def test_a_misspelt_name_is_linked(site: Site, snapshot: Snapshot) -> None:
    lexicon = Lexicon(snapshot.vocabulary)
    for name in site.lines("names"):
        longest = max(name.split(), key=len)
        slip = name.replace(longest, longest[:2] + longest[3:], 1)
        assert name in link(slip, lexicon, snapshot), slip


def test_misspell__one_slip_and_never_none() -> None:
    chance = random.Random(1)
    slips = {misspell("Ada King", chance) for _ in range(200)}
    assert "Ada King" not in slips
    assert {len(slip) for slip in slips} == {7, 8, 9}


def test_the_floor_reads_the_same_facts(site: Site, tmp_path: Path) -> None:
    assert load_straight(str(site.knowledge), str(tmp_path / "floor.sqlite")) == FACTS
    assert read_and_hash(str(site.knowledge)) == FACTS // 10


def test_share__other_questions_in_each_round(site: Site) -> None:
    asked = site.questions()
    assert share(asked, 0, 100) + share(asked, 1, 100) == asked[:200]
    assert share(asked, 7, 300) == asked


def test_exponent_and_ratio() -> None:
    assert exponent([10, 100, 1000], [2.0, 4.0, 8.0]) == pytest.approx(0.30103)
    assert ratio_of([2.0, 9.0, 4.0], [1.0, 3.0, 1.0]) == 3


def test_table__a_missed_limit_is_named() -> None:
    rows = [Row(6, "unchanged", "3 s", "1 s", 3.0, 2, 2), Row(1, "answer", "5 µs", "1 µs", 5.0, 50, 8)]
    rows.append(not_installed(10, "answer", "bm25s"))
    assert [row.missed for row in rows] == [True, False, False]
    assert markdown(rows).splitlines()[2:] == [
        "| 1 | answer | 5 µs | 1 µs | 5 | 50 | 8 | kept, aim reached |",
        "| 6 | unchanged | 3 s | 1 s | 3 | 2 | 2 | MISSED |",
        "| 10 | answer | – | bm25s: not installed |  |  |  |  |",
    ]


def contents(folder: Path) -> dict[str, str]:
    """All that a generator wrote, by path."""
    files = [*(folder / "knowledge").rglob("*.*"), *folder.glob("*.jsonl"), *folder.glob("*.txt")]
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in files}
