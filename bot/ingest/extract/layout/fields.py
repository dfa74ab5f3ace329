"""What a segment can be, by its words: role, organisation, department, degree, place; each a score, nothing decided."""

import re
from functools import lru_cache
from itertools import pairwise

from bot.language.document_words import folded, word_set, words_file

SURE = 3.0
LIKELY = 2.0
_WORD = re.compile(r"[^\s,;:()\[\]/\"“”„&|]+")
SMALL_WORDS = word_set("fields", "small_words")
_LEGAL = word_set("fields", "legal_forms")
_BARE_LEGAL = frozenset(part.strip(".") for part in _LEGAL)
_DOMAIN = re.compile(r"[A-Za-z0-9-]{2,}\.(?:com|io|org|net|ai|co|de|dev|app|eu)\Z")
_FIRM = re.compile(r"(?:&|\band|\bund|\bet)\s+(?:Partners?|Associates|Partner|Associés)\b")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&.-]{1,7}\Z")


def words(text: str) -> list[str]:
    """The folded words of a segment, with their inner dots."""
    found = (word.strip("'’") for word in _WORD.findall(folded(text)))
    return [word if "." in word.rstrip(".") else word.rstrip(".,") or word for word in found if word]


_POSSIBLE = 1.8


@lru_cache(maxsize=8192)
def role(text: str) -> float:
    """How surely it names what somebody was."""
    sure = _by_words(text)
    return 1.0 if sure == _POSSIBLE and organization(text) >= LIKELY else sure


@lru_cache(maxsize=8192)
def _by_words(text: str) -> float:
    """The same by its words alone, for `organization` asks too."""
    parts = words(text)
    roles = word_set("fields", "roles")
    if not parts or len(parts) > 14 or (parts[0] in word_set("fields", "school_openers") and text[:1].isupper()):
        return 0.0
    if not any(is_role_word(part) for part in parts[1:]) and _opens_role(parts):
        return LIKELY
    if not any(is_role_word(part) for part in parts) or _FIRM.search(text):
        return 0.0
    if any(part in word_set("fields", "verbs") for part in parts):
        return 0.0  # a sentence: "Ada is Professor"
    behind = (at for at, part in enumerate(parts) if at and (part in SMALL_WORDS or _goes_on(parts[at - 1], part)))
    cut = next(behind, len(parts))
    head = parts[:cut]
    if (parts[-1] in _LEGAL and cut == len(parts)) or _DOMAIN.match(text):
        return 0.0
    modifiers = word_set("fields", "role_modifiers")
    if is_role_word(head[-1]):
        return (
            5.0 if all(part in modifiers or part in roles for part in head[:-1]) else 4.0 if len(head) <= 5 else LIKELY
        )
    if head[0] in roles and cut < len(parts):
        return SURE
    if head[0] in roles and len(parts) <= 5 and head[0] not in modifiers:
        return 2.5
    possible = len(parts) <= 6 and any(part in roles and part not in modifiers for part in head)
    return _POSSIBLE if possible else 1.0


@lru_cache(maxsize=8192)
def organization(text: str) -> float:
    """How surely it names an organisation."""
    parts = words(text)
    if not parts or len(parts) > 14:
        return 0.0
    if parts[-1] in _LEGAL and len(parts) > 1:
        return 5.0
    known = word_set("fields", "organizations")
    schools = word_set("fields", "school")
    proper = text[:1].isupper() or text[:1].isdigit() or any(char.isupper() for char in text[:3])
    if not proper:
        return 0.5 if _DOMAIN.match(text) is None else 2.5
    if any(part in schools and _written(part, text) for part in parts):
        return 4.0
    if any(part in known for part in parts) or any(two in known for two in zip_words(parts)) or _grown(parts):
        return SURE if _by_words(text) < 4 or len(parts) == 1 else 1.5
    if _DOMAIN.match(text):
        return 2.5
    if _ACRONYM.match(text) and not is_place(text):
        return 1.5
    return 1.0 if is_name(text) else 0.4


def is_school(text: str) -> bool:
    """Whether it names a place of study."""
    parts = words(text)
    schools = word_set("fields", "school")
    return any(part in schools and _written(part, text) for part in parts) or any(
        part.endswith(("universitat", "hochschule", "akademie", "gymnasium", "schule")) for part in parts
    )


@lru_cache(maxsize=8192)
def department(text: str) -> float:
    """How surely it names a part of an organisation."""
    parts = words(text)
    if len(parts) < 2:
        return SURE if parts and parts[0].endswith(("abteilung", "fakultat", "referat")) else 0.0
    begins = word_set("fields", "departments")
    if parts[0] in begins and parts[0] not in ("team", "group", "service", "office", "branch"):
        return 4.0 if parts[0] not in ("laboratory", "lab", "section", "unit") else SURE
    if " ".join(parts[:2]) in begins:
        return 4.0
    return SURE if parts[-1] in begins else 1.5 if parts[0] in begins else 0.0


@lru_cache(maxsize=8192)
def is_place(text: str) -> bool:
    """Whether it is a place and nothing else: "Boston", "Boston MA", "Cambridge, MA, USA"."""
    pieces = [piece.strip(" .") for piece in re.split(r"[,/]\s*|\s+[-–|]\s+", text) if piece.strip(" .")]
    return bool(pieces) and all(_place(piece, alone=len(pieces) == 1) for piece in pieces)


def is_region(text: str) -> bool:
    """Whether it is a state or country, which the name before it then lies in."""
    key = folded(text.strip(" ."))
    return (
        text.strip() in words_file("places")["region_codes"]
        or key in word_set("places", "countries")
        or key in word_set("places", "regions")
    )


def is_name(text: str) -> bool:
    """Whether its words are written like a name's: capitals, but for the small words between."""
    parts = [part.strip("()'\"“”‘’.,") for part in text.split()]
    parts = [part for part in parts if part]
    if not parts or len(parts) > 9:
        return False
    small = [part for part in parts if part[0].islower()]
    small = [part for part in small if not any(char.isupper() or char.isdigit() for char in part)]
    first = parts[0]
    return not (first in small and "." not in first) and all(
        folded(part) in SMALL_WORDS | {"and", "the", "und", "et", "y", "e"} for part in small
    )


def is_room(text: str) -> bool:
    """Whether it names a room: "Room B", "Great Hall"."""
    parts = words(text)
    return bool(parts) and len(parts) <= 4 and bool({parts[0], parts[-1]} & word_set("fields", "rooms"))


def is_campus(text: str) -> bool:
    """Whether a place behind it is part of its name."""
    return folded(text) in word_set("fields", "campuses")


def is_legal(text: str) -> bool:
    """Whether it is only the legal form of the name before it."""
    return folded(text).strip(" .") in _BARE_LEGAL


def zip_words(parts: list[str]) -> list[str]:
    """Every two neighbours."""
    return [f"{one} {other}" for one, other in pairwise(parts)]


def is_role_word(word: str) -> bool:
    """Whether a folded word says what somebody is."""
    roles = word_set("fields", "roles")
    if word in roles or (word.endswith("s") and word[:-1] in roles and len(word) > 5):
        return True
    if len(word) > 6 and word.endswith("in") and word[:-2] in roles:
        return True  # German of a woman: Komponistin
    if "/" in word or "-" in word:
        return any(part in roles for part in re.split(r"[/-]", word)[-1:])
    return len(word) > 6 and word.endswith(tuple(word_set("fields", "role_endings")))


def _opens_role(parts: list[str]) -> bool:
    """Whether a name of two or three words begins as only roles do, and ends as no organisation does."""
    bodies = word_set("fields", "organizations") | word_set("fields", "school") | word_set("fields", "departments")
    return len(parts) in (2, 3) and parts[0] in word_set("fields", "role_openers") and not bodies.intersection(parts)


def _written(part: str, text: str) -> bool:
    """Whether a short word is written as an abbreviation is: MIT, not the German "mit"."""
    return len(part) > 4 or re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is None


def _goes_on(one: str, other: str) -> bool:
    """Whether a participle behind a role only says more of it: "data scientist specializing in …"."""
    return (
        is_role_word(one)
        and (other.endswith(("ing", "ed")) or other == "responsible")
        and not is_role_word(other)
        and other not in word_set("fields", "role_modifiers")
    )


def _grown(parts: list[str]) -> bool:
    """Whether a word has grown together with one that names an organisation, as in German."""
    ends = tuple(word_set("fields", "grown_organizations"))
    return any(len(part) > 7 and part.endswith(ends) for part in parts)


def _place(piece: str, *, alone: bool) -> bool:
    key = folded(piece)
    cities = word_set("places", "cities")
    if key in cities or key in word_set("places", "countries") or key in word_set("places", "regions"):
        return True
    codes = words_file("places")["region_codes"]
    if piece in codes:
        return not alone
    head, _, last = piece.rpartition(" ")
    if not head:
        return False
    ends = last in codes or folded(last) in word_set("places", "countries")
    if ends and (folded(head) in cities or _place(head, alone=False)):
        return True
    return bool(re.match(r"\d{4,5}$", head)) and key.split()[-1] in cities
