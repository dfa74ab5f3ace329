"""Roles and the names that stand with them in one phrase: "President of the Robotics Club"; decides nothing."""

import re
from collections.abc import Collection

from bot.ingest.extract.layout.fields import (
    LIKELY,
    SMALL_WORDS,
    SURE,
    department,
    is_role_word,
    is_school,
    organization,
    role,
    words,
)  # fmt: skip
from bot.ingest.extract.layout.life import is_office
from bot.language.document_words import folded, word_set

_JOINT = re.compile(
    r"\s+(?:of|for|at|der|des|de|du|del|della|dell'|di|an der|am|im|in der|bei der|von|van de|van het)\s+"
    r"(?:the\s+|la\s+|l['’])?"
)

_ARTICLES = frozenset({"the", "a", "an"})
_DECLINED = re.compile(r"\A(\w+(?:sch|lich|ig|al|ell|isch))en(?=\s+[A-ZÀ-ÞĀ-Ž])")  # "der Deutschen Akademie"


def trailing_role(text: str) -> tuple[str, str]:
    """What stands before the role at the end of a segment, and the role: "Google Research Software engineer"."""
    parts = text.split()
    if len(parts) < 2 or not is_role_word(folded(parts[-1].strip(".,"))):
        return text, ""
    modifiers = word_set("fields", "role_modifiers") | word_set("fields", "roles")
    at = len(parts) - 1
    if parts[at][0].islower():
        while at > 0 and parts[at][0].islower():
            at -= 1
    else:
        while at > 0 and folded(parts[at - 1].strip(".,")) in modifiers:
            at -= 1
    if at and folded(parts[at - 1]) in SMALL_WORDS | _ARTICLES:
        return text, ""  # whose assistant somebody was: "Referent des Staatssekretärs"
    return " ".join(parts[:at]), " ".join(parts[at:])


def leading_role(text: str) -> tuple[str, str]:
    """The role at the beginning of a segment, and the name behind it: "Software Engineer Acme Labs"."""
    parts = text.split()
    modifiers = word_set("fields", "role_modifiers")
    keys = [folded(part) for part in parts]
    last = next((at for at, key in enumerate(keys) if is_role_word(key) and key not in modifiers), None)
    if last is None or last + 1 >= len(parts) or last > 4:
        return "", text
    if any(folded(part) not in modifiers and not is_role_word(folded(part)) for part in parts[:last]):
        return "", text
    rest = " ".join(parts[last + 1 :])
    if not rest[0].isupper() or folded(parts[last + 1]) in SMALL_WORDS or role(rest) >= LIKELY:
        return "", text
    return " ".join(parts[: last + 1]), rest


def role_of(text: str, known: Collection[str] = ()) -> tuple[str, str]:
    """Role and organisation of "President of the Robotics Club"; nothing where it is no such phrase.

    `known` are names that are organisations whatever their words, such as those that are links.
    """
    for joint in _JOINT.finditer(text):
        said, name = text[: joint.start()].strip(), _nominative(joint.group(), text[joint.end() :]).strip()
        if not 2 < len(said) <= 60 or not name[:1].isupper() or role(said) < LIKELY:
            continue
        if department(name) >= SURE and words(name)[0] not in word_set("fields", "standing"):
            continue
        body = name.isupper() and len(name) > 3 and is_office(said)
        if body or organization(name) >= SURE or name in known or text[joint.end() :].strip() in known:
            return said, name
    return "", text


def _nominative(joint: str, name: str) -> str:
    """A German name as it is called by itself: "der Deutschen Akademie" is that of the Deutsche Akademie."""
    if folded(joint).split()[-1:] not in (["der"], ["des"], ["die"]):
        return name
    name = _DECLINED.sub(r"\1e", name)
    if folded(joint).split()[-1] != "des":
        return name
    first, found, rest = name.partition(" ")
    bare = (first.removesuffix(ending) for ending in ("es", "s") if first.endswith(ending))
    noun = next((one for one in bare if organization(one) >= SURE > organization(first)), first)
    return f"{noun}{found}{rest}"


def split_department(text: str) -> tuple[str, str]:
    """Department and school of "Faculty of Law of Example University"; nothing where it is only one of them."""
    for match in re.finditer(
        r",?\s+(?:of|der|des|de la|de l['’]|de|della|dell['’]|at|at the|of the)\s+(?=(?:the\s+)?[A-ZÀ-ÞĀ-Ž])", text
    ):
        head, rest = text[: match.start()], text[match.end() :].removeprefix("the ")
        named = any(part in word_set("fields", "departments") for part in words(head)[-1:])
        if (department(head) >= LIKELY or named) and (is_school(rest) or organization(rest) >= 4):
            return _DECLINED.sub(r"\1e", head.strip()), _nominative(match.group(), rest).strip()
    return "", text
