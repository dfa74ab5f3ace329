"""How names stand among the words of a question: whose they are, and whether they do what the verb says."""

import pytest

from bot.answers.reading.link import Mention
from bot.answers.reading.standing import agency, follows_a_name, with_owner


def mentions(keys: list[str], *names: str) -> list[Mention]:
    found = []
    for number, name in enumerate(names):
        length = len(name.split())
        start = next(place for place in range(len(keys)) if " ".join(keys[place : place + length]) == name)
        found.append(Mention(start, start + length, (number,), name, whole=True))
    return found


@pytest.mark.parametrize(
    ("question", "name", "does"),
    [
        ("what did acme buy", "acme", True),
        ("who bought acme", "acme", False),
        ("was acme bought", "acme", False),
        ("who was led by ada", "ada", True),
        ("the choir of ada", "ada", None),
    ],
)
def test_agency(question: str, name: str, *, does: bool | None) -> None:
    keys = question.split()
    assert agency(keys, mentions(keys, name)[0]) is does


def test_agency__what_somebody_owns_does_what_the_owner_does() -> None:
    keys = ["what", "festival", "was", "ada", "loom", "talk", "part", "of"]
    ada, talk = found = mentions(keys, "ada", "loom talk")
    assert agency(keys, talk) is False
    assert agency(keys, with_owner(talk, found)) is None
    assert with_owner(ada, found) == ada


@pytest.mark.parametrize(
    ("question", "names", "follows"),
    [
        ("what was ada loom talk about", ("ada", "loom talk"), [True, False]),
        ("the head of loom at acme", ("loom", "acme"), [False, True]),
        ("did ada meet bo", ("ada", "bo"), [False, False]),
    ],
)
def test_follows_a_name(question: str, names: tuple[str, ...], follows: list[bool]) -> None:
    keys = question.split()
    found = mentions(keys, *names)
    assert [follows_a_name(keys, one.start, found) for one in found] == follows
