"""Under which keys an entity can be linked: names, aliases, parts of names, heads of titles; knows no other entity."""

import re
from collections.abc import Callable, Container, Sequence
from typing import NamedTuple

from bot.language.document_words import word_set
from bot.language.fact_words import stems
from bot.language.tokens import fold, tokenize, words_of

NAME, PART = 2, 1  # weights of a key
# What a company is in law, at the end of its name.
_LEGAL_FORM = re.compile(
    r"(?:[\s,]+(?:inc|incorporated|llc|l\.l\.c|ltd|limited|corp|corporation|co|company|plc|llp|lp|gmbh|mbh|ag|kg|kgaa|ohg|ug"
    r"|e\.?v|s\.?a|s\.?a\.?s|sarl|s\.?p\.?a|s\.?r\.?l|s\.?l|b\.?v|n\.?v|oy|oyj"
    r"|ab|asa?|a/s|aps|k\.?k|pty|pte|pvt|sp\. ?z ?o\.? ?o)\.?|\s+&)+\Z",
    re.IGNORECASE,
)
_HEAD = re.compile(r"(?P<head>\S[^:]{1,58}?)(?::\s|\s[–—]\s)\s*\S+\s+\S")
_GLUED = re.compile(r"(?P<small>[^\W\d_]{1,4})['’](?P<name>[^\W\d_a-z][\w'’-]+)")
_OF_YEAR = re.compile(r"(?P<name>\S+(?:\s+\S+){0,6}?)\s+(?:19|20)\d\d")
_MOST_OF_HEAD = 5  # words
_AFTER_NAMES = 99  # the position of parts


class Key(NamedTuple):
    """One way to write an entity; `position` counts name and aliases from 0."""

    key: str
    weight: int
    position: int
    text: str


class Naming(NamedTuple):
    """An entity's identity as one document gives it."""

    kind: str
    name: str
    types: tuple[str, ...]
    words: str  # stems of name and aliases, blank-separated
    keys: tuple[Key, ...]  # the first is the name's

    @property
    def key(self) -> str:
        """The name as it is compared."""
        return self.keys[0].key

    @property
    def slug(self) -> str:
        """Kind and name in letters that fit everywhere; the same in every snapshot."""
        return f"{self.kind}/" + self.key.replace("+", "-plus").replace("#", "-sharp").replace(" ", "-")


def naming(
    kind: str, name: str, aliases: Sequence[str] = (), types: tuple[str, ...] = (), stop: Container[str] = ()
) -> Naming:
    """The keys of an entity, each once."""
    names = (name, *aliases)
    keys: dict[str, Key] = {}
    words: set[str] = set()
    for position, text in enumerate(names):
        parts = words_of(text)
        words.update(parts)
        key = " ".join(parts)
        if key not in keys:
            keys[key] = Key(key, NAME, position, text)
    if short := _SHORT.get(kind):
        for text in short(names, stop):
            key = " ".join(words_of(text))
            if key not in keys:
                keys[key] = Key(key, PART, _AFTER_NAMES, text)
    stems_ = sorted(stems(word for word in words if word not in stop))
    return Naming(kind, name, types, " ".join(stems_), tuple(keys.values()))


def without_legal_form(names: Sequence[str], _stop: Container[str] = ()) -> list[str]:
    """How companies are called in talk: `Acme, Inc.` is `Acme`, `Mill GmbH & Co. KG` is `Mill`."""
    short = [_LEGAL_FORM.sub("", name) for name in names]
    return [
        text
        for text, name in zip(short, names, strict=True)
        if text != name and len(text) > 1 and text.lower() != "the"
    ]


def person_parts(names: Sequence[str], stop: Container[str]) -> list[str]:
    """First names and surnames that a person may be called by.

    Only a name of capitalised words counts (`author of the essay` is none, `van` is no part), and an alias only when it
    shares a word with the name: `Mel Rowe` gives `Mel`, `The Boss of Acme` must not give `Acme`.
    """
    own = set(words_of(names[0]))
    small = word_set("fields", "name_particles")
    parts: list[str] = []
    for name in names:
        words = [token.text for token in tokenize(name)] if not name.isascii() else name.split()
        folded = [fold(word) for word in words]
        if len(words) < 2 or own.isdisjoint(folded):  # a part of a part is no name
            continue
        if any(word[0].islower() and key in stop for word, key in zip(words, folded, strict=True)):
            continue
        parts += [
            word.strip(".,()")
            for place, (word, key) in enumerate(zip(words, folded, strict=True))
            if not word[0].islower() and key not in stop and len(key.strip(".,()")) > 1 and words_of(word)
            if not (0 < place < len(words) - 1 and key in small)  # the `Di` of Luca Di Marco
        ]
        parts += _with_particles(words, folded, small)
    return parts


def _with_particles(words: Sequence[str], folded: Sequence[str], small: Container[str]) -> list[str]:
    """The surname with its small words (`de la Cruz`); with a glued one also as one word, or without a small one."""
    first = len(words) - 1
    while first > 1 and folded[first - 1] in small:
        first -= 1
    found = [" ".join(words[first:])] if first < len(words) - 1 else []
    glued = _GLUED.fullmatch(words[-1])
    if glued is not None:
        found.append(glued["small"] + glued["name"])
        if glued["small"].islower():  # as written it is no part yet, for it begins with a small letter
            found += [words[-1], glued["name"]]
    return found


def heads_of_titles(names: Sequence[str], stop: Container[str] = ()) -> list[str]:
    """What stands before the colon of a title: `Tideline: Scheduling for Stores` is the Tideline paper."""
    heads = [match["head"] for name in names if (match := _HEAD.match(name)) is not None]
    return [head for head in heads if len(head.split()) <= _MOST_OF_HEAD and any(w not in stop for w in words_of(head))]


def without_year(names: Sequence[str]) -> list[str]:
    """What an event of one year is called in talk: `Rope Regatta 2023` is the Rope Regatta."""
    return [match["name"] for name in names if (match := _OF_YEAR.fullmatch(name)) is not None]


_SHORT: dict[str, Callable[[Sequence[str], Container[str]], list[str]]] = {
    "person": person_parts,
    "organization": without_legal_form,
    "publication": heads_of_titles,
    "event": lambda names, stop: [*heads_of_titles(names, stop), *without_year(names)],
}
