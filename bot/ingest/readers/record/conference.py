"""What the record of a conference says beside the event itself: its deadlines, chairs and committees; reads no talk."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.ingest.readers.record.facts import RecordFacts, Said
from bot.ingest.readers.record.fields import plain
from bot.ingest.readers.record.group import one_language
from bot.ingest.readers.record.placed import text_of
from bot.ingest.readers.record.texts import is_placeholder, readable
from bot.ingest.readers.record.when import When, read_when
from bot.language.document_words import folded, word_set
from bot.language.yaml_text import YamlPath
from bot.model.partial_date import PartialDate

DEADLINE, COMMITTEE, ORGANIZER = "deadline", "committeeMember", "organizer"
_ZONE = re.compile(
    r"\s*[(,]?\s*\b(?P<zone>A\.?o\.?E|anywhere on earth|[A-Z]{2,4}T|UTC(?:[+-]\d{1,2})?)\b\.?\)?\Z", re.IGNORECASE
)
_PLAIN = frozenset({"organizer", "organiser", "host", "organizers", "organisers", "hosts"})
_LISTS = frozenset({"people", "members", "persons", "names", "list", "chairs", "who"})
_CALLED = frozenset({"type", "role", "title", "name", "label", "committee", "position"})
_WHEN = frozenset({"date", "deadline", "when", "due", "day", "datetime", "time"})
_MOST_PEOPLE = 200
_DEEPEST = 3
_MOST_LABEL = 80  # characters of what a deadline or an office is called


@dataclass(frozen=True, slots=True)
class _Office:
    """Somebody in a list of chairs or of a committee. `label` is what the list is called, in the singular."""

    label: str
    said: Said


def read_deadlines(facts: RecordFacts) -> None:
    """State the days until which something is due, each with what it is called."""
    for key in facts.fields.pop(DEADLINE, ()):
        for label, said in _labelled(key, facts.record.data[key], (*facts.record.path, key)):
            zone = _ZONE.search(said.text)
            when = read_when(_ZONE.sub("", said.text)) if said.text else None
            if when is None or when.start is None or when.start != when.end:
                if said.text and not is_placeholder(said.text):
                    facts.drafting.leave(facts.evidence_of(said), "a deadline without a date")
                continue
            facts.drafting.state(
                facts.ref, DEADLINE, label, facts.evidence_of(said), qualifiers=_time_of_day(when, zone),
                start=when.start, end=when.start,
            )  # fmt: skip
        facts.source.taken.add((*facts.record.path, key))


def read_offices(facts: RecordFacts, start: PartialDate | None, end: PartialDate | None) -> None:
    """State who chairs, organises or sits on a committee, with the office; the lists count as read."""
    for target in (ORGANIZER, COMMITTEE):
        for key in list(facts.fields.get(target, ())):
            if not _is_office(key):
                continue
            facts.fields[target].remove(key)
            path = (*facts.record.path, key)
            facts.source.taken.add(path)
            for office in _people(key, facts.record.data[key], path):
                _state(facts, office, target, start, end)
        if not facts.fields.get(target, True):
            del facts.fields[target]


def _state(
    facts: RecordFacts, office: _Office, target: str, start: PartialDate | None, end: PartialDate | None
) -> None:  # fmt: skip
    words = set(folded(office.label).split())
    property_ = ORGANIZER if words & word_set("fields", "chair_words") else target
    details = [("roleName", office.label)]
    known = facts.drafting.vocabulary.properties[property_]
    for name in facts.read(known, office.said):
        facts.drafting.state(
            facts.ref, property_, name, facts.evidence_of(office.said), qualifiers=details, start=start, end=end
        )


def _is_office(key: str) -> bool:
    words = set(_words(key).split())
    return not words <= _PLAIN and bool(
        words & (word_set("fields", "chair_words") | word_set("fields", "committee_words"))
    )


def _people(label: str, value: Any, path: YamlPath, depth: int = 0) -> Iterator[_Office]:
    """Everybody in a list, a mapping of offices to lists, or a list of such mappings."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for index, item in enumerate(value[:_MOST_PEOPLE]):
            yield from _people(label, item, (*path, index), depth + 1)
    elif isinstance(value, dict):
        inner = next(
            (key for key, item in value.items() if isinstance(item, (list, dict)) and plain(key) in _LISTS), ""
        )
        if inner:
            told = next((text_of(value[key]) for key in value if plain(key) in _CALLED and text_of(value[key])), label)
            yield from _people(told, value[inner], (*path, inner), depth + 1)
        elif value and all(isinstance(item, (list, dict)) for item in value.values()):
            for key, item in value.items():
                yield from _people(key if _is_office(key) else f"{key} {label}", item, (*path, key), depth + 1)
        elif value:
            yield _Office(_singular(label), Said("", path, value))
    elif (text := readable(text_of(value))) and not is_placeholder(text):
        yield _Office(_singular(label), Said(text, path))


def _labelled(key: str, value: Any, path: YamlPath) -> Iterator[tuple[str, Said]]:
    """Each date of a field with what it is called: a date, a mapping of names to dates, a list of labelled dates."""
    if isinstance(value, list):
        for index, item in enumerate(value[:_MOST_PEOPLE]):
            if isinstance(item, dict):
                yield from _one_labelled(key, item, (*path, index))
            elif len(value) == 1:
                yield _words(key).capitalize(), Said(text_of(item), (*path, index))
    elif isinstance(value, dict):
        if any(plain(name) in _WHEN for name in value):
            yield from _one_labelled(key, value, path)
        else:
            for name, item in value.items():
                yield from _labelled(name, item, (*path, name))
    else:
        yield _called(key), Said(text_of(value), path)


def _one_labelled(key: str, item: dict[str, Any], path: YamlPath) -> Iterator[tuple[str, Said]]:
    """`{name: Papers due, date: 2024-05-01}`, in whatever fields: one is a date, the other one is not."""
    texts = [(name, readable(text_of(one_language(value)))) for name, value in item.items() if plain(name) != "type"]
    dated = [(name, text) for name, text in texts if text and read_when(_ZONE.sub("", text)) is not None]
    others = [text for name, text in texts if text and (name, text) not in dated and len(text) <= _MOST_LABEL
              and not text.startswith(("http", "True", "False"))]  # fmt: skip
    if dated:
        label = others[0].rstrip(" :.") if others else _words(key).capitalize()
        yield label, Said(dated[0][1], (*path, dated[0][0]))


def _called(key: str) -> str:
    """What a date is that only its field names; the deadline of a conference is that for submissions."""
    words = _words(key)
    return "Submission deadline" if words == DEADLINE else words.capitalize()


def _time_of_day(when: When, zone: re.Match[str] | None) -> list[tuple[str, str]]:
    said = f"{when.start_time} {zone['zone']}" if zone is not None and when.start_time else when.start_time
    return [("startTime", said)] if said else []


def _words(key: str) -> str:
    """`camera_ready` and `cameraReady` as words."""
    return " ".join(re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_]+", key)).lower()


def _singular(label: str) -> str:
    """What one of the list is: `Program Chairs` is a list of each a program chair; a committee stays one."""
    text = label if " " in label.strip() and not label.islower() else _words(label)
    last = text.split()[-1] if text.split() else ""
    return text[:-1] if last.endswith("s") and not last.endswith("ss") else text
