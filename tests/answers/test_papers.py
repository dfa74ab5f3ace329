"""Papers are asked for by the head of their title and half a name of their author; tools by what they need and cost."""

import pytest

from bot.answers.wording.markdown import plain
from tests.answers.conftest import Write

PAPERS = """
== papers/halyard.md
kind: publication
name: "Halyard: Sorting Knots by Touch"
type: paper
author: [H. Aalders, O. Eze]
datePublished: 2022
publisher: Rope and Rigging Letters

== papers/splices.md
kind: publication
name: "Splices: A Survey of Joined Ropes"
type: paper
author: [O. Eze]
datePublished: 2020
publisher: Journal of Old Harbours

== papers/note.md
kind: publication
name: "Note on splices and nets"
type: post
author: [O. Eze]
datePublished: 2024-05

== tools/rigger.md
kind: project
name: Rigger
offers: {value: free of charge, words: [sail, run]}
includes: {name: [Small Sail, Great Sail], words: [free, run]}

== tools/small.md
kind: project
name: Small Sail
type: sail

== tools/great.md
kind: project
name: Great Sail
type: sail
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("When was Halyard published?", ["2022"]),
        ("Who wrote the Halyard paper?", ["H. Aalders", "O. Eze"]),
        ("Who co-authored the halyard paper with Aalders?", ["O. Eze"]),
        ("Which journal published Aalders' Halyard paper?", ["Rope and Rigging Letters"]),
        ("Which papers did Henrike Aalders write?", ["Halyard: Sorting Knots by Touch"]),
        ("Which two Rigger sails are free?", ["Small Sail", "Great Sail"]),
    ],
)
def test_papers(knowing: Write, question: str, said: list[str]) -> None:
    reply = knowing(PAPERS).answer(question)
    text = plain(reply.text)
    assert reply.status == "answered"
    assert [name for name in said if name not in text] == []


@pytest.mark.parametrize(
    ("question", "told"), [("What is the newest paper?", "Halyard"), ("newest publication", "Note")]
)
def test_a_post_is_no_newest_paper_where_there_is_one(knowing: Write, question: str, told: str) -> None:
    text = plain(knowing(PAPERS).answer(question).text)
    assert [name for name in ("Halyard", "Splices", "Note") if name in text] == [told]


def test_another_initial_is_somebody_else(knowing: Write) -> None:
    assert knowing(PAPERS).answer("Which papers did Pim Aalders write?").status != "answered"


TOOL = """
== tools/halyard.md
kind: project
name: Halyard Tool
requirement: [Python 3.9 or later, patience]
offers: free
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which Python version does the Halyard Tool need?", "Python 3.9"),
        ("How much is the Halyard Tool?", "free"),
    ],
)
def test_what_a_tool_needs_and_costs(knowing: Write, question: str, said: str) -> None:
    reply = knowing(TOOL).answer(question)
    assert (reply.status, said in plain(reply.text)) == ("answered", True)


def test_the_version_that_is_needed_is_not_that_of_the_tool(knowing: Write) -> None:
    assert knowing(TOOL).answer("What version is the Halyard Tool at?").status != "answered"


TALKS = """
== talks/nets.md
kind: event
name: Holding Water
type: talk
performer: [Ada King, Bo Lund]
about: [nets]
"""


def test_who_gives_the_talk_about_something(knowing: Write) -> None:
    reply = knowing(TALKS).answer("Who gives the talk about nets?")
    assert (reply.status, [name for name in ("Ada King", "Bo Lund") if name not in plain(reply.text)]) == (
        "answered",
        [],
    )
