"""The words that documents use, from their data files; knows how to read and compare them, not what they decide."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from bot.language.tokens import clean, fold
from bot.language.yaml_text import read_yaml

_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{2,4})?")
_FOLDER = Path(__file__).parent.parent / "vocabulary" / "documents"


@lru_cache(maxsize=16)
def words_file(name: str) -> Mapping[str, Any]:
    """One data file, read once in a process."""
    data = read_yaml((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")).data
    if not isinstance(data, dict):
        raise TypeError(f"{name}.yaml: not a mapping")
    return data


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """The list `key` of a data file, folded."""
    return frozenset(folded(word) for word in words_file(name)[key])


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """Lower case, without accents, quotes unified, blanks folded."""
    return fold(" ".join(clean(text).split()))


@lru_cache(maxsize=4096)
def unaccented(text: str) -> str:
    """Without accents, every character in its place and case: "Baccalauréat" is found as "Baccalaureat"."""
    if text.isascii():
        return text
    bases = (unicodedata.normalize("NFD", char)[0] for char in text)
    return "".join(bases)


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of these folded words, the longest first; a blank stands for any run of blanks."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def language_name(text: str) -> str:
    """What a code of a language stands for (`en`, `pt-BR`); any other text as it is."""
    code = _CODE.fullmatch(text.strip())
    return str(words_file("languages")["languages"].get(code[1].lower(), text)) if code is not None else text
