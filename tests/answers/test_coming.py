"""What is still to come: told as such, listed by what lies ahead or behind, and never as if it were over."""

import pytest

from bot.answers.wording.markdown import plain
from bot.model.answer import Status
from tests.answers.conftest import Write

SEASON = """
== sources.yaml
season: {title: Season of the Lark Singers}

== events/spring.md
kind: event
name: Spring Concert
startDate: {value: 2026-03-12, startTime: "19:30"}
location: {name: Mill House, startDate: 2026-03-12, endDate: 2026-03-12}
performer: {name: Odile Marchetti, startDate: 2026-03-12, endDate: 2026-03-12}

== events/outing.md
kind: event
name: Outing to the coast
startDate: 2026-02-01

== events/winter.md
kind: event
name: Winter Concert
startDate: 2025-12-20
location: {name: Mill House, startDate: 2025-12-20, endDate: 2025-12-20}
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("When is the Spring Concert?", "Spring Concert is on 12 March 2026"),
        ("When is the Winter Concert?", "Winter Concert was on 20 December 2025"),
        ("Where is the Spring Concert?", "Spring Concert is at Mill House"),
        ("Where was the Winter Concert?", "Winter Concert was at Mill House"),
        ("Who performs at the Spring Concert?", "Odile Marchetti gives Spring Concert"),
    ],
)
def test_the_tense_is_that_of_the_day(knowing: Write, question: str, said: str) -> None:
    assert said in plain(knowing(SEASON).answer(question).text)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("upcoming events", ["Outing to the coast", "Spring Concert"], "Winter Concert"),
        ("Are there any upcoming events?", ["Outing to the coast", "Spring Concert"], "Winter Concert"),
        ("When is the next concert?", ["Spring Concert"], "Outing"),
        ("past events", ["Winter Concert"], "Spring Concert"),
    ],
)
def test_lists_lie_ahead_or_behind(knowing: Write, question: str, told: list[str], untold: str) -> None:
    reply = knowing(SEASON).answer(question)
    places = [reply.text.find(name) for name in told]
    assert reply.status is Status.ANSWERED
    assert min(places) >= 0
    assert places == sorted(places)
    assert untold not in reply.text


def test_the_next_one_does_not_lean_on_whoever_was_told_of_before(knowing: Write) -> None:
    season = knowing(SEASON)
    before = season.answer("Who is Odile Marchetti?")
    assert season.answer("when is the next event?", before.turn).text == season.answer("when is the next event?").text


@pytest.mark.parametrize(
    ("day", "question", "said"), [("2025-12-20", "upcoming events", "upcoming"), ("2026-03-12", "past events", "past")]
)
def test_where_nothing_lies_there_it_says_so(knowing: Write, day: str, question: str, said: str) -> None:
    reply = knowing(f"\n== events/concert.md\nkind: event\nname: Winter Concert\nstartDate: {day}\n").answer(question)
    assert reply.text == f"Nothing of that kind is recorded ({said})."
