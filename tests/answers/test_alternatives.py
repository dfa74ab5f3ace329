"""Questions about a glass works: one or the other, what else, what is done with a thing and by whom."""

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
worksFor: {name: Tidewater Kiln, roleName: stoker, startDate: 2015}
== organizations/sandmoor.md
kind: organization
name: Sandmoor Glass
== organizations/tidewater.md
kind: organization
name: Tidewater Kiln
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
        ("What was released with the old Lantern?", ["Wick", "Bowl diary"]),  # not who released it
        ("Which programming languages did Nell Arden use for her side projects?", ["Ruby", "Lua"]),
    ],
)
def test_told(glass: Answerer, question: str, told: list[str]) -> None:
    reply = glass.answer(question)
    assert reply.status is Status.ANSWERED
    assert [name for name in told if name not in plain(reply.text)] == []


@pytest.mark.parametrize("question", ["Where is Nell Arden working now?", "What made Ember?"])
def test_not_told(glass: Answerer, question: str) -> None:
    assert glass.answer(question).status is Status.UNKNOWN  # it is over; "what" asks for no person
