"""Exchanging the facts of single documents in a copy of a snapshot, so that it says what a full build would."""

from collections.abc import Iterable, Iterator

from bot.store.build import DELETIONS, Builder
from bot.store.schema import id_ranges

_NEW_LINKS = """
INSERT OR IGNORE INTO link
SELECT subject, property, id, 's' FROM fact WHERE id BETWEEN :first AND :last UNION ALL
SELECT object, property, id, 'v' FROM fact WHERE id BETWEEN :first AND :last AND object IS NOT NULL UNION ALL
SELECT entity, property, fact, 'q' FROM temp.raw_link WHERE fact BETWEEN :first AND :last
"""
_OLD_LINKS = """
DELETE FROM link WHERE (entity, property, fact, role) IN (
    SELECT subject, property, id, 's' FROM fact WHERE id BETWEEN :first AND :last UNION ALL
    SELECT object, property, id, 'v' FROM fact WHERE id BETWEEN :first AND :last AND object IS NOT NULL UNION ALL
    SELECT json_extract(item.value, '$[2]'), f.property, f.id, 'q' FROM fact f, json_each(f.qualifiers) item
    WHERE f.id BETWEEN :first AND :last AND json_extract(item.value, '$[2]') IS NOT NULL)
"""
_SEARCHABLE = (
    ("fact_words", "rowid, words", "id, words", "fact"),
    ("passage_words", "rowid, title, section, body", "id, title, section, body", "passage"),
)


def remove_rows(builder: Builder, document: int) -> set[int]:
    """Take a document's facts and passages out, with all that rests on them. Returns the subjects of those facts."""
    subjects: set[int] = set()
    for bounds in _bounds(document):
        subjects |= _subjects(builder, bounds)
        builder.connection.execute(_OLD_LINKS, bounds)
        for table, columns, values, content in _SEARCHABLE:
            builder.connection.execute(
                f"INSERT INTO {table}({table}, {columns})"
                f" SELECT 'delete', {values} FROM {content} WHERE id BETWEEN :first AND :last",
                bounds,
            )
            builder.connection.execute(f"DELETE FROM {content} WHERE id BETWEEN :first AND :last", bounds)
    builder.connection.execute("DELETE FROM unplaced WHERE document = ?", (document,))
    return subjects


def index_rows(builder: Builder, document: int) -> set[int]:
    """Link and index the facts and passages that were added for a document. Returns the subjects of those facts."""
    subjects: set[int] = set()
    for bounds in _bounds(document):
        subjects |= _subjects(builder, bounds)
        builder.connection.execute(_NEW_LINKS, bounds)
        for table, columns, values, content in _SEARCHABLE:
            builder.connection.execute(
                f"INSERT INTO {table}({columns}) SELECT {values} FROM {content} WHERE id BETWEEN :first AND :last",
                bounds,
            )
    return subjects


def change_words(builder: Builder, removed: Iterable[str], added: Iterable[str]) -> None:
    """Count words less or more often by one document; a word that is gone is no typo's target any more."""
    execute, many = builder.connection.execute, builder.connection.executemany
    gone = [(word,) for word in removed]
    many("UPDATE word SET documents = documents - 1 WHERE word = ?", gone)
    for (word,) in gone:
        if execute("DELETE FROM word WHERE word = ? AND documents <= 0 RETURNING 1", (word,)).fetchall():
            variants = [(word, word), *((word[:index] + word[index + 1 :], word) for index in range(len(word)))]
            many("DELETE FROM word_delete WHERE variant = ? AND word = ?", variants)
    for word in added:
        if execute("UPDATE word SET documents = documents + 1 WHERE word = ? RETURNING 1", (word,)).fetchall():
            continue
        execute("INSERT INTO word VALUES (?, 1)", (word,))
        execute(DELETIONS.format(which="word = ?"), (word,))


def drop_unused_sources(builder: Builder, keep: Iterable[str]) -> None:
    """Remove sources on which no fact rests, but not those that are declared."""
    declared = {*keep}
    rows = builder.connection.execute(
        "SELECT key FROM source s WHERE NOT EXISTS (SELECT 1 FROM fact f WHERE f.source = s.id)"
        " AND s.id NOT IN (SELECT d.source FROM document d WHERE d.source IS NOT NULL)"
    )
    unused = [(key,) for (key,) in rows if key not in declared]
    builder.connection.executemany("DELETE FROM source WHERE key = ?", unused)


def _bounds(document: int) -> Iterator[dict[str, int]]:
    return ({"first": first, "last": last} for first, last in id_ranges(document))


def _subjects(builder: Builder, bounds: dict[str, int]) -> set[int]:
    rows = builder.connection.execute("SELECT DISTINCT subject FROM fact WHERE id BETWEEN :first AND :last", bounds)
    return {subject for (subject,) in rows}
