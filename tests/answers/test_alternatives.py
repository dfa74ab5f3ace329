"""Questions about a glass works: one or the other, what else, what is done and by whom, what a text says outright."""

import pytest

from bot.answers.engine import Answerer
from bot.answers.wording.markdown import plain
from bot.model.answer import Status
from tests.answers.conftest import Write

GLASS = """
== people/nell.md
kind: person
name: Nell Arden
worksFor: {name: Sandmoor Glass, roleName: blower, startDate: 2011, endDate: 2019}
== people/jon.md
kind: person
name: Jon Pike
worksFor:
  - {name: Tidewater Kiln, roleName: stoker, startDate: 2015}
  - {name: Hollow Lab, startDate: 2010, endDate: 2014}
claim:
  - {value: lead glass is no worse than crystal, about: lead glass, words: [model, ring]}
  - {value: furnaces breathe like animals, about: furnaces, words: [alive, living]}
== organizations/sandmoor.md
kind: organization
name: Sandmoor Glass
== organizations/tidewater.md
kind: organization
name: Tidewater Kiln
== organizations/hollow.md
kind: organization
type: lab
name: Hollow Lab
parentOrganization: Northway
== organizations/northway.md
kind: organization
name: Northway
== projects/bead.md
kind: project
type: system
name: Bead
developer: Hollow Lab
== projects/lantern.md
kind: project
type: system
name: Lantern
developer: Sandmoor Glass
contributor: {name: Nell Arden, location: Sandmoor Glass}
includes: {name: [Wick, Bowl diary], words: [old]}
== projects/wick.md
kind: project
type: system
name: Wick
== projects/ember.md
kind: project
type: [software, side project]
name: Ember
creator: Nell Arden
programmingLanguage: {name: Ruby, words: [use, side, project]}
purpose: mainly fun
== projects/cinder.md
kind: project
type: [game, side project]
name: Cinder
creator: Nell Arden
programmingLanguage: {name: Lua, words: [use, side, project]}
purpose: mainly fun
== events/cutting.md
kind: event
type: course
name: Cutting Course
== events/lecture.md
kind: event
type: talk
name: Museum Lecture
superEvent: Cutting Course
performer: Jon Pike
== publications/rings.md
kind: publication
type: paper
name: Rings in Crystal
author: Nell Arden
identifier: arXiv:1402.00017
datePublished: 2014-02
== publications/diary.md
kind: publication
name: Bowl diary
publisher: {name: Kiln Gazette, note: a twin of it stands there, words: [else, again]}
"""


@pytest.fixture
def glass(knowing: Write) -> Answerer:
    return knowing(GLASS)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who worked at Sandmoor Glass or Tidewater Kiln?", ["Nell Arden", "Jon Pike"]),
        ("Who works at Lantern or Tidewater Kiln?", ["Jon Pike"]),  # what holds of one of them is enough
        ("Where else was the Bowl diary published?", ["Kiln Gazette"]),  # the fact itself says that it is elsewhere
        ("papers on arxiv by Nell Arden", ["Rings in Crystal"]),  # not how it is numbered there
        ("Who gave a talk at the Cutting Course?", ["Jon Pike"]),
        ("When did Jon Pike move from Hollow Lab to Tidewater Kiln?", ["2015"]),
        ("Which Northway lab developed Bead?", ["Hollow Lab"]),  # the lab is not named, though it is of the one named
        ("Which of Jon Pike's talks was at a museum?", ["Museum Lecture"]),
        ("What was released with the old Lantern?", ["Wick", "Bowl diary"]),  # not who released it
        ("Which programming languages did Nell Arden use for her side projects?", ["Ruby", "Lua"]),
    ],
)
def test_told(glass: Answerer, question: str, told: list[str]) -> None:
    reply = glass.answer(question)
    assert reply.status is Status.ANSWERED
    assert [name for name in told if name not in plain(reply.text)] == []


@pytest.mark.parametrize(
    "question",
    [
        "Where is Nell Arden working now?",  # it is over
        "What made Ember?",  # asks for no person
        "Who teaches the Cutting Course?",  # one lecture is not all of it
        "When did Jon Pike move from Sandmoor Glass to Tidewater Kiln?",  # he was never there
        "Who doesn't think that furnaces breathe?",
    ],
)
def test_not_told(glass: Answerer, question: str) -> None:
    assert glass.answer(question).status is Status.UNKNOWN


def test_a_text_says_yes_only_in_words_of_the_question(glass: Answerer) -> None:
    assert glass.answer("Does Jon Pike think that furnaces breathe?").text.startswith("Yes")
    assert not glass.answer("Does Jon Pike think that furnaces are alive?").text.startswith("Yes")
