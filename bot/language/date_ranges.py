"""Dates and stretches of time as documents write them, in the languages of the data; says no more than is written.

A number is a year only where nothing says otherwise: links, addresses, telephone numbers, versions, page ranges and
amounts are taken out first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.language.document_words import alternatives, word_set, words_file
from bot.language.tokens import fold
from bot.model.partial_date import PartialDate

MOST_CHARACTERS = 4_000  # of one text; what is longer is no line that a date belongs to
_DASH = r"[-–—−‐‑‒―~]"
_YEAR = r"(?:1[6-9]\d\d|20\d\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|º|°|\.)?"
_LEFT = r"(?<![\w$€£¥#=@+%&])(?:(?<!\d[-.,:/–])|(?<=\b\d{4}[-/–]))"
_RIGHT = r"(?![\w%€$£°]|[.,:]\d|-\d{1,3}(?!\d)|/\d{1,3}(?!\d))"
_HIDDEN = re.compile(
    r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+|(?<![\w-])[\w-]+\.(?:com|org|net|io|edu|de|fr|uk|html?|pdf|php)\b(?:/\S*)?"
    r"|\b(?:arxiv|doi|isbn|issn|pmid|orcid)\b[\s:]*[\d./x-]+\S*|\b10\.\d{4,}/\S+|\b\d{4}\.\d{4,5}(?:v\d+)?\b"
    r"|[$€£¥]\s?\d[\d.,]*|\d[\d.,]{0,30}\s?(?:€|USD|EUR|GBP|CHF)\b|(?!\d{1,2}\.\s?\d{1,2}\.\s?\d{4}(?!\d))(?<![\d.])v?\d+\.\d+\.\d[\d.]*"
    r"|\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b|\+\d[\d ()./-]{6,}\d|\bpp?\.?\s?\d+\s?[-–—]+\s?\d+"
    r"|\b[\w]+=\d+|(?<!\d)\d+\s?[-–]\s?\d{1,2}:\d\d",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_COUNTED = re.compile(r" (?!to|until|and|in|at|as|by|for|-)[a-z]{3}")
_DANGLING = re.compile(rf"\s*{_DASH}+\s*(?=\Z|[)\]\n\t|]|[.,;](?:\s|\Z))")
_LEADING = re.compile(rf"(?:(?<![^(\[\n\t|])|(?<=[(\[\n\t|] ))(?P<dash>{_DASH}\s*)\Z")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Characters `first`..`last` of a text, read as a time. A single date has itself as start and end."""

    first: int
    last: int
    start: PartialDate | None
    end: PartialDate | None
    ongoing: bool = False  # written as going on: "since 2007", "2018 – present"
    expected: bool = False  # its end lies ahead: "Expected Dec. 2026"

    @property
    def single(self) -> bool:
        """Whether one date is written, not a stretch."""
        return self.start is not None and self.start == self.end

    def refines(self, other: "DateSpan") -> bool:
        """Whether it gives the month of the same year that `other` only names."""
        one, year = self.start, other.start
        if one is None or year is None:
            return False
        return one.year == year.year and one.month is not None and year.month is None


class _Atom(NamedTuple):
    first: int
    last: int
    start: PartialDate
    end: PartialDate
    range: bool = False


def find_ranges(text: str, written: PartialDate | None = None) -> list[DateSpan]:
    """All times in `text` from left to right; `written` is when the document was, for "last year"."""
    text = text[:MOST_CHARACTERS]
    if written is None and _DIGIT.search(text) is None:
        return []
    return list(_ranges(text, written))


@lru_cache(maxsize=4096)
def _ranges(text: str, written: PartialDate | None) -> tuple[DateSpan, ...]:
    """The same, kept: the parts of an entry are looked at several times."""
    folded = _fold_in_place(text)
    shown = _HIDDEN.sub(lambda match: "\x01" * len(match.group()), folded)
    shown = _grammar().counted.sub(lambda match: "\x01" * len(match.group()), shown)
    atoms = _drop_loose(shown, list(_atoms(shown)))
    spans = list(_join(shown, atoms))
    if written is not None and written.year is not None:
        spans += _relative(shown, written.year)
        spans.sort(key=lambda span: span.first)
    return tuple(spans)


def without_ranges(text: str, spans: list[DateSpan], mark: str = "\t") -> str:
    """`text` with each time replaced by `mark`, the brackets that held nothing else gone with it."""
    parts: list[str] = []
    place = 0
    for span in spans:
        parts += [text[place : span.first], mark]
        place = span.last
    parts.append(text[place:])
    return re.sub(r"[(\[]\s*[,;]?\s*\t\s*[,;]?\s*[)\]]", mark, "".join(parts))


class _Grammar(NamedTuple):
    date: re.Pattern[str]
    months: dict[str, int]
    joined: re.Pattern[str]
    present: re.Pattern[str]
    since: re.Pattern[str]
    until: re.Pattern[str]
    expected: re.Pattern[str]
    around: re.Pattern[str]
    counted: re.Pattern[str]
    relative: re.Pattern[str]


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    data = words_file("dates")
    months = {fold(word): int(number) for number, words in data["months"].items() for word in words}
    month = rf"(?:{alternatives(months)})\.?(?![^\W\d_])"
    season = rf"(?:{alternatives(word_set('dates', 'seasons'))})(?![^\W\d_])"
    of = r"(?:\s+(?:of|de|del|di|d'))?"
    both = rf"\s*(?:{_DASH}|&|\+|/|and|und|et|y|e|to|bis|au|al)\s*"
    forms = (
        rf"(?P<y1>{_YEAR})[-./](?P<m1>0[1-9]|1[0-2])[-./](?P<d1>[0-3]\d)",
        rf"(?P<d2>{_DAY}){both}(?P<e2>{_DAY}){of}\s+(?P<n2>{month}),?{of}\s+(?P<y2>{_YEAR})",
        rf"(?P<n3>{month})\s+(?P<d3>{_DAY}){both}(?P<e3>{_DAY}),?\s+(?P<y3>{_YEAR})",
        rf"(?P<d4>{_DAY}){of}[\s-]+(?P<n4>{month}),?{of}[\s-]+(?P<y4>{_YEAR})",
        rf"(?P<n5>{month})\s+(?P<d5>{_DAY}),?\s+(?P<y5>{_YEAR})",
        rf"(?P<y6>{_YEAR})[,\s]+(?P<n6>{month})(?:\s+(?P<d6>{_DAY})(?!\d))?(?!\s*,?\s*{_YEAR})",
        rf"(?P<n7>{month})\s*[,/-]?{of}\s*(?P<y7>{_YEAR})",
        rf"(?P<n8>{month})\s*['’](?P<s8>\d\d)(?!\d)",
        rf"(?P<d9>[0-3]?\d)\.\s?(?P<m9>[01]?\d)\.\s?(?P<y9>{_YEAR})",
        rf"(?P<a10>[0-3]?\d)/(?P<b10>[0-3]?\d)/(?P<y10>{_YEAR})",
        rf"(?P<m11>0?[1-9]|1[0-2])\s?[/.-]\s?(?P<y11>{_YEAR})",
        rf"(?P<y12>{_YEAR})\s?(?P<j12>[-/–—.])\s?(?P<z12>\d\d)(?!\d)",
        rf"{season}(?:\s+(?:of|semester|term|quarter))?,?\s+(?P<y13>{_YEAR})(?:\s?/\s?(?P<z13>(?:20)?\d\d)(?!\d))?",
        rf"q(?P<q14>[1-4])[\s/-]?(?P<y14>{_YEAR})",
        r"(?P<decade>(?:1[6-9]|20)\d0)'?s(?!\w)",
        rf"(?P<y15>{_YEAR})",
        r"['’](?P<s16>\d\d)(?!\d|['’])",
        rf"(?P<n17>{month})\s+(?P<d17>{_DAY})(?!\d)",
        rf"(?P<d18>{_DAY}){of}\s+(?P<n18>{month})",
        rf"(?P<n19>{month})(?=\s*{_DASH})",
    )
    return _Grammar(
        re.compile(rf"{_LEFT}(?:{'|'.join(forms)}){_RIGHT}"),
        months,
        re.compile(
            rf"\s*(?:{_DASH}+>?|/|→|\s(?:{alternatives(word_set('dates', 'to'))})\s)\s*"
            rf"(?:\(?(?:{alternatives(word_set('dates', 'expected'))})\.?\s*:?\s+)?"
        ),
        re.compile(
            rf"\s*(?:{_DASH}+>?|→|/|,)?\s*(?:(?:{alternatives(word_set('dates', 'to'))})\s+)?"
            rf"(?:{alternatives(word_set('dates', 'present'))})(?!\w)"
        ),
        re.compile(rf"(?<!\w)(?:{alternatives(word_set('dates', 'since'))})\s*:?\s*\Z"),
        re.compile(rf"(?<!\w)(?:{alternatives(word_set('dates', 'until'))})\s*:?\s*\Z"),
        re.compile(rf"(?<!\w)(?:{alternatives(word_set('dates', 'expected'))})\.?\s*:?\s*\Z"),
        re.compile(rf"(?<!\w)(?:{alternatives(word_set('dates', 'around'))})\.?\s*\Z"),
        re.compile(
            rf"(?<!\w)(?:{alternatives(word_set('dates', 'counters'))})[.:#]?\s?\d[\d-]*(?![\d-]|\.?\s+{month})"
        ),
        re.compile(rf"(?<!\w)(?:{alternatives(words_file('dates')['relative'])})(?!\w)"),
    )


def _fold_in_place(text: str) -> str:
    """Folded character by character, so that every place in it is the same place in `text`."""
    if text.isascii():
        return text.lower()
    return "".join(char if len(small := fold(char)) != 1 else small for char in text).replace("’", "'")


def _atoms(text: str) -> Iterator[_Atom]:
    for match in _grammar().date.finditer(text):
        try:
            atom = _atom(match)
        except ValueError:
            continue
        if atom is not None:
            yield atom


def _atom(match: re.Match[str]) -> _Atom | None:
    parts = {name[0]: value for name, value in match.groupdict().items() if value is not None}
    place = match.span()
    if "d" in parts and match["decade"]:
        first = int(match["decade"])
        return _Atom(*place, PartialDate(first), PartialDate(first + 9), range=True)
    year = int(parts["y"]) if "y" in parts else None
    if "s" in parts:
        year = int(parts["s"]) + (1900 if int(parts["s"]) > 40 else 2000)
    if "a" in parts:
        return _slashed(place, year, int(parts["a"]), int(parts["b"]))
    if "z" in parts and year is not None:
        return _short_range(place, year, parts["z"], parts.get("j"))
    if "q" in parts and year is not None:
        last = 3 * int(parts["q"])
        return _Atom(*place, PartialDate(year, last - 2), PartialDate(year, last), range=True)
    month = int(parts["m"]) if "m" in parts else _grammar().months[parts["n"].rstrip(".")] if "n" in parts else None
    day = int(re.sub(r"\D", "", parts["d"])) if "d" in parts else None
    start = PartialDate(year, month, day)
    if "e" in parts:
        return _Atom(*place, start, PartialDate(year, month, int(re.sub(r"\D", "", parts["e"]))), range=True)
    return _Atom(*place, start, start)


def _slashed(place: tuple[int, int], year: int | None, one: int, other: int) -> _Atom:
    """12/31/2017 and 31/12/2017; where both can be the month, only the year is known."""
    if one > 12 >= other:
        known = PartialDate(year, other, one)
    elif other > 12 >= one:
        known = PartialDate(year, one, other)
    else:
        known = PartialDate(year, one, other) if one == other else PartialDate(year)
    return _Atom(*place, known, known)


def _short_range(place: tuple[int, int], year: int, short: str, joint: str | None) -> _Atom | None:
    """2018-20 and 2018/19 are years; 2018-08 and 2014/03 are months."""
    later = int(short) if len(short) == 4 else year - year % 100 + int(short)
    if later == year + 1 or (later > year and (int(short) > 12 or joint in ("–", "—"))):
        return _Atom(*place, PartialDate(year), PartialDate(later), range=True)
    if len(short) == 2 and 1 <= int(short) <= 12 and joint is not None:
        known = PartialDate(year, int(short))
        return _Atom(*place, known, known)
    return None


def _drop_loose(text: str, atoms: list[_Atom]) -> list[_Atom]:
    """Without what only looks like a date: the end of a longer number, round thousands before a noun."""
    kept: list[_Atom] = []
    for atom in atoms:
        before = text[max(0, atom.first - 4) : atom.first]
        if re.search(r"\d\s?[-/–.,]\Z", before) and not (kept and kept[-1].last >= atom.first - 2):
            continue
        if text[atom.first : atom.last] == "2000" and _COUNTED.match(text, atom.last):
            continue
        kept.append(atom)
    return kept


def _join(text: str, atoms: list[_Atom]) -> Iterator[DateSpan]:
    grammar = _grammar()
    place = 0
    while place < len(atoms):
        atom = atoms[place]
        following = atoms[place + 1] if place + 1 < len(atoms) else None
        place += 1
        if following is not None and (pair := _pair(text, atom, following)) is not None:
            first, _ = _lead(text, atom.first, (grammar.around, grammar.since))
            yield DateSpan(first, following.last, *pair)
            place += 1
            continue
        if atom.start.year is None:
            continue
        first, expected = _lead(text, atom.first, (grammar.expected,))
        present = grammar.present.match(text, atom.last)
        if present is not None and not atom.range:
            yield DateSpan(
                _lead(text, atom.first, (grammar.since, grammar.around))[0],
                present.end(),
                atom.start,
                None,
                ongoing=True,
            )
            continue
        if expected:
            yield DateSpan(first, atom.last, None, atom.end, expected=True)
            continue
        first, since = _lead(text, atom.first, (grammar.since,))
        if since:
            yield DateSpan(first, atom.last, atom.start, None, ongoing=True)
            continue
        first, until = _lead(text, atom.first, (grammar.until,))
        if until:
            yield DateSpan(first, atom.last, None, atom.end)
            continue
        dangling = _DANGLING.match(text, atom.last)
        if dangling is not None and not atom.range:
            yield DateSpan(atom.first, dangling.end(), atom.start, None, ongoing=True)
            continue
        first, _ = _lead(text, atom.first, (grammar.around,))
        leading = _LEADING.search(text, max(0, first - 4), first)
        if leading is not None:
            yield DateSpan(leading.start("dash"), atom.last, None, atom.end)
            continue
        yield DateSpan(first, atom.last, atom.start, atom.end)


def _pair(text: str, one: _Atom, other: _Atom) -> tuple[PartialDate, PartialDate] | None:
    """Both ends where two dates are joined; a first one without its year has that of the second."""
    between = text[one.last : other.first]
    if (one.range and one.start.year is not None) or other.start.year is None:
        return None
    start = one.start
    if start.year is None:
        start = PartialDate(other.start.year, start.month, start.day)
        if start.first > other.end.first:  # type: ignore[operator] # both have a year
            start = PartialDate(other.start.year - 1, start.month, start.day)
    ends = (start, other.end)
    in_order = start.first <= other.end.last  # type: ignore[operator] # both have a year
    if not in_order:
        return None
    if _grammar().joined.fullmatch(between if between.strip() else "x"):
        return ends
    both_months = one.start.month is not None and other.end.month is not None
    apart = between.isspace() and len(between) <= 3 and "\n" not in between
    if apart and both_months and one.start.year is not None and not other.range:
        return ends
    return None


def _lead(text: str, first: int, patterns: tuple[re.Pattern[str], ...]) -> tuple[int, bool]:
    """Where a date begins with the words before it, and whether there are any."""
    for pattern in patterns:
        match = pattern.search(text, max(0, first - 24), first)
        if match is not None:
            return match.start(), True
    return first, False


def _relative(text: str, year: int) -> list[DateSpan]:
    years: dict[str, str] = words_file("dates")["relative"]
    spans = []
    for match in _grammar().relative.finditer(text):
        known = PartialDate(year + int(years[" ".join(match.group().split())]))
        spans.append(DateSpan(*match.span(), known, known))
    return spans
