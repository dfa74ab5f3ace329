"""TeX as bibliographies use it, to plain text: accents, braces, commands, and names that are last or first in front."""

import re
import unicodedata

_ACCENTS = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
            '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
            "b": "\u0331"}  # fmt: skip
_LETTERS = {"ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å",
            "i": "i", "j": "j", "dh": "ð", "th": "þ", "ldots": "…", "dots": "…", "textendash": "–", "textemdash": "—",
            "S": "§", "copyright": "©", "euro": "€", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX",
            "alpha": "α", "beta": "β", "gamma": "γ", "lambda": "λ", "mu": "μ", "pi": "π", "times": "×"}  # fmt: skip
_ACCENT = re.compile(
    r"\\([`'^~=.\"])\s*(?:\{\s*\\?([A-Za-z])\s*\}|\\?([A-Za-z]))|\\([uvHcdbkr])(?:\s*\{\s*\\?([A-Za-z])\s*\}|\s+\\?([A-Za-z]))"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?(?:\{\})?\s?")
_ESCAPED = re.compile(r"\\([^A-Za-z\s])")
_SPACES = re.compile(r"\\[\s,;:!]|~")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_MOST = 20_000
_MOST_NAMES = 200


def plain_text(text: str) -> str:
    """One line of text as it would be printed."""
    text = text[:_MOST]
    if "\\" in text:
        text = _ACCENT.sub(_accented, text)
        text = _COMMAND.sub(lambda match: _LETTERS.get(match[1], ""), text)
        text = _SPACES.sub(" ", text)
        text = _ESCAPED.sub(r"\1", text)
    text = text.replace("~", " ").replace("$", "").replace("{", "").replace("}", "")
    text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    return " ".join(text.split())


def author_names(text: str) -> list[str]:
    """The people of an author field in their order, each with the first name in front; "and others" names nobody."""
    names = [_straight(part) for part in _and_parts(text[:_MOST])]
    return [name for name in names if name and name.casefold() not in ("others", "et al.", "et al")][:_MOST_NAMES]


def _and_parts(text: str) -> list[str]:
    """Parts between `and`s that stand in no braces."""
    text = " ".join(text.split())
    parts: list[str] = []
    start = depth = place = 0
    while place < len(text):
        char = text[place]
        depth += {"{": 1, "}": -1}.get(char, 0)
        match = _AND.match(text, place) if depth == 0 and char == " " else None
        if match is not None:
            parts.append(text[start:place])
            start = place = match.end()
        else:
            place += 1
    return [*parts, text[start:]]


def _straight(name: str) -> str:
    """`King, Ada` and `King, Jr., Ada` with the first name in front; a name in braces is one of an organisation."""
    name = name.strip()
    if name.startswith("{") and name.endswith("}"):
        return plain_text(name)
    parts = [plain_text(part) for part in name.split(",")]
    if len(parts) == 2:
        return f"{parts[1]} {parts[0]}".strip()
    if len(parts) == 3:
        return f"{parts[2]} {parts[0]} {parts[1]}".strip()
    return plain_text(name)


def _accented(match: re.Match[str]) -> str:
    accent = match[1] or match[4]
    letter = match[2] or match[3] or match[5] or match[6]
    return unicodedata.normalize("NFC", letter + _ACCENTS[accent])
