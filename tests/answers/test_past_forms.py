"""What was built is no building, and what was met no meeting: a past form is read as the verb alone."""

import pytest

from bot.model.answer import Status
from tests.answers.conftest import Write

HALL = """
== places/weir-hall.md
kind: place
type: building
name: Weir Hall
== events/weir-supper.md
kind: event
name: Weir Supper
location: Weir Hall
startDate: 2019-10-04
== people/ola-kerr.md
kind: person
name: Ola Kerr
workLocation: Weir Hall, room 4
== projects/punt.md
kind: project
name: Grey Punt
creator: {name: Ola Kerr, startDate: 2018}
"""


@pytest.mark.parametrize("question", ["When was Weir Hall built?", "weir hall built when"])
def test_a_supper_in_a_hall_does_not_tell_when_it_was_built(knowing: Write, question: str) -> None:
    reply = knowing(HALL).answer(question)
    assert (reply.status, "2019" in reply.text) == (Status.UNKNOWN, False)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who built Grey Punt?", "Ola Kerr"),
        ("Which buildings do you know?", "Weir Hall"),
        ("Which building is Ola Kerr in?", "room 4"),
        ("In which building was Weir Supper?", "Weir Hall"),
    ],
)
def test_the_verb_and_the_noun_are_each_understood(knowing: Write, question: str, told: str) -> None:
    assert told in knowing(HALL).answer(question).text
