"""Communities on disk: made once for each size, seed and version of the generator, and loaded by the real loader."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.store.keep import current_snapshot, history
from bot.store.snapshot import Snapshot
from tests.bench.making import make
from tests.bench.questions import Question

ROOT = Path(__file__).parent.parent.parent
_GENERATOR = ("words", "community", "profiles", "phrasings", "questions", "making")


@dataclass(frozen=True, slots=True)
class Site:
    """One community: its folder of documents, its questions, its snapshot, and the bare table of its facts."""

    folder: Path
    facts: int

    @property
    def knowledge(self) -> Path:
        """The documents."""
        return self.folder / "knowledge"

    @property
    def raw(self) -> Path:
        """A database with nothing but (subject, property, value), indexed: the floor of any answer."""
        return self.folder / "raw.sqlite"

    def questions(self) -> list[Question]:
        """Questions whose answers are known."""
        return _read_questions(self.folder / "questions.jsonl")

    def absent(self) -> list[Question]:
        """Questions about facts that do not exist."""
        return _read_questions(self.folder / "absent.jsonl")

    def lines(self, name: str) -> list[str]:
        """`names`: of all entities with a profile; `passages`: a sentence for each fact."""
        return (self.folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()

    def loaded(self) -> dict[str, Any]:
        """How the documents were loaded: seconds and kilobytes at the peak."""
        found: dict[str, Any] = json.loads((self.folder / "loaded.json").read_text(encoding="utf-8"))
        return found

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Its current snapshot."""
        snapshot = Snapshot.open(current_snapshot(self.folder / "data"))
        try:
            yield snapshot
        finally:
            snapshot.close()


def site(root: Path, facts: int, seed: int, questions: int) -> Site:
    """The community of so many facts, made or found in `root`, and loaded if the program or it is new."""
    name = f"community-{facts}-{seed}-{questions}-"
    code = b"".join(Path(__file__).with_name(f"{module}.py").read_bytes() for module in _GENERATOR)
    made = Site(root / (name + hashlib.sha256(code).hexdigest()[:12]), facts)
    if not made.folder.is_dir():
        for old in root.glob(f"{name}*"):  # of another version of the generator, or left half made
            shutil.rmtree(old)
        fresh = made.folder.with_suffix(f".{os.getpid()}")
        make(fresh, facts, seed, questions)
        fresh.rename(made.folder)
    told = apart("load_once", made.knowledge, made.folder / "data")
    if told["read"] == told["documents"]:  # otherwise it was there already
        (made.folder / "loaded.json").write_text(json.dumps(told), encoding="utf-8")
    for old in history(made.folder / "data")[:-1]:
        old.unlink()
    return made


def apart(module: str, *arguments: object) -> dict[str, Any]:
    """Run a module of this folder in a process of its own, and return the JSON it prints."""
    command = [sys.executable, "-m", f"tests.bench.{module}", *map(str, arguments)]
    told: dict[str, Any] = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    return told


def _read_questions(path: Path) -> list[Question]:
    with path.open(encoding="utf-8") as rows:
        return [Question(**{**row, "expect": tuple(row["expect"])}) for row in map(json.loads, rows)]
