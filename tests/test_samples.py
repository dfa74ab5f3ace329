"""Real documents with questions and facts, where they lie beside the checkout: kept at what they were measured at."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.ingest.load import load
from bot.paths import shipped
from bot.store.export import fact_row
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the sample documents are not beside this checkout")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the samples loaded."""
    data = tmp_path_factory.mktemp("samples")
    load([SHARED / "samples" / "documents"], data)
    return data


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the five raw documents loaded."""
    data = tmp_path_factory.mktemp("originals")
    load([SHARED / "documents"], data)
    return data


def rates(knowledge: Path, data: Path, questions: Path) -> dict[str, float]:
    """What the scorer says of the answers, in percent."""
    asked = [sys.executable, "-m", "bot", "--knowledge", str(knowledge), "--data", str(data), "ask", "--batch"]
    answers = subprocess.run([*asked, str(questions)], capture_output=True, text=True, check=True, cwd=ROOT)
    file = data / "answers.jsonl"
    file.write_text(answers.stdout, encoding="utf-8")
    scorer = [sys.executable, str(SHARED / "tools" / "score_answers.py"), str(questions), str(file)]
    said = subprocess.run(scorer, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    return {name: float(rate) for name, rate in re.findall(r"(\w+) ([\d.]+)%", said)}


def rows(data: Path) -> Iterator[dict[str, Any]]:
    with closing(Snapshot.open(current_snapshot(data))) as snapshot:
        yield from map(fact_row, snapshot.all_facts())
        yield from (fact_row(fact) for _, fact in snapshot.suggestions())


def test_questions_about_the_shipped_knowledge(tmp_path: Path) -> None:
    found = rates(shipped("knowledge"), tmp_path, SHARED / "questions" / "questions.jsonl")
    assert found["right"] >= 97
    assert found["wrong"] == 0


def test_questions_about_raw_documents(samples: Path) -> None:
    found = rates(SHARED / "samples" / "documents", samples, SHARED / "samples" / "questions.jsonl")
    assert found["wrong"] <= 2
    assert found["right"] >= 65


@pytest.mark.parametrize("folder", ["samples", "originals"])
def test_evidence_stands_verbatim_at_its_line(folder: str, request: pytest.FixtureRequest) -> None:
    documents = SHARED / "samples" / "documents" if folder == "samples" else SHARED / "documents"
    lines: dict[str, list[str]] = {}
    misplaced, checked = [], 0
    for row in rows(request.getfixturevalue(folder)):
        evidence = row["evidence"]
        name = evidence["document"]
        if name.endswith(".pdf"):  # a page is no line; that its text can be found again is the reader's own test
            continue
        if name not in lines:
            lines[name] = re.split(r"\r\n|\r|\n", (documents / name).read_text(encoding="utf-8-sig"))
        checked += 1
        if evidence["text"] not in lines[name][evidence["line"] - 1]:
            misplaced.append(json.dumps(evidence))
    assert checked > 100
    assert misplaced == []
