"""Makes a community on disk: documents, questions, passages, and the bare table that is the floor of any answer."""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bot.ingest.folder.vocabulary_files import load_vocabulary
from bot.model.vocabulary import Vocabulary
from tests.bench.community import Community, Member, Stated
from tests.bench.profiles import profile, profile_path, write_sources
from tests.bench.questions import Asker, Question

ABSENT = 1000
_RAW = "CREATE TABLE fact (subject INTEGER NOT NULL, property TEXT NOT NULL, value TEXT NOT NULL)"


def make(folder: Path, facts: int, seed: int, questions: int) -> None:
    """Write everything that belongs to a community of so many facts; the same seed gives the same bytes."""
    knowledge = folder / "knowledge"
    knowledge.mkdir(parents=True)
    write_sources(knowledge)
    community = Community(facts, seed)
    asker = Asker(community, questions)
    vocabulary = load_vocabulary([])
    raw = sqlite3.connect(folder / "raw.sqlite")
    raw.execute(_RAW)
    with (
        (folder / "names.txt").open("w", encoding="utf-8") as names,
        (folder / "passages.txt").open("w", encoding="utf-8") as passages,
    ):
        for number, member in enumerate(community.members()):
            text = profile(member, community.words)
            (knowledge / profile_path(member)).write_text(text, encoding="utf-8")
            asker.meet(number, member)
            names.write(member.name + "\n")
            passages.writelines(_sentence(member, fact, vocabulary) + "\n" for fact in member.facts)
            rows = ((number, fact.property, fact.value) for fact in member.facts)
            raw.executemany("INSERT INTO fact VALUES (?, ?, ?)", rows)
    raw.execute("CREATE INDEX by_subject ON fact (subject, property)")
    raw.commit()
    raw.execute("ANALYZE")
    raw.close()
    _write_questions(folder / "questions.jsonl", asker.questions())
    _write_questions(folder / "absent.jsonl", asker.absent(ABSENT))


def _sentence(member: Member, fact: Stated, vocabulary: Vocabulary) -> str:
    """A fact as a passage for search engines."""
    known = vocabulary.properties[fact.property]
    says = known.said if known.said and fact.time[1] else known.says
    details = [value for _, value in fact.qualifiers] + [day for day in fact.time if day]
    return ", ".join([says.format(subject=member.name, value=fact.value), *details]) + "."


def _write_questions(path: Path, questions: Iterable[Question]) -> None:
    rows = (json.dumps(question._asdict(), ensure_ascii=False) + "\n" for question in questions)
    path.write_text("".join(rows), encoding="utf-8")
