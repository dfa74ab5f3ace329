"""Which department somebody is in is told by a department, not by whatever he worked at or where he studied."""

import pytest

from bot.model.answer import Status
from tests.answers.conftest import Write

MUSEUM = """
== organizations/museum.md
kind: organization
name: Salt Museum
== organizations/conservation.md
kind: organization
type: department
name: Conservation
parentOrganization: Salt Museum
== organizations/bureau.md
kind: organization
type: team
name: Tern Bureau
== people/nia-cole.md
kind: person
name: Nia Cole
worksFor:
  - {name: Salt Museum, roleName: curator, department: Minerals}
  - {name: Tern Bureau, endDate: 2011}
alumniOf: {name: Brine College, department: Geology, degree: BSc}
== people/abe-dunn.md
kind: person
name: Abe Dunn
worksFor: {name: Tern Bureau, endDate: 2011}
alumniOf: {name: Brine College, degree: BSc}
== people/ines-roy.md
kind: person
name: Ines Roy
worksFor: Conservation
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which department does Nia Cole work in?", "Minerals"),
        ("nia cole department at salt museum", "Minerals"),
        ("Which department did Nia Cole study in?", "Geology"),
        ("Which department does Ines Roy work in?", "Conservation"),
        ("Which departments does Salt Museum have?", "Conservation"),
    ],
)
def test_a_department_is_told(knowing: Write, question: str, told: str) -> None:
    text = knowing(MUSEUM).answer(question).text
    assert (told in text, "Tern Bureau" in text) == (True, False)


@pytest.mark.parametrize(
    "question",
    [
        "Which department is Abe Dunn in?",
        "What department did Abe Dunn work in?",
        "Which division did Abe Dunn study in?",
    ],
)
def test_a_team_of_the_past_or_a_school_is_no_department(knowing: Write, question: str) -> None:
    assert knowing(MUSEUM).answer(question).status is Status.UNKNOWN
