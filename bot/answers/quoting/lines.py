"""The sentences that come near a question, and which of its words each accounts for; decides nothing about answers."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.answers.quoting.strangers import Strangers
from bot.answers.reading.query import Query, Unit
from bot.errors import SearchTimeout
from bot.language.lexicon import Lexicon
from bot.language.sentences import sentences
from bot.language.slips import slips
from bot.language.tokens import Token, clean, fold, name_key, parts
from bot.model.entity import Entity
from bot.model.passage import Passage
from bot.store.snapshot import Snapshot

_MOST_PASSAGES = 200  # that speak of one entity; a longer document is searched by its words only
_MOST_FOUND = 40  # passages that share the words of a question
_MOST_CHARACTERS = 60_000  # of passages that are read for one question
_BEGINNING = 5  # letters of a stem by which a passage is known to have its word
_MOST_NAMESAKES = 4
_LINK = re.compile(r"\b(?:https?://|www\.|[\w-]+\.(?:com|org|net|io|dev|edu)/)\S*", re.IGNORECASE)
_MOST = 0.6  # of the question's words
_SLIP_FROM = 6  # letters; one letter changed in a shorter word makes another word too often


@dataclass(frozen=True)
class Line:
    """One sentence of a passage with the places of its words that account for each unit of a question."""

    passage: Passage
    text: str
    tokens: tuple[Token, ...]
    hits: dict[int, tuple[int, ...]]  # unit -> tokens that account for it; none where the passage's subject does
    needed: frozenset[int]  # the units an answer must account for
    words: frozenset[int]  # of these, those that name no entity
    strangers: frozenset[int] = frozenset()  # of these, the names of nobody known that it says

    @property
    def whole(self) -> bool:
        """Whether it accounts for everything."""
        return self.needed <= self.hits.keys()

    @property
    def share(self) -> float:
        """How many of the words that name nobody it accounts for, of all; of nothing but a stranger's name, all."""
        words = self.words - self.strangers
        return len(words & self.hits.keys()) / len(words) if words else float(bool(self.strangers))

    @property
    def says_most(self) -> bool:
        """Whether it says most of a question's words, and more than one: close, where nobody is named."""
        return self.share >= _MOST and len(self.hits) > 1

    @cached_property
    def places(self) -> frozenset[int]:
        """The tokens that account for words."""
        return frozenset(place for unit in self.words for place in self.hits.get(unit, ()))

    @cached_property
    def spoken(self) -> frozenset[int]:
        """All tokens that the question has too."""
        return frozenset(place for places in self.hits.values() for place in places)

    @property
    def names_all(self) -> bool:
        """Whether it is about everybody whom the question names."""
        return self.needed - self.words <= self.hits.keys()

    @property
    def implied(self) -> bool:
        """Whether whom the question names is not named in it, so that it is only known from where it stands."""
        return not any(self.hits.get(unit) for unit in self.needed - self.words)


class Lines:
    """Finds the lines of one snapshot that come near one query."""

    def __init__(self, snapshot: Snapshot, lexicon: Lexicon, query: Query, filler: Collection[str]) -> None:
        """`filler` are words of which none has to be said again."""
        self._snapshot = snapshot
        self._lexicon = lexicon
        self._units = query.units
        self._stems = frozenset(map(lexicon.stem, query.keys))
        self._filler = frozenset(map(lexicon.stem, filler))
        self._needed = frozenset(place for place, unit in enumerate(query.units) if not unit.optional)
        self._words = frozenset(place for place in self._needed if query.units[place].mention is None)
        self._strange = self._unknown(query)
        self._strangers = Strangers(query)
        self._firsts: set[str] = set()  # first names that only one person has
        self._names = {
            place: self._spellings(unit) for place, unit in enumerate(query.units) if unit.mention is not None
        }

    def _unknown(self, query: Query) -> set[str]:
        """The words that stand nowhere as they are written, so that they may be slips."""
        keys = {fold(unit.text): unit for unit in query.words if not (unit.properties or unit.kinds)}
        long = {key: self._lexicon.stem(key) for key in keys if len(key) >= _SLIP_FROM and key.isalpha()}
        known = self._snapshot.known_stems(long.values())
        return {key for key, stem in long.items() if stem not in known}

    def near(self) -> list[Line]:
        """The sentences that account for a name of the question, or for most words where it has none."""
        passages = list(self._closest())
        self._strangers.meet(passages)
        found = [line for passage in passages for line in self.of(passage)]
        named = self._needed & self._names.keys()
        if named:
            return [line for line in found if named & line.hits.keys()]
        return [line for line in found if line.whole or line.strangers or line.says_most]

    def of(self, passage: Passage) -> Iterator[Line]:
        """The sentences of a passage; one is also about what the question names as the whole of its heading."""
        heading = frozenset(map(self._lexicon.stem, name_key(passage.section).split()))
        below = heading if heading and heading <= self._stems else frozenset()
        for start, end in sentences(passage.text):
            text = passage.text[start:end]
            tokens = tuple(parts(_LINK.sub(_blanks, clean(text))))  # what stands in an address is not said
            stems = [self._lexicon.stem(token.key) for token in tokens]
            hits = {}
            for place, unit in enumerate(self._units):
                hit = self._name(place, unit, passage, tokens) if unit.mention else self._word(unit, tokens, stems)
                if hit is None and below and any(set(stems_) <= below for stems_ in unit.stems):
                    hit = ()
                if hit is not None:
                    hits[place] = hit
            strangers = self._strangers.said(passage, tokens) if self._strangers else frozenset()
            yield Line(passage, text, tokens, hits, self._needed, self._words, strangers)

    def _closest(self) -> Iterator[Passage]:
        """The passages that are read, those that share a word first; a long document is not read to its end."""
        beginnings = {
            stem[:_BEGINNING] for place in self._words for stems in self._units[place].stems for stem in stems
        }
        read = 0
        for passage in sorted(self._passages(), key=lambda one: not _shares(one.text, beginnings)):
            read += len(passage.text)
            if read > _MOST_CHARACTERS:
                return
            yield passage

    def _passages(self) -> list[Passage]:
        mentions = [unit.mention for place, unit in enumerate(self._units) if place in self._names and unit.mention]
        about = [entity for mention in mentions for entity in mention.entities[:_MOST_NAMESAKES]]
        words = [word for place in self._words for word in _search_words(self._units[place])]
        found: dict[int, Passage] = {}
        try:
            for passage in self._snapshot.passages_about(about, _MOST_PASSAGES):
                found[passage.id] = passage
            if mentions:
                spelt = [name for names in self._names.values() for name in names]
                for passage in self._snapshot.passages(spelt, _MOST_FOUND):
                    found.setdefault(passage.id, passage)
            elif words:
                for passage in self._snapshot.passages(words, _MOST_FOUND):
                    found.setdefault(passage.id, passage)
        except SearchTimeout:
            return list(found.values())
        return list(found.values())

    def _spellings(self, unit: Unit) -> tuple[str, ...]:
        """The names of whom a unit may mean; of persons their surname too."""
        found: list[str] = []
        entities: Iterable[Entity] = ()
        firsts: list[tuple[str, int]] = []
        if unit.mention is not None:
            entities = self._snapshot.entities(unit.mention.entities[:_MOST_NAMESAKES]).values()
        for entity in entities:
            names = [name_key(name) for name in self._snapshot.names_of(entity.id)]
            found += names
            if entity.kind == "person":
                found += [short for name in names[:1] for short in _shorter(name.split())]
                firsts += [(name.split()[0], entity.id) for name in names[:1] if " " in name]
        known = self._snapshot.names([first for first, _ in firsts])
        self._firsts |= {first for first, own in firsts if {other for other, _ in known.get(first, ())} == {own}}
        return tuple(dict.fromkeys([*filter(None, found), *(first for first, _ in firsts if first in self._firsts)]))

    def _name(self, place: int, unit: Unit, passage: Passage, tokens: Sequence[Token]) -> tuple[int, ...] | None:
        keys = [token.key for token in tokens]
        for name in self._names[place]:
            wanted = name.split()
            for start in range(len(keys) - len(wanted) + 1):
                if keys[start : start + len(wanted)] != wanted:
                    continue
                if name not in self._firsts or not _goes_on(tokens, start):
                    return tuple(range(start, start + len(wanted)))
        if unit.mention is not None and passage.about in unit.mention.entities:
            return ()
        return None

    def _word(self, unit: Unit, tokens: Sequence[Token], stems: Sequence[str]) -> tuple[int, ...] | None:
        for whole in frozenset().union(*map(self._lexicon.loosely, unit.stems)):
            wanted = [part for part in whole if part not in self._filler] or list(whole)
            if all(len(part) == 1 for part in wanted):  # "M.A.", whose letters mean nothing apart
                at = next((at for at in range(len(stems)) if list(stems[at : at + len(wanted)]) == wanted), None)
                if wanted and at is not None:
                    return tuple(range(at, at + len(wanted)))
            elif all(part in stems for part in wanted):
                return tuple(place for place, stem in enumerate(stems) if stem in wanted)
        key = fold(unit.text)
        if key not in self._strange:
            return None
        near = [place for place, token in enumerate(tokens) if _is_slip(key, token.key)]
        return tuple(near) or None


def _shorter(name: Sequence[str]) -> list[str]:
    """How else a sentence may call a person: by surname, or by the first name with one of the others."""
    return [*(f"{name[0]} {other}" for other in name[1:] if len(name) > 2), *name[1:][-1:]]


def _goes_on(tokens: Sequence[Token], place: int) -> bool:
    """Whether a first name stands within a longer name, so that it is somebody else's: the "Tom" of "Tom Baker"."""
    before = tokens[place - 1 : place] if place > 1 else ()
    return any(token.text[:1].isupper() for token in (*before, *tokens[place + 1 : place + 2]))


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _shares(text: str, beginnings: Collection[str]) -> bool:
    folded = text.casefold()
    return any(beginning in folded for beginning in beginnings)


def _is_slip(key: str, other: str) -> bool:
    return abs(len(key) - len(other)) <= 1 and key[0] == other[0] and slips(key, other, 1) <= 1


def _search_words(unit: Unit) -> list[str]:
    return name_key(unit.text).split()
