"""Objects in schema.org's terms to fact drafts: JSON-LD, microdata, microformats, front matter of that form.

A reader of pages calls `state_objects` with what it found; where the objects come from is not known here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.ingest.documents.drafting import Drafting
from bot.ingest.readers.record.event import read_event
from bot.ingest.readers.record.facts import RecordFacts, Source
from bot.ingest.readers.record.field_words import field_words
from bot.ingest.readers.record.group import Group
from bot.ingest.readers.record.person import read_person
from bot.ingest.readers.record.placed import Placing, text_of
from bot.ingest.readers.record.schema_types import BARE, field_of, kind_of, types_of
from bot.ingest.readers.record.texts import duration_text, readable
from bot.ingest.readers.record.tree import Record
from bot.language.yaml_text import YamlPath
from bot.model.entity import EntityRef
from bot.model.fact import Evidence
from bot.model.passage import PassageDraft

_REACHED = ("email", "telephone")
_NEEDED = frozenset({"softwareRequirements"})
_MARKED = re.compile(r"^(?:@|schema:|og:)")
_EVENTS_OWN = frozenset({"duration", "startDate", "endDate", "doorTime"})  # schema.org gives them to no place or offer
_MOST_OBJECTS = 500
_DEEPEST = 12
_STATES = {
    "cancelled": "cancelled",
    "postponed": "postponed",
    "rescheduled": "rescheduled",
    "movedonline": "moved online",
}
_ATTENDED = {"online": "online", "offline": "in person", "mixed": "online and in person"}
_PAGES = frozenset({"webpage", "website", "breadcrumblist", "searchaction", "imageobject", "itemlist",
"sitenavigationelement",
                    "profilepage", "aboutpage", "contactpage", "collectionpage", "listitem", "wpheader",
                    "wpfooter"})  # fmt: skip


def state_objects(
    data: Any, placed: Placing, drafting: Drafting, path: YamlPath = (), *, main: str | None = None
) -> tuple[list[EntityRef], list[PassageDraft]]:
    """State everything the objects of `data` say; the entities they are about, and their texts.

    `main` is the kind of an object that gives no type; None leaves it.
    """
    source = Source(drafting, field_words(drafting.vocabulary), Group(), placed)
    found: list[EntityRef] = []
    by_id = {identity: item for item, _ in _objects(data, path) if (identity := text_of(field_of(item, "id")))}
    for item, where in _objects(data, path):
        kind = kind_of(item) or (main if not types_of(item) else None)
        if kind is None:
            if not _PAGES.intersection(types_of(item)):
                drafting.leave(placed.evidence(where, text_of(field_of(item, "name"))), "an object of no known kind")
            continue
        own, misplaced = _misplaced(item, kind)
        facts = RecordFacts(source, Record(_simple(own, by_id, kind), where), kind)
        if not facts.name:
            continue
        facts.tell("")
        if kind == "person":
            read_person(facts)
        elif kind == "event":
            read_event(facts, tuple(types_of(item)))
        else:
            facts.declare(type_ for word in types_of(item) if (type_ := source.words.type_of(kind, word)))
            facts.state_rest()
        for property_, said, at in misplaced:
            drafting.state(facts.ref, property_, said, placed.evidence((*where, *at), said))
        found.append(facts.ref)
    return found, source.passages


def main_objects(data: Any) -> set[tuple[str, str]]:
    """Kind and name of the outermost objects, those apart that are the page or the site itself."""
    found = set()
    for item, _ in _objects(data, ()):
        kind, name = kind_of(item), text_of(field_of(item, "name"))
        if kind is not None and name and not _PAGES.intersection(types_of(item)):
            found.add((kind, readable(name)))
    return found


def is_object(data: Any) -> bool:
    """Whether a mapping speaks in schema.org's terms, or in those that a context of its own adds to them."""
    if not isinstance(data, dict):
        return False
    told = " ".join(str(data.get(name, "")) for name in ("@context", "context", "@type", "itemtype"))
    return "schema.org" in told or ("@context" in data and ("@graph" in data or kind_of(data) is not None))


def _objects(data: Any, path: YamlPath, depth: int = 0) -> Iterator[tuple[dict[str, Any], YamlPath]]:
    """The outermost objects: of a list, of a graph, the main thing of a page."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for index, item in enumerate(data[:_MOST_OBJECTS]):
            yield from _objects(item, (*path, index), depth + 1)
    elif isinstance(data, dict):
        graph = data.get("@graph")
        if isinstance(graph, list):
            yield from _objects(graph, (*path, "@graph"), depth + 1)
            return
        if types_of(data) or not depth:
            yield data, path
        for key in ("mainEntity", "mainEntityOfPage", "itemListElement", "item", "subEvent", "about", "citation"):
            if isinstance(data.get(key), (dict, list)) and (key != "about" or _PAGES.intersection(types_of(data))):
                yield from _objects(data[key], (*path, key), depth + 1)


def _simple(item: Mapping[str, Any], by_id: Mapping[str, Any], kind: str, depth: int = 0) -> dict[str, Any]:
    """The fields as records have them: addresses, prices and the like as one text. Keys stay, so places stay."""
    fields: dict[str, Any] = {}
    for key, value in item.items():
        name = _MARKED.sub("", key)
        if key.startswith("@") or name in (
            "type",
            "context",
            "id",
            "mainEntityOfPage",
            "potentialAction",
            "subEvent",
            "citation",
            "contactPoint",
            "image",
            "logo",
        ):
            continue
        said = _value(name, value, by_id, kind, depth + 1)
        if said not in (None, "", [], {}):
            fields[key] = said
    if kind == "publication" and "name" not in fields and "headline" in fields:
        fields["name"] = fields.pop("headline")
    return fields


def _misplaced(item: Mapping[str, Any], kind: str) -> tuple[dict[str, Any], list[tuple[str, str, YamlPath]]]:
    """An object without what another within it holds though only the outer one can have it; and that.

    An event's times may stand within its place or its offer, addresses within a point of contact. Each comes with its
    property, its text and its path below the object.
    """
    kept, found = dict(item), list[tuple[str, str, YamlPath]]()
    points = item.get("contactPoint")
    contact = ("contactPoint", 0) if isinstance(points, list) and points else ("contactPoint",)
    point = points[0] if isinstance(points, list) and points else points
    reached = point if isinstance(point, dict) else {}
    for key in _REACHED:
        if key not in item and (told := text_of(reached.get(key))):
            found.append((key, told, (*contact, key)))
    for holder, inner in item.items() if kind == "event" else ():
        if not isinstance(inner, dict) or not types_of(inner) or kind_of(inner) == "event":
            continue
        for key, said in inner.items():
            name = _MARKED.sub("", key)
            if name == "url" and "place" in types_of(inner) and _is_url_of_another(item, holder, said):
                kept[holder] = {other: value for other, value in kept[holder].items() if other != key}
            if name in _EVENTS_OWN and isinstance(said, str):
                kept[holder] = {other: value for other, value in kept[holder].items() if other != key}
                found.append((name, _text(name, said), (holder, key)))
    return kept, found


def _is_url_of_another(item: Mapping[str, Any], holder: str, url: Any) -> bool:
    """Whether the address that stands within a place is that of the event itself or of who holds it there."""
    others = [value.get("url") for key, value in item.items() if key != holder and isinstance(value, dict)]
    return url in (item.get("url"), *others)


def _value(name: str, value: Any, by_id: Mapping[str, Any], kind: str, depth: int) -> Any:
    if isinstance(value, list):
        return [said for item in value if (said := _value(name, item, by_id, kind, depth)) not in (None, "")]
    if isinstance(value, str):
        return _text(name, value)
    if name in _NEEDED and isinstance(value, dict):
        return _needed(value) or [_needed(item) for item in value.values() if isinstance(item, dict)]
    if not isinstance(value, dict) or depth > _DEEPEST:
        return value if not isinstance(value, dict) else None
    if "@value" in value:
        return text_of(value["@value"])
    identity = text_of(value.get("@id"))
    if name == "isPartOf" and not _named(value) and isinstance(value.get(name), dict):
        return _value(name, value[name], by_id, kind, depth + 1)  # an issue of a journal
    if len(value) == 1 and identity:
        value = by_id.get(identity) or {}
        if not value:
            return None
        return text_of(value.get("name"))
    types = types_of(value)
    if any(type_.endswith("role") for type_ in types) and name in value:
        return _value(name, value[name], by_id, kind, depth + 1)
    for word, read in _TEXTS.items():
        if word in types or (not types and name == word):
            return read(value)
    if "place" in types and not text_of(value.get("name")):
        address = value.get("address")
        named = text_of(address.get("name")) if isinstance(address, dict) else ""
        return (
            {**_simple(value, by_id, "place", depth), "name": named, "@type": "place"} if named else _address(address)
        )
    return {**_simple(value, by_id, kind_of(value) or kind, depth), **({"@type": types[0]} if types else {})}


def _text(name: str, text: str) -> str:
    """A text of a known form in plain words: a state, a duration, an address of a type."""
    if name == "eventStatus":
        state = BARE.sub("", text).casefold().removeprefix("event")
        return _STATES.get(state, "")
    if name == "eventAttendanceMode":
        mode = BARE.sub("", text).casefold().removesuffix("eventattendancemode")
        return _ATTENDED.get(mode, "")
    if name == "availability":
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", BARE.sub("", text))
    return duration_text(text) if name in ("duration", "timeRequired") else text


def _address(value: Any) -> str:
    """`Pier 4, 1234 Velmouth, Norrenland`."""
    if not isinstance(value, dict):
        return text_of(value)
    country = value.get("addressCountry")
    place = " ".join(filter(None, (text_of(value.get("postalCode")), text_of(value.get("addressLocality")))))
    parts = [text_of(value.get("streetAddress")), place, text_of(value.get("addressRegion")),
             text_of(country.get("name")) if isinstance(country, dict) else text_of(country)]  # fmt: skip
    return ", ".join(part for part in parts if part)


def _price(value: Mapping[str, Any]) -> str:
    low, high = (text_of(value.get(name)) for name in ("lowPrice", "highPrice"))
    price = text_of(value.get("price")) or (f"{low}–{high}" if low and high else low or high)
    if not price:
        specified = value.get("priceSpecification")
        return _price(specified) if isinstance(specified, dict) else ""
    amount = f"{price} {text_of(value.get('priceCurrency'))}".strip()
    called, link = text_of(value.get("name")), text_of(value.get("url"))
    return (f"{called}: {amount}" if called else amount) + (f" ({link})" if link else "")


def _needed(value: Mapping[str, Any]) -> str:
    """Software that other software needs: `loom >= 1.2`."""
    return f"{_named(value)} {text_of(value.get('version'))}".strip() if _named(value) else ""


def _named(value: Mapping[str, Any]) -> str:
    return text_of(value.get("name"))


def _quantity(value: Mapping[str, Any]) -> str:
    unit = text_of(value.get("unitText")) or text_of(value.get("currency"))
    return f"{text_of(value.get('value'))} {unit}".strip()


def _coordinates(value: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (text_of(value.get("latitude")), text_of(value.get("longitude")))))


def _nothing(_value: Mapping[str, Any]) -> str:
    return ""


_TEXTS = {
    "postaladdress": _address,
    "address": _address,
    "offer": _price,
    "aggregateoffer": _price,
    "offers": _price,
    "language": _named,
    "computerlanguage": _named,
    "definedterm": _named,
    "thing": _named,
    "country": _named,
    "quantitativevalue": _quantity,
    "monetaryamount": _quantity,
    "geocoordinates": _coordinates,
    "virtuallocation": _nothing,
    "imageobject": _nothing,
    "rating": _nothing,
    "aggregaterating": _nothing,
    "occupation": _named,
    "educationaloccupationalcredential": _named,
}


class SearchedLines:
    """Finds where a text stands in lines of which no places are known; values are asked for in about their order."""

    def __init__(self, document: str, lines: Iterable[str], first: int = 1) -> None:
        self._document = document
        self._lines = list(lines)
        self._first = first
        self._at = 0

    def line(self, path: YamlPath) -> int:
        """The line that was found last."""
        return min(self._at, max(len(self._lines) - 1, 0)) + self._first

    def first_line(self, path: YamlPath) -> int:
        """The same."""
        return self.line(path)

    def evidence(self, path: YamlPath, said: str = "") -> Evidence:
        """The next line, or else the first, that holds the text or most of its beginning."""
        wanted = readable(said)[:40] or said[:40]
        for place in (*range(self._at, len(self._lines)), *range(min(self._at, len(self._lines)))):
            if wanted and wanted in self._lines[place]:
                self._at = place
                break
        at = min(self._at, max(len(self._lines) - 1, 0))
        text = self._lines[at].strip() if self._lines else ""
        found = max(0, text.find(wanted) - 60) if len(text) > 300 else 0
        return Evidence(self._document, self.line(path), text[found : found + 300].strip())
