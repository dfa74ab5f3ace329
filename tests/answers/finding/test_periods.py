"""Facts against the times of a question: what fits, what comes before what, and what an imprecise date leaves open."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.finding.periods import bounds, fits, newest, precedes
from bot.language.dates import find_times
from bot.model.partial_date import PartialDate, Period

TODAY = date(2026, 1, 1)


def period(text: str) -> Period:
    """`2012..2015`, `2012..`, `..2015`, or one date for a day."""
    start, dots, end = text.partition("..")
    sides = (start, end) if dots else (start, start)
    return Period(*(PartialDate.parse(side) if side else None for side in sides))


@pytest.mark.parametrize(
    ("held", "question", "fitting"),
    [
        ("2012..2015", "in 2014", True),
        ("2012..2015", "in 2015", True),
        ("2012..2015", "in 2016", False),
        ("2012..", "in 2020", True),
        ("2012..", "in 2011", False),
        ("2015-03", "in 2015", True),
        ("2015", "in March 2015", False),  # it may have been then
        ("2015-03-20", "in March 2015", True),
        ("2015-03-20", "on 21 March 2015", False),
        ("2015", "before 2015", False),
        ("2014", "before 2015", True),
        ("2014..2016", "before 2015", True),
        ("2014..", "before 2015", True),
        ("2015", "after 2015", False),
        ("2016", "after 2015", True),
        ("2014..2016", "after 2015", True),
        ("2014..", "after 2015", False),  # nothing says that it did not begin and end before
        ("2014..", "since 2015", True),
        ("2012..2013", "since 2015", False),
        ("2012..2013", "until 2012", True),
        ("2013", "until 2012", False),
        ("2014", "between 2013 and 2015", True),
        ("2016", "between 2013 and 2015", False),
        ("2015..2019", "from 2012 to 2015", False),  # it only begins when what is asked for ends
        ("2010..2012", "from 2012 to 2015", False),
        ("2012..2013", "from 2012 to 2015", True),
        ("1994", "in the 1990s", True),
        ("2000", "in the 1990s", False),
        ("2015-03-20", "in March", True),
        ("2015-03-20", "on 20 March", True),
        ("2015-03-20", "on 21 March", False),
        ("2015-04-20", "in March", False),
        ("--03-20", "in March", True),
        ("--03-20", "in 2015", False),
        ("--03-20", "before 2015", False),
        ("2015", "in March", False),
    ],
)
def test_fits(held: str, question: str, *, fitting: bool) -> None:
    assert fits(period(held), find_times(question, TODAY)) is fitting


def test_fits__what_has_no_time_fits_no_time() -> None:
    assert not fits(None, find_times("in 2015", TODAY))
    assert fits(None, [])


def test_fits__every_time_of_the_question() -> None:
    times = find_times("after 2012 and before 2016", TODAY)
    assert [year for year in range(2010, 2020) if fits(period(str(year)), times)] == [2013, 2014, 2015]


def test_fits__one_of_several_years() -> None:
    times = find_times("in 2019 and 2020", TODAY)
    assert [year for year in range(2018, 2022) if fits(period(str(year)), times)] == [2019, 2020]


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2012", "2013", True),
        ("2013", "2012", False),
        ("2012", "2012", False),
        ("2012..2015", "2016..", True),
        ("2012..2015", "2015..", True),  # the one ended in the year in which the other began
        ("2012..2015-03", "2015-04..2016", True),
        ("2012..2018", "2015..2016", True),  # it began before
        ("2016..", "2012..2015", False),
        ("2012..", "2015..", True),
        ("--03-20", "2015", False),
        ("2015", "..2016", False),
        ("2015-03-19", "2015-03-20", True),
    ],
)
def test_precedes(one: str, other: str, *, before: bool) -> None:
    assert precedes(period(one), period(other)) is before


def test_precedes__not_both_ways() -> None:
    assert not (precedes(period("2015-03"), period("2015-03-20")) and precedes(period("2015-03-20"), period("2015-03")))


def test_newest__the_latest_first_and_the_undated_last() -> None:
    mixed = ("2015", "2018..", "2012..2024", "2019..", "2010..2014", "2019..2024")
    ordered = ("2019..", "2018..", "2019..2024", "2012..2024", "2015", "2010..2014")
    assert sorted(map(period, mixed), key=newest) == list(map(period, ordered))
    assert newest(None) == newest(period("--03-20")) > newest(period("0001"))


_DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2020, 12, 31))


@given(st.lists(_DAYS, min_size=2, max_size=2, unique=True))
def test_precedes__of_two_days_exactly_one_way(two: list[date]) -> None:
    first, second = (period(day.isoformat()) for day in sorted(two))
    assert precedes(first, second)
    assert not precedes(second, first)


@given(st.lists(_DAYS, min_size=3, max_size=8, unique=True))
def test_newest__orders_days(several: list[date]) -> None:
    ordered = sorted((period(day.isoformat()) for day in several), key=newest)
    assert all(precedes(later, earlier) for earlier, later in pairwise(ordered))


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("in 2020", "2020-01-01", "2020-12-31"),
        ("after 2020", "2020-12-31", "9999-12-31"),
        ("before March 2020", "0001-01-01", "2020-03-31"),
        ("in 2018 and 2021", "2018-01-01", "2021-12-31"),
        ("since 2021", "2021-01-01", "9999-12-31"),
    ],
)
def test_bounds(question: str, first: str, last: str) -> None:
    assert bounds(find_times(question, date(2026, 1, 15))) == (date.fromisoformat(first), date.fromisoformat(last))
