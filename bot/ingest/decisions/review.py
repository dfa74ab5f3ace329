"""What waits for a maintainer's yes or no: suggestions and names that may be one; records answers, shows nothing."""

import builtins
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from zlib import crc32

from bot.errors import DecisionError
from bot.ingest.decisions.file import Decision, Named, SuggestionDecision, record, same_or_different
from bot.model.audience import OPERATOR, Asker
from bot.model.fact import Fact
from bot.model.partial_date import PartialDate
from bot.store.coverage import CoverageQueries, Undecided
from bot.store.snapshot import Snapshot
from bot.store.views import open_current

_MOST_SHOWN = 4  # facts of each of two that may be one


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A fact that was read out of prose: the sentence, and what would be stated."""

    key: str
    document: str
    line: int
    sentence: str
    subject: str
    property: str  # its label
    value: str
    time: str  # as ISO 8601, open where the document leaves it open; empty: none
    details: tuple[tuple[str, str], ...] = ()

    @builtins.property  # `property` is a field here
    def says(self) -> str:
        """The fact in one line."""
        details = "".join(f"; {name}: {value}" for name, value in self.details)
        return f"{self.subject}, {self.property}: {self.value}{details}" + (f" ({self.time})" if self.time else "")


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that may be the same, with the documents that tell of it and the first of what they say."""

    name: str
    documents: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IdentityQuestion:
    """Two of one name and kind, of which nobody knows whether they are one."""

    key: str
    kind: str
    one: Side
    other: Side


Question = Suggestion | IdentityQuestion


def waiting(data_dir: Path, limit: int | None = None, asker: Asker = OPERATOR) -> list[Question]:
    """What waits in the snapshot in force of what somebody may see, names first. Raises SnapshotError."""
    with closing(open_current(data_dir, asker)) as snapshot:
        return list(islice(chain(_identities(snapshot), _suggestions(snapshot)), limit))


def decided(question: Question, *, yes: bool, by: str, why: str = "", now: datetime | None = None) -> Decision:
    """The answer to a question, as it is recorded: whether the suggestion is true, whether both are the same."""
    day = (now or datetime.now(UTC)).date().isoformat()
    if isinstance(question, Suggestion):
        return SuggestionDecision(
            decision="approved" if yes else "refused", suggestion=question.key, document=question.document,
            says=question.says, by=by, at=day, why=why,
        )  # fmt: skip
    one, other = (Named(name=side.name, document=side.documents[0]) for side in (question.one, question.other))
    return same_or_different(question.kind, one, other, same=yes, by=by, at=day, why=why)


def decide(
    folders: Sequence[Path], data_dir: Path, approve: Iterable[str], refuse: Iterable[str], *, by: str, why: str = ""
) -> int:
    """Record answers by the keys of their questions; how many. Raises DecisionError for a key that nothing has."""
    answers = {**dict.fromkeys(refuse, False), **dict.fromkeys(approve, True)}
    questions = {question.key: question for question in waiting(data_dir)}
    for key in answers:
        if key not in questions:
            raise DecisionError(f"{key[:60]}: nothing with this key waits for a decision")
    record(folders, [decided(questions[key], yes=yes, by=by, why=why) for key, yes in answers.items()])
    return len(answers)


def _suggestions(snapshot: Snapshot) -> Iterator[Suggestion]:
    labels = {name: known.label for name, known in snapshot.vocabulary.properties.items()}
    for key, fact in snapshot.suggestions():
        yield Suggestion(
            key, fact.evidence.document, fact.evidence.line, fact.evidence.text, fact.subject.name,
            labels.get(fact.property, fact.property), fact.value.text, _time(fact.start, fact.end),
            tuple((labels.get(item.property, item.property), item.value.text) for item in fact.qualifiers),
        )  # fmt: skip


def _identities(snapshot: Snapshot) -> Iterator[IdentityQuestion]:
    for pair in CoverageQueries(snapshot.connection).undecided():
        one = _side(snapshot, pair.name, pair.slug, pair.documents)
        other = _side(snapshot, pair.other_name, pair.other_slug, pair.other_documents)
        yield IdentityQuestion(_key(pair), pair.kind, one, other)


def _side(snapshot: Snapshot, name: str, slug: str, documents: tuple[str, ...]) -> Side:
    entity = snapshot.entity_by_slug(slug)
    facts = snapshot.facts_of(entity.id, role="s", limit=_MOST_SHOWN) if entity is not None else []
    return Side(name, documents, tuple(_line(snapshot, fact) for fact in facts))


def _line(snapshot: Snapshot, fact: Fact) -> str:
    known = snapshot.vocabulary.properties.get(fact.property)
    time = _time(fact.start, fact.end) if fact.value.date is None else ""
    return f"{known.label if known else fact.property}: {fact.value.text}" + (f" ({time})" if time else "")


def _time(start: PartialDate | None, end: PartialDate | None) -> str:
    if start == end:
        return str(start) if start else ""
    return f"{start or ''}..{end or ''}"


def _key(pair: Undecided) -> str:
    """The same as long as the same two documents use the same name."""
    sides = ((pair.name, pair.documents[0]), (pair.other_name, pair.other_documents[0]))
    return "-".join(f"{crc32(f'{pair.kind}/{name}/{document}'.encode()):08x}" for name, document in sides)
