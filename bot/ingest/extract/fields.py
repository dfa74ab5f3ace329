"""What a segment can be, by its words: role, organisation, department, degree, place; each a score, nothing decided."""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from bot.language.document_words import alternatives, folded, word_set, words_file

SURE = 3.0
LIKELY = 2.0
_STANDING = frozenset(
    "institute institut school college center centre laboratory laboratoire instituto istituto academy akademie zentrum".split()
)
_JOINT = re.compile(
    r"\s+(?:of|for|at|der|des|de|du|del|della|dell'|di|an der|am|im|in der|bei der|von|van de|van het)\s+(?:the\s+|la\s+|l['’])?"
)
_WORD = re.compile(r"[^\s,;:()\[\]/\"“”„&|]+")
_OF = frozenset(
    "of for in at to on der des die das fur im am de du des d' la del della di do da dei van voor von an beim bei zu zur zum sur sous aux aan op i og och e y".split()
)
_LEGAL = frozenset(
    "inc inc. ltd ltd. limited llc llp plc gmbh ag kg ohg e.v. ev se s.a. sa s.l. sl s.r.l. srl sarl sas bv b.v. nv n.v. oy ab a/s aps pty corp corp. co. ug".split()
)
_DOMAIN = re.compile(r"[A-Za-z0-9-]{2,}\.(?:com|io|org|net|ai|co|de|dev|app|eu)\Z")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&.-]{1,7}\Z")
_SUBJECTS = (
    r"(?:science|sciences|arts|engineering|philosophy|fine arts|music|laws|law|education|business administration|technology|commerce|public health|"
    r"public policy|public administration|applied science|architecture|divinity|social work|medicine|musical arts|information|computer applications|research|theology|design)"
)
_STUDENT = re.compile(r"\s+(?:student|(?:pre-?)?candidate|program(?:me)?|studies)\Z", re.IGNORECASE)
_ROLE_STUDENT = re.compile(
    r"\b(?:researcher|fellow|assistant|professor|intern|engineer|scientist|scholar)s?\b", re.IGNORECASE
)
_PERSON = re.compile(
    r"(?:(?:Prof|Dr|Professor|Mr|Mrs|Ms|PD|Dipl|Sir|Dame)\.?(?:-Ing\.|\s))*\s*[A-ZÀ-ÞĀ-Ž][\w'’-]+(?:\s+(?:[A-ZÀ-ÞĀ-Ž]\.|[A-ZÀ-ÞĀ-Ž][\w'’-]+|van|von|de|der|den|da|di|del|la|le|el|bin|ibn|al|ter|zu|y)){1,5}\Z"
)


class Degree(NamedTuple):
    """A degree as it is written, its subject, and its level: 1 bachelor, 2 master, 3 doctor, 0 another."""

    name: str
    field: str
    level: int


def words(text: str) -> list[str]:
    """The folded words of a segment, with their inner dots."""
    found = (word.strip("'’") for word in _WORD.findall(folded(text)))
    return [word if "." in word.rstrip(".") else word.rstrip(".,") or word for word in found if word]


@lru_cache(maxsize=8192)
def role(text: str) -> float:
    """How surely it names what somebody was."""
    parts = words(text)
    roles = word_set("fields", "roles")
    if not parts or len(parts) > 14 or not any(_is_role(part) for part in parts):
        return 0.0
    cut = next(
        (at for at, part in enumerate(parts) if at and (part in _OF or _goes_on(parts[at - 1], part))), len(parts)
    )
    head = parts[:cut]
    if (parts[-1] in _LEGAL and cut == len(parts)) or _DOMAIN.match(text):
        return 0.0
    modifiers = word_set("fields", "role_modifiers")
    if _is_role(head[-1]):
        return (
            5.0 if all(part in modifiers or part in roles for part in head[:-1]) else 4.0 if len(head) <= 5 else LIKELY
        )
    if head[0] in roles and cut < len(parts):
        return SURE
    if head[0] in roles and len(parts) <= 5 and head[0] not in modifiers:
        return 2.5
    if (
        any(part in roles and part not in modifiers for part in head)
        and len(parts) <= 6
        and organization(text) < LIKELY
    ):
        return 1.8
    return 1.0


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
    if any(part in schools for part in parts):
        return 4.0
    if any(part in known for part in parts) or any(two in known for two in zip_words(parts)) or _grown(parts):
        return SURE if role(text) < 4 or len(parts) == 1 else 1.5
    if _DOMAIN.match(text):
        return 2.5
    if _ACRONYM.match(text) and not is_place(text):
        return 1.5
    return 1.0 if is_name(text) else 0.4


def is_school(text: str) -> bool:
    """Whether it names a place of study."""
    parts = words(text)
    schools = word_set("fields", "school")
    return any(part in schools for part in parts) or any(
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


@lru_cache(maxsize=4096)
def degrees_of(text: str) -> tuple[Degree, ...]:
    """The degrees that a segment names, in their order; empty where it names none."""
    found = []
    starts = [match for match in _degree_pattern().finditer(text) if _really(match, text)]
    for match, following in zip(starts, [*starts[1:], None], strict=False):
        end = following.start() if following is not None else len(text)
        name = _STUDENT.sub("", " ".join(match.group().split()).strip(" ,"))
        name = name if "." in name.rstrip(".") else name.rstrip(".")
        rest = re.sub(
            r"^\s*(?:degree|abschluss)?\s*(?:with|mit)?\s*(?:(?:in|of|en|in der|der|für|fur|di)\b|[,:(–—-])?\s*",
            "",
            text[match.end() : end],
            flags=re.IGNORECASE,
        )
        rest = rest.strip(" ,;.-–()&/")
        rest = re.sub(r"\s+(?:and|und|et|from|at|degree)$", "", rest)
        found.append(Degree(name, rest if any(char.isalpha() for char in rest) else "", _level(match.group())))
    return tuple(found)


def before_degree(text: str) -> tuple[str, str]:
    """A segment cut before its first degree: the school that is glued to it, and the rest."""
    match = next((match for match in _degree_pattern().finditer(text) if match.start() and _really(match, text)), None)
    if match is None or (organization(text[: match.start()].strip()) < LIKELY and "." not in match.group()):
        return "", text
    return text[: match.start()].strip(" ,–-"), text[match.start() :]


def trailing_role(text: str) -> tuple[str, str]:
    """What stands before the role at the end of a segment, and the role: "Google Research Software engineer"."""
    parts = text.split()
    if len(parts) < 2 or not _is_role(folded(parts[-1].strip(".,"))):
        return text, ""
    modifiers = word_set("fields", "role_modifiers") | word_set("fields", "roles")
    at = len(parts) - 1
    if parts[at][0].islower():
        while at > 0 and parts[at][0].islower():
            at -= 1
    else:
        while at > 0 and folded(parts[at - 1].strip(".,")) in modifiers:
            at -= 1
    return " ".join(parts[:at]), " ".join(parts[at:])


def leading_role(text: str) -> tuple[str, str]:
    """The role at the beginning of a segment, and the name behind it: "Software Engineer Acme Labs"."""
    parts = text.split()
    modifiers = word_set("fields", "role_modifiers")
    last = next((at for at, part in enumerate(parts) if _is_role(folded(part)) and folded(part) not in modifiers), None)
    if last is None or last + 1 >= len(parts) or last > 4:
        return "", text
    if any(folded(part) not in modifiers and not _is_role(folded(part)) for part in parts[:last]):
        return "", text
    rest = " ".join(parts[last + 1 :])
    if not rest[0].isupper() or folded(parts[last + 1]) in _OF or role(rest) >= LIKELY:
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
        if department(name) >= SURE and words(name)[0] not in _STANDING:
            continue
        if organization(name) >= SURE or name in known or text[joint.end() :].strip() in known:
            return said, name
    return "", text


def _nominative(joint: str, name: str) -> str:
    """A German name as it is called by itself: "der Deutschen Akademie" is that of the Deutsche Akademie."""
    if folded(joint).split()[-1:] not in (["der"], ["des"], ["die"]):
        return name
    return re.sub(r"\A(\w+(?:sch|lich|ig|al|ell|isch))en(?=\s+[A-ZÀ-ÞĀ-Ž])", r"\1e", name)


def split_department(text: str) -> tuple[str, str]:
    """Department and school of "Faculty of Law of Example University"; nothing where it is only one of them."""
    for match in re.finditer(
        r",?\s+(?:of|der|des|de la|de l['’]|de|della|dell['’]|at|at the|of the)\s+(?=(?:the\s+)?[A-ZÀ-ÞĀ-Ž])", text
    ):
        head, rest = text[: match.start()], text[match.end() :].removeprefix("the ")
        named = any(part in word_set("fields", "departments") for part in words(head)[-1:])
        if (department(head) >= LIKELY or named) and (is_school(rest) or organization(rest) >= 4):
            return head.strip(), _nominative(match.group(), rest).strip()
    return "", text


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
        folded(part) in _OF | {"and", "the", "und", "et", "y", "e"} for part in small
    )


def is_person(text: str) -> bool:
    """Whether it is written like a person's name."""
    text = text.strip(" ,.")
    if not text.isupper() and any(len(part) > 2 and part.isupper() for part in text.split()[:-1]):
        return False
    return (
        _PERSON.match(text) is not None
        and organization(text) <= 1.0
        and role(text) < LIKELY
        and not is_place(text)
        and not degrees_of(text)
    )


def is_honour(text: str) -> bool:
    """Whether it is a distinction of a degree."""
    key = folded(text.strip(" ()."))
    return any(phrase in key for phrase in word_set("fields", "honours")) and len(key) < 60


def is_office(text: str) -> bool:
    """Whether a role is an office in a body rather than a job."""
    key = folded(text.strip(" ,."))
    offices = word_set("fields", "offices")
    return key in offices or any(
        key.startswith(f"{office} ") and key.split()[len(office.split())] in _OF for office in offices if key != office
    )


def is_award(text: str) -> bool:
    """Whether it names a prize."""
    key = folded(text)
    return (
        any(
            re.search(
                rf"(?<![a-z]){re.escape(word)}(?![a-z])|{re.escape(word)}(?:s|es)?\Z"
                if len(word) > 4
                else rf"\b{word}\b",
                key,
            )
            for word in word_set("fields", "award_words")
        )
        and len(key) < 160
    )


def award_name(text: str) -> str:
    """A prize without the words that say that it was received."""
    lead = re.match(rf"(?:{alternatives(word_set('fields', 'award_leads'))})\s+", folded(text))
    if lead is None:
        return text
    name = text[lead.end() :]
    return re.sub(r"\A(\w{5,}?)e?s(?=\s|\Z)", r"\1", name) if lead.group().strip().endswith(" des") else name


def birthplace(text: str) -> str | None:
    """The place somebody was born in, where a text says so; empty if it names none."""
    match = re.match(
        rf"(?:{alternatives(word_set('fields', 'born'))})(?:\s+(?:in|a|à|en|te))?(?![^\W\d_])", folded(text)
    )
    return None if match is None else text[match.end() :].strip(" ,.")


def is_end(text: str) -> bool:
    """Whether it tells of an end rather than a post."""
    key = folded(text)
    return any(key == word or key.startswith(f"{word} ") for word in word_set("fields", "ended"))


def is_aside(text: str) -> bool:
    """Whether it says how somebody worked, not where: remote, part-time."""
    return folded(text.strip(" ().")) in word_set("fields", "remote")


def is_campus(text: str) -> bool:
    """Whether a place behind it is part of its name."""
    return folded(text) in word_set("fields", "campuses")


def is_legal(text: str) -> bool:
    """Whether it is only the legal form of the name before it."""
    return folded(text).strip(" .") in {part.strip(".") for part in _LEGAL}


def zip_words(parts: list[str]) -> list[str]:
    """Every two neighbours."""
    return [f"{one} {other}" for one, other in zip(parts, parts[1:], strict=False)]


def _is_role(word: str) -> bool:
    roles = word_set("fields", "roles")
    if word in roles or (word.endswith("s") and word[:-1] in roles and len(word) > 5):
        return True
    if "/" in word or "-" in word:
        return any(part in roles for part in re.split(r"[/-]", word)[-1:])
    return len(word) > 6 and word.endswith(tuple(word_set("fields", "role_endings")))


def _goes_on(one: str, other: str) -> bool:
    """Whether a participle behind a role only says more of it: "data scientist specializing in …"."""
    return (
        _is_role(one)
        and other.endswith(("ing", "ed"))
        and not _is_role(other)
        and other not in word_set("fields", "role_modifiers")
    )


def _grown(parts: list[str]) -> bool:
    """Whether a word has grown together with one that names an organisation, as in German."""
    ends = (
        "universitat",
        "hochschule",
        "institut",
        "museum",
        "verlag",
        "werke",
        "werk",
        "gesellschaft",
        "ministerium",
        "zentrum",
        "klinik",
        "bank",
        "stiftung",
        "verein",
        "verband",
        "schule",
        "amt",
        "orchester",
        "chor",
        "theater",
        "akademie",
        "bibliothek",
    )
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


def _level(name: str) -> int:
    parts = words(name)
    for level, known in words_file("fields")["degree_levels"].items():
        if any(part in known or f"{part}." in known for part in parts):
            return int(level)
    return 0


@lru_cache(maxsize=1)
def _degree_pattern() -> re.Pattern[str]:
    plain = [word for word in words_file("fields")["degrees"] if not word.endswith(".")]
    dotted = [word for word in words_file("fields")["degrees"] if word.endswith(".")]
    one = rf"(?:(?:{alternatives(dotted)})(?![A-Za-z0-9])|(?:{alternatives(plain)})(?![\w'’]))"
    one = one.replace("'", "['’]")
    return re.compile(
        rf"(?<![\w.'’-])(?:{one})(?!\.[A-Z]\w)\.?(?![A-Za-z0-9])(?:\s+of\s+{_SUBJECTS}(?=\s*(?:,|\.|\(|\)|-|–|—|:|\t|$|in\b|with\b|and\b|&|degree\b)))?(?:\s+degree)?"
        rf"(?:\s+(?:student|(?:pre-?)?candidate|program(?:me)?|studies)\b)?"
        rf"(?:\s*\((?:hons?|honours|honors|hon)\.?\))?",
        re.IGNORECASE,
    )


def _really(match: re.Match[str], text: str) -> bool:
    """A word that is a degree and not a role, a name or a small word of the same letters."""
    said = match.group()
    word = said.split()[0]
    key = folded(word).strip(".")
    if key == "promotion" and re.match(r"\s*(?:zu[mr]?|of|to)\b", text[match.end() :]):
        return False
    short = {folded(item) for item in words_file("fields")["degree_exact"]}
    if (
        "." not in word.strip(".")
        and (key in short or len(key) <= 3)
        and not (
            word.isupper()
            or word.strip(".") in ("PhD", "MSc", "BSc", "BEng", "MEng", "Dr", "MPhil", "DPhil", "BTech", "MTech")
        )
    ):
        return False
    after = text[match.end() : match.end() + 24]
    if _ROLE_STUDENT.match(after.strip()) or re.match(
        r"\s*(?:thesis|dissertation|school|supervis|advis)", after, re.IGNORECASE
    ):
        return False
    if (
        key
        in (
            "associate",
            "studium",
            "promotion",
            "exchange",
            "honours",
            "certificate",
            "minor",
            "doctor",
            "master",
            "undergraduate",
            "postgraduate",
            "licence",
            "laurea",
            "bac",
        )
        and match.start()
    ):
        return word[0].isupper() and match.start() < 12
    if key == "dr" and match.start() == 0 and re.match(r"\s+[A-Z][a-z]+\s+[A-Z]", after):
        return False
    return True
