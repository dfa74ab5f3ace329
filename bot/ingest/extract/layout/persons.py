"""Whether a text is written like a person's name, and what titles and particles such names have; knows no person."""

import re
from functools import lru_cache

from bot.ingest.extract.layout.degrees import degrees_of
from bot.ingest.extract.layout.fields import LIKELY, is_place, organization, role, words
from bot.language.document_words import alternatives, folded, word_set

_INITIALS = re.compile(r"(?<=\b[A-Z])\.(?=[A-Z]\.)")


def is_person(text: str, *, trades: bool = False) -> bool:
    """Whether it is written like a person's name; `trades`: its last part may be one, as in Ada Mary Potter."""
    text = without_titles(_INITIALS.sub(". ", text.strip(" ,.")))
    if not text.isupper() and any(len(part) > 2 and part.isupper() for part in text.split()[:-1]):
        return False
    return (
        _person().match(text) is not None
        and not text.startswith("The ")
        and organization(text) <= 1.0
        and (role(text) < LIKELY or (trades and _ends_in_surname(text)))
        and not is_place(text)
        and not degrees_of(text)
        and not word_set("fields", "no_persons").intersection(words(text))
    )


def _ends_in_surname(text: str) -> bool:
    first, _, last = text.rpartition(" ")
    modified = not word_set("fields", "role_modifiers").isdisjoint(words(first))
    return folded(last) in word_set("fields", "surnames") and role(first) < LIKELY and not modified


def without_titles(text: str) -> str:
    """A name without the titles before it."""
    return _titles().sub("", text)


def particles() -> str:
    """A pattern for the small words within names, each with its blank, and for what is glued to a part of one."""
    return rf"(?:(?:{alternatives(word_set('fields', 'name_particles'))})\s+)*{prefixes()}?"


def prefixes() -> str:
    """A pattern for what is glued to a part of a name: d', al-."""
    glued = alternatives(word_set("fields", "name_prefixes")).replace("'", "['’]")
    return f"(?:{glued})"


@lru_cache(maxsize=1)
def _titles() -> re.Pattern[str]:
    words = alternatives(word_set("fields", "honorifics"))
    return re.compile(rf"\A(?:(?:{words}|M\.?Sc|Ph\.?D|rer|nat|phil|med|h\.c)\.?(?:-Ing\.)?,?\s+)+", re.IGNORECASE)


@lru_cache(maxsize=1)
def _person() -> re.Pattern[str]:
    return re.compile(
        rf"{prefixes()}?[A-ZÀ-ÞĀ-Ž][\w'’-]+"
        rf"(?:\s+{particles()}(?:(?:[A-ZÀ-ÞĀ-Ž]\.)+|(?:Ste?\.\s)?[A-ZÀ-ÞĀ-Ž][\w'’-]+|Ó)){{1,4}}\Z"
    )
