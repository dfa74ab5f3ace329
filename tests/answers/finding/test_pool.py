"""What one question looks at is bounded, however many facts those have whom it names."""

from collections.abc import Callable

import pytest

from bot.answers.finding import pool
from bot.answers.finding.pool import Pool
from bot.answers.reading.query import Query
from bot.store.snapshot import Snapshot


def test_candidates__no_more_than_a_question_may_look_at(
    monkeypatch: pytest.MonkeyPatch, sky: Snapshot, read: Callable[[str], Query]
) -> None:
    query = read("What do Orla Finch and Ida Brook have to do with Whitmoor Observatory?")
    every = [fact.id for fact in Pool(sky, query).candidates()]
    monkeypatch.setattr(pool, "MOST_CANDIDATES", 5)

    assert len(every) > 5
    assert [fact.id for fact in Pool(sky, query).candidates()] == every[:5]


def test_candidates__each_fact_once(sky: Snapshot, read: Callable[[str], Query]) -> None:
    ids = [fact.id for fact in Pool(sky, read("When did Orla Finch join Whitmoor Observatory?")).candidates()]

    assert len(ids) == len(set(ids))
