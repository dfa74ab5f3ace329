"""What every part of the extraction writes into: the facts of one page, with the words that prove each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.ingest.documents.blocks import Block
from bot.ingest.documents.drafting import Drafting
from bot.ingest.extract.layout.entries import Line
from bot.language.date_ranges import DateSpan
from bot.language.tokens import name_key
from bot.model.entity import EntityRef
from bot.model.fact import Evidence, FactDraft
from bot.model.partial_date import PartialDate

Qualifiers = Iterable[tuple[str, str]] | Mapping[str, str]
_MEMBERSHIPS = frozenset({"worksFor", "alumniOf", "memberOf"})
_Times = tuple[PartialDate | None, PartialDate | None]
MOST_FACTS = 5_000  # of one page; nobody's life has more
_MOST_NAME = 250


@dataclass(slots=True)
class Notes:
    """The facts of a page about `subject`; `written` is when the page was, as far as known."""

    drafting: Drafting
    subject: EntityRef
    written: PartialDate | None = None
    named: dict[tuple[str, str], EntityRef] = field(default_factory=dict)  # entities of their own, by kind and key
    placed: set[tuple[int, str]] = field(default_factory=set)  # blocks that something was made of
    stated: dict[tuple[str, str, str], set[tuple[_Times, tuple[tuple[str, str], ...]]]] = field(default_factory=dict)
    organizations: set[str] = field(default_factory=set)  # keys of those the page has told of

    def state(
        self, property_: str, value: str, line: Line, qualifiers: Qualifiers = (), span: DateSpan | None = None, *,
        subject: EntityRef | None = None, start: PartialDate | None = None, end: PartialDate | None = None,
        said: str = "",
    ) -> FactDraft | None:  # fmt: skip
        """Note a fact that `line` says; `span` is when it held, `said` the words to look for instead of the value."""
        if span is not None:
            start, end = span.start, span.end
        value = value.strip(" \t,;")
        about = subject or self.subject
        details = list(qualifiers.items() if isinstance(qualifiers, Mapping) else qualifiers)
        if len(self.drafting.facts) >= MOST_FACTS:
            return None
        same = self.stated.setdefault((about.name, property_, value), set())
        times = (start, end)
        repeated = (not details and times == (None, None) and bool(same)) or any(
            known == times and (not details or said_before == tuple(details)) for known, said_before in same
        )
        if not value or repeated:
            return None
        evidence = self.evidence(line, said or " ".join([value, *(str(year) for year in _years(start, end))]))
        fact = self.drafting.state(about, property_, value, evidence, qualifiers=details, start=start, end=end)
        if fact is not None:
            same.add((times, tuple(details)))
            self.mark(line.block)
            if property_ in _MEMBERSHIPS:
                self.organizations.add(name_key(value))
        return fact

    def state_days(self, event: EntityRef, span: DateSpan, line: Line) -> None:
        """Note the first day of an event, and the last where it is another."""
        for property_, day in (("startDate", span.start), ("endDate", span.end if span.end != span.start else None)):
            if day is not None:
                self.state(property_, str(day), line, subject=event, said=line.text[span.first : span.last])

    def entity(self, kind: str, name: str, line: Line, *types: str, aliases: tuple[str, ...] = ()) -> EntityRef | None:
        """Something of its own that the page tells of; None for what cannot be a name."""
        name = " ".join(name.split()).strip(" ,;")
        key = (kind, name_key(name))
        if not key[1] or len(name) > _MOST_NAME:
            return None
        if key not in self.named:
            self.named[key] = self.drafting.declare(kind, name, line.block.line, aliases=aliases, types=types)
        self.mark(line.block)
        return self.named[key]

    def entity_named(self, kind: str, name: str) -> bool:
        """Whether the page has told of something of this kind and name."""
        return (kind, name_key(name)) in self.named

    def evidence(self, line: Line, said: str) -> Evidence:
        """The words of the document at `line`."""
        return line.block.evidence(self.drafting.document, said)

    def is_organization(self, name: str) -> bool:
        """Whether the page has told of this organisation already."""
        return name_key(name) in self.organizations

    def leave(self, line: Line, why: str) -> None:
        """Note a line that nothing was made of, once."""
        if not self.is_placed(line.block):
            self.drafting.leave(self.evidence(line, line.text[:80]), why)
            self.mark(line.block)

    def mark(self, block: Block) -> None:
        """Something was made of this block."""
        self.placed.add((block.line, block.text))

    def is_placed(self, block: Block) -> bool:
        """Whether something was."""
        return (block.line, block.text) in self.placed


def _years(*days: PartialDate | None) -> list[int]:
    return [day.year for day in days if day is not None and day.year is not None]
