from bot.answers.introduction import introduce
from bot.model.answer import Introduction
from tests.answers.conftest import Write
from tests.terminal.fakes import FakeSnapshot

SEASON = """
== sources.yaml
season: {title: Season}

== events/series.md
kind: event
name: Singing series
location: Mill House
description: Evenings of song.
performer: [Odile Marchetti, Tomas Vrba]

== events/departure.md
kind: event
name: Departure of the founding director and both of her deputies
startDate: 2024-05-03
location: Mill House
performer: [Odile Marchetti, Tomas Vrba]

== events/spring.md
kind: event
name: Spring Concert
startDate: 2024-03-12
"""
TEMPLATES = [
    "Who is {person}?",
    "Do {person_2} and {person} agree?",
    "And {person_3}?",
    "Where is {place}?",
    "What was in {year}?",
]


def test_introduce__the_best_known_first_and_nothing_that_cannot_be_filled() -> None:
    assert introduce(FakeSnapshot(), TEMPLATES) == Introduction(
        "1 event and 2 people",
        ("Who is Orla Finch?", "Do Ida Brook and Orla Finch agree?", "What was in 2019?"),
    )


def test_introduce__a_long_name_and_an_event_without_a_date_make_no_example(knowing: Write) -> None:
    club = knowing(SEASON)
    assert "When was Spring Concert?" in club.introduction.questions


def test_introduce__nothing_loaded() -> None:
    class Empty(FakeSnapshot):
        def counts(self) -> dict[str, int]:
            return {}

    assert introduce(Empty(), TEMPLATES) == Introduction()
