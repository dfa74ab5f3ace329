"""A deputy's role is not the role: who is asked for by one is not told by the other."""

import pytest

from bot.model.answer import Status
from tests.answers.conftest import Write

ROWERS = """
== organizations/rowing-club.md
kind: organization
type: club
name: Fenwick Rowing Club
leader:
  - {name: Tom Ashe, roleName: Deputy head of training}
== people/una-holt.md
kind: person
name: Una Holt
worksFor: {name: Fenwick Rowing Club, roleName: "Vice President, events"}
== people/tom-ashe.md
kind: person
name: Tom Ashe
worksFor: {name: Fenwick Rowing Club, roleName: Assistant to the treasurer}
== people/ravi-sen.md
kind: person
name: Ravi Sen
worksFor: {name: Fenwick Rowing Club, roleName: President-elect}
== people/kim-oduya.md
kind: person
name: Kim Oduya
worksFor: {name: Fenwick College, roleName: Assistant professor of hydraulics and deputy bursar}
"""


@pytest.mark.parametrize(
    "question",
    [
        "Who is the president of Fenwick Rowing Club?",
        "president fenwick rowing club",
        "Who is the head of Fenwick Rowing Club?",
        "Who leads Fenwick Rowing Club?",
        "Who is the treasurer of Fenwick Rowing Club?",
        "Who is the bursar of Fenwick College?",
    ],
)
def test_a_deputy_is_not_told_for_the_one_in_office(knowing: Write, question: str) -> None:
    assert knowing(ROWERS).answer(question).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who is the vice president of Fenwick Rowing Club?", "Una Holt"),
        ("vp fenwick rowing club", "Una Holt"),
        ("Who is the president-elect of Fenwick Rowing Club?", "Ravi Sen"),
        ("Who is the deputy head of training at Fenwick Rowing Club?", "Tom Ashe"),
        ("Who is a professor at Fenwick College?", "Kim Oduya"),
        ("Who is the deputy bursar of Fenwick College?", "Kim Oduya"),
    ],
)
def test_a_deputy_is_told_where_the_question_says_so(knowing: Write, question: str, name: str) -> None:
    reply = knowing(ROWERS).answer(question)
    assert (reply.status, name in reply.text) == (Status.ANSWERED, True)


def test_somebody_who_has_the_very_role_is_told_alone(knowing: Write) -> None:
    both = ROWERS.replace("Deputy head of training", "Head of training").replace("President-elect", "President")
    for question, name in (
        ("Who is the president of Fenwick Rowing Club?", "Ravi Sen"),
        ("Who leads Fenwick Rowing Club?", "Tom Ashe"),
    ):
        text = knowing(both).answer(question).text
        assert (name in text, "Una Holt" in text) == (True, False)


def test_whether_a_deputy_is_the_one_in_office_is_answered_with_the_office_that_is_recorded(knowing: Write) -> None:
    reply = knowing(ROWERS).answer("Is Una Holt the president of Fenwick Rowing Club?")
    assert (reply.text.startswith("Yes"), "Vice President" in reply.text) == (False, True)


def test_the_head_of_a_field_is_no_head_of_something_else_who_works_in_the_field(knowing: Write) -> None:
    crews = (
        ROWERS
        + """
== projects/launches.md
kind: project
type: team
name: Launch crew
parentOrganization: Fenwick Rowing Club
leader: Ada Birk
== people/ada-birk.md
kind: person
name: Ada Birk
worksFor: {name: Fenwick Rowing Club, roleName: research coach}
== people/leo-marsh.md
kind: person
name: Leo Marsh
worksFor: {name: Fenwick College, roleName: Head of research}
"""
    )
    answerer = knowing(crews)
    assert answerer.answer("Who is the head of research at Fenwick Rowing Club?").status is Status.UNKNOWN
    for question, name in (
        ("Who is the head of research at Fenwick College?", "Leo Marsh"),
        ("Who is the leader of the launch crew?", "Ada Birk"),
    ):
        assert name in answerer.answer(question).text, question


CREW = """
== people/una-holt.md
kind: person
name: Una Holt
jobTitle: Head Coach
== people/kim-oduya.md
kind: person
name: Kim Oduya
description: Kim Oduya is the leading coxswain of the county.
== events/starts.md
kind: event
name: Clean starts
type: [talk]
performer: Kim Oduya
startDate: 2021-05-02
"""


def test_a_role_of_two_words_is_told_by_whoever_has_it_not_by_who_gave_a_talk(knowing: Write) -> None:
    text = knowing(CREW).answer("Who is the head coach?").text
    assert ("Una Holt" in text, "Kim Oduya" in text) == (True, False)


def test_nobody_has_a_role_whose_words_only_describe_who_gave_a_talk(knowing: Write) -> None:
    assert "Una Holt" not in knowing(CREW.replace("Head Coach", "Warden")).answer("Who is the head coach?").text
