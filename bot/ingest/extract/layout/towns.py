"""Which segments of an entry say where it was: known places, towns before a state, beside the dates; no employers."""

from bot.ingest.extract.layout import degrees, fields
from bot.ingest.extract.layout.post import Post
from bot.ingest.extract.layout.segments import Parts, Segment

_MOST_TOWN = 3  # words


def take_places(segments: list[Segment], post: Post) -> list[Segment]:
    """Take the place out, with the town before a state; the only name of an entry is none."""
    places = [
        fields.is_place(item.text) or (item.before in (",", "(") and fields.is_region(item.text)) for item in segments
    ]
    for at, item in enumerate(segments[1:], start=1):
        town = segments[at - 1]
        if places[at] and fields.is_region(item.text) and item.before == "," and not places[at - 1]:
            unknown = (
                fields.organization(town.text) <= 1.5
                and fields.role(town.text) < fields.LIKELY
                and len(town.text.split()) <= 3
                and not town.bracketed
            )
            others = [other for place, other in enumerate(segments) if place != at - 1 and not places[place]]
            named = any(
                fields.organization(other.text) >= 1.0 and fields.role(other.text) < fields.SURE for other in others
            )
            if (
                unknown
                and named
                and not degrees.degrees_of(town.text)
                and town.before in (",", "break", "(", "-", "–", "|")
            ):
                places[at - 1] = True
    if all(places) or not any(places):
        return segments
    found = [item.text for item, place in zip(segments, places, strict=True) if place]
    if not post.location:
        post.location = ", ".join(dict.fromkeys(found[:3]))
    return [item for item, place in zip(segments, places, strict=True) if not place]


def take_towns(segments: list[Segment], parts: Parts, post: Post) -> list[Segment]:
    """Take out the only name behind the dates of a line of their own, where the employer stands above beside the role.

    "Boat builder, Ode & Sons" and below it "2010 – 2014, Ostby".
    """
    if post.location:
        return segments
    opened = {id(line) for span, line in parts.spans if span.first <= 1 and not span.single}
    for item in segments:
        beside = [other for other in segments if other.line == item.line]
        above = [other for other in segments if other.line < item.line]
        if item.before != "," or len(beside) > 1 or id(item.source) not in opened or not _may_be_town(item):
            continue
        roles = [other for other in above if fields.role(other.text) >= fields.LIKELY]
        names = [other for other in above if other not in roles and fields.is_name(other.text) and not other.bracketed]
        if len(roles) == len(names) == 1 and fields.department(names[0].text) < fields.LIKELY:
            post.location = item.text
            return [other for other in segments if other is not item]
    return segments


def _may_be_town(item: Segment) -> bool:
    plain = fields.organization(item.text) <= 1.0 and fields.role(item.text) < fields.LIKELY and not item.linked
    return plain and fields.is_name(item.text) and len(item.text.split()) <= _MOST_TOWN
