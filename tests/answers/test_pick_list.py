from bot.model.answer import Status
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
    assert reply.text.splitlines()[1:] == ["1. Bo Li (person: Baker)", "2. Bo Li (person: people/two.md)"]
    assert [choice.slug for choice in reply.choices] == ["person/bo-li", "person/bo-li-2"]
    assert [source.key for source in reply.sources] == ["people/one.md"]


def test_whoever_is_picked_is_the_one_that_answers(knowing: Write) -> None:
    answerer = knowing(TWINS)
    reply = answerer.answer("What is Bo Li's email address?")
    told = [answerer.answer_meant(reply.turn, choice).text for choice in reply.choices]
    assert ["bo@example.org" in told[0], "li@example.net" in told[1]] == [True, True]
