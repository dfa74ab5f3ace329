"""How many slips of a typist lie between two words, and which words are near one; knows no word itself.

What counts them is imported at the first slip: it holds two megabytes, and most of what members write is spelt right.
"""

from collections.abc import Callable, Sequence
from functools import cache


def slips(one: str, other: str, most: int) -> int:
    """Letters left out, added, mistaken or swapped between two words; `most` and one where there are more."""
    return _counting()(one, other, score_cutoff=most)


def nearest(word: str, known: Sequence[str], most: int, limit: int) -> list[str]:
    """The known words that are at most so many slips away, the nearest first."""
    from rapidfuzz import process  # noqa: PLC0415

    return [near for near, _, _ in process.extract(word, known, scorer=_counting(), score_cutoff=most, limit=limit)]


@cache
def _counting() -> Callable[..., int]:
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    return OSA.distance
