"""Who and what facts are about: persons, projects, events, organisations, publications, topics, places."""

from dataclasses import dataclass
from typing import NamedTuple


class Entity(NamedTuple):
    """One entity of a snapshot. `id` is valid within that snapshot, `slug` (`person/ada-king`) across snapshots."""

    id: int
    slug: str
    kind: str
    name: str
    types: tuple[str, ...] = ()  # finer than the kind: talk, workshop, model, team, university


@dataclass(frozen=True, slots=True)
class EntityDraft:
    """What one document says about an entity's identity, before documents are put together."""

    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    document: str = ""
    line: int = 0


class EntityRef(NamedTuple):
    """A document's mention of an entity by name; `kinds` are those the property allows."""

    name: str
    kinds: tuple[str, ...]
