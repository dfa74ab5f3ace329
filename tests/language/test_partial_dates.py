"""Dates are as precise as their document: what they can mean, which are refused, what overlaps."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.partial_date import PartialDate, Period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2018-02", date(2018, 2, 1), date(2018, 2, 28)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2018-08-31", date(2018, 8, 31), date(2018, 8, 31)),
        ("--05-29", None, None),
    ],
)
def test_first_and_last_day_it_can_mean(text: str, first: date | None, last: date | None) -> None:
    known = PartialDate.parse(text)
    assert (known.first, known.last) == (first, last)
    assert str(known) == text


@pytest.mark.parametrize(
    "text",
    ["", "18", "2018-13", "2018-8", "2018-02-30", "0000", "--13", "--02-30", "--", "2018-08-31T00", "2018 ", "soon"],
)
def test_parse__refuses(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are the caller's business
        PartialDate.parse(text)


def test_a_leap_day_without_its_year_may_be() -> None:
    assert str(PartialDate(None, 2, 29)) == "--02-29"


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("2018", "2018-08", True),
        ("2018-08", "2018-08-31", True),
        ("2018-08", "2018-09", False),
        ("2017", "2018", False),
        ("--05-29", "2018-05-29", False),
    ],
)
def test_overlaps(one: str, other: str, *, overlap: bool) -> None:
    assert PartialDate.parse(one).overlaps(PartialDate.parse(other)) is overlap
    assert PartialDate.parse(other).overlaps(PartialDate.parse(one)) is overlap


def test_period__an_open_side_has_no_bound() -> None:
    since = Period(PartialDate(2018), None)
    assert (since.first, since.last) == (date(2018, 1, 1), date.max)
    assert since.overlaps(Period(None, PartialDate(2018)))
    assert not since.overlaps(Period(None, PartialDate(2017)))


@given(st.dates())
def test_parse__reads_what_it_writes(day: date) -> None:
    for known in (PartialDate(day.year), PartialDate(day.year, day.month), PartialDate(day.year, day.month, day.day)):
        assert PartialDate.parse(str(known)) == known
        assert known.first is not None
        assert known.last is not None
        assert known.first <= day <= known.last
