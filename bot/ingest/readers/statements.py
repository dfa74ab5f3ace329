"""One property of a profile to fact drafts: lists, mappings, qualifiers, times; knows nothing of the others."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rapidfuzz import process

from bot.ingest.readers.literals import Unfit, read_date, read_text, read_value
from bot.language.fact_words import STATUS
from bot.language.yaml_text import YamlPath
from bot.model.entity import EntityRef
from bot.model.fact import Evidence, FactDraft, Rank, ValueDraft
from bot.model.partial_date import PartialDate
from bot.model.problem import Problem
from bot.model.vocabulary import Property, Vocabulary

_T = TypeVar("_T")
_VALUE_KEYS = ("name", "value", "url")
_RESERVED = frozenset({"source", "at", "words", "startDate", "endDate", "note", "unknown", "none", "text"})
PAST = "past"
_MOST_EVIDENCE = 1000
_TRUE = (True, "true")
_BLOCK = ("|", ">", "|-", ">-", "|+", ">+")


@dataclass(slots=True)
class Statements:
    """Reads the properties of one profile; what is wrong is collected in `problems`."""

    document: str
    lines: list[str]  # of the whole file
    starts: Mapping[YamlPath, int]
    vocabulary: Vocabulary
    sources: frozenset[str]
    subject: EntityRef
    source: str
    place: str | None
    problems: list[Problem] = field(default_factory=list)

    def read(self, name: str, value: Any) -> list[FactDraft]:
        """The facts of one property. Those with something wrong are left out."""
        path: YamlPath = (name,)
        property_ = self._property(name, path)
        if property_ is None:
            return []
        if property_.of and self.subject.kinds[0] not in property_.of:
            kinds = " or ".join(property_.of)
            self.problem(path, f"{name} is said of a {kinds}, not of a {self.subject.kinds[0]}")
            return []
        if value == []:
            self.problem(path, f"{name}: empty value")
        facts: list[FactDraft] = []
        for item, where in _items(value, path):
            before = len(self.problems)
            made = self._of_mapping(name, property_, item, where) if isinstance(item, dict) else [
                fact for fact in [self._fact(name, property_, item, where)] if fact
            ]  # fmt: skip
            if len(self.problems) == before:
                facts += made
        return facts

    def problem(self, path: YamlPath, message: str, text: object = "", *, fatal: bool = False) -> None:
        """Note what is wrong at a place of the front matter."""
        shown = text if isinstance(text, str) else ""
        self.problems.append(Problem(self.document, self._line(path), message, " ".join(shown.split())[:80], fatal))

    def known_source(self, value: Any, path: YamlPath) -> str | None:
        """A source's key if it is declared; None, with a problem, if not."""
        key = self._checked(read_text, value, path)
        if key is None or key in self.sources:
            return key
        close = process.extractOne(key, self.sources, score_cutoff=60)
        hint = f"; did you mean {close[0]}?" if close else ""
        self.problem(path, f"no such source in sources.yaml{hint}", key)
        return None

    def _property(self, name: str, path: YamlPath) -> Property | None:
        found = self.vocabulary.properties.get(name)
        if found is None:
            close = process.extractOne(name, self.vocabulary.properties.keys(), score_cutoff=60)
            self.problem(path, f"unknown property{f'; did you mean {close[0]}?' if close else ''}", name)
        return found

    def _of_mapping(self, name: str, property_: Property, item: dict[str, Any], path: YamlPath) -> list[FactDraft]:
        value_key = next((key for key in _VALUE_KEYS if key in item), None)
        qualifiers = [
            pair
            for key, value in item.items()
            if key != value_key and key not in _RESERVED
            for pair in self._qualifiers(key, value, (*path, key))
        ]
        if _is_left_open(item.get("endDate")):
            qualifiers.append((STATUS, ValueDraft("past")))  # over, only nobody says since when
        for key, holder in (("note", item), ("startDate", item.get("startDate")), ("endDate", item.get("endDate"))):
            if isinstance(holder, dict) and "note" in holder:
                where = (*path, "note") if key == "note" else (*path, key, "note")
                qualifiers.append(("note", ValueDraft(self._checked(read_text, holder["note"], where) or "")))
        ended = item.get("endDate")
        if isinstance(ended, dict) and ended.get("unknown") in (True, "true"):  # over, the document does not say when
            item = {key: value for key, value in item.items() if key != "endDate"}
            qualifiers.append((STATUS, ValueDraft(PAST)))
        details: dict[str, Any] = {
            "qualifiers": qualifiers,
            "start": self._time("startDate", item, path),
            "end": self._time("endDate", item, path),
            "source": (self.known_source(item["source"], (*path, "source")) if "source" in item else None),
            "place": self._checked(read_text, item["at"], (*path, "at")) if "at" in item else None,
            "words": tuple(self._texts(item["words"], (*path, "words"))) if "words" in item else (),
            "shown": self._checked(read_text, item["text"], (*path, "text")) if "text" in item else None,
        }
        status = next((key for key in ("unknown", "none") if item.get(key) in _TRUE), None)
        if (status is None) == (value_key is None):
            wanted = "a value under name, value or url" if status is None else "a value beside unknown or none"
            self.problem(path, wanted + (" is missing" if status is None else " contradicts it"))
            return []
        if value_key is None:
            details["qualifiers"] = [(STATUS, ValueDraft(status or "")), *qualifiers]
            return [fact for fact in [self._fact(name, property_, status, path, left_open=True, **details)] if fact]
        facts = (
            self._fact(name, property_, value, path if where == (*path, value_key) else where, **details)
            for value, where in _items(item[value_key], (*path, value_key))
        )
        return [fact for fact in facts if fact]

    def _fact(
        self, name: str, property_: Property, value: Any, path: YamlPath, *, left_open: bool = False,
        qualifiers: list[tuple[str, ValueDraft]] | None = None, start: PartialDate | None = None,
        end: PartialDate | None = None, source: str | None = None, place: str | None = None,
        words: tuple[str, ...] = (), shown: str | None = None,
    ) -> FactDraft | None:  # fmt: skip
        try:
            read = ValueDraft(str(value)) if left_open else read_value(property_, value, shown)
        except Unfit as error:
            self.problem(path, f"{name}: {error}", value)
            return None
        if read.date is not None and start is None and end is None:
            start = end = read.date
        if end is None and not property_.lasting:
            end = start  # what does not last is over on the day it happened
        if start and end and start.first and end.last and end.last < start.first:
            self.problem(path, f"{name}: ends before it starts", f"{start} to {end}")
            return None
        return FactDraft(
            self.subject, name, read, tuple(qualifiers or ()), start, end, source or self.source,
            self._evidence(path, place), Rank.PROFILE, words,
        )  # fmt: skip

    def _qualifiers(self, key: str, value: Any, path: YamlPath) -> Iterator[tuple[str, ValueDraft]]:
        property_ = self._property(key, path)
        if property_ is None:
            return
        for item, where in _items(value, path):
            shown, written = None, item
            if isinstance(item, dict):
                shown = self._checked(read_text, item["text"], where) if "text" in item else None
                written = next((item[name] for name in _VALUE_KEYS if name in item), None)
            try:
                yield key, read_value(property_, written, shown)
            except Unfit as error:
                self.problem(where, f"{key}: {error}", item)

    def _time(self, key: str, item: dict[str, Any], path: YamlPath) -> PartialDate | None:
        """A date of a mapping; None where it is left out, or said to be unknown."""
        value = item.get(key)
        if isinstance(value, dict) and "value" in value:
            value = value["value"]
        return self._checked(read_date, value, (*path, key)) if key in item and not _is_left_open(value) else None

    def _texts(self, value: Any, path: YamlPath) -> Iterator[str]:
        for item, where in _items(value, path):
            text = self._checked(read_text, item, where)
            if text is not None:
                yield text

    def _checked(self, read: Callable[[Any], _T], value: Any, path: YamlPath) -> _T | None:
        try:
            return read(value)
        except Unfit as error:
            self.problem(path, f"{path[-1]}: {error}", value)
            return None

    def _line(self, path: YamlPath) -> int:
        while path not in self.starts and path:
            path = path[:-1]
        return self.starts.get(path, 1)

    def _evidence(self, path: YamlPath, place: str | None) -> Evidence:
        line = self._line(path)
        text = self.lines[line - 1].strip()
        if text.endswith(_BLOCK) and line < len(self.lines) and self.lines[line].strip():
            line, text = line + 1, self.lines[line].strip()  # the words stand below the key
        return Evidence(self.document, line, text[:_MOST_EVIDENCE], place or self.place)


def _is_left_open(value: Any) -> bool:
    return isinstance(value, dict) and value.get("unknown") in _TRUE


def _items(value: Any, path: YamlPath) -> Iterator[tuple[Any, YamlPath]]:
    if isinstance(value, list):
        yield from ((item, (*path, index)) for index, item in enumerate(value))
    else:
        yield value, path
