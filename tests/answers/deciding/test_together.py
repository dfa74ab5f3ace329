"""Whether two worked together is told by what both made or where both were; who never were there at once did not."""

import pytest

from bot.answers.engine import Answerer
from bot.model.answer import Status
from tests.answers.conftest import Write

BREWERY = """
== people/nan.md
kind: person
name: Nan Ostler
worksFor: {name: Otter Brewery, startDate: 2001, endDate: 2010}
colleague: {name: Quin Hale}
== people/bert.md
kind: person
name: Bert Sallow
worksFor: {name: Otter Brewery, startDate: 2008}
== people/cleo.md
kind: person
name: Cleo Marsh
worksFor: {name: Otter Brewery, startDate: 2012}
== people/dov.md
kind: person
name: Dov Lane
worksFor: {name: Mill Bakery, startDate: 2001}
== people/ezra.md
kind: person
name: Ezra Quill
worksFor: Otter Brewery
== people/quin.md
kind: person
name: Quin Hale
== projects/stout.md
kind: project
name: Midnight Stout
creator: [Cleo Marsh, Dov Lane]
"""


@pytest.fixture
def brewery(knowing: Write) -> Answerer:
    return knowing(BREWERY)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did Nan Ostler and Bert Sallow work together?", "Otter Brewery (2001 – 2010)"),
        ("Did Bert Sallow ever work with Nan Ostler?", "Otter Brewery (since 2008)"),
        ("Were Bert Sallow and Cleo Marsh colleagues?", "Otter Brewery (since 2012)"),
        ("Did Cleo Marsh and Dov Lane work together?", "Midnight Stout"),
        ("Did Nan Ostler work with Quin Hale?", "Quin Hale"),
    ],
)
def test_one_work_or_one_place_at_once_is_a_yes(brewery: Answerer, question: str, told: str) -> None:
    reply = brewery.answer(question)
    assert (reply.text.startswith("Yes."), told in reply.text) == (True, True)


@pytest.mark.parametrize(
    "question", ["Did Nan Ostler and Cleo Marsh work together?", "Did Bert Sallow work with Ezra Quill?"]
)
def test_one_place_at_no_known_time_is_neither_yes_nor_no(brewery: Answerer, question: str) -> None:
    reply = brewery.answer(question)
    assert reply.status is Status.ANSWERED
    assert len(reply.facts) == 2
    assert not reply.text.startswith(("Yes", "No"))


def test_nothing_that_both_had_a_part_in_is_no_answer(brewery: Answerer) -> None:
    assert brewery.answer("Did Nan Ostler and Dov Lane work together?").status is Status.UNKNOWN
