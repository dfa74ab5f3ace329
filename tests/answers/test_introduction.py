from bot.answers.introduction import introduce
from bot.model.answer import Introduction
from tests.terminal.fakes import FakeSnapshot

TEMPLATES = [
    "Who is {person}?",
    "Do {person_2} and {person} agree?",
    "And {person_3}?",
    "Where is {place}?",
    "What was in {year}?",
]


def test_introduce__the_best_known_first_and_nothing_that_cannot_be_filled() -> None:
    assert introduce(FakeSnapshot(), TEMPLATES) == Introduction(
        "1 event and 2 people",
        ("Who is Orla Finch?", "Do Ida Brook and Orla Finch agree?", "What was in 2019?"),
    )


def test_introduce__nothing_loaded() -> None:
    class Empty(FakeSnapshot):
        def counts(self) -> dict[str, int]:
            return {}

    assert introduce(Empty(), TEMPLATES) == Introduction()
