"""Names to entities: which one a mention means, and which stubs the others need; decides by name and kind only."""

import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.ingest.documents.reading import Body
from bot.language.tokens import words_of
from bot.model.fact import Rank
from bot.model.problem import Problem
from bot.store.declared import DeclarationTable
from bot.store.names import Candidate, NameTable, Wanted
from bot.store.rows import (
    DOCUMENT,
    ID,
    LINE,
    OBJECT,
    PROPERTY,
    QUALIFIERS,
    RANK,
    SOURCE,
    SUBJECT,
    TEXT,
    WORDS,
    FactRow,
    PassageRow,
)
from bot.store.schema import HIGHEST_RANK, MOST_PER_DOCUMENT, row_id

_MOST_KEPT = 8192
_LEARNT_AT_ONCE = 512


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
        one = "; if they are one, say so in whoswho review" if len({fit.kind for fit in named}) == 1 else ""
        raise Ambiguous("several have this name: " + ", ".join(fit.slug for fit in named) + one)
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
    """What one document says ready to be stored; facts with an ambiguous name are left out."""

    rows: list[FactRow]
    mentions: list[tuple[int, str, int]]  # entities in qualifiers: entity, property of the fact, fact
    passages: list[PassageRow]
    problems: list[Problem]


class Resolver:
    """Resolves what documents say against the names of the snapshot being built; those must be complete."""

    def __init__(self, names: NameTable, declared: DeclarationTable) -> None:
        self._names = names
        self._declared = declared
        self._known: OrderedDict[tuple[str, str], Candidate | Ambiguous] = OrderedDict()

    def learn(self, bodies: Iterable[Body]) -> None:
        """Look up in one go what the names mean that these documents mention; one by one takes three times as long."""
        refs = list({ref: None for body in bodies for ref in body.refs if ref not in self._known})
        for start in range(0, len(refs), _LEARNT_AT_ONCE):
            some = refs[start : start + _LEARNT_AT_ONCE]
            keys = [_key(name) for name, _ in some]
            fits = self._names.fits_all(keys)
            for ref, key in zip(some, keys, strict=True):
                self._remember(ref, fits[key])

    def resolve(self, body: Body, document: int, path: str, sources: dict[str, int]) -> Resolved:
        """The rows of a document, which are changed in place; `sources` has the id of each of its sources."""
        own = self._declared.own(document)  # whom it declares itself, where a name alone would not tell
        entities = [self._entity(ref, own) for ref in body.refs]
        doubtful = any(isinstance(entity, Ambiguous) for entity in entities)
        resolved = Resolved([], [], [], [])
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
        for index, (parts, place) in enumerate(body.passages[:MOST_PER_DOCUMENT]):
            about = None if place is None else entities[place]
            known = None if about is None or isinstance(about, Ambiguous) else about.id
            resolved.passages.append((row_id(HIGHEST_RANK, document, index), document, *parts, known))
        return resolved

    def _entity(self, ref: tuple[str, str], own: dict[tuple[str, str], Candidate]) -> Any:
        """What a name means: a Candidate, or an Ambiguous that says why that is not clear."""
        if own:
            name, kinds = ref
            key = _key(name)
            mine = next((own[key, kind] for kind in kinds.strip("|").split("|") if (key, kind) in own), None)
            if mine is not None:
                return mine
        known = self._known.get(ref)
        return known if known is not None else self._remember(ref, self._names.fits(_key(ref[0])))

    def _remember(self, ref: tuple[str, str], fits: list[Candidate]) -> Candidate | Ambiguous:
        name, kinds = ref
        found: Candidate | Ambiguous | None
        try:
            found = choose(tuple(kinds.strip("|").split("|")), fits) or Ambiguous(f"nobody is called {name!r}")
        except Ambiguous as error:
            found = error
        self._known[ref] = found
        if len(self._known) > _MOST_KEPT:
            self._known.popitem(last=False)
        return found


def _key(name: str) -> str:
    return " ".join(words_of(name))


def _first_ambiguous(row: FactRow, entities: list[Any]) -> Ambiguous | None:
    """Why a fact cannot be stored: one of its names fits several entities."""
    within = row[QUALIFIERS] if isinstance(row[QUALIFIERS], list) else []
    places = [row[SUBJECT], row[OBJECT], *(qualifier[2] for qualifier in within)]
    found = (entities[place] for place in places if place is not None)
    return next((entity for entity in found if isinstance(entity, Ambiguous)), None)


_to_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
