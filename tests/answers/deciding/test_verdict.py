"""What no recorded fact answers: of whom something does not hold, what should or would be, a thing nobody named."""

import pytest

from bot.answers.engine import Answerer
from bot.answers.wording.markdown import plain
from bot.model.answer import Status


@pytest.mark.parametrize(
    "question",
    [
        "Who did not work at Tidal Institute?",
        "Which talks did Orla Finch not give?",
        "How many people never worked at Tidal Institute?",
        "Should we hire Orla Finch?",
        "Where would Orla Finch work if she had stayed?",
        "Which talk needs a dark hour?",
    ],
)
def test_told_by_no_fact(club: Answerer, question: str) -> None:
    assert club.answer(question).status is Status.UNKNOWN


def test_who_is_there_no_more_was_there_once(club: Answerer) -> None:
    told = plain(club.answer("Who does not work at Tidal Institute any more?").text)
    assert "Orla Finch, as Analyst" in told
    assert "Tobin Brook, as Clerk" in told
    assert club.answer("Who does not work at Lumen Optics any more?").status is Status.UNKNOWN  # Lev d'Amico still does


def test_a_condition_that_is_no_supposition_is_answered(club: Answerer) -> None:
    assert club.answer("Do you know if Orla Finch worked at Tidal Institute?").status is Status.ANSWERED
