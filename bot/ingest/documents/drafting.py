"""Fact drafts from what a raw document says: the one place where property, value and vocabulary are held together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.ingest.documents.literals import Unfit, read_value
from bot.ingest.documents.reading import Reading
from bot.language.document_words import language_name
from bot.model.coverage import Unplaced
from bot.model.entity import EntityDraft, EntityRef
from bot.model.fact import Evidence, FactDraft, Rank, Source, ValueDraft
from bot.model.partial_date import PartialDate
from bot.model.passage import PassageDraft
from bot.model.problem import Problem
from bot.model.vocabulary import Vocabulary

_LANGUAGES = frozenset({"inLanguage", "knowsLanguage"})


@dataclass(slots=True)
class Drafting:
    """Collects what one document says; a value that its property cannot have is left unplaced, never forced."""

    document: str
    vocabulary: Vocabulary
    rank: Rank
    entities: list[EntityDraft] = field(default_factory=list)
    facts: list[FactDraft] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)

    def state(
        self,
        subject: EntityRef,
        property: str,
        value: str,
        evidence: Evidence,
        *,
        shown: str | None = None,
        qualifiers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        start: PartialDate | None = None,
        end: PartialDate | None = None,
        rank: Rank | None = None,
    ) -> FactDraft | None:
        """Note one fact; None, with the line left unplaced, where the vocabulary does not allow it."""
        known = self.vocabulary.properties.get(property)
        if known is None or (known.of and subject.kinds[0] not in known.of):
            self.leave(evidence, f"{property} is no property of {subject.kinds[0]}")
            return None
        if property in _LANGUAGES:
            value = language_name(value)
        try:
            drafted = read_value(known, value, shown)
        except Unfit as error:
            self.leave(evidence, f"{property}: {error}")
            return None
        if drafted.date is not None and start is None and end is None:
            start = end = drafted.date
        if end is None and not known.lasting:
            end = start
        fact = FactDraft(
            subject, property, drafted, tuple(self._qualifiers(qualifiers)), start, end, self.document, evidence,
            rank or self.rank,
        )  # fmt: skip
        self.facts.append(fact)
        return fact

    def declare(
        self, kind: str, name: str, line: int, *, aliases: tuple[str, ...] = (), types: tuple[str, ...] = ()
    ) -> EntityRef:
        """Note something of its own that the document tells of."""
        self.entities.append(EntityDraft(kind, name, aliases, types, self.document, line))
        return EntityRef(name, (kind,))

    def reading(
        self, passages: Iterable[PassageDraft], problems: Iterable[Problem], source: Source | None
    ) -> Reading:  # fmt: skip
        """All that was collected, as what the document says."""
        return Reading(
            tuple(self.entities), tuple(self.facts), tuple(passages), tuple(problems), tuple(self.unplaced), source
        )

    def leave(self, evidence: Evidence, why: str = "") -> None:
        """Note words that nothing was made of."""
        self.unplaced.append(Unplaced(evidence.line, evidence.text, why))

    def _qualifiers(self, given: Mapping[str, str] | Iterable[tuple[str, str]]) -> Iterable[tuple[str, ValueDraft]]:
        for name, text in given.items() if isinstance(given, Mapping) else given:
            known = self.vocabulary.properties.get(name)
            if known is None or not text:
                continue
            try:
                yield name, read_value(known, text)
            except Unfit:
                continue
