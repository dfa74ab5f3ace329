"""Persons are not told for their number, nor a number for the persons; whoever "is at" a place is a person."""

import pytest

from bot.model.answer import Status
from tests.answers.conftest import Write

FOUNDRY = """
== organizations/bell-foundry.md
kind: organization
name: Harbour Bell Foundry
numberOfEmployees: 40 casters and tuners
parentOrganization: Quay Metals
customer: Dockside Chapel
founder: Old Tam
== organizations/polishing.md
kind: organization
name: Polishing Shop
parentOrganization: Harbour Bell Foundry
== people/meg-orr.md
kind: person
name: Meg Orr
worksFor: {name: Harbour Bell Foundry, roleName: tuner}
== people/sol-ivey.md
kind: person
name: Sol Ivey
worksFor: {name: Harbour Bell Foundry, roleName: caster}
"""


@pytest.mark.parametrize(
    "question",
    [
        "employees of Harbour Bell Foundry",
        "list the staff of harbour bell foundry",
        "Which people are at Harbour Bell Foundry?",
        "who is at harbour bell foundry",
        "Who are the employees of Harbour Bell Foundry?",
    ],
)
def test_those_who_are_asked_for_are_told_by_name(knowing: Write, question: str) -> None:
    text = knowing(FOUNDRY).answer(question).text
    assert ("Meg Orr" in text, "Sol Ivey" in text) == (True, True)
    assert not any(other in text for other in ("40", "Quay Metals", "Polishing", "Chapel", "Old Tam"))


@pytest.mark.parametrize(
    "question",
    [
        "How many employees does Harbour Bell Foundry have?",
        "number of employees at harbour bell foundry",
        "harbour bell foundry headcount",
        "How big is Harbour Bell Foundry?",
    ],
)
def test_their_number_is_told_where_it_is_asked_for(knowing: Write, question: str) -> None:
    text = knowing(FOUNDRY).answer(question).text
    assert ("40" in text, "Meg Orr" in text) == (True, False)


def test_a_number_alone_names_nobody(knowing: Write) -> None:
    unstaffed = FOUNDRY.split("== people/meg-orr.md", maxsplit=1)[0]
    reply = knowing(unstaffed).answer("Who are the employees of Harbour Bell Foundry?")
    assert reply.status is Status.UNKNOWN


def test_those_who_happen_to_be_named_are_not_counted(knowing: Write) -> None:
    uncounted = FOUNDRY.replace(
        "numberOfEmployees: 40 casters and tuners\n", "leader: {name: Jo Pike, startDate: 2020}\n"
    )
    knows = knowing(uncounted + "== people/jo-pike.md\nkind: person\nname: Jo Pike\nworksFor: Quay Metals\n")
    assert knows.answer("How many people work at Harbour Bell Foundry?").status is Status.UNKNOWN


def test_jobs_are_counted_not_the_words_for_what_somebody_is(knowing: Write) -> None:
    several = FOUNDRY.replace(
        "worksFor: {name: Harbour Bell Foundry, roleName: tuner}",
        "jobTitle: [tuner, organist]\nworksFor:\n  - {name: Harbour Bell Foundry, endDate: 2010}\n"
        "  - {name: Quay Metals, startDate: 2011, endDate: 2012}\n  - {name: Dockside Chapel, startDate: 2013}",
    )
    assert knowing(several).answer("How many jobs did Meg Orr have?").text.startswith("**3**")


def test_those_who_were_counted_are_listed(knowing: Write) -> None:
    fairs = FOUNDRY + "== people/tam.md\nkind: person\nname: Tam Reed\nworksFor: [Quay Metals, Dockside Chapel]\n"
    answerer = knowing(fairs)
    counted = answerer.answer("How many jobs does Tam Reed have?")
    listed = answerer.answer("list them", counted.turn)
    again = answerer.answer("list them all", listed.turn)
    assert counted.text.startswith("**2**")
    for reply in (listed, again):
        assert ("**2**" in reply.text, "Quay Metals" in reply.text, "Dockside" in reply.text) == (False, True, True)
