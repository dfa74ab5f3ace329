"""What a sentence says before it is drafted, and two things no frame holds: lifetimes in brackets, lists of awards."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from bot.ingest.extract.prose.frames import DATE_MARK, NAME, PERSON, any_of, slot_pattern
from bot.ingest.extract.prose.subject import Opening, is_organization
from bot.language.date_ranges import DateSpan
from bot.model.entity import EntityRef
from bot.model.partial_date import PartialDate

_BRACKET = re.compile(r"[^()\[\]]{0,12}?[(\[](?P<inside>[^()\[\]]{4,80})[)\]]")
_WHERE = r"[A-ZÀ-ÞĀ-Ž][\w'’-]+(?:[ ,]+(?:[a-z]{1,3} )?[A-ZÀ-ÞĀ-Ž][\w'’-]+){0,3}"
_BORN = re.compile(
    rf"\s*(?:(?i:born|b\.|\*|né|née|geb\.|geboren))?\s*(?:(?:in|at)\s+)?(?P<place>{_WHERE},?)?\s*(?:on|in|am)?\s*\Z"
)
_PLACED = re.compile(rf"[\s.†]*(?:(?:,|in|at|,\s*in)\s+(?P<place>{_WHERE}))?[\s.†]*\Z")
_NEE = re.compile(rf"(?:née?|geb\.|geborene)\s+(?P<name>{NAME})(?=\s*[;,)\]]|\s*\Z)[;,]?\s*")
_COMMA = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
_AROUND = re.compile(
    r"\A(?:a|an|the|his|her|him|their|them|our|us|my|me|its|with|by|in|for|including"
    r"|(?:many|several|numerous|various|other)\s+\w+\s+(?:including|such as))\s+"
    r"|\s+(?:in|from|by|for|at|of|on|and|during|to)\Z",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s+(?:with|by|for|from|at|when|where|while|who|which|to|during)\s+(?=[a-z]|the\b)")


_SMALL = r"(?!to|the|a|an|his|her|with|of|by|and|as|for|in|at|from)[a-z-]+"
_APPOSED = re.compile(
    rf"\s*(?:[(\[][^()\[\]]*[)\]])?,\s+(?=(?:a|an|the|{any_of('roles')})\s){slot_pattern('role')}(?=\s+who\b|\s*,)"
)


class Said(NamedTuple):
    """One thing that a sentence says of someone; `words` are the part of the sentence that says it."""

    subject: EntityRef
    property: str
    value: str
    shown: str | None
    words: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None


def lifetime(text: str, spans: Sequence[DateSpan], opening: Opening) -> Iterator[Said]:
    """Birth and death of a person in brackets behind the name."""
    if opening.subject.kinds[0] != "person":
        return
    bracket = _BRACKET.match(text, opening.end)
    if bracket is None:
        return
    first, last = bracket.span("inside")
    inside = [span for span in spans if first <= span.first and span.last <= last]
    named = _NEE.match(text, first, last)
    if named is not None:
        yield Said(opening.subject, "birthName", named["name"], None, bracket.group())
    if not inside:
        return
    before = _BORN.match(text[named.end() if named is not None else first : inside[0].first])
    between = _PLACED.match(text[inside[0].last : inside[1].first].rstrip(" -–—")) if len(inside) == 2 else None
    behind = _PLACED.match(text[inside[-1].last : last])
    if before is None or behind is None or len(inside) > 2:
        return
    single = len(inside) == 1 and inside[0].single
    born = inside[0].start
    died = None if single else inside[-1].end
    birthplace = before["place"] or (between["place"] if between is not None else "") or (single and behind["place"])
    words = bracket.group()
    if born is not None and born.year is not None:
        yield Said(opening.subject, "birthDate", str(born), None, words)
        if birthplace:
            yield Said(opening.subject, "birthPlace", birthplace.strip(" ,"), None, words)
    if died is not None and died.year is not None and not inside[-1].ongoing:
        yield Said(opening.subject, "deathDate", str(died), None, words)
        if behind["place"] and len(inside) == 2:
            yield Said(opening.subject, "deathPlace", behind["place"].strip(" ,"), None, words)


def titled(text: str, masked: str, page: EntityRef | None, named: Callable[[str], EntityRef | None]) -> Iterator[Said]:
    """An office right before a name: "founder Ida Brook", "Loom director Ida Brook"."""
    for match in _office().finditer(masked):
        person = named(match["person"])
        if person is None or person.kinds[0] != "person":
            continue
        role = text[slice(*match.span("role"))]
        where = text[slice(*match.span("org"))] if match["org"] else ""
        if where and (is_organization(where) or (page is not None and named(where) is page)):
            yield Said(person, "worksFor", where, None, match.group(), (("roleName", role),))
        yield Said(person, "jobTitle", role, None, match.group())


def apposed(text: str, masked: str, opening: Opening) -> Iterator[Said]:
    """What somebody is, right behind the name: "Ada King, a mathematician, …"."""
    match = _APPOSED.match(masked, opening.end)
    if match is not None and opening.subject.kinds[0] == "person":
        yield Said(opening.subject, "jobTitle", text[slice(*match.span("role"))], None, match.group())


def awards(
    text: str, masked: str, spans: Sequence[DateSpan], place: tuple[int, int], subject: EntityRef
) -> Iterator[Said]:
    """The awards of a list, each with its year; "a 2014 and 2009 Google Faculty Award" are two."""
    waiting: list[DateSpan] = []
    start, end = place
    joints = [*_COMMA.finditer(masked, start, end), None]
    for joint in joints:
        stop = joint.start() if joint is not None else end
        within = [span for span in spans if start <= span.first < stop]
        name = _name(text, masked, start, stop)
        if name:
            for day in [span.start for span in (*waiting, *within)] or [None]:
                yield Said(subject, "award", name, None, text[start:stop], (), day, day)
            waiting = []
        elif within and not re.sub(rf"{DATE_MARK}|\b(?:an?|the|and)\b|[ ,]", "", masked[start:stop]):
            waiting += within
        else:
            continue  # "Collaborative Research and Development Grant": the name goes on behind the joint
        if joint is not None:
            start = joint.end()


def _name(text: str, masked: str, start: int, stop: int) -> str:
    """The award that a stretch names, without its year; empty where it names none."""
    shown = "".join(
        " " if mark == DATE_MARK else char for char, mark in zip(text[start:stop], masked[start:stop], strict=True)
    )
    name = " ".join(_CUT.split(" ".join(shown.split()))[0].split())
    while (shorter := _AROUND.sub("", name).strip(" ,.")) != name:
        name = shorter
    is_award = re.search(rf"\b(?:{any_of('awards')})\b", name.lower()) is not None
    return name if is_award and any(char.isupper() for char in name) and len(name.split()) <= 14 else ""


@cache
def _office() -> re.Pattern[str]:
    """Made when the first sentence is read: it is large, and most folders have no prose."""
    return re.compile(
        rf"(?:\b(?P<org>{NAME})(?:['’]s)?\s+)?\b(?P<role>(?:{_SMALL}\s+){{0,2}}(?:{any_of('roles')}))\s+(?P<person>{PERSON})"
    )
