"""Whether a text is written like a person's name; knows no person."""

import re

from bot.ingest.extract.degrees import degrees_of
from bot.ingest.extract.fields import LIKELY, is_place, organization, role, words
from bot.language.document_words import word_set

_INITIALS = re.compile(r"(?<=\b[A-Z])\.(?=[A-Z]\.)")
_PERSON = re.compile(
    r"(?:(?:Prof|Dr|Professor|Mr|Mrs|Ms|PD|Dipl|Sir|Dame)\.?(?:-Ing\.|\s))*\s*[A-ZÀ-ÞĀ-Ž][\w'’-]+(?:\s+(?:(?:[A-ZÀ-ÞĀ-Ž]\.)+|[A-ZÀ-ÞĀ-Ž][\w'’-]+|van|von|de|der|den|da|di|del|la|le|el|bin|ibn|al|ter|zu|y)){1,5}\Z"
)


def is_person(text: str) -> bool:
    """Whether it is written like a person's name."""
    text = _INITIALS.sub(". ", text.strip(" ,."))
    if not text.isupper() and any(len(part) > 2 and part.isupper() for part in text.split()[:-1]):
        return False
    return (
        _PERSON.match(text) is not None
        and organization(text) <= 1.0
        and role(text) < LIKELY
        and not is_place(text)
        and not degrees_of(text)
        and not word_set("fields", "no_persons").intersection(words(text))
    )
