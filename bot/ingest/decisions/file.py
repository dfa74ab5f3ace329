"""What maintainers decided about suggestions and identities: kept in `decisions.yaml`, one entry each, as data.

The file lies in a knowledge folder, so decisions are versioned with the documents. An entry says who decided what and
when; a later one about the same counts more, and whoever deletes an entry takes it back. This module writes new entries
at the end and changes none.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.errors import DecisionError
from bot.ingest.decisions.identity import Claim
from bot.ingest.documents.yaml_file import read_yaml_file
from bot.language.tokens import words_of
from bot.language.yaml_text import Yaml
from bot.model.problem import Problem
from bot.whole_files import write_whole

FILE_NAME = "decisions.yaml"
_HEAD = "# What was decided about suggestions and names. A later entry counts more; delete one to take it back.\n"
_UNREADABLE = "no decision that can be read; a suggestion is approved or refused, two names are the same or different"
_MOST_CHARACTERS = 20_000_000  # a hundred thousand decisions


class _Decision(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    by: str = ""
    at: str = ""  # a day, or a moment
    why: str = ""


class Named(BaseModel):
    """Whom one document means by a name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    document: str


class SuggestionDecision(_Decision):
    """A suggestion that somebody approved or refused, by its key; the other fields are for people who read the file."""

    decision: Literal["approved", "refused"]
    suggestion: str
    document: str = ""
    says: str = ""


class IdentityDecision(_Decision):
    """Whether two documents that use a name mean the same."""

    decision: Literal["same", "different"]
    kind: str
    one: Named
    other: Named


Decision = SuggestionDecision | IdentityDecision
_ENTRY: TypeAdapter[Decision] = TypeAdapter(Annotated[Decision, Field(union_mode="left_to_right")])


@dataclass(slots=True)
class Decided:
    """The decisions of all folders, the later ones last, with what is wrong with them."""

    entries: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # by folder, as written
    decisions: list[Decision] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def without(self, names: Callable[..., bool]) -> "Decided":
        """The same without what was decided about those who were removed."""
        entries = {
            folder: [entry for entry in said if not names(json.dumps(entry, ensure_ascii=False, default=str))]
            for folder, said in self.entries.items()
        }
        return Decided(entries, self.decisions, self.problems)

    def to_text(self) -> str:
        """For the next load, to see whether anything was decided since, and should a file be broken then."""
        return json.dumps(self.entries, sort_keys=True, ensure_ascii=False)


class Judged:
    """The decisions as they are asked for while a snapshot is built."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._identity: dict[frozenset[tuple[str, str, str]], bool] = {}
        self._suggestions: dict[str, bool] = {}
        for item in decisions:
            if isinstance(item, SuggestionDecision):
                self._suggestions[item.suggestion] = item.decision == "approved"
            else:
                pair = frozenset(_place(item.kind, side.name, side.document) for side in (item.one, item.other))
                self._identity[pair] = item.decision == "same"

    def same(self, one: Claim, other: Claim) -> bool | None:
        """Whether two claims were said to speak of the same; None where nobody decided."""
        if not self._identity:
            return None
        pair = frozenset(_place(claim.kind, claim.name, claim.document) for claim in (one, other))
        return self._identity.get(pair)

    def approved(self, key: str) -> bool | None:
        """Whether a suggestion was approved or refused; None where nobody decided."""
        return self._suggestions.get(key)

    def has_suggestions_of(self, document_key: str) -> bool:
        """Whether anything was decided about suggestions whose keys begin so."""
        return document_key in self._documents

    @cached_property
    def _documents(self) -> set[str]:
        return {key[:8] for key in self._suggestions}


def load_decisions(folders: Iterable[Path], last: str | None = None) -> Decided:
    """The decisions of all folders; of a file that is broken those of the load before, `last`."""
    decided = Decided()
    before: Mapping[str, list[dict[str, Any]]] = json.loads(last) if last else {}
    for folder in folders:
        file = folder / FILE_NAME
        if not file.is_file():
            continue
        read, problem = _read(file)
        if problem is not None:
            decided.problems.append(problem)
            read = Yaml(before.get(str(folder), []))
        entries = decided.entries.setdefault(str(folder), [])
        for place, entry in enumerate(read.data):
            try:
                decided.decisions.append(_ENTRY.validate_python(entry))
            except ValidationError:
                line = read.lines.get((place,), 1)
                decided.problems.append(Problem(FILE_NAME, line, _UNREADABLE, _shown(entry)))
            else:
                entries.append(entry)
    return decided


def record(folders: Sequence[Path], decisions: Iterable[Decision]) -> Path:
    """Add decisions to the file of the first folder that has one, else of the first. Raises DecisionError."""
    file = next((folder / FILE_NAME for folder in folders if (folder / FILE_NAME).is_file()), folders[0] / FILE_NAME)
    before = _HEAD
    if file.is_file():
        _, problem = _read(file)
        if problem is not None:
            raise DecisionError(f"{problem}; nothing is added to a file that cannot be read")
        before = file.read_text(encoding="utf-8")
    rows = [decision.model_dump(exclude_defaults=True) for decision in decisions]
    if not rows:
        return file
    text = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=1000)
    try:
        write_whole(file, (before + ("" if before.endswith("\n") else "\n") + text).encode())
    except OSError as error:
        raise DecisionError(f"{file}: {error.strerror or error}") from error
    return file


def same_or_different(kind: str, one: Named, other: Named, *, same: bool, by: str, at: str, why: str = "") -> Decision:
    """A decision about two names."""
    word: Literal["same", "different"] = "same" if same else "different"
    return IdentityDecision(decision=word, kind=kind, one=one, other=other, by=by, at=at, why=why)


def _place(kind: str, name: str, document: str) -> tuple[str, str, str]:
    return kind, " ".join(words_of(name)), document


def _read(file: Path) -> tuple[Yaml, Problem | None]:
    return read_yaml_file(file, FILE_NAME, list, "not a list of decisions", _MOST_CHARACTERS)


def _shown(entry: object) -> str:
    return " ".join(str(entry.get("decision", "")).split())[:80] if isinstance(entry, dict) else ""
