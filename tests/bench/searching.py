"""Goal 10: a whole answer against search engines over the same facts, and what each says when there is no such fact."""

from collections.abc import Callable
from statistics import median
from time import perf_counter_ns

from bot.answers.engine import Answerer
from tests.bench.answering import answerer, share
from tests.bench.peers import Bm25s, Peer, Tantivy
from tests.bench.questions import Question
from tests.bench.sites import Site
from tests.bench.table import Row, micros, not_installed, ratio_of

_LIMITS: dict[str, tuple[float | None, float | None]] = {"bm25s": (0.2, None), "tantivy": (None, 1)}  # limit and aim


def measure_search(site: Site, rounds: int, count: int) -> list[Row]:
    """Rows of goal 10; ours and the peers take turns in each round."""
    passages = site.lines("passages")
    peers: dict[str, Peer | None] = {"bm25s": Bm25s.over(passages), "tantivy": Tantivy.over(passages)}
    there = {name: peer for name, peer in peers.items() if peer is not None}
    questions, absent = site.questions(), site.absent()
    ours: list[float] = []
    theirs: dict[str, list[float]] = {name: [] for name in there}
    with site.snapshot() as snapshot:
        answers = answerer(snapshot)
        for number in range(-1, rounds):  # the first round only warms up
            times = _round(answers, there, share(questions, max(number, 0), count))
            if number >= 0:
                ours.append(median(times.pop("")))
                for name, values in times.items():
                    theirs[name].append(median(values))
        false = sum(question.is_falsely_answered_by(answers.answer(question.text)) for question in absent)
    told = [f"{name} {sum(bool(peer.search(question.text)) for question in absent):,}" for name, peer in there.items()]
    rows = []
    for name in peers:
        measure = f"whole answer, {len(passages):,} facts, against the best {name} passages"
        if name not in there:
            rows.append(not_installed(10, measure, name))
            continue
        limit, aim = _LIMITS[name]
        ratio = ratio_of(ours, theirs[name])
        rows.append(Row(10, measure, micros(ours), f"{name} {micros(theirs[name])}", ratio, limit, aim))
    name = f"false answers to {len(absent):,} questions about facts that do not exist"
    return [*rows, Row(10, name, f"{false:,}", "passages: " + (", ".join(told) or "not installed"), false, 0, 0)]


def _round(answers: Answerer, peers: dict[str, Peer], asked: list[Question]) -> dict[str, list[int]]:
    """Nanoseconds of each question, ours under the empty name."""
    times: dict[str, list[int]] = {name: [] for name in ("", *peers)}
    ways: dict[str, Callable[[str], object]] = {
        "": answers.answer,
        **{name: peer.search for name, peer in peers.items()},
    }
    for name, way in ways.items():
        for question in asked:
            began = perf_counter_ns()
            way(question.text)
            times[name].append(perf_counter_ns() - began)
    return times
