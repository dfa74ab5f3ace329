from dataclasses import replace

import pytest

from bot.ingest.building.checks import Stated, contradictions

FACT = Stated(1, None, "Paris", None, None, None, None, None)


def contradict(**changes: object) -> bool:
    return list(contradictions([FACT, replace(FACT, id=2, **changes)])) == [(1, 2)]  # type: ignore[arg-type]


def test_contradictions__two_values() -> None:
    assert contradict(text="Rome")


@pytest.mark.parametrize("text", ["Paris", "paris", " PARIS. "])
def test_contradictions__one_value_in_two_spellings(text: str) -> None:
    assert not contradict(text=text)


def test_contradictions__a_date_may_say_more() -> None:
    year = replace(FACT, text="2018", date="2018", first_day=1, last_day=2)
    month = replace(FACT, id=2, text="2018-08", date="2018-08", first_day=1, last_day=2)
    other = replace(FACT, id=3, text="2019", date="2019", first_day=8, last_day=9)
    assert list(contradictions([year, month, other])) == [(1, 3), (2, 3)]


def test_contradictions__at_other_times() -> None:
    early = replace(FACT, first_day=1, last_day=5)
    assert list(contradictions([early, replace(FACT, id=2, text="Rome", first_day=6, last_day=9)])) == []
    assert list(contradictions([early, replace(FACT, id=2, text="Rome", first_day=5, last_day=9)])) == [(1, 2)]


def test_contradictions__entities_and_numbers() -> None:
    assert contradict(object=7)
    one, other = replace(FACT, text="1,500", number=1500.0), replace(FACT, id=2, text="1500", number=1500.0)
    assert list(contradictions([one, other])) == []


def test_contradictions__not_knowing_contradicts_nothing() -> None:
    assert not contradict(text="unknown", qualifiers='[["status","unknown",null,null,null]]')
