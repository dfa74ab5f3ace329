"""Names to entities: which one a mention means, and which stubs the others need; decides by name and kind only."""

import json
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b

from bot.language.tokens import name_key
from bot.model.entity import EntityRef
from bot.model.fact import FactDraft, ValueDraft
from bot.model.problem import Problem
from bot.store.names import Candidate, NameTable, Wanted
from bot.store.rows import FactRow
from bot.store.schema import OPEN_END, OPEN_START, row_id

_MOST_KEPT = 8192


class Ambiguous(ValueError):
    """A name that fits several entities; the message lists them."""


def choose(ref: EntityRef, fits: list[Candidate]) -> Candidate | None:
    """The entity that `ref` means among those called so; None if there is none of an allowed kind.

    A declared entity comes before a stub, a name before an alias. Raises Ambiguous when several remain.
    """
    allowed = [fit for fit in fits if fit.kind in ref.kinds]
    declared = [fit for fit in allowed if not fit.stub]
    named = [fit for fit in declared if not fit.is_alias] or declared
    if len(named) > 1:
        raise Ambiguous("several have this name: " + ", ".join(fit.slug for fit in named))
    if named:
        return named[0]
    return min(allowed, key=lambda fit: ref.kinds.index(fit.kind), default=None)


def stubs_for(wanted: Wanted) -> list[tuple[str, str]]:
    """Kind and name of the stubs that an undefined name needs, whatever the order of its mentions.

    The mention that allows the fewest kinds decides first; a later one that allows a stub's kind shares it.
    """
    made: list[str] = []
    for kinds, _ in sorted(wanted.mentions, key=lambda mention: (len(mention[0]), mention[0])):
        if not any(kind in kinds for kind in made):
            made.append(kinds[0])
    name = min(name for _, name in wanted.mentions)
    return [(kind, name) for kind in made]


@dataclass(frozen=True, slots=True)
class Resolved:
    """One fact ready to be stored, and the entities in its qualifiers."""

    row: FactRow
    mentions: tuple[int, ...]


class Resolver:
    """Resolves fact drafts against the names of the snapshot that is being built; those must be complete."""

    def __init__(self, names: NameTable) -> None:
        self._names = names
        self._known: OrderedDict[tuple[str, tuple[str, ...]], Candidate] = OrderedDict()

    def resolve(self, draft: FactDraft, said: str, source: int, document: int, index: int) -> Resolved | Problem:
        """The row of a fact, number `index` of its document; a Problem when a name in it is ambiguous."""
        try:
            subject = self._entity(draft.subject)
            value = None if draft.value.ref is None else self._entity(draft.value.ref)
            within = [self._entity(item.ref) if item.ref else None for _, item in draft.qualifiers]
        except Ambiguous as error:
            return Problem(draft.evidence.document, draft.evidence.line, f"{draft.property}: {error}", "", fatal=False)
        words = said
        named = [entity for entity in (value, *within) if entity is not None]
        if named:
            words = " ".join(sorted({*said.split(), *(word for entity in named for word in entity.words.split())}))
        statement, whole = _hashes(draft, subject, value, within)
        first, last = _days(draft)
        day = draft.value.date
        row = FactRow(
            row_id(draft.rank, document, index), statement, whole, document, draft.evidence.line, subject.id,
            draft.property, value.id if value else None, value.name if value else draft.value.text, draft.value.number,
            str(day) if day else None, _qualifiers_to_text(draft.qualifiers, within),
            str(draft.start) if draft.start else None, str(draft.end) if draft.end else None, first, last, source,
            draft.evidence.place, draft.evidence.text, int(draft.rank), words,
        )  # fmt: skip
        return Resolved(row, tuple(entity.id for entity in within if entity is not None))

    def _entity(self, ref: EntityRef) -> Candidate:
        key = (ref.name, ref.kinds)
        found = self._known.get(key)
        if found is None:
            chosen = choose(ref, self._names.fits(name_key(ref.name)))
            if chosen is None:
                raise Ambiguous(f"no entity for {ref.name!r}")
            found = self._known[key] = chosen
            if len(self._known) > _MOST_KEPT:
                self._known.popitem(last=False)
        return found


def _qualifiers_to_text(
    qualifiers: tuple[tuple[str, ValueDraft], ...], within: list[Candidate | None]
) -> str | None:  # fmt: skip
    if not qualifiers:
        return None
    rows = [
        [name, entity.name if entity else item.text, entity and entity.id, item.number, item.date and str(item.date)]
        for (name, item), entity in zip(qualifiers, within, strict=True)
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _days(draft: FactDraft) -> tuple[int | None, int | None]:
    """First and last day as numbers; None for both when nothing can be compared."""
    first = draft.start.first if draft.start else None
    last = draft.end.last if draft.end else None
    if first is None and last is None:
        return None, None
    return first.toordinal() if first else OPEN_START, last.toordinal() if last else OPEN_END


def _hashes(
    draft: FactDraft, subject: Candidate, value: Candidate | None, within: list[Candidate | None]
) -> tuple[int, int]:  # fmt: skip
    shown = value.slug if value else draft.value.text
    digest = blake2b(f"{subject.slug}\x1f{draft.property}\x1f{shown}".encode(), digest_size=8)
    statement = int.from_bytes(digest.digest(), "big", signed=True)
    details = "\x1f".join(
        f"{name}\x1e{entity.slug if entity else item.text}"
        for (name, item), entity in zip(draft.qualifiers, within, strict=True)
    )
    digest.update(f"\x1f{details}\x1f{draft.start}\x1f{draft.end}\x1f{draft.source}\x1f{int(draft.rank)}".encode())
    return statement, int.from_bytes(digest.digest(), "big", signed=True)
