"""What would be understood of one document, found out by reading it here and now; keeps nothing of it."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.ingest.documents.format import Context
from bot.ingest.documents.hints import Description, Said
from bot.ingest.documents.reading import unpack_body
from bot.ingest.folder.audiences import load_audiences
from bot.ingest.folder.files import MOST_BYTES, Found
from bot.ingest.folder.sources import load_sources
from bot.ingest.folder.vocabulary_files import load_vocabulary
from bot.ingest.outcome import Preview, Read
from bot.ingest.parsing.parse import Parser
from bot.model.fact import Rank
from bot.model.problem import Problem
from bot.store.rows import EVIDENCE, LINE, OBJECT, PROPERTY, RANK, SUBJECT, TEXT
from bot.store.tombstones import read_tombstones


def preview(
    folders: Sequence[Path], data_dir: Path, name: str, data: bytes, said: Description | None = None
) -> Preview:  # fmt: skip
    """What would be understood of a document, without those who were removed; nothing is written. Raises StateError."""
    if len(data) > MOST_BYTES:
        return Preview(name, understood=True, problems=(Problem(name, 1, f"larger than {MOST_BYTES} bytes"),))
    removed = read_tombstones(data_dir)
    if removed.names(name):  # a load leaves it out
        return Preview(name, understood=True)
    vocabulary = load_vocabulary(folders)
    declared = frozenset(load_sources(folders, vocabulary.kinds).entries)
    context = Context(vocabulary, declared, frozenset(load_audiences(folders)[0].defined))
    with TemporaryDirectory() as place:
        file = Path(place, name)
        file.write_bytes(data)
        found = Found(name, str(file), said=Said(said.hints()) if said else None)
        while (parsed := Parser(context, removed=removed).parse(found)).spellings:
            removed = removed.also(parsed.spellings)
    if parsed.body is None:
        return Preview(name, understood=parsed.understood, problems=parsed.problems)
    body = unpack_body(parsed.body)
    labels = {name: known.label for name, known in vocabulary.properties.items()}
    read = [
        (
            row[RANK] == Rank.SUGGESTION,
            Read(
                row[LINE], body.refs[row[SUBJECT]][0], labels[row[PROPERTY]],
                row[TEXT] if row[OBJECT] is None else body.refs[row[OBJECT]][0], row[EVIDENCE],
            ),
        )
        for row in body.rows
    ]  # fmt: skip
    return Preview(
        name, parsed.understood, tuple(item for waits, item in read if not waits),
        tuple(item for waits, item in read if waits), tuple(body.unplaced), len(body.passages), parsed.problems,
    )  # fmt: skip
