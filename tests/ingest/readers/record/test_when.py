import pytest

from bot.ingest.readers.record.when import When, read_when
from bot.model.partial_date import PartialDate


def when(start: str, end: str = "", start_time: str = "", end_time: str = "", *, open: bool = False) -> When:
    first = PartialDate.parse(start) if start else None
    last = PartialDate.parse(end) if end else None if open else first
    return When(first, last, start_time, end_time, open)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-05-09", when("2018-05-09")),
        ("2018-5-9", when("2018-05-09")),
        ("20180509", when("2018-05-09")),
        ("2018-05", when("2018-05")),
        ("2018", when("2018")),
        ("2018-05-09T19:00", when("2018-05-09", start_time="19:00")),
        ("20180509T1900", when("2018-05-09", start_time="19:00")),
        ("20180509T19:00", when("2018-05-09", start_time="19:00")),
        ("2018-05-09 19:00:00 +0200", when("2018-05-09", start_time="19:00")),
        ("2018-05-09T19:00:00Z", when("2018-05-09", start_time="19:00 UTC")),
        ("2018-05-09T00:00:00.000Z", when("2018-05-09")),
        ("05/2018", when("2018-05")),
        ("09.05.2018", when("2018-05-09")),
        ("31/05/2018", when("2018-05-31")),
        ("05/31/2018", when("2018-05-31")),
        ("05/09/2018", when("2018")),
        ("May 2018", when("2018-05")),
        ("Sept. 2018", when("2018-09")),
        ("9 May 2018", when("2018-05-09")),
        ("Wednesday, May 9th, 2018", when("2018-05-09")),
        ("venerdì 13 settembre 2024", when("2024-09-13")),
        ("Sonntag, 13. März 2017", when("2017-03-13")),
        ("May 9th-10th 2018", when("2018-05-09", "2018-05-10")),
        ("9–10 May 2018", when("2018-05-09", "2018-05-10")),
        ("9th and 10th of May 2018", when("2018-05-09", "2018-05-10")),
        ("30 April - 2 May 2018", when("2018-04-30", "2018-05-02")),
        ("April 30 - May 2, 2018", when("2018-04-30", "2018-05-02")),
        ("12.-14.05.2018", when("2018-05-12", "2018-05-14")),
        ("2018-05-09 - 2018-05-10", when("2018-05-09", "2018-05-10")),
        ("2016-2018", when("2016", "2018")),
        ("2016 – present", when("2016", open=True)),
        ("May 2016 - Jun 2018", when("2016-05", "2018-06")),
        ("Present", When(open=True)),
        ("10:00", when("", start_time="10:00")),
        ("9.30", when("", start_time="09:30")),
        ("9:30 PM", when("", start_time="21:30")),
        ("9-11 am", when("", start_time="09:00", end_time="11:00")),
        ("14h30", when("", start_time="14:30")),
        ("10:00 – 10:45", when("", start_time="10:00", end_time="10:45")),
        ("9 May 2018, 19:00", when("2018-05-09", start_time="19:00")),
        ("May 9, 2018 at 7pm", when("2018-05-09", start_time="19:00")),
    ],
)
def test_read_when(text: str, expected: When) -> None:
    assert read_when(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Room 12",
        "12",
        "We",
        "t=6722",
        "2018-13-40",
        "99:99",
        "May",
        "soon",
        "2019 - 2016",
        "JavaScript 2018",
        "x" * 900,
    ],
)
def test_read_when__anything_else(text: str) -> None:
    assert read_when(text) is None
