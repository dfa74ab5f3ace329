"""Goal 9: finding a misspelt name among all names, against a linear scan by rapidfuzz."""

import random
import string
from collections.abc import Sequence
from statistics import median
from time import perf_counter_ns

from rapidfuzz import fuzz, process

from bot.answers.reading.link import find_mentions
from bot.language.lexicon import Lexicon
from bot.language.tokens import clean, fold, parts
from bot.store.snapshot import Snapshot
from tests.bench.sites import Site
from tests.bench.table import Row, micros, ratio_of


def misspell(name: str, chance: random.Random) -> str:
    """The name with one letter dropped, swapped with the next, replaced, or added; any letter may be hit."""
    places = [index for index, char in enumerate(name) if char.isalpha()]
    while True:
        at, letter = chance.choice(places), chance.choice(string.ascii_lowercase)
        kind = chance.choice(("drop", "swap", "replace", "add"))
        if kind == "swap":
            if at + 1 >= len(name) or not name[at + 1].isalpha():
                continue
            slip = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        else:
            slip = name[:at] + ("" if kind == "drop" else letter) + name[at + (kind != "add") :]
        if slip.lower() != name.lower():
            return slip


def measure_linking(site: Site, rounds: int, count: int, seed: int) -> list[Row]:
    """Rows of goal 9: time and first place of both, on the same misspelt names, in turns."""
    names = site.lines("names")
    folded = [fold(name) for name in names]
    chance = random.Random(seed)
    ours: list[float] = []
    linear: list[float] = []
    right_ours = right_linear = 0
    with site.snapshot() as snapshot:
        lexicon = Lexicon(snapshot.vocabulary)
        for _ in range(rounds):
            wanted = chance.choices(names, k=count)
            slips = [misspell(name, chance) for name in wanted]
            times: tuple[list[int], list[int]] = ([], [])
            for name, slip in zip(wanted, slips, strict=True):
                began = perf_counter_ns()
                found = link(slip, lexicon, snapshot)
                times[0].append(perf_counter_ns() - began)
                right_ours += name in found[:1]
            for name, slip in zip(wanted, slips, strict=True):
                began = perf_counter_ns()
                best = process.extractOne(fold(slip), folded, scorer=fuzz.ratio)
                times[1].append(perf_counter_ns() - began)
                right_linear += names[best[2]] == name
            ours.append(median(times[0]))
            linear.append(median(times[1]))
    asked = rounds * count
    points = 100 * (right_linear - right_ours) / asked
    name = f"a name with one typo among {len(names):,}"
    return [
        Row(9, name, micros(ours), f"linear scan {micros(linear)}", ratio_of(ours, linear), 0.1, 0.1),
        Row(9, f"{name}: right name first, points behind (of {asked:,})", f"{100 * right_ours / asked:.1f} %",
            f"linear scan {100 * right_linear / asked:.1f} %", points, 3, 3),
    ]  # fmt: skip


def link(text: str, lexicon: Lexicon, snapshot: Snapshot) -> Sequence[str]:
    """The names of the entities that a text is taken to name, those of the longest mention first."""
    mentions, _ = find_mentions(parts(clean(text)), lexicon, snapshot)
    if not mentions:
        return []
    longest = max(mentions, key=lambda mention: mention.end - mention.start)
    return [entity.name for entity in snapshot.entities(longest.entities).values()]
