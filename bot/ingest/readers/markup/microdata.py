"""Microdata, h-card, h-event and classic hCard in a parsed page, as objects in schema.org's terms; states nothing."""

from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborNode

_LINKS = ("url", "sameAs", "email", "codeRepository", "image", "logo", "mainEntityOfPage")
_DEEPEST = 6
_MOST = 200  # objects of a page
_MOST_NODES = 1000  # below one object
_MICROFORMATS = {
    "h-card": ("Person", {
        "p-name": "name", "fn": "name", "u-url": "url", "u-email": "email", "p-tel": "telephone", "p-org": "worksFor",
        "p-job-title": "jobTitle", "p-role": "jobTitle", "p-note": "description", "p-nickname": "alternateName",
        "p-locality": "homeLocation", "p-country-name": "addressCountry", "p-region": "addressRegion",
        "dt-bday": "birthDate",
        "p-category": "knowsAbout", "p-pronouns": "pronouns", "u-uid": "url"}),
    "vcard": ("Person", {
        "fn": "name", "url": "url", "email": "email", "tel": "telephone", "org": "worksFor", "title": "jobTitle",
        "role": "jobTitle", "note": "description", "nickname": "alternateName", "locality": "homeLocation",
        "country-name": "addressCountry", "region": "addressRegion", "bday": "birthDate"}),
    "h-event": ("Event", {
        "p-name": "name", "dt-start": "startDate", "dt-end": "endDate", "p-location": "location",
        "p-summary": "description",
        "p-description": "description", "u-url": "url", "p-category": "about", "p-organizer": "organizer",
        "p-speaker": "performer"}),
    "vevent": ("Event", {
        "summary": "name", "dtstart": "startDate", "dtend": "endDate", "location": "location",
        "description": "description",
        "url": "url", "category": "about", "organizer": "organizer"}),
}  # fmt: skip


def microdata_objects(root: LexborNode) -> list[dict[str, Any]]:
    """The outermost items of a page."""
    found: list[dict[str, Any]] = []
    for node in root.css("[itemscope]"):
        if "itemprop" not in node.attributes and len(found) < _MOST:
            found.append(_item(node, 0))
    return [item for item in found if len(item) > 1]


def microformat_objects(root: LexborNode) -> list[dict[str, Any]]:
    """Cards and events that are marked by classes, none of them within another."""
    found: list[dict[str, Any]] = []
    taken: set[int] = set()
    for name, (type_, classes) in _MICROFORMATS.items():
        for node in root.css(f".{name}"):
            if node.mem_id in taken or len(found) >= _MOST:
                continue
            taken.add(node.mem_id)
            taken |= {inner.mem_id for inner in node.css(".h-card, .vcard, .h-event, .vevent")}
            item = _by_classes(node, type_, classes)
            if "name" in item:
                found.append(item)
    return found


def _item(node: LexborNode, depth: int) -> dict[str, Any]:
    type_ = (node.attributes.get("itemtype") or "").split(" ")[0]
    item: dict[str, Any] = {"@type": type_}
    for inner in _own(node):
        for written in (inner.attributes.get("itemprop") or "").split():
            name = written.rpartition("/")[2]
            within = "itemscope" in inner.attributes and depth < _DEEPEST
            _add(item, name, _item(inner, depth + 1) if within else _value(inner, linked=name in _LINKS))
    return item


def _own(node: LexborNode) -> Iterator[LexborNode]:
    """The properties of an item, without those of items within it."""
    count = 0
    waiting = [*node.iter(include_text=False)][::-1]
    while waiting and count < _MOST_NODES:
        count += 1
        inner = waiting.pop()
        if "itemprop" in inner.attributes:
            yield inner
        if "itemscope" not in inner.attributes:
            waiting += [*inner.iter(include_text=False)][::-1]


def _by_classes(node: LexborNode, type_: str, classes: dict[str, str]) -> dict[str, Any]:
    item: dict[str, Any] = {"@type": type_}
    for name, property_ in classes.items():
        for inner in node.css(f".{name}")[:20]:
            text = _value(inner, linked=property_ in ("url", "email"))
            if property_ == "email":
                text = text.removeprefix("mailto:")
            if text and text not in (item.get(property_) or []):
                _add(item, property_, text)
    if "name" not in item and type_ == "Person":
        text = " ".join(node.text(separator=" ").split())
        if 0 < len(text) <= 80:
            item["name"] = text
    if isinstance(item.get("name"), list):
        item["name"] = item["name"][0]
    return item


def _value(node: LexborNode, *, linked: bool) -> str:
    """What an element says: its machine-readable value where it has one, else its text."""
    attributes = node.attributes
    if node.tag == "meta":
        return (attributes.get("content") or "").strip()
    if linked and node.tag in ("a", "link", "area") and attributes.get("href"):
        return (attributes["href"] or "").strip()
    if node.tag == "time" and attributes.get("datetime"):
        return (attributes["datetime"] or "").strip()
    if node.tag == "data" and attributes.get("value"):
        return (attributes["value"] or "").strip()
    if node.tag == "img":
        return (attributes.get("alt") or "").strip()
    return " ".join(node.text(separator=" ").split())


def _add(item: dict[str, Any], name: str, value: Any) -> None:
    if value in ("", {}, None):
        return
    if name not in item:
        item[name] = value
    elif isinstance(item[name], list):
        item[name].append(value)
    else:
        item[name] = [item[name], value]
