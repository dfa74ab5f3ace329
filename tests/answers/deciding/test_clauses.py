"""A clause that begins with "when" gives the time of what is asked; where nobody knows it, nothing is told."""

import pytest

from bot.answers.engine import Answerer
from bot.model.answer import Status
from tests.answers.conftest import Write

YARD = """
== people/nell.md
kind: person
name: Nell Harrow
worksFor:
  - {name: Saltmarsh Yard, startDate: 2010-03, endDate: 2019-08}
  - {name: Harbour Trust, startDate: 2019-09}
claim: {value: nobody sings when the tide turns, about: the tide}
== organizations/yard.md
kind: organization
name: Saltmarsh Yard
leader:
  - {name: Luca Tarn, startDate: 2012, endDate: 2017}
  - {name: Oona Falk, startDate: 2017, endDate: 2018}
  - {name: Ines Quay, startDate: 2018}
== projects/heron.md
kind: project
type: boat
name: Heron
creator: Luca Tarn
datePublished: 2014-06
== projects/teal.md
kind: project
type: boat
name: Teal
creator: [Luca Tarn, Oona Falk]
== projects/gannet.md
kind: project
type: boat
name: Gannet
datePublished: 2018
== events/talk.md
kind: event
type: talk
name: Masts and Stays
performer: Luca Tarn
startDate: 2019-10-12
"""


@pytest.fixture
def yard(knowing: Write) -> Answerer:
    return knowing(YARD)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Who led Saltmarsh Yard when Heron came out?",
            "**Luca Tarn** led Saltmarsh Yard (2012 – 2017). Heron was published in June 2014.",
        ),
        (
            "where did nell work when masts and stays took place",
            "Nell Harrow works at **Harbour Trust** (since September 2019). Masts and Stays was on 12 October 2019.",
        ),
        (
            "Who led Saltmarsh Yard while Nell Harrow worked at Harbour Trust?",
            (
                "**Ines Quay** leads Saltmarsh Yard (since 2018)."
                " Nell Harrow works at Harbour Trust (since September 2019)."
            ),
        ),
    ],
)
def test_what_held_then(yard: Answerer, question: str, told: str) -> None:
    reply = yard.answer(question)
    assert (reply.status, reply.text) == (Status.ANSWERED, told)
    assert len(reply.facts) > 1


@pytest.mark.parametrize(
    "question",
    [
        "Who led Saltmarsh Yard when Teal came out?",  # nobody knows when
        "Who led Saltmarsh Yard when Gannet came out?",  # two did in that year
        "Where did Nell Harrow work when Nell Harrow was born?",
    ],
)
def test_what_held_then_is_not_known(yard: Answerer, question: str) -> None:
    assert yard.answer(question).status is Status.UNKNOWN


def test_an_opinion_may_speak_of_any_when(yard: Answerer) -> None:
    assert "nobody sings" in yard.answer("What does Nell Harrow say about the tide when the tide turns?").text
