"""Degrees in running text: which, in what, from where and when, several in one sentence; knows no other deed."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.ingest.extract.prose.frames import DATE_MARK, any_of, slot_pattern
from bot.ingest.extract.prose.said import Said
from bot.language.date_ranges import DateSpan
from bot.language.document_words import folded, word_set, words_file
from bot.model.entity import EntityRef

_TWO = 2  # letters
_NOT_A_DEGREE = (
    r"(?!\s+(?:student|candidate|advis|supervis|thesis|dissertation|program|work|studies|level|defen[cs]e|committee"
    r"|research|class))"
)


def _degree() -> re.Pattern[str]:
    """Degrees in any case, but those of two letters only in capitals: "ma" and "ms" are other words too."""
    words = sorted(words_file("prose")["degrees"], key=len, reverse=True)
    common = words_file("prose")["degrees_in_capitals"]
    exact = [word.upper() for word in words if len(word) <= _TWO or word in common]
    longer = [word for word in words if len(word) > _TWO and word not in common]
    return re.compile(
        rf"(?<![\w.])(?:{'|'.join(map(re.escape, exact))}|(?i:{'|'.join(map(re.escape, longer))}))(?![\w’'])"
        rf"(?P<more>\s+(?:degree|diploma))?{_NOT_A_DEGREE}"
    )


_DEGREE = _degree()
_LAST_AND = re.compile(r"\s+(?:and|&)\Z")
_VERB = re.compile(rf"\b(?:{any_of('degree_verbs')})\b", re.IGNORECASE)
_FIELD = re.compile(
    r"\s*,?\s*(?:in|of)\s+(?P<field>[A-Za-z][\w'’&/-]*(?:,?\s+(?:and\s+|&\s+)?[A-Za-z][\w'’&/-]*){0,6}?)"
    rf"(?=\s*(?:[,.;:()\[{DATE_MARK}]|\Z)"
    r"|\s+(?:from|at|in|with|under|and\s+(?:a|an|his|her|the)|for|where)\b)"
)
_FROM = re.compile(rf"(?:\bfrom|\bat)\s+(?P<place>{slot_pattern('org')})")


class _Part(NamedTuple):
    """One degree of a sentence."""

    degree: str
    field: str
    school: str
    department: str
    span: DateSpan | None
    words: str


def degrees(
    text: str, masked: str, spans: Sequence[DateSpan], subject: EntityRef, verbs: Sequence[int]
) -> Iterator[Said]:
    """The degrees a sentence gives its subject; one without a place of its own shares that of the next."""
    found = [match for match in _DEGREE.finditer(masked) if _VERB.search(masked, 0, match.start())]
    parts: list[_Part] = []
    for place, match in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(masked)
        end = min([end, *(verb for verb in verbs if verb > match.end())])
        stop = masked.find(";", match.end(), end)
        end = stop if stop >= 0 else end
        field = _FIELD.match(masked, match.end(), end)
        source = _FROM.search(masked, match.end(), end)
        span = next((span for span in spans if match.start() <= span.first < end), None)
        if span is None and place == 0:
            span = next((span for span in spans if span.last <= match.start()), None)
        parts.append(
            _Part(
                _named(text[match.start() : match.end()].strip()),
                _LAST_AND.sub("", field["field"]) if field is not None else "",
                _at(text, source, "org"),
                _at(text, source, "department"),
                span,
                text[match.start() : end],
            )
        )
    for place, part in enumerate(parts):
        school = part.school or next((other.school for other in parts[place + 1 :]), "")
        day = (part.span.end or part.span.start) if part.span is not None else None
        if school:
            details = (("degree", part.degree), ("fieldOfStudy", part.field), ("department", part.department))
            kept = tuple(detail for detail in details if detail[1])
            yield Said(subject, "alumniOf", school, None, part.words, kept, None, day)
        elif part.field or folded(part.degree) not in word_set("prose", "degree_nouns"):
            value = f"{part.degree} in {part.field}" if part.field else part.degree
            yield Said(subject, "degree", value, None, part.words, (), day, day)


def _named(degree: str) -> str:
    """What a degree is called: "M.Phil. degree" is an M.Phil., a "Bachelor's degree" is called just that."""
    name = degree.removesuffix(" degree")
    return name if name.isupper() or any(map(str.isupper, name[1:])) else degree


def _at(text: str, match: re.Match[str] | None, group: str) -> str:
    """What a group matched, as it stands in the text."""
    if match is None or match[group] is None:
        return ""
    return text[slice(*match.span(group))].strip(" ,")
