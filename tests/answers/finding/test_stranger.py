"""A name that nobody has whole is nobody's, though somebody has its first half and somebody else the other."""

import pytest

from bot.model.answer import Reply, Status
from tests.answers.conftest import Write

DANCERS = """
== people/petra-lund.md
kind: person
name: Petra Lund
worksFor: {name: Heron Dance, roleName: dancer, startDate: 2012}
== people/petra-vogel.md
kind: person
name: Petra Vogel
aliases: [Petzi Vogel]
worksFor: {name: Heron Dance, roleName: smith, startDate: 2015}
== people/hugo-amsel.md
kind: person
name: Hugo Amsel
worksFor: {name: Heron Dance, roleName: dancer, startDate: 2018}
"""


def _named(reply: Reply) -> list[str]:
    return [entity.name for entity in reply.choices]


@pytest.mark.parametrize(
    ("question", "name", "close"),
    [
        ("Who is Petra Quist?", "Petra Quist", {"Petra Lund", "Petra Vogel"}),
        ("who is petra norwick", "petra norwick", {"Petra Lund", "Petra Vogel"}),
        ("When did Petra Quist join Heron Dance?", "Petra Quist", {"Petra Lund", "Petra Vogel"}),
        ("What does Petzi Norwick do?", "Petzi Norwick", {"Petra Vogel"}),
        ("who is hugo vogel", "hugo vogel", {"Hugo Amsel", "Petra Vogel"}),
        ("Is Otto Amsel a dancer?", "Otto Amsel", {"Hugo Amsel"}),
        ("Who is Ida Lunt?", "Ida Lunt", set()),
    ],
)
def test_nobody_has_the_whole_name(knowing: Write, question: str, name: str, close: set[str]) -> None:
    reply = knowing(DANCERS).answer(question)
    assert (reply.status, name in reply.text, set(_named(reply))) == (Status.UNKNOWN, True, close)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who is Petra Lund?", "dancer"),
        ("hugo amsel role", "dancer"),
        ("Hugo Heron Dance", "2018"),
        ("Was Petra Vogel a smith at Heron Dance?", "smith"),
    ],
)
def test_somebody_has(knowing: Write, question: str, told: str) -> None:
    assert told in knowing(DANCERS).answer(question).text
