"""What every reader of laid-out text needs of a line: bullets, pairs, columns, wrapped lines; knows no format."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.language.date_ranges import find_ranges

BULLETS = "•◦▪▫‣⁃∙·●○◆◇■□►▸▹➢➤✓✔★☆※→⇒❖»§¤"
_BULLET = re.compile(
    rf"(?P<mark>[{BULLETS}\uf0b7\uf0a7\uf0d8-]|[*+–—]|o(?=\s\s*[A-Z])|\(\d{{1,3}}\)(?!\s*\d{{3}}\b)|\d{{1,3}}[.)]|\[[A-Z]{{0,2}}-?\d{{1,3}}\]|\(?[a-z][)])\s+(?=\S)"
)
_GLYPH = re.compile(rf"[{BULLETS}\uf0b7\uf0a7\uf0d8]\s*(?=\S)")
_PAIR = re.compile(r"(?P<label>[^\W\d_][^:\n\t]{0,38}?)\s*::?(?:\s+|(?=\t))(?P<value>\S.*)\Z", re.DOTALL)
_COLUMNS = re.compile(r"\t+|(?<=\S)(?: {3,}|\s*(?:\.{4,}|-{4,}|_{4,}|(?:\. ){4,})\s*)(?=\S)")
_SMALL_END = re.compile(
    r"(?:\b(?:the|a|an|of|in|at|on|and|or|by|for|with|from|to|as|is|was|his|her|its|their|our|my|der|die|das|des|und|von|an|"
    r"de|la|le|les|du|et|en|el|los|y|del|di|il|e)|[,&-])\Z",
    re.IGNORECASE,
)
_DATE_END = re.compile(r"(?:\d{4}|present|now|today|heute|ongoing|current)\s*[)\]]?\**\s*\Z", re.IGNORECASE)
_WRAPPED = 62  # a line this long was broken for its length
_DATE_WITHIN = 60  # characters in which a date that opens a line ends
_ADDRESS = re.compile(r"\S+@\w|https?://|www\.|[\w-]+\.(?:com|org|net|io|dev|me|de|fr|uk)(?:/|\s|\Z)")
_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?]['\")\]]? +[A-Z]")


def bullet(text: str) -> tuple[int, str] | None:
    """How wide the bullet of a list item is, and its mark; None for a line that has none."""
    match = _BULLET.match(text) or _GLYPH.match(text)
    return None if match is None else (match.end(), match.group().strip())


def pair(text: str) -> tuple[str, str] | None:
    """Label and value of "Phone: 555", "home :: https://…"; None for a sentence with a colon in it."""
    match = _PAIR.match(text)
    if match is None or len(match["label"].split()) > 4 or match["value"].startswith("//"):
        return None
    return match["label"].strip(), match["value"].strip()


def columns(text: str) -> str:
    """A line with its columns set apart by tabs, other blanks folded: dates set to the right, leaders of dots."""
    parts = [" ".join(part.split()) for part in _COLUMNS.split(text.strip())]
    return "\t".join(part for part in parts if part)


def join_wrapped(lines: Sequence[str], meant: Sequence[bool] = ()) -> str:
    """The lines of one paragraph with those breaks that were meant, as newlines.

    `meant` says after which lines a break is certainly one; before lines that open with a date each it is too.
    Otherwise a paragraph either wraps or stands in lines: it wraps when one of its breaks can be nothing else.
    """
    if len(lines) < 2:
        return lines[0] if lines else ""
    certain = list(meant) or [False] * len(lines)
    dated = [place for place, line in enumerate(lines) if _opens_with_date(line)]
    if len(dated) > 1 and len(dated) * 2 >= len(lines):
        certain = [one or place + 1 in dated for place, one in enumerate(certain)]
    wraps = any(_wraps(one, other) for place, (one, other) in enumerate(pairwise(lines)) if not certain[place])
    parts = [lines[0]]
    for place, line in enumerate(lines[1:]):
        parts += ["\n" if certain[place] or not wraps else " ", line]
    return "".join(parts)


def looks_like_prose(text: str) -> bool:
    """Whether a text is sentences rather than the short lines of an entry."""
    return len(text) > 160 or (len(text) > 60 and _SENTENCE.search(text) is not None)


def _opens_with_date(line: str) -> bool:
    """Whether a line is written as one of a list of dates: the date, then what was."""
    spans = find_ranges(line[:_DATE_WITHIN])
    if not spans or spans[0].first > 2:
        return False
    behind = line[spans[0].last :].lstrip(" :–—|,;*)]-\t\u2011\u2012")
    return not behind or not behind[0].islower()


def _wraps(one: str, other: str) -> bool:
    if (other[:1].islower() and not _ADDRESS.match(other)) or _SMALL_END.search(one.rstrip()):
        return True
    return (
        len(one) >= _WRAPPED and not _DATE_END.search(one) and not one.rstrip().endswith((".", "|")) and "\t" not in one
    )
