"""Times in questions: how people write them, how they are related to what is asked, and what only looks like one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.dates import find_times, mend_months
from bot.language.tokens import clean

TODAY = date(2026, 1, 15)


def times(text: str) -> list[str]:
    """`in 2015..2018` for each time: how it is related, from when, to when."""
    return [
        f"{span.relation} {span.period.start or ''}..{span.period.end or ''}" for span in find_times(clean(text), TODAY)
    ]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        # one date
        ("in 2015", "in 2015..2015"),
        ("talks 2015", "in 2015..2015"),
        ("(2015)?", "in 2015..2015"),
        ("In March 2021", "in 2021-03..2021-03"),
        ("in Sept. 2019", "in 2019-09..2019-09"),
        ("MAY 2019", "in 2019-05..2019-05"),
        ("in may of 2019", "in 2019-05..2019-05"),
        ("June, 2019", "in 2019-06..2019-06"),
        ("in the month of May 2019", "in 2019-05..2019-05"),
        ("on 18 March 2022", "in 2022-03-18..2022-03-18"),
        ("on March 18, 2022", "in 2022-03-18..2022-03-18"),
        ("on the 18th of March 2022", "in 2022-03-18..2022-03-18"),
        ("18. March 2022", "in 2022-03-18..2022-03-18"),
        ("2022-03-18", "in 2022-03-18..2022-03-18"),
        ("2022-03", "in 2022-03..2022-03"),
        ("03/2022", "in 2022-03..2022-03"),
        ("in the year 2019", "in 2019..2019"),
        ("in late 2019", "in 2019..2019"),
        ("throughout 2020", "in 2020..2020"),
        ("over the course of 2017", "in 2017..2017"),
        ("in 1066", "in 1066..1066"),
        # no year
        ("in May", "in --05..--05"),
        ("18 May", "in --05-18..--05-18"),
        ("the 3rd of May", "in --05-03..--05-03"),
        ("on May 18th", "in --05-18..--05-18"),
        # decades
        ("in the 1990s", "in 1990..1999"),
        ("the 1990's", "in 1990..1999"),
        ("the early 2020s", "in 2020..2029"),
        # related to what is asked
        ("before 2015", "before 2015..2015"),
        ("prior to March 2021", "before 2021-03..2021-03"),
        ("earlier than 2010", "before 2010..2010"),
        ("before the year 2015", "before 2015..2015"),
        ("after 2015", "after 2015..2015"),
        ("later than June 2019", "after 2019-06..2019-06"),
        ("following 2015", "after 2015..2015"),
        ("since 2015", "in 2015.."),
        ("since May 2015", "in 2015-05.."),
        ("as of 2015", "in 2015.."),
        ("from 2015 onwards", "in 2015.."),
        ("from 2015 on", "in 2015.."),
        ("until 2015", "in ..2015"),
        ("till May 2015", "in ..2015-05"),
        ("up to 2015", "in ..2015"),
        ("by 2015", "in ..2015"),
        # stretches
        ("between 2015 and 2018", "in 2015..2018"),
        ("from 2015 to 2018", "in 2015..2018"),
        ("2015 to 2018", "in 2015..2018"),
        ("from 2015 till 2018", "in 2015..2018"),
        ("from March 2015 until June 2018", "in 2015-03..2018-06"),
        ("2015-2018", "in 2015..2018"),
        ("2015 – 2018", "in 2015..2018"),
        ("August 2018 - July 2024", "in 2018-08..2024-07"),
        # seen from today
        ("this year", "in 2026..2026"),
        ("last year", "in 2025..2025"),
        ("next year", "in 2027..2027"),
    ],
)
def test_find_times__one(text: str, time: str) -> None:
    assert times(text) == [time]
    assert times(f"Who spoke {text} at the club?") == [time]


@pytest.mark.parametrize(
    "text",
    [
        "We may go, may we?",
        "May I ask who April is?",
        "the march of time",
        "t=6722",
        "version 1.2019",
        "v2019",
        "model-2019 and room 2019b",
        "arXiv 2304.15004",
        "arXiv 1912.04712",
        "12019 and 20190512",
        "https://x.example/2019/05/1",
        "13/2022",
        "2022-13",
        "2022-02-30",
        "30 February 2022",
        "in 95",
        "2100",
        "0999",
        "the last person this afternoon",
        "last month",  # of whoever wrote it, not of whoever reads it
        "this month",
        "next month",
    ],
)
def test_find_times__what_only_looks_like_one(text: str) -> None:
    assert times(text) == []


def test_find_times__several_from_left_to_right() -> None:
    text = "in May 2019 and since June 2020, python 3.11, before 1 July 2021"
    assert times(text) == ["in 2019-05..2019-05", "in 2020-06..", "before 2021-07-01..2021-07-01"]


def test_find_times__say_where_they_stand() -> None:
    text = "Which talks were given before the year 2015 and where?"
    [span] = find_times(text, TODAY)
    assert text[span.start : span.end] == "before the year 2015"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("between March and June 2019", "in 2019-03..2019-06"),
        ("from June to August 2019", "in 2019-06..2019-08"),
        ("between 5 and 7 March 2019", "in 2019-03-05..2019-03-07"),
        ("from 28 February to 2 March 2019", "in 2019-02-28..2019-03-02"),
        ("between March 5 and March 7, 2019", "in 2019-03-05..2019-03-07"),
        ("from August to June 2019", "in 2018-08..2019-06"),
        ("mid-2019", "in 2019..2019"),
        ("in mid-2019", "in 2019..2019"),
    ],
)
def test_find_times__year_given_once(text: str, time: str) -> None:
    assert times(text) == [time]


@pytest.mark.parametrize(
    ("text", "wrong"), [("no later than 2015", "after"), ("not before 2019", "before"), ("not after 2019", "after")]
)
def test_find_times__denied(text: str, wrong: str) -> None:
    assert not any(time.startswith(wrong) for time in times(text))


@given(st.text(alphabet=st.sampled_from("0123456789-/., maytofinberws'"), max_size=60) | st.text(max_size=60))
def test_find_times__any_text(text: str) -> None:
    spans = find_times(text, TODAY)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert [span.start for span in spans] == sorted(span.start for span in spans)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_find_times__every_day_in_every_form(day: date) -> None:
    month = day.strftime("%B")
    for text in (day.isoformat(), f"on {month} {day.day}, {day.year}", f"{day.day} {month[:3]} {day.year}"):
        assert times(text) == [f"in {day}..{day}"]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("in feburary or March 2022", "in february or March 2022"),
        ("since Septmber 2019", "since september 2019"),
        ("before Decemebr", "before december"),
        ("Augusta in October", "Augusta in October"),
        ("a member of June", "a member of June"),
    ],
)
def test_mend_months(text: str, mended: str) -> None:
    assert mend_months(text) == mended
