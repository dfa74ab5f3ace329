"""Unanswered questions as kinds of questions, over the club of the other tests here: no name is left in them."""

import pytest

from bot.answers.engine import Answerer
from bot.answers.pattern import gap_of


@pytest.mark.parametrize(
    ("question", "pattern"),
    [
        ("Who is Zebedee Quill?", "who is {name}"),
        ("Zebedee Quill birthday?", "{name} birthday"),
        ("what is the wifi password", "what is the wifi password"),
        ("WHERE DOES ZEBEDEE QUILL LIVE", "where does {name} live"),
        ("ask zeb@quill.example about 0171 555666", "ask {name} about {number}"),
        ("is <@123456789012345678> a juggler", "is {name} a juggler"),
    ],
)
def test_gap_of__names_are_left_out(club: Answerer, question: str, pattern: str) -> None:
    found = gap_of(club.answer(question))
    assert found is not None
    assert found[0] == pattern


def test_gap_of__the_question_itself_not_the_one_before(club: Answerer) -> None:
    turn = club.answer("Who is Orla Finch?").turn
    for question, pattern in [
        ("what is the wifi password", "what is the wifi password"),
        ("did she knit", "did {person} knit"),
    ]:
        found = gap_of(club.answer(question, turn))
        assert found is not None
        assert found[0] == pattern
