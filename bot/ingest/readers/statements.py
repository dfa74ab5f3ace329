"""One property of a profile to fact drafts: lists, mappings, qualifiers, times; knows nothing of the others."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rapidfuzz import fuzz, process

from bot.ingest.documents.hints import names_of, unknown_audiences
from bot.ingest.documents.literals import Unfit, read_date, read_text, read_value
from bot.language.fact_words import STATUS
from bot.language.yaml_text import YamlPath, items_of
from bot.model.audience import NOBODY, Limits
from bot.model.entity import EntityRef
from bot.model.fact import Evidence, FactDraft, Rank, ValueDraft
from bot.model.partial_date import PartialDate
from bot.model.problem import Problem
from bot.model.vocabulary import Property, Vocabulary

UNKNOWN, NONE, PAST = "unknown", "none", "past"  # texts of the qualifier `status`
_T = TypeVar("_T")
_VALUE_KEYS = ("name", "value", "url")
_OF_MAPPING = (*_VALUE_KEYS, "text", "source", "at", "words", "denies", "before")  # what is no property there
_TRUE = (True, "true")
_BLOCK = ("|", ">", "|-", ">-", "|+", ">+")
_MOST_EVIDENCE = 1000
_NEARLY = 75  # of a hundred: names that may be slips of each other
_UNREADABLE = "?"  # an audience that nobody is in


@dataclass(slots=True)
class _Details:
    """What a mapping says beside its value; the same for every value it lists."""

    qualifiers: list[tuple[str, ValueDraft]] = field(default_factory=list)
    start: PartialDate | None = None
    end: PartialDate | None = None
    source: str | None = None
    place: str | None = None
    words: tuple[str, ...] = ()
    shown: str | None = None
    left_open: str | None = None  # unknown or none
    limits: Limits = ()


_PLAIN = _Details()


@dataclass(slots=True)
class Statements:
    """Reads the properties of one profile; what is wrong is collected in `problems`."""

    document: str
    lines: list[str]  # of the whole file
    starts: Mapping[YamlPath, int]
    vocabulary: Vocabulary
    sources: frozenset[str]
    audiences: frozenset[str]
    subject: EntityRef
    source: str
    place: str | None
    problems: list[Problem] = field(default_factory=list)
    closed: dict[int, Limits] = field(default_factory=dict)  # lines of what not everybody may see
    named: set[str] = field(default_factory=set)  # audiences; one sign for all that are not known

    def read(self, name: str, value: Any) -> list[FactDraft]:
        """The facts of one property. Those with something wrong are left out."""
        path: YamlPath = (name,)
        property_ = self._property(name, path)
        if property_ is None:
            return []
        if property_.of and self.subject.kinds[0] not in property_.of:
            kinds = " or ".join(property_.of)
            self.problem(path, f"{name} belongs to {kinds}, not to {self.subject.kinds[0]}")
            return []
        if value == []:
            self.problem(path, f"{name}: empty value")
        facts: list[FactDraft] = []
        for item, where in items_of(value, path):
            if isinstance(item, dict):
                before = len(self.problems)
                made = self._of_mapping(name, property_, item, where)
                if len(self.problems) == before:
                    facts += made
            else:
                fact = self._fact(name, property_, item, where, _PLAIN)
                if fact is not None:
                    facts.append(fact)
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
        self.problem(path, f"no such source in sources.yaml{_hint(key, self.sources)}", key)
        return None

    def _property(self, name: str, path: YamlPath) -> Property | None:
        found = self.vocabulary.properties.get(name)
        if found is None:
            known = [*self.vocabulary.properties, *(_OF_MAPPING if len(path) > 1 else ())]
            hint = self._called(name) or _hint(name, known) or "; vocabulary.yaml can define it"
            self.problem(path, f"unknown property{hint}", name)
        return found

    def _called(self, name: str) -> str:
        """The property that people call so, whose own name is another."""
        for key, known in self.vocabulary.properties.items():
            fits = not known.of or self.subject.kinds[0] in known.of
            if fits and name.casefold() in (known.label.casefold(), *known.nouns):
                return f"; did you mean {key}?"
        return ""

    def _of_mapping(self, name: str, property_: Property, item: dict[str, Any], path: YamlPath) -> list[FactDraft]:
        value_key = next((key for key in _VALUE_KEYS if key in item), None)
        details = self._details(item, value_key, path)
        if (details.left_open is None) == (value_key is None):
            missing = "a value under name, value or url is missing"
            self.problem(path, missing if value_key is None else f"a value beside {details.left_open} contradicts it")
            return []
        if value_key is None:
            fact = self._fact(name, property_, None, path, details)
            return [] if fact is None else [fact]
        facts = []
        for value, where in items_of(item[value_key], (*path, value_key)):
            several = len(where) > len(path) + 1
            fact = self._fact(name, property_, value, where if several else path, details)
            if fact is not None:
                facts.append(fact)
        return facts

    def _details(self, item: dict[str, Any], value_key: str | None, path: YamlPath) -> _Details:
        details = _Details(limits=self._limits(item, path))
        for key, value in item.items():
            if key in (value_key, "audience"):
                continue
            where = (*path, key)
            if key == "startDate":
                details.start = self._time(value, where, details)
            elif key == "endDate":
                details.end = self._time(value, where, details)
                if _is_left_open(value):
                    details.qualifiers.append((STATUS, ValueDraft(PAST)))  # over, only nobody says since when
            elif key == "at":
                details.place = self._checked(read_text, value, where)
            elif key == "words":
                details.words = tuple(self._texts(value, where))
            elif key == "source":
                details.source = self.known_source(value, where)
            elif key == "text":
                details.shown = self._checked(read_text, value, where)
            elif key in (UNKNOWN, NONE):
                if value in _TRUE:
                    details.left_open = key
                    details.qualifiers.insert(0, (STATUS, ValueDraft(key)))
            else:
                self._qualify(details, key, value, where)
        return details

    def _fact(
        self, name: str, property_: Property, value: Any, path: YamlPath, details: _Details
    ) -> FactDraft | None:  # fmt: skip
        try:
            left_open = details.left_open
            read = ValueDraft(left_open) if left_open else read_value(property_, value, details.shown)
        except Unfit as error:
            self.problem(path, f"{name}: {error}", value)
            return None
        start, end = details.start, details.end
        if read.date is not None and start is None and end is None:
            start = end = read.date
        if end is None and not property_.lasting:
            end = start  # what does not last is over on the day it happened
        if start is not None and end is not None and _is_before(end, start):
            self.problem(path, f"{name}: ends before it starts", f"{start} to {end}")
            return None
        return FactDraft(
            self.subject, name, read, tuple(details.qualifiers), start, end, details.source or self.source,
            self._evidence(path, details.place), Rank.PROFILE, details.words, details.limits,
        )  # fmt: skip

    def _limits(self, item: dict[str, Any], path: YamlPath) -> Limits:
        """Who may see what a mapping says; its lines are noted, for they must hold nothing of anything else."""
        if "audience" not in item:
            return ()
        where, limits = (*path, "audience"), NOBODY
        try:
            names = names_of(item["audience"])
        except ValueError as error:
            self.problem(where, f"audience: {error}")
            self.named.add(_UNREADABLE)
        else:
            self.named.update(name if name in self.audiences else _UNREADABLE for name in names)
            wrong = list(unknown_audiences(names, self.audiences, self.document, self._line(where), fatal=False))
            self.problems += wrong
            limits = NOBODY if wrong else (tuple(sorted(names)),)
        lines = [line for place, line in self.starts.items() if place[: len(path)] == path]
        self.closed.update(dict.fromkeys(range(min(lines), max(lines) + 1), limits))
        return limits

    def check_lines(self, facts: Iterable[FactDraft]) -> None:
        """Whoever is shown a fact is shown its line, so what others may not see stands on lines of its own."""
        if not self.closed:
            return
        for fact in facts:
            line, text = fact.evidence.line, fact.evidence.text
            own = self.closed.get(line, ()) == fact.limits
            before = self.lines[line - 2].rstrip() if line > 1 else ""
            begins = text.startswith(("- ", "{")) or text.partition(":")[0].strip("'\"") == fact.property
            if not own or not (begins or before.endswith(_BLOCK)):
                self.problems.append(
                    Problem(self.document, line, "what has an audience must stand on lines of its own", fact.property)
                )

    def _qualify(self, details: _Details, key: str, value: Any, path: YamlPath) -> None:
        property_ = self._property(key, path)
        if property_ is None:
            return
        for item, where in items_of(value, path):
            shown, written = None, item
            if isinstance(item, dict):
                shown = self._checked(read_text, item["text"], where) if "text" in item else None
                written = next((item[name] for name in _VALUE_KEYS if name in item), None)
            try:
                details.qualifiers.append((key, read_value(property_, written, shown)))
            except Unfit as error:
                self.problem(where, f"{key}: {error}", item)

    def _time(self, value: Any, path: YamlPath, details: _Details) -> PartialDate | None:
        """A date of a mapping; None where it is said to be unknown."""
        if isinstance(value, dict):
            if "note" in value:
                self._qualify(details, "note", value["note"], (*path, "note"))
            if _is_left_open(value):
                return None
            value = value.get("value")
        return self._checked(read_date, value, path)

    def _texts(self, value: Any, path: YamlPath) -> Iterator[str]:
        for item, where in items_of(value, path):
            text = self._checked(read_text, item, where)
            if text is not None:
                yield text

    def _checked(self, read: Callable[[Any], _T], value: Any, path: YamlPath) -> _T | None:
        try:
            return read(value)
        except Unfit as error:
            self.problem(path, f"{next(part for part in reversed(path) if isinstance(part, str))}: {error}", value)
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
    return isinstance(value, dict) and value.get(UNKNOWN) in _TRUE


def _is_before(end: PartialDate, start: PartialDate) -> bool:
    return end != start and start.first is not None and end.last is not None and end.last < start.first


def _hint(name: str, known: Any) -> str:
    close = process.extractOne(name, list(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_NEARLY)
    return f"; did you mean {close[0]}?" if close else ""
