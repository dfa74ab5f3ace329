from bot.model.answer import Status
from bot.model.request import Request, Wish
from tests.answers.conftest import Write

TWINS = """
== people/one.md
kind: person
name: Bo Li
jobTitle: Baker
email: bo@example.org
== people/two.md
kind: person
name: Bo Li
email: li@example.net
== decisions.yaml
- decision: different
  kind: person
  one: {name: Bo Li, document: people/one.md}
  other: {name: Bo Li, document: people/two.md}
"""


def test_two_of_one_name_are_told_apart_by_what_they_do_or_where_they_are_told_of(knowing: Write) -> None:
    reply = knowing(TWINS).answer("What is Bo Li's email address?")
    assert reply.status is Status.AMBIGUOUS
    assert reply.text.splitlines()[1:] == ["1. Bo Li (person) – Baker", "2. Bo Li (person) – told of in people/two.md"]
    assert [choice.slug for choice in reply.choices] == ["person/bo-li", "person/bo-li-2"]
    assert [source.key for source in reply.sources] == ["people/one.md"]
    assert [fact.value.text for fact in reply.facts] == ["Baker"]
    assert list(reply.marks) == ["Baker", "told of in people/two.md"]


PENS = """
== people/ada.md
kind: person
name: Ada Penn
jobTitle: Baker
worksFor: {name: Mill Row, roleName: oven keeper, startDate: 2019}
== people/tom.md
kind: person
name: Tom Penn
jobTitle: Baker
worksFor:
  - {name: Hill Farm, startDate: 2011, endDate: 2014}
  - {name: Dairy, roleName: cheese maker}
== people/una.md
kind: person
name: Una Penn
jobTitle: Baker
description: a life too long to be told in a list that somebody reads to find out which of several people is meant
== people/lev.md
kind: person
name: Lev Penn
claim: bread wants time
"""


def test_those_of_one_surname_are_told_by_what_only_one_of_them_is(knowing: Write) -> None:
    assert knowing(PENS).answer("When was Penn born?").text.splitlines()[1:] == [
        "1. Ada Penn (person) – Mill Row, as oven keeper (since 2019)",
        "2. Lev Penn (person)",
        "3. Tom Penn (person) – Dairy, as cheese maker",
        "4. Una Penn (person) – a life too long to be told in a list that somebody reads to find out which of …",
    ]


def test_one_of_another_kind_is_told_by_its_kind(knowing: Write) -> None:
    known = knowing(PENS + "== organizations/penn.md\nkind: organization\nname: Penn\ndescription: a mill\n")
    lines = known.perform(Request(Wish.DESCRIBE, ("Pen", ""))).text.splitlines()
    assert "5. Penn (organisation)" in lines or "1. Penn (organisation)" in lines


def test_whoever_is_picked_is_the_one_that_answers(knowing: Write) -> None:
    answerer = knowing(TWINS)
    reply = answerer.answer("What is Bo Li's email address?")
    told = [answerer.answer_meant(reply.turn, choice).text for choice in reply.choices]
    assert ["bo@example.org" in told[0], "li@example.net" in told[1]] == [True, True]
