"""Made-up names and words from a seed: pronounceable, mostly unique, some far more frequent than others."""

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

_T = TypeVar("_T")

_HEADS = [*"bcdfghjklmnprstvwz", *"bdklmnrstv", "br", "dr", "gr", "kr", "st", "tr", "sh"]
_HEARTS = [*"aaaeeeiioouu", "ai", "ea"]
_TAILS = ["", "", "", "", "l", "m", "n", "n", "r", "r", "s", "t", "ck", "nd", "rk", "th"]
_SURNAME_ENDS = ["", "", "er", "es", "in", "man", "ov", "sen", "son", "well"]
_PLACE_ENDS = ["borough", "bridge", "bury", "ford", "haven", "mouth", "stad", "ton", "wick"]
_FIRST_NAMES = 1500  # different ones, however large a community is: first names are shared


class Words:
    """A source of names and words; the same seed gives the same ones in the same order."""

    def __init__(self, seed: int, size: int) -> None:
        self.random = random.Random(seed)
        self._taken: set[str] = set()
        self._known: list[str] = []
        self._first = self._pool(min(_FIRST_NAMES, 30 + size // 4), 2)
        self._last = [name + self.random.choice(_SURNAME_ENDS) for name in self._pool(30 + size // 3, 2)]
        self._common = [word.lower() for word in self._pool(min(20_000, 200 + size), 3)]
        self._prose = self.text(min(100_000, 2_000 + 10 * size))

    def person(self) -> str:
        """A first name and a surname, now and then with a second first name."""
        return self._new(lambda: " ".join([*self._first_names(), zipf(self.random, self._last, 0.5)]))

    def one(self) -> str:
        """A name of one word."""
        return self._new(lambda: self._syllables(3))

    def company(self) -> str:
        """The name of a firm or institute."""
        ends = ["Works", "Systems", "Partners", "Dynamics", "Brothers", "Foundry", "Collective", "Trust"]
        return self._new(lambda: f"{self._syllables(2)} {self.random.choice(ends)}")

    def university(self) -> str:
        """The name of a school."""
        forms = ["{} University", "{} Polytechnic", "University of {}", "{} College"]
        return self._new(lambda: self.random.choice(forms).format(self._place()))

    def project(self) -> str:
        """The name of a project: one word, or two."""
        ends = [[], [], ["Atlas"], ["Forge"], ["Garden"], ["Kit"], ["Lantern"], ["Mill"]]
        return self._new(lambda: " ".join([self._syllables(3), *self.random.choice(ends)]))

    def place(self) -> str:
        """The name of a town."""
        return self._new(self._place)

    def title(self) -> str:
        """The title of a talk or paper: a few words, common ones among them."""
        return self._new(lambda: " ".join(dict.fromkeys(self.text(self.random.randint(3, 5)).title().split())))

    def text(self, length: int) -> str:
        """A line of words, Zipf-distributed."""
        return " ".join(zipf(self.random, self._common) for _ in range(length))

    def prose(self, size: int) -> str:
        """About `size` characters of such words; long texts repeat each other in part."""
        start = self.random.randrange(len(self._prose) - size)
        return self._prose[start : start + size].partition(" ")[2].rpartition(" ")[0]

    def unknown(self) -> str:
        """A word that nothing here has, nor anything that one or two slips would make of it."""
        if not self._known:
            self._known = sorted({word for name in self._taken for word in name.split()})
        while True:
            word = self._new(lambda: self._syllables(4))
            if process.extractOne(word.lower(), self._known, scorer=OSA.distance, score_cutoff=2) is None:
                return word

    def _new(self, make: Callable[[], str]) -> str:
        while True:
            name = make()
            if name.lower() not in self._taken:
                self._taken.add(name.lower())
                return name

    def _first_names(self) -> list[str]:
        return [zipf(self.random, self._first, 0.6) for _ in range(2 if self.random.random() < 0.08 else 1)]

    def _place(self) -> str:
        return self._syllables(2) + self.random.choice(_PLACE_ENDS)

    def _pool(self, size: int, syllables: int) -> list[str]:
        return [self._new(lambda: self._syllables(syllables)) for _ in range(size)]

    def _syllables(self, count: int) -> str:
        pick = self.random.choice
        syllables = [pick(_HEADS) + pick(_HEARTS) for _ in range(count)]
        return "".join([*syllables, pick(_TAILS)]).capitalize()


def zipf(chance: random.Random, items: Sequence[_T], skew: float = 1.0) -> _T:
    """One of `items`, the first ones most often; `skew` 0 makes all equally likely, 1 is Zipf's law."""
    share = chance.random()
    if skew >= 1:
        return items[int(len(items) ** share) - 1]
    return items[int(len(items) * share ** (1 / (1 - skew)))]
