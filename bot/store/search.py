"""Full-text search of facts and passages, and the words one typo away; never decides whether a hit is an answer."""

import re
from collections.abc import Collection, Iterable, Sequence

from bot.language.slips import slips
from bot.model.entity import Entity
from bot.model.fact import Fact
from bot.model.passage import Passage
from bot.store.connection import deadline, placeholders
from bot.store.entities import ENTITY_COLUMNS, entity_of_row
from bot.store.facts import FactQueries

_SEARCH = "SELECT rowid AS fact FROM fact_words WHERE fact_words MATCH ? AND rowid < ? ORDER BY rowid LIMIT ?"
_PASSAGE = "p.id, d.path, p.line, p.title, p.section, p.body, p.about, d.source"
_PASSAGES = f"""
SELECT {_PASSAGE}, w.score
FROM (SELECT rowid AS id, bm25(passage_words, 4.0, 2.0, 1.0) AS score FROM passage_words
      WHERE passage_words MATCH ? ORDER BY score LIMIT ?) w
CROSS JOIN passage p ON p.id = w.id JOIN document d ON d.id = p.document ORDER BY w.score, p.id
"""
_ABOUT = f"""
SELECT {_PASSAGE} FROM passage p JOIN document d ON d.id = p.document WHERE p.about IN ({{marks}}) ORDER BY p.id LIMIT ?
"""
_AT = f"""
SELECT {_PASSAGE} FROM document d CROSS JOIN passage p ON p.document = d.id WHERE d.path = ? AND p.line =
    (SELECT max(line) FROM passage WHERE document = d.id AND line <= ?) ORDER BY p.id
"""
_TITLES = f"""
SELECT {ENTITY_COLUMNS.format("e")} FROM (SELECT rowid AS id FROM entity_words WHERE entity_words MATCH ?) w
CROSS JOIN entity e ON e.id = w.id WHERE e.stub <= ? ORDER BY e.id LIMIT ?
"""
_SEARCHED = ("fact_words", "passage_words")
_STEM = re.compile(r"[^\W_]+(?:\+\+|#)?\Z")  # anything else would be cut into several words
_MOST_TERMS = 64  # of one search; more is not a question but an attack
_SHORTEST = 4  # letters; one letter changed in a shorter word is another word


class SearchQueries(FactQueries):
    """Searches by words; each is stopped at the deadline."""

    def search_facts(self, stems: Sequence[Collection[str]], limit: int = 100) -> list[Fact]:
        """Facts with a stem of every group, best rank first. Raises SearchTimeout."""
        match = _of_every(stems)
        with deadline(self.connection):
            return self._chosen(_SEARCH, [match, self.bound, limit]) if match else []

    def entities_with(self, stems: Sequence[Collection[str]], limit: int = 8) -> list[Entity]:
        """Entities whose name or alias holds a stem of every group, wherever in it. Raises SearchTimeout."""
        return self._titled(_of_every(stems), limit)

    def entities_beginning(self, words: Sequence[Collection[str]], limit: int = 50) -> list[Entity]:
        """Entities whose name holds, for each group of folded words, one that begins like one of it. SearchTimeout."""
        return self._titled(_of_every(words, "*"), limit)

    def _titled(self, match: str, limit: int) -> list[Entity]:
        if not match:
            return []
        with deadline(self.connection):
            return [entity_of_row(row) for row in self.connection.execute(_TITLES, (match, self.stub, limit))]

    def passages(self, terms: Iterable[str], limit: int = 5) -> list[Passage]:
        """Passages in which a term occurs in some form, closest first; one of several words as a phrase.

        Raises SearchTimeout.
        """
        wanted = [term for term in dict.fromkeys(terms) if term.strip()]
        if not wanted or len(wanted) > _MOST_TERMS:
            return []
        with deadline(self.connection):
            rows = self.connection.execute(_PASSAGES, (" OR ".join(map(_quoted, wanted)), limit)).fetchall()
        return [self._passage(*row) for row in rows]

    def passages_about(self, entities: Sequence[int], limit: int) -> list[Passage]:
        """Passages of documents or records about these entities, in their order."""
        if not entities:
            return []
        marks, values = placeholders(entities)
        return [self._passage(*row) for row in self.connection.execute(_ABOUT.format(marks=marks), [*values, limit])]

    def passages_at(self, document: str, line: int) -> list[Passage]:
        """The passage in which a line stands; all of a page, where lines are pages."""
        return [self._passage(*row) for row in self.connection.execute(_AT, (document, line))]

    def _passage(
        self, id_: int, path: str, line: int, title: str, section: str, text: str, about: int | None,
        source: int | None, score: float = 0.0,
    ) -> Passage:  # fmt: skip
        own = None if source is None else self.source(source)
        return Passage(id_, path, line, title, section, text, about, score, own)

    def known_words(self, words: Iterable[str]) -> set[str]:
        """Those of the folded `words` that occur in a name or a fact."""
        wanted = list(words)
        if not wanted:
            return set()
        marks, values = placeholders(wanted)
        return {word for (word,) in self.connection.execute(f"SELECT word FROM word WHERE word IN ({marks})", values)}

    def known_stems(self, stems: Iterable[str]) -> set[str]:
        """Those of the stems that some fact or passage holds."""
        return {stem for stem in stems if stem and any(self._holds(table, stem) for table in _SEARCHED)}

    def _holds(self, table: str, stem: str) -> bool:
        sql = f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1"
        return self.connection.execute(sql, (_quoted(stem),)).fetchone() is not None

    def similar_words(self, word: str) -> list[str]:
        """Known words that one letter more, less or other, or two swapped ones, make of the folded `word`.

        Words with digits have none: GPT-9 is not GPT-3.
        """
        if len(word) < _SHORTEST or len(word) > 100 or any(char.isdigit() for char in word):
            return []
        marks, values = placeholders(list(dict.fromkeys([word, *deletions(word)])))
        rows = self.connection.execute(f"SELECT DISTINCT word FROM word_delete WHERE variant IN ({marks})", values)
        return sorted(near for (near,) in rows if near != word and slips(word, near, 1) <= 1)


def deletions(word: str) -> list[str]:
    """The word without each of its letters in turn."""
    return [word[:index] + word[index + 1 :] for index in range(len(word))]


def _of_every(groups: Sequence[Collection[str]], ending: str = "") -> str:
    """A search for a word of every group; empty where a group holds none that can be searched for."""
    terms = [[_quoted(word) + ending for word in sorted(group) if _STEM.match(word)] for group in groups]
    if not terms or not all(terms) or sum(map(len, terms)) > _MOST_TERMS:
        return ""
    return " AND ".join(f"({' OR '.join(group)})" for group in terms)


def _quoted(term: str) -> str:
    """A term as an FTS5 string, so that no operator in it means anything."""
    return '"' + term.replace('"', '""') + '"'
