"""The names of authors as lists of publications write them, and which of them a page's own is; knows no title."""

import re
from dataclasses import dataclass

from bot.language.document_words import word_set
from bot.language.tokens import fold, name_key

_INITIALS = r"(?:[A-ZÀ-ÞĀ-Ž]\.?(?:[\s-]?[A-ZÀ-ÞĀ-Ž]\.?){0,3})"
_SURNAME = (
    r"(?:(?:van|von|de|der|den|da|di|del|della|la|le|el|al|bin|ter|ten|zu|dos|du|d['’])\s+){0,3}"
    r"[A-ZÀ-ÞĀ-Ž][\w'’´-]+(?:[\s-][A-ZÀ-ÞĀ-Ž][\w'’´-]+)?"
)
_LAST_FIRST = re.compile(rf"(?P<last>{_SURNAME}),?\s+(?P<first>{_INITIALS})\Z")
_FIRST_LAST = re.compile(rf"(?P<first>{_INITIALS})\s+(?P<last>{_SURNAME})\Z")
_FULL = re.compile(
    r"[A-ZÀ-ÞĀ-Ž][\w'’-]+(?:\s+[A-ZÀ-ÞĀ-Ž]\.?(?:[A-Z]\.)?)?(?:\s+(?:van|von|de|der|den|da|di|del|la|le|el|al|bin|ter|zu|y|[A-ZÀ-ÞĀ-Ž][\w'’´-]*\.?)){1,4}\Z"
)
_CAPITALS = r"[A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž'’-]+(?:[\s-][A-ZÀ-ÞĀ-Ž'’-]{2,})?"  # a surname: KING, Ada Maud
_REVERSED = re.compile(
    rf"(?:(?P<capitals>{_CAPITALS}),\s*(?P<given>[A-ZÀ-ÞĀ-Ž][a-zß-ÿ'’-]+(?:[\s-][A-ZÀ-ÞĀ-Ž][a-zß-ÿ'’-]+){{0,2}})"
    r"(?=\s*(?:,|;|and\b|&|und\b|et\b|$|\.))|"
    rf"(?P<last>{_SURNAME}),\s*(?P<first>{_INITIALS}|[A-ZÀ-ÞĀ-Ž][\w'’-]+(?:\s+[A-ZÀ-ÞĀ-Ž]\.?)?)(?=\s*(?:,|;|and\b|&|und\b|et\b|$|\.)))"
)
_AND = re.compile(r"\s*(?:,?\s*(?:\band\b|&|\bund\b|\bet\b(?!\s+al)|\by\b|\bwith\b|\bmit\b)|;)\s*")
_MARKS = re.compile(
    r"[*†‡§¹²³⁴]+|\{\\\w+\}|\[\d+\]"
    r"|\s*\((?:[a-z-]+\s+){0,2}(?:contributions?|contributors?|contributed|authors?|authorship|advis\w+|supervis\w+)\)",
    re.IGNORECASE,
)
_ALIA = re.compile(r",?\s*(?:et\s+al\.?|and others|u\.\s?a\.|\.\.\.|…)\s*\Z")


@dataclass(frozen=True, slots=True)
class Authors:
    """Names with the given name first. `certain` when they can hardly be anything else than a list of names."""

    names: tuple[str, ...] = ()
    certain: bool = False


def read_authors(text: str) -> Authors:
    """The authors that a text lists and nothing else; none where any part of it is no name."""
    text = _ALIA.sub("", _MARKS.sub("", " ".join(text.split())).strip(" ,.:;()–-"))
    text = re.sub(r"\A(?:by|with|von|authors?:)\s+", "", text, flags=re.IGNORECASE)
    if not text or len(text) > 1200:
        return Authors()
    names, certain = _reversed(text)
    if names:
        return Authors(tuple(names), certain)
    names = []
    initials = 0
    for chunk in _AND.split(text):
        parts = [part.strip() for part in chunk.split(",") if part.strip()]
        for part in parts:
            read = _one(part)
            if read is None:
                return Authors()
            initials += read[1]
            names.append(read[0])
    return Authors(
        tuple(dict.fromkeys(names)),
        initials > 0 or len(names) > 2 or (len(names) == 2 and _AND.search(text) is not None),
    )


def own_author(authors: Authors, name: str) -> str | None:
    """The author whose surname and first initial are those of `name`."""
    keys = name_key(name).split()
    if not keys:
        return None
    for author in authors.names:
        parts = name_key(author).split()
        if parts and parts[-1] == keys[-1] and (len(keys) == 1 or parts[0][0] == keys[0][0]):
            return author
    return next((author for author in authors.names if name_key(author) == " ".join(keys)), None)


def _one(text: str) -> tuple[str, int] | None:
    """One name, and 1 if it has initials."""
    text = text.strip(" .") if not re.search(r"\b[A-Z]\.\Z", text.strip()) else text.strip()
    match = _FIRST_LAST.match(text)
    if match is not None:
        return f"{_dotted(match['first'])} {match['last']}", 1
    match = _LAST_FIRST.match(text)
    if (
        match is not None
        and not match["first"].islower()
        and len(match["first"].replace(".", "").replace(" ", "")) <= 4
    ):
        return f"{_dotted(match['first'])} {match['last']}", 1
    if any(word.strip(".") in word_set("fields", "no_names") for word in fold(text).split()):
        return None  # the words of a title or a journal
    return (text, 0) if _FULL.match(text) and len(text) < 50 else None


def _reversed(text: str) -> tuple[list[str], bool]:
    """Names like "King, A., Lund, B. and Roe, C." – a surname, a comma, its initials."""
    if names := _first_reversed(text):
        return names, True
    names = []
    place = 0
    for match in _REVERSED.finditer(text):
        between = text[place : match.start()].strip(" ,.;&")
        if fold(between) not in ("", "and", "und", "et", "y"):
            return [], False
        place = match.end()
        if match["capitals"] is not None:
            names.append(f"{match['given']} {match['capitals'].title()}")
            continue
        first = match["first"]
        short = len(first.split()[0].strip(".")) <= 3 and first.isupper()
        names.append(f"{_dotted(first) if short or '.' in first else first} {match['last']}")
    rest = _AND.sub("", text[place:]).strip(" ,.;&")
    if not names:
        return [], False
    if rest:
        other = _one(rest)
        if other is None:
            return [], False
        names.append(other[0])
    initials = any(re.match(r"[A-Z]\.", name) for name in names)
    if not initials and len(names) < 2 and not re.match(_CAPITALS + ",", text):
        return [], False
    return names, True


def _first_reversed(text: str) -> list[str]:
    """Names of which only the first is turned: "King, A.B., C. Lund, and D. Roe"."""
    first = _REVERSED.match(text)
    if first is None or first["first"] is None:
        return []
    parts = [part.strip() for chunk in _AND.split(text[first.end() :]) for part in chunk.split(",")]
    others = [_FIRST_LAST.fullmatch(part) for part in parts if part.strip(" .")]
    if not others or None in others:
        return []
    read = (match for match in (first, *others) if match is not None)
    return [f"{_dotted(match['first'])} {match['last']}" for match in read]


def _dotted(initials: str) -> str:
    """Initials each with its dot and a blank between: `AJ` and `A.J.` become `A. J.`."""
    letters = re.findall(r"[A-ZÀ-ÞĀ-Ž](?![a-zß-ž])", initials)
    if not letters or any(char.islower() for char in initials):
        return initials
    joined = ". ".join(letters) + "."
    return re.sub(r"\. (?=[A-Z]\.)", ". ", joined)
