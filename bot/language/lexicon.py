"""The vocabulary's words, ready to be found in text: stems, phrases, synonyms; knows no names and no facts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple, TypeVar

from bot.language.slips import nearest
from bot.language.tokens import name_key, stem, words_of
from bot.model.vocabulary import Property, Vocabulary

READ = "\x00"  # stands for a word that is read already, so that no phrase matches across it
Side = Literal["subject", "value", "both"]
Part = Literal["all", "start", "end"]
Stems = tuple[str, ...]
Reading = TypeVar("Reading")


@dataclass(frozen=True, slots=True)
class PropertyWord:
    """A word or phrase read as a property: whose word it is, and which part of its time it speaks of.

    `verb`: `side` does it (the value buys the subject). Otherwise `side` is what it names (the value is the buyer).
    """

    property: str
    side: Side
    verb: bool
    part: Part = "all"


@dataclass(frozen=True, slots=True)
class KindWord:
    """A word read as a kind of entity, or as a finer type of it."""

    kind: str
    type: str | None = None


class Phrase(NamedTuple):
    """Tokens `start`..`end` (exclusive) read by the vocabulary."""

    start: int
    end: int
    properties: tuple[PropertyWord, ...]
    kinds: tuple[KindWord, ...]


class Said(NamedTuple):
    """Tokens `start`..`end` of a question that an answer has to account for: a phrase, or one word of content."""

    start: int
    end: int
    phrase: Phrase | None
    kinds: tuple[KindWord, ...]
    stems: frozenset[Stems]  # as in `Lexicon.same`


class Lexicon:
    """Finds the vocabulary's words in a list of folded tokens. Immutable after it is made."""

    def __init__(self, vocabulary: Vocabulary, types: Iterable[tuple[str, str]] = ()) -> None:
        """`types`: pairs of kind and finer type that entities carry, whether or not the vocabulary names them."""
        self.vocabulary = vocabulary
        self._types = tuple(types)
        # Kept for this lexicon alone: a cache of the class would keep every lexicon there ever was.
        self.stem: Callable[[str], str] = lru_cache(maxsize=8192)(self._stem)
        self.stems: Callable[[str], Stems] = lru_cache(maxsize=8192)(self._stems)
        self.words: Callable[[str], frozenset[str]] = lru_cache(maxsize=16384)(self._words)
        self.same: Callable[[Stems], frozenset[Stems]] = lru_cache(maxsize=8192)(self._meaning_same)
        self._base = {form: base for base, forms in vocabulary.forms.items() for form in forms}
        self._misspelt = {slip: word for word, slips in vocabulary.misspelt.items() for slip in slips}
        self.function = frozenset(vocabulary.function) | {
            form for base, forms in vocabulary.forms.items() if base in vocabulary.function for form in forms
        }
        self.past = frozenset(  # irregular forms: `led`, `wrote`
            form for form, base in self._base.items() if base not in self.function and not form.startswith(base[:-1])
        )
        self._properties: dict[Stems, list[PropertyWord]] = defaultdict(list)
        self._kinds: dict[Stems, list[KindWord]] = defaultdict(list)
        self._as_written: dict[str, list[PropertyWord]] = defaultdict(list)
        self._things: dict[Stems, list[object]] = defaultdict(list)
        self._longest: dict[str, int] = {}
        self.stranded: dict[str, list[PropertyWord]] = {}  # "be about": what a question means that ends in "about"
        self._written: set[str] = set()
        self._same: dict[str, set[Stems]] = defaultdict(set)
        for name, prop in vocabulary.properties.items():
            for word, reading in _readings(name, prop):
                self._add(word, self._properties, reading)
                self._as_written[name_key(word).removeprefix("be ")].append(reading)
            for word in (prop.label, name.lower()):
                self._add(word, self._properties, PropertyWord(name, "both", False))
        for name, kind in vocabulary.kinds.items():
            for word in kind.words:
                self._add(word, self._kinds, KindWord(name))
            for finer, words_of_type in kind.types.items():
                for word in {finer, *words_of_type}:
                    self._add(word, self._kinds, KindWord(name, finer))
        for kind_name, finer in self._types:
            self._add(finer, self._kinds, KindWord(kind_name, finer))
        for stems in map(self._stems_of, vocabulary.synonyms):
            for one in stems:
                self._same[" ".join(one)].update(stems)
                self._longest[one[0]] = max(self._longest.get(one[0], 1), len(one))
        for base, forms in vocabulary.forms.items():
            self._same[stem(base)].update({(stem(form),) for form in forms if form.isalpha()} | {(stem(base),)})
        self._loosely = self._paraphrases(vocabulary)
        self._spelt = sorted(
            {part for words in self._written for part in name_key(words).split() if part.isalpha()} | self.function
        )
        self.open = frozenset(name for name, prop in vocabulary.properties.items() if prop.open)
        self.alike = frozenset(word for stems_ in self._same for word in stems_.split())
        self.known = frozenset(word for stems_ in (*self._properties, *self._kinds) for word in stems_)

    def is_of(self, vocabulary: Vocabulary, types: Iterable[tuple[str, str]]) -> bool:
        """Whether another one, made of these, would find the same."""
        return self._types == tuple(types) and self.vocabulary == vocabulary

    def respell(self, keys: list[str]) -> list[str]:
        """The words that members often misspell as they should be; any other as it is."""
        if self._misspelt.keys().isdisjoint(keys):
            return keys
        return [self._misspelt.get(key, key) for key in keys]

    def _stem(self, key: str) -> str:
        """The stem of a folded word, irregular forms brought to their base first."""
        return stem(self._base.get(key, key))

    def _stems(self, text: str) -> Stems:
        """The stems of a word or phrase as the vocabulary writes it."""
        return tuple(map(self.stem, words_of(text)))

    def _words(self, text: str) -> frozenset[str]:
        """The different stems of a text, kept for the names that come up again and again."""
        return frozenset(map(self.stem, words_of(text)))

    def _meaning_same(self, stems: Stems) -> frozenset[Stems]:
        """All stem sequences that mean the same as these, themselves included."""
        found = {stems} | self._same.get(" ".join(stems), set())
        for other in list(found):
            found |= self._same.get(" ".join(other), set()) if len(other) == 1 else set()
        return frozenset(found)

    def loosely(self, stems: Stems) -> frozenset[Stems]:
        """All stem sequences by which a document may say the same, those that mean the same included."""
        return frozenset(other for one in self.same(stems) for other in {one, *self._loosely.get(one, ())})

    def similar(self, key: str) -> set[str]:
        """Words of the vocabulary within two slips of a folded word."""
        return set(nearest(key, self._spelt, most=2, limit=5))

    def phrases(self, stems: Sequence[str], keys: Sequence[str] = ()) -> Iterator[Phrase]:
        """The longest phrase of the vocabulary from each position on, where there is one.

        With the folded words as `keys`, a word written just as the vocabulary has it is read only so: a publisher is
        not someone who publishes, though both have one stem.
        """
        for start, first in enumerate(stems):
            for length in range(min(self._longest.get(first, 0), len(stems) - start), 0, -1):
                key = tuple(stems[start : start + length])
                properties, kinds = self._properties.get(key), self._kinds.get(key)
                if length == 1 and keys and key in self._things and self._is_deed(keys[start]):
                    properties, kinds = self._but_things(key, properties), self._but_things(key, kinds)
                if properties or kinds or (length > 1 and " ".join(key) in self._same):
                    said = " ".join(keys[start : start + length])
                    written = self._as_written.get(said) or self._as_written.get(said.removesuffix("s"))
                    if written and not any(not reading.verb for reading in written):
                        written = None  # a verb has too many forms to be told from its kin by one of them
                    yield Phrase(start, start + length, tuple(written or properties or ()), tuple(kinds or ()))
                    break

    def _but_things(self, key: Stems, readings: list[Reading] | None) -> list[Reading]:
        """Without what only the noun in -ing means: what was built is no building, though both have one stem."""
        return [reading for reading in readings or () if reading not in self._things[key]]

    def _is_deed(self, key: str) -> bool:
        """Whether a folded word is a past form, regular or not."""
        return key.endswith("ed") or (key in self._base and not key.endswith(("s", "ing")))

    def said(self, words: Sequence[str]) -> tuple[Said, ...]:
        """Phrases, longest first from the left, then the other words of content; nothing of words that are `READ`."""
        stems = [self.stem(word) for word in words]
        content = [place for place, word in enumerate(words) if word != READ and word not in self.function]
        found: list[Said] = []
        read: set[int] = set()
        for phrase in self.phrases(stems, words):
            own = range(phrase.start, phrase.end)
            if read.isdisjoint(own) and not set(own).isdisjoint(content):
                found.append(self._said(phrase.start, phrase.end, phrase, stems, content))
                read.update(own)
        return *found, *[self._said(place, place + 1, None, stems, content) for place in content if place not in read]

    def _said(self, start: int, end: int, phrase: Phrase | None, stems: list[str], content: list[int]) -> Said:
        kinds = phrase.kinds if phrase else ()
        own = [stems[place] for place in range(start, end) if place in content]
        if not kinds and len(own) < end - start:  # "talk about": the phrase is a property, its first word still a kind
            kinds = tuple([kind for one in self.phrases(stems[start : start + 1]) for kind in one.kinds])
        return Said(start, end, phrase, kinds, self.same(tuple(own)))

    def _paraphrases(self, vocabulary: Vocabulary) -> dict[Stems, set[Stems]]:
        found: dict[Stems, set[Stems]] = defaultdict(set)
        for stems in map(self._stems_of, vocabulary.paraphrases):
            found.update({one: found[one] | stems for one in stems})
        for word, narrower in vocabulary.narrower.items():
            found[self.stems(word)] |= self._stems_of(narrower)
        return found

    def _stems_of(self, group: Iterable[str]) -> set[Stems]:
        return {self.stems(word) for word in group}

    def _add(self, word: str, index: dict[Stems, list[Reading]], reading: Reading) -> None:
        # "be born" is found as "born": in a question the two stand apart. What is left must carry content.
        stems = self.stems(word)
        self._written.add(word)
        if len(stems) > 1 and stems[0] == "be":
            stems = stems[1:]
        if all(part in self.function for part in stems):
            if len(stems) == 1 and isinstance(reading, PropertyWord) and word.startswith("be "):
                self.stranded.setdefault(stems[0], []).append(reading)
            return
        if reading not in index[stems]:
            index[stems].append(reading)
            if len(stems) == 1 and word.endswith("ing"):
                self._things[stems].append(reading)
        self._longest[stems[0]] = max(self._longest.get(stems[0], 0), len(stems))


def _readings(name: str, prop: Property) -> Iterator[tuple[str, PropertyWord]]:
    both: Side = "both"
    sides: tuple[tuple[tuple[str, ...], PropertyWord], ...] = (
        (prop.verbs, PropertyWord(name, both if prop.symmetric else "subject", True)),
        (prop.value_verbs, PropertyWord(name, both if prop.symmetric else "value", True)),
        (prop.nouns, PropertyWord(name, both if prop.symmetric else "value", False)),
        (prop.subject_nouns, PropertyWord(name, both if prop.symmetric else "subject", False)),
        (prop.words, PropertyWord(name, both, False)),
        (prop.start_verbs, PropertyWord(name, "both", True, "start")),
        (prop.end_verbs, PropertyWord(name, "both", True, "end")),
    )
    for words, reading in sides:
        for word in words:
            yield word, reading
