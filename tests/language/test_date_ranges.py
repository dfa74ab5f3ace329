import pytest

from bot.language.date_ranges import find_ranges
from bot.model.partial_date import PartialDate


def told(text: str, written: PartialDate | None = None) -> list[str]:
    """Each time as `start..end`, with what is written of it; `+` for what goes on."""
    return [f"{span.start or ''}..{'+' if span.ongoing else span.end or ''}" for span in find_ranges(text, written)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aug 2018 Jul 2024", "2018-08..2024-07"),
        ("2018-2020", "2018..2020"),
        ("2013--2015", "2013..2015"),
        ("2018–present", "2018..+"),
        ("2020-Present", "2020..+"),
        ("2017 to date", "2017..+"),
        ("(2014 - )", "2014..+"),
        ("Tarn College, 2016–.", "2016..+"),
        ("Port. 25 April 2018", "2018-04-25..2018-04-25"),
        ("since 2007", "2007..+"),
        ("Seit März 1998", "1998-03..+"),
        ("depuis 2014", "2014..+"),
        ("(bis 2016)", "..2016"),
        ("Expected Dec. 2026", "..2026-12"),
        ("Sept. 2025 - Expected Dec. 2026", "2025-09..2026-12"),
        ("Summer 2016", "2016..2016"),
        ("Fall 2012 – Spring 2013", "2012..2013"),
        ("Winter 2012/13", "2012..2013"),
        ("12.–14. May 2017", "2017-05-12..2017-05-14"),
        ("May 12-14, 2017", "2017-05-12..2017-05-14"),
        ("28 May – 2 June 2017", "2017-05-28..2017-06-02"),
        ("Jan – Mar 2015", "2015-01..2015-03"),
        ("03/2014 - 06/2016", "2014-03..2016-06"),
        ("2014/03", "2014-03..2014-03"),
        ("01.03.2015 - 31.12.2016", "2015-03-01..2016-12-31"),
        ("Q3 2019", "2019-07..2019-09"),
        ("'98", "1998..1998"),
        ("Sept '09 – June '11", "2009-09..2011-06"),
        ("ca. 1990", "1990..1990"),
        ("1990s", "1990..1999"),
        ("2018/19", "2018..2019"),
        ("2010–11", "2010..2011"),
        ("2018-08", "2018-08..2018-08"),
        ("21st September 2019", "2019-09-21..2019-09-21"),
        ("4. Juni 1943", "1943-06-04..1943-06-04"),
        ("1949 bis 1962", "1949..1962"),
        ("enero de 2012 - marzo de 2014", "2012-01..2014-03"),
        ("de 2010 à 2012", "2010..2012"),
        ("10/12/2017", "2017..2017"),  # either can be the month: only the year is known
    ],
)
def test_a_time_in_any_usual_form(text: str, expected: str) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "We", "t=6722", "608-262-2013", "(202) 555-2015", "v2.2019.1", "arXiv:1912.06680", "$2010", "pp. 1990-2010",
        "391-405", "2000 employees", "https://a.example/2015/06", "Room 2014", "20150122T19:00", "ISO 2022",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_time(text: str) -> None:
    assert told(text) == []


def test_two_years_side_by_side_are_no_stretch() -> None:
    assert told("2014 and 2009") == ["2014..2014", "2009..2009"]


def test_a_relative_year_needs_to_know_when_the_document_was_written() -> None:
    assert told("she moved last year", PartialDate(2019, 5)) == ["2018..2018"]
    assert told("she moved last year") == []


def test_the_place_in_the_text_is_that_of_the_words() -> None:
    text = "Straße, März 2014 – heute, Köln"
    (span,) = find_ranges(text)
    assert text[span.first : span.last] == "März 2014 – heute"
