"""Of a programme: in which room and at what hour somebody speaks, about what, and whether it is on at all."""

import pytest

from bot.answers.wording.markdown import plain
from tests.answers.conftest import Write

PROGRAMME = """
== sources.yaml
days: {title: Glass Days programme}

== events/days.md
kind: event
name: Glass Days
startDate: 2024-05-03

== events/panes.md
kind: event
name: How glass panes breathe
type: [talk]
startDate: {value: 2024-05-03, startTime: "10:15"}
location: Furnace Hall
superEvent: Glass Days
performer: {name: Orla Finn, superEvent: Glass Days}
about: Bubble Glass

== events/visit.md
kind: event
name: Kiln visit
startDate: {value: 2024-05-04, eventStatus: cancelled}
superEvent: Glass Days

== people/orla.md
kind: person
name: Orla Finn
worksFor: Sand & Sons
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Where does Orla Finn speak?", "How glass panes breathe was at Furnace Hall"),
        ("Which room is Orla Finn speaking in?", "How glass panes breathe was at Furnace Hall"),
        ("What time does Orla Finn speak?", "How glass panes breathe was on 3 May 2024, 10:15."),
        ("What did Orla Finn talk about?", "Orla Finn gave How glass panes breathe"),
        ("Who speaks about glass panes?", "Orla Finn gave How glass panes breathe"),
        ("When is the Kiln visit?", "Kiln visit was on 4 May 2024, cancelled."),
        ("Is the Kiln visit event still on?", "No. Kiln visit was on 4 May 2024, cancelled."),
    ],
)
def test_what_a_programme_says(knowing: Write, question: str, told: str) -> None:
    assert plain(knowing(PROGRAMME).answer(question).text).startswith(told)


def test_a_talk_is_counted_once_though_its_speaker_and_its_topic_both_lead_to_it(knowing: Write) -> None:
    reply = knowing(PROGRAMME).answer("How many talks about Bubble Glass did Orla Finn give?")
    assert plain(reply.text).startswith("1 –")


def test_an_employer_is_no_university_that_somebody_went_to(knowing: Write) -> None:
    assert "Sand" not in knowing(PROGRAMME).answer("Which university did Orla Finn go to?").text
    assert "Sand" in knowing(PROGRAMME).answer("Which company did Orla Finn go to?").text


def test_one_word_of_a_title_is_enough_to_ask_who_speaks_about_it(knowing: Write) -> None:
    text = plain(knowing(PROGRAMME.replace("about: Bubble Glass", "")).answer("Who speaks about panes?").text)
    assert text.startswith("Orla Finn gave How glass panes breathe")


def test_the_word_for_its_kind_behind_an_event_is_no_event_it_is_part_of(knowing: Write) -> None:
    text = plain(
        knowing(PROGRAMME.replace("name: Kiln visit", "name: Kiln visit\nlocation: Old Kiln"))
        .answer("Where is the Kiln visit event?")
        .text
    )
    assert ("Old Kiln" in text, "part of" in text) == (True, False)
