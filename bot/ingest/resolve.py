"""Names to entities: which one a mention means, and which stubs the others need; decides by name and kind only."""

import json
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from bot.ingest.reading import Body, Statement
from bot.language.fact_words import words_of
from bot.model.problem import Problem
from bot.store.names import Candidate, NameTable, Wanted
from bot.store.rows import FactRow
from bot.store.schema import MOST_PER_DOCUMENT, row_id

_MOST_KEPT = 8192


class Ambiguous(ValueError):
    """A name that fits several entities; the message lists them."""


def choose(kinds: tuple[str, ...], fits: list[Candidate]) -> Candidate | None:
    """The entity of one of these kinds among those with the same name; None if there is none.

    A declared entity comes before a stub, a name before an alias. Raises Ambiguous when several remain.
    """
    allowed = [fit for fit in fits if fit.kind in kinds]
    declared = [fit for fit in allowed if not fit.stub]
    named = [fit for fit in declared if not fit.is_alias] or declared
    if len(named) > 1:
        raise Ambiguous("several have this name: " + ", ".join(fit.slug for fit in named))
    if named:
        return named[0]
    return min(allowed, key=lambda fit: kinds.index(fit.kind), default=None)


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
    """The facts of one document ready to be stored; those with an ambiguous name are left out."""

    rows: list[FactRow]
    mentions: list[tuple[int, str, int]]  # entities in qualifiers: entity, property of the fact, fact
    problems: list[Problem]


class Resolver:
    """Resolves what documents say against the names of the snapshot being built; those must be complete."""

    def __init__(self, names: NameTable) -> None:
        self._names = names
        self._known: OrderedDict[tuple[str, str], Candidate | Ambiguous] = OrderedDict()

    def resolve(self, body: Body, document: int, path: str, sources: dict[str, int]) -> Resolved:
        """The rows of a document; `sources` has the id of each of its sources."""
        entities = [self._entity(name, kinds) for name, kinds in body.refs]
        resolved = Resolved([], [], [])
        for index, item in enumerate(body.statements[:MOST_PER_DOCUMENT]):
            subject = entities[item.subject]
            value = None if item.object is None else entities[item.object]
            within = [] if not isinstance(item.qualifiers, list) else [
                entities[row[2]] for row in item.qualifiers if row[2] is not None
            ]  # fmt: skip
            wrong = next((entity for entity in (subject, value, *within) if isinstance(entity, Ambiguous)), None)
            if wrong is not None or isinstance(subject, Ambiguous) or isinstance(value, Ambiguous):
                problem = Problem(path, item.line, f"{item.property}: {wrong}", item.text[:80], fatal=False)
                resolved.problems.append(problem)
                continue
            words, qualifiers = item.words, item.qualifiers
            if value is not None:
                words = f"{words} {value.words}"
            if isinstance(qualifiers, list):
                named = [entity for entity in within if isinstance(entity, Candidate)]
                words = " ".join([words, *(entity.words for entity in named)])
                qualifiers = _with_entities(qualifiers, entities)
            id_ = row_id(item.rank, document, index)
            if isinstance(item.qualifiers, list):
                resolved.mentions.extend((entity.id, item.property, id_) for entity in named)
            resolved.rows.append(_row(id_, document, item, subject, value, qualifiers, sources[item.source], words))
        return resolved

    def _entity(self, name: str, kinds: str) -> "Candidate | Ambiguous":
        found = self._known.get((name, kinds))
        if found is None:
            try:
                chosen = choose(tuple(kinds.strip("|").split("|")), self._names.fits(" ".join(words_of(name))))
                found = chosen or Ambiguous(f"nobody is called {name!r}")
            except Ambiguous as error:
                found = error
            self._known[(name, kinds)] = found
            if len(self._known) > _MOST_KEPT:
                self._known.popitem(last=False)
        return found


def _row(
    id_: int, document: int, item: Statement, subject: Candidate, value: Candidate | None, qualifiers: str | None,
    source: int, words: str,
) -> FactRow:  # fmt: skip
    return FactRow(
        id_, item.statement, item.hash, document, item.line, subject.id, item.property, value.id if value else None,
        value.name if value else item.text, item.number, item.date, qualifiers, item.start, item.end, item.first_day,
        item.last_day, source, item.place, item.evidence, item.rank, words,
    )  # fmt: skip


def _with_entities(rows: list[list[Any]], entities: "list[Candidate | Ambiguous]") -> str:
    """Qualifiers for their column, names replaced by entities."""
    made = []
    for name, text, ref, number, day in rows:
        entity = None if ref is None else entities[ref]
        if isinstance(entity, Candidate):
            made.append([name, entity.name, entity.id, number, day])
        else:
            made.append([name, text, None, number, day])
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))
