"""What only comes near a question is not told: other counts and deeds, a day for an hour, a no for a yes."""

import pytest

from bot.answers.engine import Answerer
from bot.model.answer import Status
from tests.answers.conftest import Write

THEATRE = """
== people/ruth-vane.md
kind: person
name: Ruth Vane
worksFor: {name: Gable Puppet Theatre, roleName: carver, startDate: 2009, endDate: 2014}
claim:
  - {value: strings tangle less than rods, about: puppets, startDate: 2020-03-01}
  - {value: "she meant to add a guide to glues, which proved too hard", about: glue, words: [brush, author, reach]}
figure: {value: "more than 40 moths, counted in the costume store", about: moths, words: [count, moth, store]}
== people/otto-lind.md
kind: person
name: Otto Lind
worksFor: {name: Gable Puppet Theatre, roleName: stage hand, endDate: 2019}
claim:
  - {value: "several carvers at the theatre have one good knife or none", about: Gable Puppet Theatre}
departureReason: {value: "why the two carvers left is not known", words: [leave]}
== people/mia-orr.md
kind: person
name: Mia Orr
departureReason: {value: "why the two carvers left is not known", words: [leave]}
== organizations/theatre.md
kind: organization
name: Gable Puppet Theatre
aliases: [the theatre]
leader: [{name: Ruth Vane, startDate: 2010, endDate: 2012}, {name: Mia Orr, startDate: 2012}]
requirement: [a steady hand, patience with knots, a driving licence]
foundingDate: 1998
== topics/moths.md
kind: topic
name: moths
aliases: [costume moths]
== topics/apprentices.md
kind: topic
name: first two apprentices
aliases: [first two apprentices of the theatre]
description: {value: "both are joiners by trade; the page gives no names", words: [joiner, carpenter]}
== events/opening.md
kind: event
type: talk
name: Opening Night Talk
performer: Ruth Vane
startDate: 2011-05-02
about: puppets
== events/matinee.md
kind: event
type: talk
name: Matinee Talk
performer: Mia Orr
startDate: {value: 2012-06-03, startTime: "14:30"}
== publications/moth-notes.md
kind: publication
type: guide
name: Notes on Costume
author: Ruth Vane
about: moths
peopleTold: {value: "stewards beat the curtains every week", words: [write, guide, dust, clean]}
== vocabulary.yaml
properties:
  departureReason:
    label: why they left
    of: [person]
    type: text
    says: "{subject}: {value}"
    verbs: [leave, quit]
    answers: [why]
  peopleTold:
    label: who does what
    of: [publication]
    type: text
    many: true
    says: "{subject}: {value}"
    answers: [who]
"""


@pytest.fixture
def theatre(knowing: Write) -> Answerer:
    return knowing(THEATRE)


@pytest.mark.parametrize(
    "question",
    [
        "How many people are at Gable Puppet Theatre?",  # those who lead it are not all
        "How many carvers work at Gable Puppet Theatre?",  # "several" counts them no more than "one"
        "How many moths did Otto Lind see?",
        "What time was the Opening Night Talk?",
        "Which theatre did Otto Lind join?",  # he left it, and only that is known
        "Where did Otto Lind go?",
        "Who wrote the guide to dust?",
        "Is there a guide to rods?",
        "Is there a guide to brushes?",
        "Does Ruth Vane say why strings tangle less?",
        "Do we know whether Mia Orr won a prize?",
        "What did Gable Puppet Theatre say about carvers?",  # what is said of it are no words of its own
        "What kinds of staff does Gable Puppet Theatre have?",
        "How do I reach the author?",  # nor does an opinion tell it that is only found by the word
    ],
)
def test_what_only_comes_near_is_not_told(theatre: Answerer, question: str) -> None:
    assert theatre.answer(question).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many people led Gable Puppet Theatre?", "**2**"),
        ("How many requirements does Gable Puppet Theatre have?", "**3**"),
        ("How many moths did Ruth Vane count?", "more than 40 moths"),
        ("What time was the Matinee Talk?", "14:30"),
        ("Who wrote Notes on Costume?", "Ruth Vane"),
        ("Is there a talk about puppets?", "Yes."),
        ("Is it known when the Gable Puppet Theatre was founded?", "Yes."),
        ("Do we know whether Ruth Vane worked at the theatre?", "Yes."),
        ("do we know why otto lind left", "No."),
        ("Are the first two apprentices joiners?", "Yes."),
        ("Does Ruth Vane think that strings tangle less than rods?", "Yes."),
        ("Does Ruth Vane think that rods tangle less than strings?", "No."),
    ],
)
def test_what_is_asked_is_told(theatre: Answerer, question: str, told: str) -> None:
    reply = theatre.answer(question)
    assert (reply.status, told in reply.text) == (Status.ANSWERED, True)


def test_when_somebody_joined_is_not_when_it_began(knowing: Write) -> None:
    tea = "\n== people/ada.md\nkind: person\nname: Ada Brook\nmemberOf: {name: Tea Club, startDate: 2019}\n"
    club = knowing(tea + "== organizations/tea.md\nkind: organization\ntype: club\nname: Tea Club\n")
    assert club.answer("When was the club started?").status is Status.UNKNOWN
    assert "2019" in club.answer("When did Ada Brook join the Tea Club?").text


def test_what_somebody_says_of_a_guide_does_not_make_it_be_there(theatre: Answerer) -> None:
    assert not theatre.answer("Is there a guide to glues?").text.startswith("Yes")


def test_surnames_with_commas_between_are_several_names(theatre: Answerer) -> None:
    assert [entity.name for entity in theatre.mentioned("what about vane, lind and orr")] == [
        "Ruth Vane", "Otto Lind", "Mia Orr",
    ]  # fmt: skip
