"""Goal 10 on real documents: what the bot and search engines answer to the same questions, as one scorer judges it.

The documents, their questions and the scorer are not of this repository; where they do not lie beside the checkout, a
line says so. A search engine's best passage is taken for its answer, with its document as source.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter_ns
from typing import Any

from bot.answers.engine import Answerer
from bot.ingest.load import load
from bot.model.answer import Status
from bot.store.coverage import CoverageQueries
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot
from tests.bench.answering import answerer
from tests.bench.peers import PEERS, Peer
from tests.bench.table import Row, micros, not_installed

SHARED = Path(__file__).parents[3] / "shared"
_DOCUMENTS, _QUESTIONS = SHARED / "samples" / "documents", SHARED / "samples" / "questions.jsonl"
_SCORER = SHARED / "tools" / "score_answers.py"
_OURS = ""

Reply = tuple[str, str, bool]  # status and text of an answer, and whether it names a source


def measure_documents(rounds: int) -> list[Row]:
    """Rows of goal 10 over real documents, ours and the peers in turns."""
    if not (_DOCUMENTS.is_dir() and _QUESTIONS.is_file() and _SCORER.is_file()):
        return [Row(10, "questions about real documents", "–", "the sample documents are not beside this checkout")]
    rows = [json.loads(line) for line in _QUESTIONS.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        load([_DOCUMENTS], Path(folder))
        with closing(Snapshot.open(current_snapshot(Path(folder)))) as snapshot:
            return _compared(rows, snapshot, rounds)


def _compared(rows: Sequence[dict[str, Any]], snapshot: Snapshot, rounds: int) -> list[Row]:
    passages = list(_passages(snapshot))
    peers = {name: peer.over(passages) for name, peer in PEERS.items()}
    ways: dict[str, Callable[[str], Reply]] = {_OURS: _asking(answerer(snapshot))}
    ways |= {name: _searching(peer) for name, peer in peers.items() if peer is not None}
    times: dict[str, list[float]] = {name: [] for name in ways}
    given: dict[str, list[dict[str, Any]]] = {}
    for _ in range(rounds):
        for name, way in ways.items():
            given[name], spent = _answers(rows, way)
            times[name].append(median(spent))
    said = {name: _score(given[name]) for name in ways}
    measure = f"right / lead / missed / wrong, {len(rows)} questions about {len(snapshot.documents())} real documents"
    found = []
    for name in PEERS:
        if name not in ways:
            found.append(not_installed(10, measure, name))
            continue
        ours = f"{said[_OURS]}; {micros(times[_OURS])}"
        found.append(Row(10, measure, ours, f"{name} {said[name]}; {micros(times[name])}"))
    return found


def _passages(snapshot: Snapshot) -> Iterator[str]:
    coverage = CoverageQueries(snapshot.connection)
    for document in coverage.documents():
        for _, section, text in coverage.passages(document.id):
            yield f"{section}\n{text}" if section else text


def _asking(answers: Answerer) -> Callable[[str], Reply]:
    def ask(question: str) -> Reply:
        reply = answers.answer(question)
        return reply.status.value, reply.text, bool(reply.sources or reply.facts)

    return ask


def _searching(peer: Peer) -> Callable[[str], Reply]:
    def ask(question: str) -> Reply:
        found = peer.search(question)
        return (Status.ANSWERED.value, found[0], True) if found else (Status.UNKNOWN.value, "", False)

    return ask


def _answers(rows: Sequence[dict[str, Any]], way: Callable[[str], Reply]) -> tuple[list[dict[str, Any]], list[int]]:
    """The answers as the scorer takes them, and the nanoseconds of each."""
    given, spent = [], []
    for row in rows:
        began = perf_counter_ns()
        status, text, sourced = way(row["question"])
        spent.append(perf_counter_ns() - began)
        given.append({"id": row["id"], "status": status, "text": text, "sources": ["there"] if sourced else []})
    return given, spent


def _score(given: Sequence[dict[str, Any]]) -> str:
    """The scorer's last line: the four shares."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in given)
        file.flush()
        command = [sys.executable, str(_SCORER), str(_QUESTIONS), file.name]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    shares = dict(re.findall(r"(\w+) ([\d.]+%)", said))
    return " / ".join(shares[name] for name in ("right", "lead", "missed", "wrong"))
