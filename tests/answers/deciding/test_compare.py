"""Two are compared, and the most of a kind is told, by figures and dates that are recorded; otherwise nobody is."""

import pytest

from bot.answers.engine import Answerer
from bot.model.answer import Status
from tests.answers.conftest import Write

WORKSHOP = """
== vocabulary.yaml
properties:
  mass:
    label: weight
    of: [project]
    type: text
    says: "{subject} weighs {value}"
    words: [heavy]
  hullLength:
    label: length
    of: [project]
    type: text
    says: "{subject} is {value} long"
    nouns: [length]
    words: [long]
  finish:
    label: finish
    of: [project]
    type: text
    says: "{subject} is deep {value}"
    words: [deep]
== people/nell.md
kind: person
name: Nell Harrow
birthDate: 1981-04-02
worksFor:
  - {name: Saltmarsh Yard, roleName: builder, startDate: 2010-03, endDate: 2019-08}
  - {name: Harbour Trust, roleName: surveyor, startDate: 2019-09, endDate: 2021-09}
== people/luca.md
kind: person
name: Luca Tarn
birthDate: 1975
worksFor: {name: Saltmarsh Yard, roleName: rigger, startDate: 2008-01}
== people/ada.md
kind: person
name: Ada Reed
birthDate: 1975-03
worksFor: {name: Harbour Trust, startDate: 2001}
== people/ines.md
kind: person
name: Ines Quay
== organizations/yard.md
kind: organization
name: Saltmarsh Yard
foundingDate: 1998
numberOfEmployees: 48 people
== organizations/trust.md
kind: organization
name: Harbour Trust
foundingDate: 2004-06
numberOfEmployees: 9 people
== projects/heron.md
kind: project
type: boat
name: Heron
creator: Nell Harrow
mass: 4.5 tonnes
hullLength: 9.2 m
finish: green
datePublished: 2014-06
== projects/teal.md
kind: project
type: boat
name: Teal
creator: Luca Tarn
mass: 900 kg
hullLength: 31 feet
finish: blue
datePublished: 2011-05
== projects/gannet.md
kind: project
type: boat
name: Gannet
creator: Nell Harrow
hullLength: 15.5 m
datePublished: 2018-09
== events/caulking.md
kind: event
type: talk
name: Caulking for Everyone
performer: Nell Harrow
startDate: 2021-02-03
== events/masts.md
kind: event
type: talk
name: Masts and Stays
performer: Luca Tarn
startDate: 2019-10-12
"""


@pytest.fixture
def workshop(knowing: Write) -> Answerer:
    return knowing(WORKSHOP)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which is heavier, Heron or Teal?", "**Heron**. Heron weighs 4.5 tonnes. Teal weighs 900 kg."),
        ("Is Teal heavier than Heron?", "No. Teal weighs 900 kg. Heron weighs 4.5 tonnes."),
        ("which of heron and teal is longer", "**Teal**. Heron is 9.2 m long. Teal is 31 feet long."),
        ("Which boat is the longest?", "**Gannet** is 15.5 m long."),
        ("what is the shortest boat", "**Heron** is 9.2 m long."),
        ("Which boat by Nell Harrow is the longest?", "**Gannet** is 15.5 m long."),
        (
            "Who is older, Nell Harrow or Luca Tarn?",
            "**Luca Tarn**. Nell Harrow was born on 2 April 1981. Luca Tarn was born in 1975.",
        ),
        ("Is Nell older than Luca?", "No. Nell Harrow was born on 2 April 1981. Luca Tarn was born in 1975."),
        (
            "which is bigger, the harbour trust or saltmarsh yard",
            "**Saltmarsh Yard**. People at Harbour Trust: 9 people. People at Saltmarsh Yard: 48 people.",
        ),
        (
            "Which is newer, Heron or Gannet?",
            "**Gannet**. Heron was published in June 2014. Gannet was published in September 2018.",
        ),
        (
            "Who joined Saltmarsh Yard first, Nell Harrow or Luca Tarn?",
            (
                "**Luca Tarn**. Nell Harrow worked at Saltmarsh Yard, as builder (March 2010 – August 2019)."
                " Luca Tarn works at Saltmarsh Yard, as rigger (since January 2008)."
            ),
        ),
        (
            "Which was longer, Nell's time at Saltmarsh Yard or at Harbour Trust?",
            (
                "**Saltmarsh Yard**. Nell Harrow worked at Saltmarsh Yard, as builder (March 2010 – August 2019)."
                " Nell Harrow worked at Harbour Trust, as surveyor (September 2019 – September 2021)."
            ),
        ),
        (
            "Did Nell Harrow work longer at Saltmarsh Yard or at Harbour Trust?",
            (
                "**Saltmarsh Yard**. Nell Harrow worked at Saltmarsh Yard, as builder (March 2010 – August 2019)."
                " Nell Harrow worked at Harbour Trust, as surveyor (September 2019 – September 2021)."
            ),
        ),
        (
            "Did Gannet come out before Heron?",
            "No. Gannet was published in September 2018. Heron was published in June 2014.",
        ),
    ],
)
def test_compared(workshop: Answerer, question: str, told: str) -> None:
    reply = workshop.answer(question)
    assert (reply.status, reply.text) == (Status.ANSWERED, told)
    assert reply.facts


@pytest.mark.parametrize(
    "question",
    [
        "Which is heavier, Heron or Gannet?",  # of one nothing is recorded
        "Who is older, Nell Harrow or Ines Quay?",
        "Who is the oldest builder of Saltmarsh Yard?",  # her job's first day does not tell her age
        "Which boat is the deepest?",  # what is recorded is no figure
        "Which talk was the longest?",
        "Is Heron faster than Teal?",
        "Was Ada Reed born before Luca Tarn?",  # both in one year
        "Who gave the most talks?",
        "What is the most cited boat?",
        "Which is the most painted boat of Nell Harrow?",
    ],
)
def test_not_compared(workshop: Answerer, question: str) -> None:
    assert workshop.answer(question).status is Status.UNKNOWN


TALKS = """
== people/nell.md
kind: person
name: Nell Harrow
worksFor:
  - {name: Saltmarsh Yard, startDate: 2010-03, endDate: 2019-08}
  - {name: Harbour Trust, startDate: 2019-09}
== people/luca.md
kind: person
name: Luca Tarn
== organizations/yard.md
kind: organization
name: Saltmarsh Yard
== organizations/trust.md
kind: organization
name: Harbour Trust
== events/keels.md
kind: event
type: talk
name: On Keels
aliases: [Yard talk]
performer: Nell Harrow
location: Saltmarsh Yard
startDate: 2012-05-01
== events/sails.md
kind: event
type: talk
name: On Sails
performer: Nell Harrow
location: Harbour Trust
startDate: 2014-06-01
== events/knots.md
kind: event
type: talk
name: On Knots
performer: Luca Tarn
location: Harbour Trust
startDate: 2009-06-01
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Was the Yard talk before On Sails?", "Yes."),
        ("Was Nell Harrow's Yard talk before the one at the Harbour Trust?", "Yes."),  # Luca's there is none of hers
        ("Was Nell Harrow's Yard talk after her Harbour Trust talk?", "No."),
        ("Did Nell Harrow join the Saltmarsh Yard before the Harbour Trust?", "Yes."),
        ("Did Nell Harrow join the Harbour Trust before the Saltmarsh Yard?", "No."),
    ],
)
def test_one_of_two_is_known_by_where_it_was(knowing: Write, question: str, told: str) -> None:
    reply = knowing(TALKS).answer(question)
    assert (reply.text.startswith(told), len(reply.facts)) == (True, 2)


def test_of_two_which_came_first(knowing: Write) -> None:
    question = "Which of Nell Harrow's talks came first, the one at the Harbour Trust or the one at the Saltmarsh Yard?"
    assert knowing(TALKS).answer(question).text.startswith("**Saltmarsh Yard**")
