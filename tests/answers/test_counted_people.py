"""How many people of a trade there are is told by a number of just them, not by another number beside the word."""

import pytest

from bot.model.answer import Status
from tests.answers.conftest import Write

YARD = """
== organizations/yard.md
kind: organization
name: Sable Yard
figure:
  - {value: "two rules for new hands: be sober and be early", words: [carpenter, engineer]}
  - {value: nine divers took part in the raising of the hull}
"""


def test_a_number_of_rules_is_no_number_of_engineers(knowing: Write) -> None:
    answerer = knowing(YARD)
    assert answerer.answer("How many engineers does Sable Yard have?").status is Status.UNKNOWN
    assert "two rules" in answerer.answer("How many rules does Sable Yard have?").text


SCHOOL = """
== people/wim.md
kind: person
name: Wim Otter
alumniOf:
  - {name: Dyke College, degree: BSc, fieldOfStudy: Hydrology, endDate: 2001}
  - {name: Dyke College, degree: MSc, fieldOfStudy: Hydrology, endDate: 2003}
  - {name: Polder School, endDate: 1997}
"""


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("How many degrees does Wim Otter have?", "**2**"),  # of the school none is told
        ("How many degrees did Wim Otter earn at Dyke College?", "**2**"),
    ],
)
def test_degrees_are_counted_where_they_are_told(knowing: Write, question: str, number: str) -> None:
    assert knowing(SCHOOL).answer(question).text.startswith(number)


def test_who_went_there_need_not_have_a_degree_from_there(knowing: Write) -> None:
    assert knowing(SCHOOL).answer("How many degrees did Wim Otter earn at the Polder School?").status is Status.UNKNOWN
