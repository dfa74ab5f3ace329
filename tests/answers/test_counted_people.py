"""How many people of a trade there are is told by a number of just them, not by another number beside the word."""

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
