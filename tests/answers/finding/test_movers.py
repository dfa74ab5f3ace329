"""Who of a role came or went: each who is told has the role, and it is persons who are told."""

import pytest

from bot.model.answer import Status
from tests.answers.conftest import Write

CIRCUS = """
== organizations/circus.md
kind: organization
name: Ochre Circus
leader:
  - {name: Lena Voss, startDate: 2015}
== people/lena-voss.md
kind: person
name: Lena Voss
worksFor: {name: Ochre Circus, roleName: rigger, startDate: 2010}
== people/max-tarn.md
kind: person
name: Max Tarn
worksFor: {name: Ochre Circus, roleName: Chief rigger, startDate: 2011, endDate: 2019-03}
== people/ivo-reed.md
kind: person
name: Ivo Reed
worksFor: {name: Ochre Circus, roleName: juggler and researcher, startDate: 2012, endDate: 2019-08}
== events/parade.md
kind: event
name: Spring Parade
startDate: 2019-04-01
organizer: Ochre Circus
"""


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("Which leaders left in 2019?", "Max Tarn", "Ivo Reed"),
        ("Which leaders left Ochre Circus?", "Max Tarn", "Lena Voss"),
        ("which researchers left ochre circus in 2019", "Ivo Reed", "Max Tarn"),
        ("Which people left Ochre Circus in 2019?", "Ivo Reed", "Lena Voss"),
    ],
)
def test_who_went(knowing: Write, question: str, told: str, untold: str) -> None:
    text = knowing(CIRCUS).answer(question).text
    assert (told in text, untold in text, "Parade" in text) == (True, False, False)


@pytest.mark.parametrize("question", ["Which leaders left in 2003?", "Which developers left Ochre Circus?"])
def test_nobody_went(knowing: Write, question: str) -> None:
    assert knowing(CIRCUS).answer(question).status is Status.UNKNOWN
