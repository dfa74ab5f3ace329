"""All that is recorded of one member, in the documents and in the bot's own memory; changes and words nothing."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answers.deciding.requests import entity_of
from bot.errors import SearchTimeout, SnapshotError
from bot.language.tokens import name_key
from bot.model.audience import EVERYBODY, Asker
from bot.model.entity import Entity
from bot.model.fact import Fact
from bot.model.passage import Passage
from bot.model.request import is_handle
from bot.store.export import fact_row, source_row
from bot.store.state.records import Asked, Deed, MemberLink, Notes
from bot.store.views import open_current

PERSON = "person"
_MOST_FACTS, _MOST_PASSAGES = 20_000, 500
_ADDRESSES = ("email", "sameAs", "url", "telephone")  # by which somebody may prove who they are


@dataclass(frozen=True, slots=True)
class Written:
    """What the documents say of one entity. A fact of rank SUGGESTION was read out of prose and is not told as one."""

    entity: Entity
    names: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    documents: tuple[str, ...] = ()  # that tell who it is
    passages: tuple[Passage, ...] = ()  # of it, or with its name

    @property
    def addresses(self) -> tuple[str, ...]:
        """Addresses and accounts, then other names: what a proof can be compared with."""
        own = (fact for fact in self.facts if fact.subject.id == self.entity.id)
        values = (fact.value.text for fact in own if fact.property in _ADDRESSES)
        return tuple(dict.fromkeys([*values, *self.names[1:]]))


@dataclass(frozen=True, slots=True)
class Mine:
    """What is recorded of one member; `written` is None where nobody linked them, they are hidden, or nothing is."""

    link: MemberLink | None
    written: Written | None
    hidden: bool
    requests: tuple[Asked, ...]
    notes: Notes
    deeds: tuple[Deed, ...]  # as an admin


def person_of(data: Path, name: str, asker: Asker = EVERYBODY) -> tuple[Entity, ...]:
    """The people whom a handle, a slug, a name, or else a part of one may mean, as far as they may be seen."""
    try:
        snapshot = open_current(data, asker)
    except SnapshotError:
        return ()
    with closing(snapshot):
        wide = snapshot.with_suggestions()
        entity = entity_of(wide, name) if is_handle(name) else wide.entity_by_slug(name)
        if entity is not None:
            found = {entity.id: entity}
        else:
            key = name_key(name)
            named = wide.names([key]).get(key, ())
            whole = [id_ for id_, weight in named if weight > 1]
            found = wide.entities(whole or [id_ for id_, _ in named])
        return tuple(one for one in found.values() if one.kind == PERSON)


def written_of(data: Path, slug: str, asker: Asker = EVERYBODY) -> Written | None:
    """What somebody may see that the documents say of an entity; None where that is nothing, or not any more."""
    try:
        snapshot = open_current(data, asker)
    except SnapshotError:
        return None
    with closing(snapshot):
        wide = snapshot.with_suggestions()
        entity = wide.entity_by_slug(slug)
        if entity is None:
            return None
        names = tuple(wide.names_of(entity.id))
        passages = {each.id: each for each in wide.passages_about([entity.id], _MOST_PASSAGES)}
        try:
            passages |= {each.id: each for each in wide.passages(names, _MOST_PASSAGES)}
        except SearchTimeout:
            pass  # those that are about them are there
        return Written(
            entity, names, tuple(wide.facts_of(entity.id, limit=_MOST_FACTS)), tuple(wide.documents_of(entity.id)),
            tuple(sorted(passages.values(), key=lambda each: (each.document, each.line))),
        )  # fmt: skip


def shares_a_name(data: Path, slug: str, names: tuple[str, ...]) -> bool:
    """Whether somebody or something else that everybody may see has one of these names too."""
    with closing(open_current(data)) as snapshot:
        wide = snapshot.with_suggestions()
        held = wide.names([name_key(name) for name in names])
        ids = {id_ for holders in held.values() for id_, weight in holders if weight > 1}
        return any(entity.slug != slug for entity in wide.entities(ids).values())


def rows_of_written(written: Written) -> dict[str, Any]:
    """What the documents say, as plain data."""
    return {
        "id": written.entity.slug,
        "kind": written.entity.kind,
        "names": list(written.names),
        "facts": [fact_row(fact) for fact in written.facts],
        "documents": list(written.documents),
        "passages": [
            {
                "document": each.document,
                "line": each.line,
                "title": each.title,
                "section": each.section,
                "text": each.text,
                "source": source_row(each.source) if each.source else None,
            }
            for each in written.passages
        ],
    }
