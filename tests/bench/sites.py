"""Communities on disk: made once for each size, seed and version of the generator, and loaded by the real loader."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.ingest.vocabulary_files import load_vocabulary
from bot.model.vocabulary import Vocabulary
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot
from tests.bench.community import Community, Member, Stated
from tests.bench.profiles import profile, profile_path, write_sources
from tests.bench.questions import Asker, Question

ROOT = Path(__file__).parent.parent.parent
ABSENT = 1000
_GENERATOR = ("words", "community", "profiles", "phrasings", "questions", "sites")
_RAW = """
CREATE TABLE fact (subject INTEGER NOT NULL, property TEXT NOT NULL, value TEXT NOT NULL);
"""


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
    digest = hashlib.sha256(f"{questions}".encode())
    for name in _GENERATOR:
        digest.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    made = Site(root / f"community-{facts}-{seed}-{digest.hexdigest()[:12]}", facts)
    if not made.folder.is_dir():
        fresh = made.folder.with_suffix(f".{os.getpid()}")
        try:
            _make(Site(fresh, facts), seed, questions)
            fresh.rename(made.folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    told = apart("load_once", made.knowledge, made.folder / "data")
    if told["read"] == told["documents"]:  # otherwise it was there already
        (made.folder / "loaded.json").write_text(json.dumps(told), encoding="utf-8")
    return made


def apart(module: str, *arguments: object) -> dict[str, Any]:
    """Run a module of this folder in a process of its own, and return the JSON it prints."""
    command = [sys.executable, "-m", f"tests.bench.{module}", *map(str, arguments)]
    told: dict[str, Any] = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    return told


def _make(new: Site, seed: int, questions: int) -> None:
    new.knowledge.mkdir(parents=True)
    write_sources(new.knowledge)
    community = Community(new.facts, seed)
    asker = Asker(community, questions)
    vocabulary = load_vocabulary([])
    raw = sqlite3.connect(new.raw)
    raw.executescript(_RAW)
    with (
        (new.folder / "names.txt").open("w", encoding="utf-8") as names,
        (new.folder / "passages.txt").open("w", encoding="utf-8") as passages,
    ):
        for number, member in enumerate(community.members()):
            text = profile(member, community.words)
            (new.knowledge / profile_path(member)).write_text(text, encoding="utf-8")
            asker.meet(number, member)
            names.write(member.name + "\n")
            passages.writelines(_sentence(member, fact, vocabulary) + "\n" for fact in member.facts)
            rows = ((number, fact.property, fact.value) for fact in member.facts)
            raw.executemany("INSERT INTO fact VALUES (?, ?, ?)", rows)
    raw.execute("CREATE INDEX by_subject ON fact (subject, property)")
    raw.commit()
    raw.execute("ANALYZE")
    raw.close()
    for name, asked in (("questions", asker.questions()), ("absent", asker.absent(ABSENT))):
        rows_ = [json.dumps(question._asdict(), ensure_ascii=False) + "\n" for question in asked]
        (new.folder / f"{name}.jsonl").write_text("".join(rows_), encoding="utf-8")


def _sentence(member: Member, fact: Stated, vocabulary: Vocabulary) -> str:
    """A fact as a passage for search engines."""
    known = vocabulary.properties[fact.property]
    says = known.said if known.said and fact.time[1] else known.says
    details = [value for _, value in fact.qualifiers] + [day for day in fact.time if day]
    return ", ".join([says.format(subject=member.name, value=fact.value), *details]) + "."


def _read_questions(path: Path) -> list[Question]:
    with path.open(encoding="utf-8") as rows:
        return [Question(**{**row, "expect": tuple(row["expect"])}) for row in map(json.loads, rows)]
