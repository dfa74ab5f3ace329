"""Whom a description without a name means: described as if it were named, or asked back which of a few it is."""

import pytest

from tests.answers.conftest import Write

BAKERY = """
== events/oven.md
kind: event
type: workshop
name: Oven Building
startDate: 2021-05-01
== events/rye.md
kind: event
type: workshop
name: Rye Evening
startDate: 2022-06-02
== events/fair.md
kind: event
type: conference
name: Bread Fair
startDate: 2023-07-03
description: bakers from all over the valley
== publications/letter.md
kind: publication
type: article
name: Letter on the old mill
author: Bo Li
"""


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("Tell me about the article", "**Letter on the old mill** (article)"),
        ("summary of the conference", "**Bread Fair** (conference): bakers from all over the valley"),
        ("is there anything about the conference", "**Bread Fair** (conference)"),
        ("do you have any info on Bread Fair", "**Bread Fair** (conference)"),
    ],
)
def test_what_is_described_is_shown_like_what_is_named(knowing: Write, question: str, reply: str) -> None:
    assert knowing(BAKERY).answer(question).text.startswith(reply)


def test_of_a_few_it_is_asked_which(knowing: Write) -> None:
    reply = knowing(BAKERY).answer("Tell me about the workshop")
    assert [entity.name for entity in reply.choices] == ["Oven Building", "Rye Evening"]


def test_a_word_that_only_also_means_the_type_asks_nothing(knowing: Write) -> None:
    assert knowing(BAKERY).answer("Tell me about the lab").choices == ()


POSTS = """
== people/bo.md
kind: person
name: Bo Li
== publications/one.md
kind: publication
type: post
name: Early batches
author: Bo Li
datePublished: 2020-01-05
about: [rye, ovens]
== publications/two.md
kind: publication
type: post
name: Late batches
author: Bo Li
datePublished: 2021-02-06
about: [rye, salt]
"""


def test_what_is_about_two_things_is_the_only_one_that_is_about_both(knowing: Write) -> None:
    answerer = knowing(POSTS)
    assert answerer.answer("When was the post about rye and ovens?").text.endswith("**on 5 January 2020**.")
    both = answerer.answer("When was the post about rye?").text
    assert ("2020" in both, "2021" in both) == (True, True)


CHOIR = """
== people/una.md
kind: person
name: Una Kell
worksFor:
  - {name: Larch Choir, roleName: conductor, duty: two new masses, startDate: 2010, endDate: 2014}
  - {name: Fir Choir, roleName: treasurer, duty: the books in order, startDate: 2014}
== events/spring.md
kind: event
type: talk
name: Larch talk
performer: Una Kell
startDate: 2013-03-04
about: breathing
== topics/vowels.md
kind: topic
name: vowels
"""


def test_whose_a_talk_is_says_no_more_than_its_name(knowing: Write) -> None:
    answerer = knowing(CHOIR)
    assert answerer.answer("Was Una Kell's Larch talk about breathing?").text.startswith("Yes.")
    assert answerer.answer("Was Una Kell's Larch talk about vowels?").text.startswith("No")


def test_what_somebody_did_as_something_is_what_was_done_there(knowing: Write) -> None:
    reply = knowing(CHOIR).answer("What did Una Kell do as a treasurer?").text
    assert ("the books in order" in reply, "two new masses" in reply) == (True, False)


def test_what_somebody_writes_about_a_thing_is_said_of_it(knowing: Write) -> None:
    profile = """
== people/una.md
kind: person
name: Una Kell
claim: {value: "long vowels tire the voice", about: vowels}
== topics/vowels.md
kind: topic
name: vowels
"""
    assert "long vowels tire the voice" in knowing(profile).answer("What did Una Kell write about vowels?").text
