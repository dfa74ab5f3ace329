"""Words that compare ("heavier", "the oldest") as a file of phrasings gives them; knows no fact and no property."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal, NamedTuple

Time = Literal["length", "age", "date", "order", ""]


class Degree(NamedTuple):
    """One word of a question that compares."""

    word: str
    place: range  # of its words in the question
    more: bool  # the heavier one is asked for, not the lighter
    superlative: bool
    measures: tuple[str, ...]  # words by which the vocabulary knows what is measured
    time: Time  # what of time it may compare


class Degrees:
    """All words that compare, ready to be found."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        superlatives = frozenset(data["superlative"])
        self._known = {
            word: Degree(word, range(0), more, word in superlatives, tuple(row["words"]), row.get("time", ""))
            for row in data["scales"]
            for more, words in ((True, row["more"]), (False, row["less"]))
            for word in words
        }
        self._most, self._of = frozenset(data["most"]), frozenset(data["most_of"])
        self._first = frozenset(word.split()[0] for word in self._known)
        ordered = sorted(self._known, key=len, reverse=True)
        self._pattern = re.compile(rf" ({'|'.join(map(re.escape, ordered))})(?= )")

    def most(self, keys: Sequence[str]) -> str | None:
        """The words "most cited", whatever it is that there is most of."""
        for place, key in enumerate(keys[:-1]):
            if key in self._most and keys[place + 1] not in self._of:
                return f"{key} {keys[place + 1]}"
        return None

    def of_all(self, keys: Sequence[str]) -> str | None:
        """The word "most" where one thing is the most of all: "the most cited", not "what is she most known for"."""
        if self._most.isdisjoint(keys):
            return None
        for place, (before, key) in enumerate(pairwise(keys)):
            if before == "the" and key in self._most and keys[max(place - 1, 0)] != "of":  # "one of the most cited"
                return key
        return None

    def find(self, keys: Sequence[str]) -> Degree | None:
        """The first word of the question that compares."""
        if self._first.isdisjoint(keys):
            return None
        text = f" {' '.join(keys)} "
        match = self._pattern.search(text)
        if match is None:
            return None
        first = text.count(" ", 0, match.start())
        return self._known[match[1]]._replace(place=range(first, first + match[1].count(" ") + 1))
