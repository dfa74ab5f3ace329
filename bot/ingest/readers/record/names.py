"""Names as data files write them: several in one field, nicknames beside them, keys instead; knows no record."""

import re

_AND = re.compile(r"\s*(?:[;/+|]\s+|\s&\s|\s+(?:and|und|et|e|y|og|och|en|con|with)\s+|;\s*|\n)\s*")
_OFFICE = re.compile(
    r"\A[A-Z][^;/+|&]*\s(?:of|for)\s[^;/+|&]*,?\s(?:and|&)\s[A-Z][\w-]*\Z"
)  # "Office for Trade and Industry"
_COMMA = re.compile(r"\s*,\s*(?:and\s+)?")
_MARKS = re.compile(r"\s*[*†‡§]+")  # of equal contribution and the like
_PRONOUNS = re.compile(
    r"\s*[(\[]\s*(?P<pronouns>(?:she|her|hers|he|him|his|they|them|theirs|any|ze|hir|xe|xem|er|ihm|sie|ihr|elle|il|ella|ellx|lei|lui)"
    r"(?:\s*[/|,]\s*[a-zà-ÿ]{2,6}){1,3})\s*[)\]]\Z",
    re.IGNORECASE,
)
_KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\Z|\d+\Z")
_BRACKET = re.compile(r"\s*[(\[][^)\]]{1,80}[)\]]\s*\Z")
_AKA = re.compile(r"\s+(?:a\.?k\.?a\.?|alias|also known as)\s+", re.IGNORECASE)
_QUOTE = "'\"`“”‘’„«»"
_NICK_BEHIND = re.compile(
    rf"(?P<name>[^(]+?)\s+(?:\((?P<nick>[^\s()]{{2,40}})\)|[{_QUOTE}](?P<nick2>[^\s{_QUOTE}]{{2,40}})[{_QUOTE}])\Z"
)
_NICK_WITHIN = re.compile(
    rf"(?P<first>\S[^{_QUOTE}]*?)\s+[{_QUOTE}](?P<nick>[^{_QUOTE}]{{2,40}})[{_QUOTE}]\s+(?P<last>\S.*)\Z"
)
_MOST_NAMES = 40


def split_names(text: str) -> list[str]:
    """The people or organisations of one field: `Ada King and Bo Lund`, `Ada King, Bo Lund`, but not `King, Ada`."""
    names: list[str] = []
    for part in [text] if _OFFICE.search(text) else _AND.split(_MARKS.sub("", text)):
        pieces = [piece for piece in _COMMA.split(part) if piece.strip()]
        if len(pieces) > 1 and not all(_is_whole_name(piece) for piece in pieces):
            pieces = [part]
        names += [piece.strip() for piece in pieces if piece.strip()]
    return names[:_MOST_NAMES]


def is_key(text: str) -> bool:
    """Whether a text names a record by its key rather than by a name: `ada-king`, `12`."""
    return _KEY.match(text) is not None and (text.isdigit() or "-" in text or "_" in text)


def without_bracket(name: str) -> str:
    """A name without the remark behind it: `Ada King (Analytical Ltd)`."""
    return _BRACKET.sub("", name) or name


def _is_whole_name(text: str) -> bool:
    words = without_bracket(text).split()
    return 2 <= len(words) <= 6 and words[0][:1].isupper() and words[-1][:1].isupper()


def with_nicknames(text: str) -> tuple[str, tuple[str, ...]]:
    """A name and what else stands with it: `Ada King (countess)`, `Ada 'countess' King`, `Ada King aka countess`."""
    text = " ".join(text.split())
    plain_name, aka, other = _partition_aka(text)
    if aka:
        return plain_name, (other,)
    match = _NICK_BEHIND.match(text)
    if match is not None:
        nick = match["nick"] or match["nick2"]
        if "://" in nick or "@" in nick[1:]:
            return match["name"], ()
        return match["name"], (nick,) if match["nick2"] or not nick[0].isupper() else ()
    if _BRACKET.search(text) is not None:
        return without_bracket(text), ()
    match = _NICK_WITHIN.match(text)
    if match is not None:
        return text, (f"{match['first']} {match['last']}", match["nick"])
    return text, ()


def _partition_aka(text: str) -> tuple[str, str, str]:
    parts = _AKA.split(text, maxsplit=1)
    return (parts[0], "aka", parts[1]) if len(parts) == 2 and parts[0] and parts[1] else (text, "", "")


def without_pronouns(name: str) -> tuple[str, str]:
    """A name without the pronouns behind it, and those: `Ada King (she/her)`."""
    match = _PRONOUNS.search(name)
    return (name[: match.start()], match["pronouns"]) if match is not None and match.start() else (name, "")
