"""Degrees as people write them: name, subject and level; knows no school and no role."""

import re
from functools import lru_cache
from typing import NamedTuple

from bot.ingest.extract.layout.fields import LIKELY, organization, words
from bot.language.document_words import alternatives, folded, unaccented, word_set, words_file

STUDENT = re.compile(r"\s+(?:student|(?:pre-?)?candidate|program(?:me)?|studies)\Z", re.IGNORECASE)
_OF_SHORT = re.compile(r"(?<=[A-Z.])\s+degree\Z")  # a "Ph.D. degree" is a Ph.D.
_STAYS = frozenset({"year", "semester", "term", "programme", "program", "student"})
_ROLESTUDENT = re.compile(
    r"\b(?:researcher|fellow|assistant|professor|intern|engineer|scientist|scholar)s?\b", re.IGNORECASE
)


class Degree(NamedTuple):
    """A degree as it is written, its subject, and its level: 1 bachelor, 2 master, 3 doctor, 0 another."""

    name: str
    field: str
    level: int


@lru_cache(maxsize=4096)
def degrees_of(text: str) -> tuple[Degree, ...]:
    """The degrees that a segment names, in their order; empty where it names none."""
    found = []
    starts = [match for match in _degree_pattern().finditer(unaccented(text)) if _really(match, text)]
    for match, following in zip(starts, [*starts[1:], None], strict=False):
        end = following.start() if following is not None else len(text)
        name = STUDENT.sub("", " ".join(text[match.start() : match.end()].split()).strip(" ,"))
        name = _OF_SHORT.sub("", name if "." in name.rstrip(".") else name.rstrip("."))
        rest = re.sub(
            r"^\s*(?:degree|abschluss)?\s*(?:with|mit)?\s*"
            r"(?:(?:in|of|en|in der|der|für|fur|di|de|des|du|em)\b|d['’]|[,:(–—-])?\s*",
            "",
            text[match.end() : end],
            flags=re.IGNORECASE,
        )
        rest = rest.strip(" ,;.-–()&/")
        if folded(rest) in _STAYS:
            name, rest = f"{name} {rest}", ""
        rest = re.sub(r"\s+(?:and|und|et|from|at|degree)$", "", rest)
        rest = _honour_pattern().sub("", rest).strip(" ,;.–-")
        found.append(Degree(name, rest if any(char.isalpha() for char in rest) else "", _level(match.group())))
    for place in range(len(found) - 2, -1, -1):
        joint = text[starts[place].end() : starts[place + 1].start()].strip(" .")
        if not found[place].field and joint in ("&", "and", "und", "et", "/", "y", "e"):
            found[place] = found[place]._replace(field=found[place + 1].field)  # B.A. and M.A. in Linguistics
    return tuple(found)


def before_degree(text: str) -> tuple[str, str]:
    """A segment cut before its first degree: the school that is glued to it, and the rest."""
    found = _degree_pattern().finditer(unaccented(text))
    match = next((match for match in found if _really(match, text)), None)
    if match is not None and not match.start():
        return "", text
    if match is None or (organization(text[: match.start()].strip()) < LIKELY and "." not in match.group()):
        return "", text
    return text[: match.start()].strip(" ,–-"), text[match.start() :]


def _level(name: str) -> int:
    parts = words(name)
    for level, known in words_file("fields")["degree_levels"].items():
        if any(part in known or f"{part}." in known for part in parts):
            return int(level)
    return 0


@lru_cache(maxsize=1)
def _honour_pattern() -> re.Pattern[str]:
    """A distinction at the end of what follows a degree."""
    latin = [phrase for phrase in word_set("fields", "honours") if "laude" in phrase.split()]
    return re.compile(rf"(?:\A|[\s,(]+)(?:{alternatives(latin)})\)?\Z", re.IGNORECASE)


@lru_cache(maxsize=1)
def _degree_pattern() -> re.Pattern[str]:
    plain = [word for word in words_file("fields")["degrees"] if not word.endswith(".")]
    dotted = [word for word in words_file("fields")["degrees"] if word.endswith(".")]
    subjects = rf"(?:{alternatives(word_set('fields', 'degree_subjects'))})"
    one = rf"(?:(?:{alternatives(dotted)})(?![A-Za-z0-9])|(?:{alternatives(plain)})(?![\w'’]))"
    one = one.replace("'", "['’]")
    return re.compile(
        rf"(?<![\w.'’-])(?:{one})(?!\.[A-Z]\w)\.?(?![A-Za-z0-9])"
        rf"(?:\s+of\s+(?:arts|sciences?)(?=\s+(?-i:[A-ZÀ-Ž])))?"
        rf"(?:\s+of\s+{subjects}(?=\s*(?:,|\.|\(|\)|-|–|—|:|\t|$|in\b|with\b|and\b|&|degree\b)))?"
        rf"(?:\s+degree)?"
        rf"(?:\s+(?:student|(?:pre-?)?candidate|program(?:me)?|studies)\b)?"
        rf"(?:\s*\((?:hons?|honours|honors|hon)\.?\))?",
        re.IGNORECASE,
    )


def _really(match: re.Match[str], text: str) -> bool:
    """A word that is a degree and not a role, a name or a small word of the same letters."""
    word = text[match.start() : match.end()].split(maxsplit=1)[0]
    key = folded(word).strip(".")
    if key == "promotion" and re.match(r"\s*(?:zu[mr]?|of|to)\b", text[match.end() :]):
        return False
    if key in word_set("fields", "degree_openers"):
        behind = words(text[match.end() :])[:1]
        opens = not match.start() and word[0].isupper() and bool(behind)
        return opens and behind[0] not in word_set("fields", "no_subjects")
    short = {folded(item) for item in words_file("fields")["degree_exact"]}
    plain = "." not in word.strip(".") and (key in short or len(key) <= 3)
    if plain and not (word.isupper() or word.strip(".") in words_file("fields")["degree_mixed_case"]):
        return False
    after = text[match.end() : match.end() + 24]
    if _ROLESTUDENT.match(after.strip()) or re.match(
        r"\s*(?:thesis|dissertation|school|supervis|advis)", after, re.IGNORECASE
    ):
        return False
    if key in word_set("fields", "degree_doubtful") and match.start():
        return word[0].isupper() and match.start() < 12
    return not (key == "dr" and match.start() == 0 and re.match(r"\s+[A-Z][a-z]+\s+[A-Z]", after))
