"""The types of schema.org and the kinds they belong to; knows none of their properties."""

import re
from collections.abc import Mapping
from typing import Any

from bot.ingest.readers.record.placed import text_of

# What a type says about the kind; a type that ends in one of these words is of its kind (SocialEvent, NGOOrganization).
_KINDS = {
    "person": "person", "event": "event", "festival": "event", "hackathon": "event", "organization": "organization",
    "corporation": "organization", "ngo": "organization", "localbusiness": "organization", "university": "organization",
    "school": "organization", "place": "place", "city": "place", "country": "place", "museum": "organization",
    "article": "publication", "book": "publication", "posting": "publication", "thesis": "publication",
    "report": "publication", "publication": "publication", "chapter": "publication", "periodical": "publication",
    "application": "project", "sourcecode": "project", "project": "project", "dataset": "project", "app": "project",
    "group": "organization",
    "team": "organization",
}  # fmt: skip
# What has a name, an address and one of these is a house, whatever its type: a bakery, a gym, a library.
_HOUSE = frozenset({"name", "address"})
_OPEN = frozenset({"openingHours", "openingHoursSpecification", "foundingDate", "founder", "telephone", "priceRange"})
BARE = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)


def kind_of(item: Mapping[str, Any]) -> str | None:
    """The kind of an object by its type."""
    for type_ in types_of(item):
        for word, kind in _KINDS.items():
            if type_.endswith(word):
                return kind
    return "organization" if types_of(item) and item.keys() >= _HOUSE and not _OPEN.isdisjoint(item) else None


def types_of(item: Mapping[str, Any]) -> list[str]:
    """The types in small letters without blanks."""
    value = field_of(item, "type")
    listed = value if isinstance(value, list) else [value]
    return [BARE.sub("", text).replace(" ", "").casefold() for text in map(text_of, listed) if text]


def field_of(item: Mapping[str, Any], name: str) -> Any:
    """A field that is marked with @ in JSON-LD and bare elsewhere."""
    return item.get(f"@{name}", item.get(name))
