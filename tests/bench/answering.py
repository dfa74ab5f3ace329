"""Goals 1 and 2: a whole answer against a raw point query of the same fact, and how both grow with the knowledge.

The floor is asked in one go, not between two answers: those would empty the processor's caches and make it look slower.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter_ns
from urllib.parse import quote

from bot.answers.engine import Answerer, Prompts
from bot.paths import shipped
from bot.store.snapshot import Snapshot
from tests.bench.questions import Question
from tests.bench.sites import Site
from tests.bench.table import Row, exponent, micros, p99, ratio_of

TODAY = date(2024, 6, 1)
_POINT = "SELECT value FROM fact WHERE subject = ? AND property = ?"


@dataclass(slots=True)
class _Measured:
    """Medians of the rounds for one size."""

    whole: list[float] = field(default_factory=list)
    raw: list[float] = field(default_factory=list)
    slow: list[float] = field(default_factory=list)
    asked: int = 0
    right: int = 0


def answerer(snapshot: Snapshot) -> Answerer:
    """The real thing, on a fixed day."""
    return Answerer(snapshot, Prompts(shipped("prompts")), lambda: TODAY)


def raw_connection(path: Path) -> sqlite3.Connection:
    """The bare table, opened as the snapshot is."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)


def share(questions: Sequence[Question], number: int, count: int) -> list[Question]:
    """The questions of one round: others in each, so that no answer is warm, as far as there are enough."""
    start = number * count % max(len(questions) - count + 1, 1)
    return list(questions[start : start + count])


def measure_answers(sites: Sequence[Site], judged: Sequence[int], rounds: int, count: int) -> list[Row]:
    """Rows of goals 1 (for the sizes `judged`) and 2; in each round every size takes its turn."""
    with ExitStack() as stack:
        open_ = [
            (answerer(stack.enter_context(site.snapshot())), raw_connection(site.raw), site.questions())
            for site in sites
        ]
        measured = [_Measured() for _ in sites]
        for number in range(-1, rounds):  # the first round only warms up
            _round(open_, measured, number, count)
    rows = [
        Row(
            1, f"whole answer, {site.facts:,} facts (p99 {micros(one.slow)}; right {one.right:,} of {one.asked:,})",
            micros(one.whole), f"raw point query {micros(one.raw)}", ratio_of(one.whole, one.raw), 50, 8,
        )
        for site, one in zip(sites, measured, strict=True) if site.facts in judged
    ]  # fmt: skip
    sizes = [site.facts for site in sites]
    grown = [exponent(sizes, times) for times in zip(*(one.whole for one in measured), strict=True)]
    raw = [exponent(sizes, times) for times in zip(*(one.raw for one in measured), strict=True)]
    shown = " → ".join(micros(one.whole) for one in measured)
    name = f"growth of a whole answer, {sizes[0]:,} to {sizes[-1]:,} facts (exponent)"
    return [*rows, Row(2, name, shown, f"raw point query: exponent {median(raw):.2f}", median(grown), 0.1, 0.1)]


def _round(
    open_: Sequence[tuple[Answerer, sqlite3.Connection, list[Question]]],
    measured: Sequence[_Measured],
    number: int,
    count: int,
) -> None:
    for (answers, connection, questions), one in zip(open_, measured, strict=True):
        asked = share(questions, max(number, 0), count)
        raw: list[int] = []
        whole: list[int] = []
        for question in asked:
            began = perf_counter_ns()
            connection.execute(_POINT, (question.subject, question.property)).fetchall()
            raw.append(perf_counter_ns() - began)
        for question in asked:
            began = perf_counter_ns()
            reply = answers.answer(question.text)
            whole.append(perf_counter_ns() - began)
            one.right += number >= 0 and question.is_answered_by(reply)
        if number >= 0:
            one.asked += len(asked)
            one.whole.append(median(whole))
            one.slow.append(p99(whole))
            one.raw.append(median(raw))
