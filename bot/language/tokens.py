"""Text to tokens and back to places in the text; knows spelling and stems, nothing about what words mean."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import Stemmer

# A token is a run of letters and digits; inner dots, hyphens, apostrophes, plus and hash signs belong to it when they
# join two such runs (GPT-3, Terminal.com, d'Itri, R/qtl) or end it (C++, C#).
_TOKEN = re.compile(r"[^\W_]+(?:[.'/&@_-][^\W_]+)*(?:\+\+|#)?")
_INNER = re.compile(r"[.'/&@_-]")
_POSSESSIVE = re.compile(r"(?<=[A-Za-z0-9])'[sS](?![A-Za-z0-9#]|\+\+|[.'/&@_-][A-Za-z0-9])")  # at the end of a token
_WORD = re.compile(r"[a-z0-9]+(?:\+\+|#)?")
_ZERO_WIDTH = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD])
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-"})
# A department is not a departure, a university not the universe, an organ no organisation.
_OWN_STEM = {
    word + ending: word
    for word in ("department", "organization", "organisation", "generalization", "university", "news")
    for ending in ("", "s")
} | {"universities": "university"}
_stemmer = Stemmer.Stemmer("english")


class Token(NamedTuple):
    """One word of a text. `key` is folded for comparison; `start` and `end` count characters of the original."""

    text: str
    key: str
    start: int
    end: int


def clean(text: str) -> str:
    """Drop zero-width characters and unify quotes and dashes; length may change only by the dropped characters."""
    return text.replace("`", "'") if text.isascii() else text.translate(_ZERO_WIDTH).translate(_QUOTES)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case without accents: `Düben` and `duben` compare equal; letters that do not decompose are kept."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def tokenize(text: str) -> list[Token]:
    """The tokens of a text that went through `clean`, possessive endings cut off."""
    tokens = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        start, end = match.span()
        if word[-2:] in ("'s", "'S"):
            word, end = word[:-2], end - 2
        tokens.append(Token(word, fold(word), start, end))
    return tokens


def name_key(name: str) -> str:
    """The form under which names are compared: folded tokens, inner punctuation gone (`GPT-3` → `gpt 3`)."""
    return " ".join(words_of(name))


def words_of(text: str) -> list[str]:
    """The parts of `name_key(text)`. Plain ASCII is read in one go: loading calls this for every word there is."""
    if text.isascii():
        if "'" in text or "`" in text:
            text = _POSSESSIVE.sub(" ", text.replace("`", "'"))
        return _WORD.findall(text.lower())
    return [part for token in tokenize(clean(text)) for part in _INNER.split(token.key) if part]


@lru_cache(maxsize=65536)
def stem(key: str) -> str:
    """The Snowball stem of a folded word; words with digits, and those whose stem is another word's, are kept."""
    if key in _OWN_STEM:
        return _OWN_STEM[key]
    return key if not key.isalpha() else str(_stemmer.stemWord(key))


def parts(text: str) -> list[Token]:
    """Tokens split at inner punctuation (`GPT-3` → `GPT`, `3`): the grain at which names and phrases are looked up."""
    tokens = tokenize(text)
    if _INNER.search(text) is None:
        return tokens
    found = []
    for token in tokens:
        if token.key.isalnum():
            found.append(token)
            continue
        offset = token.start
        for piece in _INNER.split(token.text):
            if piece:
                start = text.index(piece, offset)
                found.append(Token(piece, fold(piece), start, start + len(piece)))
                offset = start + len(piece)
    return found
