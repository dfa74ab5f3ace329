"""Dates and lengths are worded at the precision of the document, never finer."""

import pytest

from bot.answers.finding.periods import days
from bot.answers.wording.dates import say_date, say_length, say_on, say_period
from bot.model.entity import Entity
from bot.model.fact import Evidence, Fact, Rank, Source, Value
from bot.model.partial_date import PartialDate, Period


def known(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def held(start: str | None, end: str | None) -> Fact:
    orla, source = Entity(1, "person/orla", "person", "Orla Finch"), Source("logbook", "Logbook")
    evidence = Evidence("people/orla.md", 3, "worksFor: Dome")
    return Fact(
        1, orla, "worksFor", Value("Dome"), (), known(start), known(end), source, evidence, Rank.PROFILE, frozenset()
    )


@pytest.mark.parametrize(
    ("text", "said", "said_on"),
    [
        ("2022", "2022", "in 2022"),
        ("2022-03", "March 2022", "in March 2022"),
        ("2022-03-08", "8 March 2022", "on 8 March 2022"),
        ("--05", "May", "in May"),
        ("--05-29", "29 May", "on 29 May"),
    ],
)
def test_say_date(text: str, said: str, said_on: str) -> None:
    assert say_date(PartialDate.parse(text)) == said
    assert say_on(PartialDate.parse(text)) == said_on


@pytest.mark.parametrize(
    ("start", "end", "lasting", "past", "said"),
    [
        ("2018-08", "2024-07", True, True, "August 2018 – July 2024"),
        ("2018", "2018", True, True, "2018"),
        ("2022", None, True, False, "since 2022"),
        ("2022", None, True, True, "from 2022"),
        ("2022-03-18", None, False, False, "18 March 2022"),
        (None, "2024-08", True, True, "until August 2024"),
        ("--08-12", None, False, False, "12 August"),
        (None, None, True, False, ""),
    ],
)
def test_say_period(start: str | None, end: str | None, said: str, *, lasting: bool, past: bool) -> None:
    assert say_period(held(start, end), lasting=lasting, past=past) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2012", "2018", "about 6 years"),
        ("2012", "2013-07", "about 1 year"),
        ("2012", "2012", "less than a year"),
        ("2012-03", "2018-07", "6 years 4 months"),
        ("2012-03", "2013-03", "1 year"),
        ("2012-03", "2012-04", "1 month"),
        ("2012-03", "2012-03", "less than a month"),
        ("2012-03-10", "2012-03-17", "7 days"),
        ("2012-03-10", "2012-03-11", "1 day"),
        ("2012-03-10", "2013-05-09", "1 year 1 month"),
        ("2012-03-10", "2013-05-10", "1 year 2 months"),
        ("--03-10", "--03-17", ""),
    ],
)
def test_say_length(start: str, end: str, said: str) -> None:
    period = Period(known(start), known(end))
    assert say_length(days(period) or 0, period) == said


def test_days__not_where_a_side_is_open() -> None:
    assert days(Period(known("2012"), None)) is None
    assert days(Period(None, known("2012"))) is None
    assert days(Period(known("--03"), known("--04"))) is None
    assert days(Period(known("2012-01-01"), known("2012-01-31"))) == 30
