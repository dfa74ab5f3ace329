"""Questions in other languages, put word by word into the English that is read; translates no name and no document."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from bot.answers.reading.link import MAX_PARTS, Mention, find_mentions
from bot.errors import PromptError
from bot.language.lexicon import Lexicon
from bot.language.prompt_file import read_prompts
from bot.language.tokens import Token, clean, fold, parts
from bot.store.snapshot import Snapshot

_PERSONS = "who"
_ENGLISH = frozenset(
    {"who", "when", "where", "what", "which", "how", "did", "does", "is", "are", "the", "of", "list", "tell"}
)
_MARKS = "?!.,:;¿¡\"'"


class Said(NamedTuple):
    """Words of a question as English has them; `name` where they name something and stay as they are."""

    text: str
    name: bool = False
    verb: bool = False


class Language:
    """One language other than English. `data` is a file of `prompts/questions/languages/`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.known_by = frozenset(fold(word) for phrase in data["known_by"] for word in phrase.split())
        self._elided = frozenset(data["elided"])
        rows = [
            (english, phrase, kind)
            for kind in ("words", "verbs")
            for english, said in data[kind].items()
            for phrase in said
        ]
        self._english = {
            tuple(part.key for part in parts(clean(phrase))): Said(english, verb=kind == "verbs")
            for english, phrase, kind in rows
        }
        self._longest = max(map(len, self._english))
        self.words = frozenset(word for phrase in self._english for word in phrase)

    def worded(self, words: Sequence[Token], mentions: Sequence[Mention], text: str) -> str:
        """The question with every word and phrase that is known put into English, and names as they are."""
        said = list(self._said(words, mentions, text))
        asks_who = bool(said) and said[0].text.split()[0] == _PERSONS
        swapped = next((at for at, (one, next_) in enumerate(pairwise(said)) if one.verb and next_.name), None)
        if swapped is not None and not asks_who:  # "wo arbeitet Bo Li" is "where Bo Li works"
            said[swapped : swapped + 2] = reversed(said[swapped : swapped + 2])
        return " ".join(one.text for one in said)

    def _said(self, words: Sequence[Token], mentions: Sequence[Mention], text: str) -> Iterator[Said]:
        names = {mention.start: mention.end for mention in mentions}
        place = 0
        while place < len(words):
            if place in names:
                end = names[place]
                yield Said(text[words[place].start : words[end - 1].end], name=True)
                place = end
                continue
            before = min((start for start in names if start > place), default=len(words))
            for end in range(min(place + self._longest, before), place, -1):
                english = self._english.get(tuple(part.key for part in words[place:end]))
                if english is not None:
                    yield english
                    place = end
                    break
            else:
                part = words[place]
                if part.key not in self._elided or text[part.end : part.end + 1] != "'":  # the article of "l'auteur"
                    yield Said(part.text)
                place += 1


class Languages:
    """All languages of a folder, a file each."""

    def __init__(self, folder: Path) -> None:
        """Raises PromptError where a file is malformed."""
        self._languages = [Language(_read(file)) for file in sorted(folder.glob("*.yaml"))]
        self._known_by = frozenset[str]().union(*(language.known_by for language in self._languages))

    def in_english(self, text: str, lexicon: Lexicon, snapshot: Snapshot, ordinary: frozenset[str]) -> str:
        """A question as it would be put in English, as far as its words are known; English ones stay as they are.

        `ordinary`: words that questions are made of, which are no misspelt names.
        """
        language = self._of(text)
        if language is None:
            return text
        words = parts(text)[:MAX_PARTS]
        mentions, _ = find_mentions(words, lexicon, snapshot, ordinary | language.words)
        return language.worded(words, mentions, text)

    def _of(self, text: str) -> Language | None:
        """The language that a question is put in; None for English, and for any that is not here."""
        if not _ENGLISH.isdisjoint(text.lower().split()):
            return None  # most are, which this shows at once
        words = {fold(word.strip(_MARKS)) for word in text.split()}
        if self._known_by.isdisjoint(words) or not _ENGLISH.isdisjoint(words):
            return None
        return max(self._languages, key=lambda language: (len(language.known_by & words), len(language.words & words)))


def _read(file: Path) -> dict[str, Any]:
    data = read_prompts(file)
    if not data.keys() >= {"known_by", "words", "verbs", "elided"}:
        raise PromptError(f"{file}: needs known_by, words, verbs and elided")
    return data
