"""Slips of a typist are counted as people see them."""

import pytest

from bot.language.slips import nearest, slips


@pytest.mark.parametrize(
    ("one", "other", "most", "counted"),
    [
        ("lantern", "lantern", 2, 0),
        ("lantern", "lanern", 2, 1),  # left out
        ("lantern", "lanttern", 2, 1),  # added
        ("lantern", "lanturn", 2, 1),  # mistaken
        ("lantern", "lantren", 2, 1),  # two swapped are one slip
        ("lantern", "latnren", 2, 2),
        ("lantern", "harbour", 2, 3),  # further away than anybody wants to know
    ],
)
def test_slips(one: str, other: str, most: int, counted: int) -> None:
    assert slips(one, other, most) == counted


def test_nearest__those_within_reach_the_nearest_first() -> None:
    known = ["harbour", "lanterns", "lantern", "lanky", "lectern"]
    assert nearest("lanern", known, most=2, limit=5) == ["lantern", "lanterns"]
    assert nearest("lanern", known, most=2, limit=1) == ["lantern"]
