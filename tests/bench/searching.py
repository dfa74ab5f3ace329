"""Goal 10: a whole answer against search engines over the same facts: how fast, how often right, what if there is none.

A search engine has no answer, it has a best passage. It counts as right where that holds all that was asked for, as
wrong where another one is shown, as silent where none is.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter_ns

from bot.answers.engine import Answerer
from bot.model.answer import Status
from tests.bench.answering import answerer, share
from tests.bench.peers import PEERS, Peer
from tests.bench.questions import Question
from tests.bench.sites import Site
from tests.bench.table import Row, micros, not_installed, p99, ratio_of

_LIMITS: dict[str, tuple[float | None, float | None]] = {"bm25s": (0.2, None), "tantivy": (None, 1)}  # limit and aim
_VERDICTS = ("right", "wrong", "silent")


def measure_search(site: Site, rounds: int, count: int) -> list[Row]:
    """Rows of goal 10; ours and the peers take turns in each round."""
    passages = site.lines("passages")
    peers: dict[str, Peer | None] = {name: peer.over(passages) for name, peer in PEERS.items()}
    there = {name: peer for name, peer in peers.items() if peer is not None}
    questions, absent = site.questions(), site.absent()
    ours: list[float] = []
    slow: list[float] = []
    theirs: dict[str, list[float]] = {name: [] for name in there}
    theirs_slow: dict[str, list[float]] = {name: [] for name in there}
    with site.snapshot() as snapshot:
        answers = answerer(snapshot)
        for number in range(-1, rounds):  # the first round only warms up
            times = _round(answers, there, share(questions, max(number, 0), count))
            if number >= 0:
                slow.append(p99(times[""]))
                ours.append(median(times.pop("")))
                for name, values in times.items():
                    theirs[name].append(median(values))
                    theirs_slow[name].append(p99(values))
        asked = share(questions, rounds, count)
        mine = Counter(_verdict(question, answers) for question in asked)
        false = sum(question.is_falsely_answered_by(answers.answer(question.text)) for question in absent)
    rows = []
    for name in peers:
        measure = f"whole answer, {len(passages):,} facts, against the best {name} passages (p99 {micros(slow)})"
        if name not in there:
            rows.append(not_installed(10, measure, name))
            continue
        limit, aim = _LIMITS.get(name, (None, None))
        peer = f"{name} {micros(theirs[name])} (p99 {micros(theirs_slow[name])})"
        rows.append(Row(10, measure, micros(ours), peer, ratio_of(ours, theirs[name]), limit, aim))
    for name, engine in there.items():
        found = Counter(_verdict_of_best(question, engine) for question in asked)
        measure = f"right / wrong / silent, {len(asked):,} questions, against the best {name} passage"
        rows.append(Row(10, measure, _shown(mine), f"{name} {_shown(found)}"))
    told = [f"{name} {sum(bool(peer.search(question.text)) for question in absent):,}" for name, peer in there.items()]
    name = f"false answers to {len(absent):,} questions about facts that do not exist"
    return [*rows, Row(10, name, f"{false:,}", "passages: " + ", ".join(told), false, 0, 0)]


def _verdict(question: Question, answers: Answerer) -> str:
    reply = answers.answer(question.text)
    if reply.status is not Status.ANSWERED:
        return "silent"
    return "right" if question.is_answered_by(reply) else "wrong"


def _verdict_of_best(question: Question, engine: Peer) -> str:
    found = engine.search(question.text)
    if not found:
        return "silent"
    return "right" if question.entity in found[0] and all(text in found[0] for text in question.expect) else "wrong"


def _shown(verdicts: "Counter[str]") -> str:
    return " / ".join(f"{verdicts[verdict]:,}" for verdict in _VERDICTS)


def _round(answers: Answerer, peers: dict[str, Peer], asked: Sequence[Question]) -> dict[str, list[int]]:
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
