"""What the tests of the extraction share: a text read whole, its facts in short."""

from bot.ingest.documents.format import Context, Hints, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.folder.vocabulary_files import load_vocabulary
from bot.ingest.parsing.parse import read_document
from bot.model.fact import Rank

CONTEXT = Context(load_vocabulary(), frozenset())


def read(text: str, path: str = "page.md", *, about: str | None = None, kind: str | None = None) -> Reading:
    reading = read_document(Raw(path, text.encode(), Hints(about=about, kind=kind)), CONTEXT)
    assert reading is not None
    return reading


def facts_of(reading: Reading) -> list[tuple[str, str, str]]:
    """Subject, property and value of what the layout says."""
    return [
        (fact.subject.name, fact.property, fact.value.text) for fact in reading.facts if fact.rank is Rank.LAYOUT
    ]  # fmt: skip


def subject_of(reading: Reading) -> tuple[str, str] | None:
    return (reading.entities[0].kind, reading.entities[0].name) if reading.entities else None
