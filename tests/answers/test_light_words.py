"""Words that say nothing beside a noun are not left out where they are all there is; a number has to be true."""

import pytest

from bot.model.answer import Status
from tests.answers.conftest import Write

FAIR = """
== people/lou-marsh.md
kind: person
name: Lou Marsh
worksFor: {name: Kite Fair, roleName: marshal}
alumniOf:
  - {name: Gale College, degree: MSc, fieldOfStudy: Aerodynamics}
  - {name: Fenny School, startDate: 1990, endDate: 1998}
award: {value: Golden Reel, startDate: 2015}
knowsAbout: [Knots]
== people/pip-hart.md
kind: person
name: Pip Hart
sibling: Lou Marsh
founderOf: Kite Fair
== organizations/kite-fair.md
kind: organization
name: Kite Fair
founder: [Lou Marsh, Pip Hart]
== events/tails.md
kind: event
type: talk
name: On Tails
performer: Lou Marsh
startDate: 2016-05-01
""".replace("founderOf: Kite Fair\n", "")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which award did Lou Marsh receive?", "Golden Reel"),
        ("Which award did Lou Marsh come by?", "Golden Reel"),
        ("Where did Lou Marsh complete the master's?", "Gale College"),
        ("which degree does lou marsh hold", "MSc"),
        ("What role does Lou Marsh hold at Kite Fair?", "marshal"),
        ("Who are the two founders of Kite Fair?", "Pip Hart"),
    ],
)
def test_beside_a_noun_they_say_nothing(knowing: Write, question: str, told: str) -> None:
    assert told in knowing(FAIR).answer(question).text


@pytest.mark.parametrize(
    "question",
    [
        "What did Lou Marsh earn for the talk?",
        "How much did Lou Marsh earn?",
        "How many talks hold three people?",
        "Who has six brothers?",
        "When did Lou Marsh obtain Kite Fair?",
    ],
)
def test_alone_they_have_to_be_explained(knowing: Write, question: str) -> None:
    assert knowing(FAIR).answer(question).status is Status.UNKNOWN


def test_a_beginning_beside_what_lasts_is_that_of_it(knowing: Write) -> None:
    answerer = knowing(
        """
== people/lou-marsh.md
kind: person
name: Lou Marsh
worksFor:
  - {name: Kite Fair, duty: a start-up for kites, startDate: 1999, endDate: 2004}
  - {name: Reel Works, startDate: 2004}
"""
    )
    told = answerer.answer("When did Lou Marsh start the latest job?").text
    assert ("since 2004" in told, "Kite Fair" in told) == (True, False)
    assert "until" not in answerer.answer("When did Lou Marsh end the job at Reel Works?").text
