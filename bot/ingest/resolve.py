"""Names to entities: which one a mention means, and which stubs the others need; decides by name and kind only."""

import json
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.ingest.reading import Body
from bot.language.fact_words import words_of
from bot.model.fact import Rank
from bot.model.passage import PassageDraft
from bot.model.problem import Problem
from bot.store.declared import DeclarationTable
from bot.store.names import Candidate, NameTable, Wanted
from bot.store.rows import DOCUMENT, ID, LINE, OBJECT, PROPERTY, QUALIFIERS, RANK, SOURCE, SUBJECT, TEXT, WORDS, FactRow
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
    return min(allowed, key=lambda fit: (fit.suggested, kinds.index(fit.kind)), default=None)


class Stub(NamedTuple):
    """An entity that is only mentioned; `suggested`: only in suggestions."""

    kind: str
    name: str
    suggested: bool = False


def stubs_for(wanted: Wanted) -> list[Stub]:
    """The stubs that an undefined name needs, whatever the order of its mentions.

    The mention that allows the fewest kinds decides first; a later one that allows a stub's kind shares it. Suggestions
    come after all that is stated, so that they change nothing of it.
    """
    made: list[Stub] = []
    for mentions, suggested in ((wanted.mentions, False), (wanted.suggested, True)):
        name = min((name for _, name in mentions), default="")
        for kinds, _ in sorted(mentions, key=lambda mention: (len(mention[0]), mention[0])):
            if not any(stub.kind in kinds for stub in made):
                made.append(Stub(kinds[0], name, suggested))
    return made


@dataclass(frozen=True, slots=True)
class Resolved:
    """The facts of one document ready to be stored; those with an ambiguous name are left out."""

    rows: list[FactRow]
    mentions: list[tuple[int, str, int]]  # entities in qualifiers: entity, property of the fact, fact
    problems: list[Problem]


class Resolver:
    """Resolves what documents say against the names of the snapshot being built; those must be complete."""

    def __init__(self, names: NameTable, declared: DeclarationTable) -> None:
        self._names = names
        self._declared = declared
        self._own: tuple[int, dict[tuple[str, str], Candidate]] = (0, {})  # of the document that was asked for last
        self._known: OrderedDict[tuple[str, str], Candidate | Ambiguous] = OrderedDict()

    def resolve(self, body: Body, document: int, path: str, sources: dict[str, int]) -> Resolved:
        """The rows of a document, which are changed in place; `sources` has the id of each of its sources."""
        own = self._own_of(document)
        entities = [self._entity(name, kinds, own) for name, kinds in body.refs]
        doubtful = any(isinstance(entity, Ambiguous) for entity in entities)
        resolved = Resolved([], [], [])
        for index, row in enumerate(body.rows[:MOST_PER_DOCUMENT]):
            if doubtful and (wrong := _first_ambiguous(row, entities)) is not None:
                if row[RANK] > Rank.SUGGESTION:
                    text = f"{row[PROPERTY]}: {wrong}"
                    resolved.problems.append(Problem(path, row[LINE], text, row[TEXT][:80], fatal=False))
                continue
            row[ID] = id_ = row_id(row[RANK], document, index)
            row[DOCUMENT] = document
            row[SUBJECT] = entities[row[SUBJECT]].id
            row[SOURCE] = sources[row[SOURCE]]
            if row[OBJECT] is not None:
                value = entities[row[OBJECT]]
                row[OBJECT] = value.id
                row[TEXT] = value.name
                row[WORDS] += f" {value.words}"
            if isinstance(row[QUALIFIERS], list):
                for qualifier in row[QUALIFIERS]:
                    if qualifier[2] is not None:
                        entity = entities[qualifier[2]]
                        qualifier[1:3] = entity.name, entity.id
                        row[WORDS] += f" {entity.words}"
                        resolved.mentions.append((entity.id, row[PROPERTY], id_))
                row[QUALIFIERS] = _to_text(row[QUALIFIERS])
            resolved.rows.append(row)
        return resolved

    def passages(self, body: Body, document: int) -> list[tuple[PassageDraft, int | None]]:
        """The passages of a document, each with whom it speaks of where that is clear."""
        own = self._own_of(document)
        return [(passage, self._spoken_of(passage, own)) for passage in body.passages]

    def _spoken_of(self, passage: PassageDraft, own: dict[tuple[str, str], Candidate]) -> int | None:
        if passage.about is None:
            return None
        found = self._entity(passage.about.name, "|".join(passage.about.kinds), own)
        return None if isinstance(found, Ambiguous) else int(found.id)

    def _own_of(self, document: int) -> dict[tuple[str, str], Candidate]:
        """Whom the document itself declares, where a name alone would not tell."""
        if self._own[0] != document:
            self._own = document, self._declared.own(document)
        return self._own[1]

    def _entity(self, name: str, kinds: str, own: dict[tuple[str, str], Candidate]) -> Any:
        """What a name means: a Candidate, or an Ambiguous that says why that is not clear."""
        if own:
            key = " ".join(words_of(name))
            mine = next((own[key, kind] for kind in kinds.strip("|").split("|") if (key, kind) in own), None)
            if mine is not None:
                return mine
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


def _first_ambiguous(row: FactRow, entities: list[Any]) -> Ambiguous | None:
    """Why a fact cannot be stored: one of its names fits several entities."""
    within = row[QUALIFIERS] if isinstance(row[QUALIFIERS], list) else []
    places = [row[SUBJECT], row[OBJECT], *(qualifier[2] for qualifier in within)]
    found = (entities[place] for place in places if place is not None)
    return next((entity for entity in found if isinstance(entity, Ambiguous)), None)


_to_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
