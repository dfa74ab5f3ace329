"""Whom the documents declare, put into the snapshot; whoever shares a name waits until all claims to it are known."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from bot.ingest.decisions.file import Judged
from bot.ingest.decisions.identity import ASKED, DATED, Claim, groups, open_questions, sort_claims
from bot.ingest.documents.reading import Declaration, Head, unpack_head
from bot.language.naming import NAME
from bot.model.problem import Problem
from bot.store.build import Builder
from bot.store.declared import Declared

_MAY_DIFFER = ASKED | DATED
_TWICE = "the {kind} of this name has a profile, {other}; put both into one, or say in decisions.yaml that they are two"
_MOST_KEPT = 256  # documents whose claims are held


class _Held(NamedTuple):
    """A claim with the document that makes it."""

    document: int
    item: Declaration
    claim: Claim


class Declarer:
    """Declares the entities of one document after the other; whoever shares a name is settled at the end."""

    def __init__(self, builder: Builder, judged: Judged) -> None:
        self._builder = builder
        self._judged = judged
        self._held: list[_Held] = []  # claims to a name that was declared before
        self._held_by_name: dict[tuple[str, str], list[_Held]] = {}  # by kind and each key
        self._clashing: tuple[Claim, list[int]] | None = None
        self._lately: OrderedDict[int, dict[tuple[str, str], list[_Held]]] = OrderedDict()

    def twice(self, path: str, head: Head) -> list[Problem]:
        """A second profile of a person of the same name: whose facts are whose cannot be known, so it is left out."""
        if head.raw:
            return []
        return [
            Problem(path, item.line, _TWICE.format(kind=item.naming.kind, other=other), item.naming.name)
            for item in head.entities
            if item.naming.kind in ASKED and (other := self._profile_of(claim_of(path, head, item)))
        ]

    def add(self, document: int, path: str, head: Head) -> None:
        """Declare whom a document is about."""
        builder = self._builder
        for item in head.entities:
            claim = claim_of(path, head, item)
            clashes = self._clashes(claim) if claim.kind in _MAY_DIFFER else []
            if clashes and (claim.raw or claim.kind in ASKED or self._raw_among(clashes)):
                held = _Held(document, item, claim)
                self._held.append(held)
                for key in claim.keys:
                    self._held_by_name.setdefault((claim.kind, key), []).append(held)
                continue
            entity = builder.names.declare(item.naming)
            builder.declared.add(Declared(entity, document, claim.raw))

    def settle(self) -> None:
        """Declare those who share a name, each once, and note the pairs of which nobody knows."""
        if self._held:
            self._builder.declared.index()
        settled: set[_Held] = set()
        for held in self._held:
            if held not in settled:
                group, entities = self._group(held)
                settled |= group
                self._settle(group, entities)
        self._held, self._held_by_name = [], {}

    def _group(self, first: _Held) -> tuple[set[_Held], set[int]]:
        """A claim with all that share a name with it or with each other, and the entities that have those names now."""
        kind = first.claim.kind
        group, entities = {first}, set[int]()
        seen: set[str] = set()
        keys = set(first.claim.keys)
        while keys - seen:
            fresh, seen = keys - seen, keys | seen
            more = {held for key in fresh for held in self._held_by_name.get((kind, key), [])}
            for entity in self._builder.declared.clashes(kind, fresh):
                entities.add(entity)
                more.update(self._claims_to(entity))
            group |= more
            keys |= {key for held in more for key in held.claim.keys}
        return group, entities

    def _settle(self, group: set[_Held], entities: set[int]) -> None:
        builder = self._builder
        for entity in entities:
            builder.declared.forget(entity)
        by_claim = {held.claim: held for held in group}
        claims = sort_claims(by_claim)
        grouped = groups(claims, self._judged)
        made: list[int] = []
        for members in grouped:
            first = by_claim[claims[members[0]]]
            made.append(builder.names.declare_apart(first.item.naming))
            for held in (by_claim[claims[place]] for place in members):
                if held is not first:
                    builder.names.add_names(made[-1], held.item.naming)
                builder.declared.add(Declared(made[-1], held.document, held.claim.raw, shared=True))
        asked = open_questions(claims, grouped, self._judged)
        builder.declared.ask((made[one], made[other]) for one, other in asked)

    def _claims_to(self, entity: int) -> list[_Held]:
        """The claims by which an entity was declared."""
        kind, keys = self._builder.declared.names(entity)
        return [
            held
            for document, path, packed in self._builder.heads_of(entity)
            for key in keys
            for held in self._claims_in(document, path, packed).get((kind, key), [])
        ]

    def _claims_in(self, document: int, path: str, packed: bytes) -> dict[tuple[str, str], list[_Held]]:
        """All claims of one document by kind and name."""
        known = self._lately.get(document)
        if known is None:
            head = unpack_head(path, packed)
            known = self._lately[document] = {}
            for item in head.entities:
                claim = claim_of(path, head, item)
                known.setdefault((claim.kind, claim.name), []).append(_Held(document, item, claim))
            if len(self._lately) > _MOST_KEPT:
                self._lately.popitem(last=False)
        return known

    def _profile_of(self, claim: Claim) -> str | None:
        """The other profile about a person of this very name, unless somebody said that it is another person."""
        others = [held.claim for held in self._held_by_name.get((claim.kind, claim.name), [])]
        if not others and not self._clashes(claim):
            return None
        for entity in self._builder.declared.clashes(claim.kind, [claim.name]):
            others += [held.claim for held in self._claims_to(entity)]
        fitting = (other for other in others if not other.raw and other.name == claim.name)
        return next((other.document for other in fitting if self._judged.same(claim, other) is not False), None)

    def _clashes(self, claim: Claim) -> list[int]:
        """Declared entities that share a name with a claim; asked once of a claim that is looked at twice in a row."""
        if self._clashing is None or self._clashing[0] != claim:
            self._clashing = claim, self._builder.declared.clashes(claim.kind, claim.keys)
        return self._clashing[1]

    def _raw_among(self, entities: Sequence[int]) -> bool:
        return any(raw for entity in entities for _, raw in self._builder.declared.documents(entity))


def claim_of(path: str, head: Head, item: Declaration) -> Claim:
    """What a document says of an entity's identity."""
    keys = frozenset(key.key for key in item.naming.keys if key.weight == NAME)
    about = keys if not head.raw else keys & {head.about}  # a maintainer's word: a profile, or what was said beside it
    marks = frozenset(item.marks) | {f"about:{key}" for key in about}
    return Claim(path, head.raw, item.naming.kind, item.naming.key, keys, marks, item.when)
