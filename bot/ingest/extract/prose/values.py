"""What stands in the slots of a frame, made values and times; decides of each whether it can be one."""

import re

from bot.ingest.extract.prose.frames import Frame, any_of, without_titles
from bot.ingest.extract.prose.subject import is_organization
from bot.language.date_ranges import DateSpan
from bot.model.entity import EntityRef
from bot.model.partial_date import PartialDate

_BETWEEN = re.compile(r"\bbetween\s*\Z", re.IGNORECASE)
_ARTICLE = re.compile(
    r"\A(?:(?:the|a|an|his|her|their|my|our|its|particularly|especially|including|mainly|both)\s+)+", re.IGNORECASE
)
_BEFORE_ROLE = re.compile(rf"\A(?:(?:{any_of('before_roles')})\s+)+", re.IGNORECASE)
_VAGUE = re.compile(
    r"\A(?:problems|questions|topics|issues|aspects|methods|development|developing|analysis|study)\s+(?:in|of|on|for)\s+"
)
_EDGES = " ,;:.“”\"'’‘()[]"
_UNIT = re.compile(r"(?:department|dept|faculty|division|school|section|unit|chair)\b", re.IGNORECASE)


def joined(text: str, spans: list[DateSpan]) -> list[DateSpan]:
    """The dates with "between A and B" as one stretch."""
    found: list[DateSpan] = []
    for span in spans:
        before = found[-1] if found else None
        if (
            before is not None
            and text[before.last : span.first].strip() == "and"
            and _BETWEEN.search(text[: before.first])
        ):
            found[-1] = DateSpan(before.first, span.last, before.start, span.end)
        else:
            found.append(span)
    return found


def period(frame: Frame, span: DateSpan | None) -> tuple[PartialDate | None, PartialDate | None, bool]:
    """Start and end of what a frame says, and whether it is over though nobody says since when."""
    if span is None:
        return None, None, frame.past
    if not span.single:
        return span.start, span.end, False
    if frame.ends:
        return None, span.start, False
    if frame.property == "alumniOf":  # one year beside a school is that of something that was done there
        return None, None, False
    if frame.past and not frame.starts and not span.ongoing:
        return span.start, span.start, False
    return span.start, None, False


def cleaned(slot: str, text: str) -> str:
    """What stands in a slot without articles, titles and marks."""
    if slot in ("title", "quoted"):
        return text.strip(_EDGES)
    value = _ARTICLE.sub("", text.strip(_EDGES)).strip(_EDGES)
    if slot == "org" and all(" " in name for name in value.split("/")):
        value = value.split("/")[0]  # "Loom Music Canada/Tarn Records Canada"
    if slot == "role":
        value = _ARTICLE.sub("", _BEFORE_ROLE.sub("", value))
    if slot == "field":
        value = _ARTICLE.sub("", _VAGUE.sub("", value))
    return without_titles(value) if slot == "person" else value


def fits(slot: str, value: str, subject: EntityRef) -> bool:
    """Whether a value can be what its slot says."""
    if value.casefold() == subject.name.casefold() or len(value) < 2:
        return False
    if slot in ("place", "person"):
        return not is_organization(value)
    if slot == "org":
        return _UNIT.match(value) is None or " of " not in value or is_organization(value)
    if slot == "topic":
        return len(value.split()) <= 8
    return True
