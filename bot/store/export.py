"""Facts as plain rows for other programs, in the layout they may rely on; leaves nothing out and explains nothing."""

from typing import Any

from bot.model.entity import Entity
from bot.model.fact import Fact, Source, Value


def fact_row(fact: Fact) -> dict[str, Any]:
    """One row: subject, property, object or value, qualifiers, start, end, source, evidence, rank."""
    return {
        "subject": _entity_row(fact.subject),
        "property": fact.property,
        **_value_row(fact.value),
        "qualifiers": [{"property": item.property, **_value_row(item.value)} for item in fact.qualifiers],
        "start": str(fact.start) if fact.start else None,
        "end": str(fact.end) if fact.end else None,
        "source": source_row(fact.source),
        "evidence": {
            "document": fact.evidence.document,
            "line": fact.evidence.line,
            "text": fact.evidence.text,
            "place": fact.evidence.place,
        },
        "rank": fact.rank.name.lower(),
    }


def source_row(source: Source) -> dict[str, Any]:
    """A source with what is known of it."""
    return {
        "key": source.key,
        "title": source.title,
        "author": source.author,
        "publisher": source.publisher,
        "date": str(source.date) if source.date else None,
        "url": source.url,
        "note": source.note,
    }


def _entity_row(entity: Entity) -> dict[str, Any]:
    return {"id": entity.slug, "kind": entity.kind, "name": entity.name}


def _value_row(value: Value) -> dict[str, Any]:
    """`object` where it is an entity, else `value`: a number or text; a date as ISO 8601."""
    if value.entity is not None:
        return {"object": _entity_row(value.entity)}
    row: dict[str, Any] = {"value": value.text}
    if value.number is not None:
        row["number"] = value.number
    if value.date is not None:
        row["date"] = str(value.date)
    return row
