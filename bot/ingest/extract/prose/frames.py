"""The frames of running text, made from their data file: how a deed is worded and which slots it has.

A frame is compiled when a sentence first has all the words it cannot do without: most pages need a few of them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.language.document_words import alternatives, words_file

_WORD = re.compile(r"[\w-]+")
DATE_MARK = "\x01"  # stands for each character of a date

_TITLE = rf"(?:(?:{'|'.join(word.title() for word in words_file('fields')['honorifics'])})\.?\s+)"
_POSTNOMINALS = "|".join(map(re.escape, words_file("prose")["postnominals"]))
_CAPITAL = (
    r"(?:[A-ZÀ-ÖØ-Þ]\.|(?:St|Mt|Inc|Ltd|Co|Corp|Jr|Sr)\.|[A-ZÀ-ÖØ-Þ][\w+&-]*(?:['’](?!s\s+[a-z])[\w-]+)*(?:[./–][A-Za-zÀ-ÿ][\w'’-]*)*)"
)  # fmt: skip
_JOIN = r"(?:(?:of|for|de|du|des|der|für|di|del|della|dos|da|&|–|-)\s+(?:the\s+|la\s+|les\s+)?)"
_PARTICLE = (
    r"(?:(?:van|von|de|der|den|di|da|del|della|la|le|bin|al|y|ter|zu|af|du|des|dos|ten|op|av|vom|zum|zur|'t)\s+)*"
    r"(?:(?:[dl]|dell)['’])?"
)  # fmt: skip
PERSON = rf"{_TITLE}*{_CAPITAL}(?:\s+{_PARTICLE}{_CAPITAL}){{1,3}}"
NAME = rf"{_CAPITAL}(?:\s+{_JOIN}?{_CAPITAL})*"
_PLACE = rf"{_CAPITAL}(?:\s+(?:(?:of|de|am|upon|on|la)\s+)?{_CAPITAL})*(?:,\s+{_CAPITAL}(?:\s+{_CAPITAL})*){{0,2}}"
_AND = r"(?:\s*,\s*(?:and\s+|&\s+)?|\s+(?:and|&|sowie|und)\s+)"
_AND_OF_BODIES = r"\s*,\s*(?:(?:and|&)\s+)?|\s+(?:and|sowie|und)\s+"
_NOT_IN_ROLE = (
    r"(?!(?:in|at|of|for|with|to|by|and|who|where|that|which|from|as|not|about|on|the|when|is|was|were|has|had|his"
    r"|her|appointed|named|elected|promoted)\b)"
)
_ARTICLE = r"(?:(?:a|an|the|its|their|his|her|my|our|one\s+of\s+the|also|now|currently|then)\s+)*"
_PHRASE = r"[\w'’/&+.-]+(?:\s+[\w'’/&+.-]+){0,7}?"
_STOP = (
    rf"(?=\s*(?:[,.;:()\[\]–—{DATE_MARK}]|$)"
    r"|\s+(?:at|from|in|with|under|and|for|to|where|who|which|by|since|before|after|while|on|living|based|working)\b)"
)


_FIELD = r"(?!(?:with|by|at|from|for|who|which|where|while|when)\b)[\w'’/&+.-]+(?:\s+[\w'’/&+.-]+){0,8}?"
_FIELD_STOP = (
    rf"(?=\s*(?:[,.;:()\[\]–—{DATE_MARK}]|$)"
    r"|\s+(?:and|at|from|where|who|which|under|with|as|using|particularly|especially|including|such|since|before|after|while|when)\b)"
)
_AND_ONLY = re.compile(r"\s*,\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+")
_GERUND = re.compile(r"[\w-]{3,}ing\b")
_RELATIVE = re.compile(r"\s(?:that|which|who|whose)\s")
_QUALITY = re.compile(r"[a-z-]+(?:al|ary|ern|ive|ous|ied|oretical)\Z")  # "modern and contemporary art" is one field


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to say one property."""

    property: str
    says: str
    needs: tuple[frozenset[str], ...]  # a sentence must have one word of each
    value: str  # the slot of the value; empty: the subject of the sentence
    of: str  # the slot of the subject; empty: the subject of the sentence
    qualifiers: Mapping[str, str]
    lists: frozenset[str]  # slots that hold several
    starts: bool
    ends: bool
    past: bool
    named: bool  # the value must be called an organisation by its own name: "moved to" is said of towns too
    turned: bool  # the subject of the sentence is the value of the fact
    inside: bool  # it may stand anywhere behind its subject, not only as the verb of a clause
    own: bool  # it must be said to be the subject's: "her advisor"
    first: bool  # it may begin a sentence or stand behind a comma: "Founded in 1911, the museum …"

    def pattern(self) -> re.Pattern[str]:
        """Its wording as an expression, a group for each slot."""
        return _pattern(self.says)

    def matches(self, sentence: str, words: frozenset[str]) -> Iterator[re.Match[str]]:
        """Where it fits in a sentence of these `words`."""
        if all(not words.isdisjoint(need) for need in self.needs):
            yield from self.pattern().finditer(sentence)


@lru_cache(maxsize=1)
def frames() -> tuple[Frame, ...]:
    """All frames, in the order of the file."""
    return tuple(_frame(row) for row in words_file("prose")["frames"])


def words_of(sentence: str) -> frozenset[str]:
    """The words of a sentence as frames need them."""
    return frozenset(_WORD.findall(sentence))


@lru_cache(maxsize=64)
def any_of(key: str) -> str:
    """A pattern for any word of a list of the data file."""
    return alternatives(words_file("prose")[key])


@lru_cache(maxsize=1)
def subject_kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each kind the nouns by which something says of itself that it is one."""
    kinds = words_file("prose")["subjects"].items()
    return tuple((kind, re.compile(rf"\b(?:{alternatives(words)})\b")) for kind, words in kinds)


@lru_cache(maxsize=1)
def name_pattern() -> re.Pattern[str]:
    """A name at the beginning of a stretch of text."""
    return re.compile(NAME)


def person_pattern() -> re.Pattern[str]:
    """The whole of what may be the name of a person."""
    return re.compile(rf"{PERSON}\Z")


def without_titles(name: str) -> str:
    """A person's name without "Prof." before it and "OBE" behind it."""
    return re.sub(rf"\A(?:the\s+)?{_TITLE}+(?=\S)|(?:,?\s+(?:{_POSTNOMINALS}))+\Z", "", name)


def split_list(text: str) -> list[str]:
    """The members of "A, B and C"."""
    return [part.strip() for part in re.split(_AND, text) if part and part.strip()]


def split_bodies(text: str) -> list[str]:
    """The same of bodies, within whose names an ampersand stands: "Reed & Tarn Ropes Ltd."."""
    return [part.strip() for part in re.split(_AND_OF_BODIES, text) if part and part.strip()]


def split_fields(text: str) -> list[str]:
    """The same of what somebody is busy with: "building boats and oars" is one, as is what "that …" is said of."""
    deed = _deed()
    parts: list[str] = []
    for part in re.split(r"(\s*,\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+)", " ".join(text.split())):
        joint = parts[-1] if parts and _AND_ONLY.fullmatch(parts[-1]) else ""
        if not joint:
            parts.append(part)
            continue
        parts.pop()
        before = parts[-1]
        bare = "," not in joint
        apart = joint.strip() not in (",", "and", "&") and "," not in before  # ", and" behind all of one thing
        carried = deed.match(before) is not None and _GERUND.match(part) is None and not apart
        shared = bare and _QUALITY.match(before) is not None and " " in part
        if carried or shared or (bare and _RELATIVE.search(before)):
            parts[-1] = f"{before}{joint}{part}"
        else:
            parts.append(part)
    return [part.strip() for part in parts if part.strip()]


@lru_cache(maxsize=1)
def _deed() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('deeds')})\s", re.IGNORECASE)


def slot_pattern(name: str) -> str:
    """The expression of one slot, a group of that name in it."""
    return _slot(name, several=False)


def _frame(row: Mapping[str, object]) -> Frame:
    says = str(row["says"])
    qualifiers = row.get("with") or {}
    return Frame(
        property=str(row["property"]),
        says=says,
        needs=tuple(_needs(says)),
        value=str(row.get("value", "")),
        of=str(row.get("of", "")),
        qualifiers=dict(qualifiers) if isinstance(qualifiers, dict) else {},
        lists=frozenset(re.findall(r"\{(\w+)\+\}", says)),
        **{
            flag: row.get(flag) is True
            for flag in ("starts", "ends", "past", "named", "turned", "inside", "own", "first")
        },
    )


def _parts(says: str) -> list[str]:
    return re.findall(r"\[[^\]]*\]|\S+", says)


def _needs(says: str) -> Iterator[frozenset[str]]:
    """The first words of what must stand in a sentence: neither slots nor what may be missing."""
    parts = _parts(says)
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        if part == "~" or part[0] in "[{" or following == "{date}":
            continue
        firsts = [_WORD.match(words.replace("_", " ")) for words in part.split("|")]
        if None not in firsts:
            yield frozenset(first.group() for first in firsts if first is not None)


@lru_cache(maxsize=256)
def _pattern(says: str) -> re.Pattern[str]:
    """A frame's wording as an expression; what may be missing brings its own blank along."""
    parts = _parts(says)
    expression = r"(?<![\w-])"
    for place, part in enumerate(parts):
        if part == "~":
            continue
        blank = r"\s+" if place else ""
        if place and parts[place - 1] == "~":
            blank = r"\s*,?\s+"
        if part.startswith("["):
            inner = part[1:-1].split()
            comma = inner and inner[0] == "~"
            items = [item for item in inner if item != "~"]
            if items[-1] == "{date}":  # its preposition is read as part of it
                items = items[-1:]
            inside = r"\s+".join(map(_element, items))
            expression += rf"(?:{r',?' if comma else ''}\s+{inside})?"
        elif place + 1 < len(parts) and parts[place + 1] == "{date}":
            expression += rf"(?:{blank}{_element(part)})?"  # "in" may be read as part of the date
        else:
            expression += blank + _element(part)
    return re.compile(expression)


def _element(item: str) -> str:
    slot = re.fullmatch(r"\{(\w+)(\+?)\}", item)
    if slot is not None:
        return _slot(slot[1], several=bool(slot[2]))
    words = "|".join(re.escape(word).replace("_", r"\s+") for word in item.split("|"))
    return rf"(?:{words})(?![\w-])"


def _slot(name: str, *, several: bool) -> str:
    one, before, after = _SLOTS[name]()
    if several and name != "award":
        one = f"{one}(?:{_AND}(?:(?:the|a|an)\\s+)?{one})*"
    return f"{before}(?P<{name}>{one}){after}"


def _organization() -> tuple[str, str, str]:
    parts = any_of("departments")
    unit = rf"(?i:{parts})\s+(?:of|for)\s+(?:the\s+)?{_CAPITAL}(?:\s*,?\s+(?:and\s+|&\s+)?{_CAPITAL})*"
    many = r"(?:(?<=University)|(?<=University\sof\sCalifornia)|(?<=University\sof\sTexas))"  # those of several towns
    campus = rf"{NAME}{many},\s+{_CAPITAL}(?:\s+{_CAPITAL})?"
    return (
        rf"(?:{unit}|{campus}|{NAME})",
        rf"(?:(?:the\s+)?(?P<department>{unit})(?:\s+(?:at|of|in)|,)\s+)?(?:the\s+|a\s+|an\s+)?",
        "",
    )


def _thing() -> tuple[str, str, str]:
    nouns = any_of("things")
    called = r"(?:[a-z][\w-]*\s+){1,8}?(?:called|named|known\s+as)\s+"
    kind = rf"(?:{called}|(?:[a-z][\w-]*\s+|[A-Z]\w*\s+){{0,2}}?(?:{nouns})\s+)?"
    return rf"(?:{NAME}|[\w.-]*[A-Z][\w./-]*)", rf"(?:(?:the|a|an|his|her|their|my|our)\s+)?{kind}[“\"]?", ""


def _role() -> tuple[str, str, str]:
    roles = any_of("roles")
    more = r"(?:\s+(?:and\s+|&\s+)?[A-Za-z][\w'’&-]*){0,4}?"
    field = rf"(?:\s+(?:of|in)\s+(?!the\b|a\b|an\b)[A-Za-z][\w'’&-]*{more}{_STOP})?"
    noun = rf"\s+(?!(?:{any_of('behind_roles')})\b)[a-z]"
    last = rf"(?:(?!(?i:{any_of('ranks')}){noun})(?i:{roles}))\b(?!\s+(?:[A-Z][\w-]*\s+){{0,2}}(?i:{roles})\b)"
    # "President and CEO of Loom"
    other = rf"(?:\s+(?:and|&)\s+(?:{_NOT_IN_ROLE}[\w'’/&-]+\s+){{0,2}}?{last}(?=\s+of\s+(?:the\s+)?[A-Z]))"
    return rf"(?:{_NOT_IN_ROLE}[\w'’/&-]+\s+){{0,4}}?{last}(?:{other}|{field})", _ARTICLE, ""


def _task() -> tuple[str, str, str]:
    """What somebody was busy with, up to where another clause or a date begins."""
    stop = (
        rf"(?=\s*(?:[.;,()\[\]{DATE_MARK}]|$)|\s+(?:from|in|until|since|between|for|on)\s+{DATE_MARK}"
        r"|\s+(?:before|after|while|when|where|until|since|such|as|and\s+(?:is|was|has|then|he|she|I|later))\b)"
    )
    no = rf"(?!(?:{any_of('behind_roles')}|{any_of('adverbs')}|it|this|them|these|those)\b)"
    return rf"{no}[^.;,()\[\]{DATE_MARK}]{{3,160}}?", r"(?:the\s+)?", stop


def _award() -> tuple[str, str, str]:
    return r"[^.;]{4,300}", "", ""


_LICENSE = r"(?:[\w-]*[Ll]icen[cs]e|L?A?GPL\S*|(?:MIT|BSD)(?:[ -]style)?(?:\s+[Ll]icen[cs]e)?|CC[ -]BY\S*)"
_SLOTS: Mapping[str, Callable[[], tuple[str, str, str]]] = {
    "org": _organization,
    "school": lambda: (NAME, r"(?:the\s+)?", ""),
    "thing": _thing,
    "project": _thing,
    "person": lambda: (PERSON, r"(?:the\s+)?", ""),
    "place": lambda: (_PLACE, r"(?:the\s+)?", ""),
    "venue": lambda: (_PLACE, r"(?:the\s+)?", ""),
    "role": _role,
    "award": _award,
    "task": _task,
    "topic": lambda: (_PHRASE, "", _STOP),
    "field": lambda: (_FIELD, r"(?:the\s+)?", _FIELD_STOP),
    "agent": lambda: (r"(?:the\s+)?[A-Z][\w.]*(?:\s+[\w.]+){0,6}?", "", ""),
    "while": lambda: (r"(?:[\w-]+\s+){1,3}?(?:years?|months?|decades?|summers?|weeks?)", "", ""),
    "study": lambda: (r"[^.;]{1,120}?", "", ""),
    "piece": lambda: (r"(?:(?!\b(?:that|which|who|where|when|and|by|with|to|at|been)\b)[^.;,()]){2,80}?", "", ""),
    "honours": lambda: (rf"(?i:{any_of('honours')})", "", ""),
    "language": lambda: (_CAPITAL, "", ""),
    "license": lambda: (rf"(?:[\w.+-]+\s+){{0,5}}?{_LICENSE}(?:,?\s+(?:version|v)?\s*\d[\d.]*)?", "", ""),
    "address": lambda: (r"https?://[^\s<>()\"]+[^\s<>()\".,;]", "", ""),
    "date": lambda: (rf"{DATE_MARK}+", r"(?:the\s+)?", ""),
    "quoted": lambda: (r"[^”\"]{4,200}?", r"[“\"‘']", r"[,.]?[”\"’']"),
    "title": lambda: (r"[^”\"]{4,200}?", r"(?:the\s+(?:book|paper|article|novel|essay)\s+)?[“\"]", r"[,.]?[”\"]"),
    "name": lambda: (_PHRASE, "", _STOP),
}  # fmt: skip
