"""Search engines that others would put behind a bot: each indexes passages in memory and returns the best of them."""

import re
import sqlite3
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, Self

TOP = 5
_WORD = re.compile(r"\w+")


class Peer(Protocol):
    """One search engine over one list of passages. It is imported when it is made, so it need not be installed."""

    def search(self, question: str) -> list[str]:
        """The best passages; only such as have a word of the question."""


class Fts5:
    """BM25 by SQLite, as a short script has it: one FTS5 table, and the question's words with OR between them."""

    def __init__(self, passages: Sequence[str]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE passage USING fts5(body, tokenize = 'porter')")
        self._database.executemany("INSERT INTO passage VALUES (?)", ((passage,) for passage in passages))
        self._database.execute("INSERT INTO passage(passage) VALUES ('optimize')")

    @classmethod
    def over(cls, passages: Sequence[str]) -> Self | None:
        """The engine; it comes with Python."""
        return cls(passages)

    def search(self, question: str) -> list[str]:
        """See `Peer`."""
        match = " OR ".join(f'"{word}"' for word in _WORD.findall(question))
        sql = "SELECT body FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT ?"
        return [body for (body,) in self._database.execute(sql, (match, TOP))] if match else []


class Bm25s:
    """BM25 by bm25s, with its own tokenizer and English stop words."""

    def __init__(self, passages: Sequence[str]) -> None:
        bm25s = import_module("bm25s")
        self._passages = list(passages)
        self._tokenize = partial(bm25s.tokenize, stopwords="en", show_progress=False)
        self._index = bm25s.BM25()
        self._index.index(self._tokenize(self._passages), show_progress=False)

    @classmethod
    def over(cls, passages: Sequence[str]) -> Self | None:
        """The engine, or None where it is not installed."""
        return cls(passages) if find_spec("bm25s") else None

    def search(self, question: str) -> list[str]:
        """See `Peer`."""
        tokens = self._tokenize(question, return_ids=False)
        found, scores = self._index.retrieve(tokens, k=TOP, show_progress=False)
        return [self._passages[row] for row, score in zip(found[0], scores[0], strict=True) if score > 0]


class Tantivy:
    """BM25 by tantivy, with its English stemmer."""

    def __init__(self, passages: Sequence[str]) -> None:
        tantivy = import_module("tantivy")
        schema = tantivy.SchemaBuilder().add_text_field("body", stored=True, tokenizer_name="en_stem").build()
        self._index = tantivy.Index(schema)
        writer = self._index.writer(heap_size=200_000_000, num_threads=1)
        for passage in passages:
            writer.add_document(tantivy.Document(body=passage))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    @classmethod
    def over(cls, passages: Sequence[str]) -> Self | None:
        """The engine, or None where it is not installed."""
        return cls(passages) if find_spec("tantivy") else None

    def search(self, question: str) -> list[str]:
        """See `Peer`."""
        query = self._index.parse_query(" ".join(_WORD.findall(question)), ["body"])
        found = self._searcher.search(query, TOP, count=False)
        return [self._searcher.doc(address)["body"][0] for _, address in found.hits]


PEERS: dict[str, type[Fts5] | type[Bm25s] | type[Tantivy]] = {"FTS5 script": Fts5, "bm25s": Bm25s, "tantivy": Tantivy}
