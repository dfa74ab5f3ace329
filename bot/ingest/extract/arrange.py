"""The segments of an entry to its fields: which is the role, which the organisation, which the place; states nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.ingest.extract import fields
from bot.ingest.extract.entries import Line
from bot.ingest.extract.segments import Parts, Segment
from bot.language.date_ranges import DateSpan
from bot.language.document_words import folded, words_file

_MOST_NAME_WORDS = 12


@dataclass(slots=True)
class Post:
    """The fields of one entry. `sure` is False where the organisation is only what was left."""

    organization: str = ""
    role: str = ""
    department: str = ""
    location: str = ""
    degrees: list[fields.Degree] = field(default_factory=list)
    honour: str = ""
    slanted: str = ""
    left: list[Segment] = field(default_factory=list)  # segments that were not understood
    names: list[Segment] = field(default_factory=list)  # among them those that may be organisations
    further: list[Segment] = field(default_factory=list)  # other schools of the same entry
    line: Line | None = None  # where the organisation stands
    role_line: Line | None = None
    sure: bool = True
    told: bool = False  # the header of its table, or a label, says which is which
    role_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Custom:
    """What the other entries of a section do: whether the role stands before the organisation."""

    role_first: bool | None = None


def custom_of(posts: Iterable[Post]) -> Custom:
    """The order that nearly all entries share of which it is known."""
    votes = Counter(post.role_first for post in posts if post.sure and post.role_first is not None)
    if not votes:
        return Custom()
    (order, count), total = votes.most_common(1)[0], sum(votes.values())
    return Custom(order if count >= 0.8 * total else None)


def arrange_post(parts: Parts, groups: Sequence[Line], custom: Custom | None = None) -> Post:
    """The fields of a job or office."""
    post = Post()
    segments = _by_column(parts.segments, post)
    segments = _merge(_asides(segments, post))
    segments = _places(segments, post)
    _labelled(parts, post)
    roles = [(fields.role(item.text), item) for item in segments]
    best = max(
        roles, key=lambda pair: pair[0] - 0.01 * pair[1].place - (2 if pair[1].bracketed else 0), default=(0.0, None)
    )
    chosen: Segment | None = None
    if not post.role and best[1] is not None and best[0] >= 1.8 and fields.organization(best[1].text) < best[0] + 0.5:
        chosen = best[1]
    rest = [item for item in segments if item is not chosen]
    if chosen is not None:
        rest = _take_role(post, chosen, rest, grouped=bool(groups) and _group_name(groups) is not None)
    _take_organization(post, rest, groups, chosen, custom or Custom())
    _custom_role(post, segments, custom or Custom())
    return post


def arrange_study(parts: Parts, groups: Sequence[Line]) -> Post:
    """The fields of a course of study."""
    post = Post()
    segments = _by_column(parts.segments, post)
    segments = _places(_merge(_asides(_split_degrees(segments), post)), post, study=True)
    _labelled(parts, post)
    rest: list[Segment] = []
    for item in segments:
        found = fields.degrees_of(item.text) if fields.role(item.text) < 4 or "in" in fields.words(item.text) else ()
        if found and not (fields.is_school(item.text) and not found[0].level):
            post.degrees += [_trimmed(degree, post) for degree in found]
        elif fields.is_honour(item.text):
            post.honour = item.text
        else:
            rest.append(item)
    schools = [item for item in rest if fields.is_school(item.text) and fields.department(item.text) < 4]
    departments = [item for item in rest if fields.department(item.text) >= fields.SURE and item not in schools]
    known = schools or [
        item for item in rest if fields.organization(item.text) >= fields.SURE and item not in departments
    ]
    if not known and departments:
        known, departments = departments[-1:], departments[:-1]
    if not known and not post.organization:
        known = _remaining_school(rest, post)
    if not known and not post.organization:
        named = _group_name(groups[-1:])
        known = [Segment(named[0], 0, 0, named[1])] if named is not None and fields.is_school(named[0]) else []
    if not post.organization and known:
        chosen = max(
            known, key=lambda item: (fields.is_school(item.text), fields.department(item.text) < 4, -item.place)
        )
        post.organization, post.line = chosen.text, chosen.source
        post.further = [item for item in schools if item is not chosen and item.before == "at" == chosen.before]
        rest = [item for item in rest if item is not chosen and item not in post.further]
    if departments and not post.department:
        post.department = departments[0].text
        rest = [item for item in rest if item is not departments[0]]
    _fields_of_study(post, rest)
    return post


def span_of(parts: Parts) -> tuple[DateSpan | None, Line | None]:
    """The first time of an entry, a stretch before a single date."""
    since = next(((span, line) for span, line in parts.spans if span.ongoing and span.start is not None), None)
    until = next(
        (span for span, _ in parts.spans if span.start is None and span.end is not None and not span.expected), None
    )
    if since is not None and until is not None:
        return replace(since[0], end=until.end, ongoing=False), since[1]
    for span, line in parts.spans:
        if not span.single:
            return span, line
    return parts.spans[0] if parts.spans else (None, None)


def _by_column(segments: list[Segment], post: Post) -> list[Segment]:
    """Take what the table's header names: Position, Employer, Place."""
    rest = []
    for item in segments:
        property_ = _column(item.column)
        if property_ == "roleName" and not post.role:
            post.role, post.role_line, post.told = item.text, item.source, bool(post.organization)
        elif property_ == "worksFor" and not post.organization:
            post.organization, post.line, post.told = item.text, item.source, bool(post.role)
        elif property_ == "location" and not post.location:
            post.location = item.text
        elif property_ == "department" and not post.department:
            post.department = item.text
        else:
            rest.append(item)
    return rest


def _column(label: str) -> str:
    key = folded(label)
    if not key:
        return ""
    labels = words_file("fields")["labels"]
    return next((name for name, known in labels.items() if key in known), "")


def _labelled(parts: Parts, post: Post) -> None:
    for name, value, line in parts.labelled:
        if name == "worksFor" and not post.organization:
            post.organization, post.line = value, line
        elif name == "roleName" and not post.role:
            post.role, post.role_line = value, line
        elif name == "location" and not post.location:
            post.location = value
        elif name == "department" and not post.department:
            post.department = value


def _asides(segments: list[Segment], post: Post) -> list[Segment]:
    rest = []
    for item in segments:
        if not fields.is_aside(item.text):
            rest.append(item)
    return rest


def _merge(segments: list[Segment]) -> list[Segment]:
    """Join what a comma cut that belongs together: Acme, Inc.; University of California, Berkeley."""
    merged: list[Segment] = []
    for item in segments:
        last = merged[-1] if merged else None
        joined = item.before == "," and last is not None and last.line == item.line and not item.bracketed
        if joined and last is not None and fields.is_legal(item.text):
            merged[-1] = replace(last, text=f"{last.text}, {item.text}")
        elif (
            joined
            and last is not None
            and fields.is_campus(last.text)
            and (fields.is_place(item.text) or fields.is_name(item.text))
        ):
            merged[-1] = replace(last, text=f"{last.text}, {item.text}")
        elif (
            last is not None
            and item.before in ("-", "–", "—")
            and fields.is_campus(last.text)
            and fields.is_place(item.text)
        ):
            merged[-1] = replace(last, text=f"{last.text}, {item.text}")
        else:
            merged.append(item)
    return merged


def _places(segments: list[Segment], post: Post, *, study: bool = False) -> list[Segment]:
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
            )
            others = [other for place, other in enumerate(segments) if place != at - 1 and not places[place]]
            named = any(
                fields.organization(other.text) >= 1.0 and fields.role(other.text) < fields.SURE for other in others
            )
            if (
                unknown
                and named
                and not fields.degrees_of(town.text)
                and town.before in (",", "break", "(", "-", "–", "|")
            ):
                places[at - 1] = True
    if all(places) or not any(places):
        return segments
    found = [item.text for item, place in zip(segments, places, strict=True) if place]
    if not post.location:
        post.location = ", ".join(dict.fromkeys(found[:3]))
    return [item for item, place in zip(segments, places, strict=True) if not place]


def _custom_role(post: Post, segments: list[Segment], custom: Custom) -> None:
    """A role that no word tells, where all other entries have theirs in its place."""
    if post.role or custom.role_first is None or not post.organization:
        return
    at = next((place for place, item in enumerate(segments) if item.text == post.organization), None)
    beside = None if at is None else at - 1 if custom.role_first else at + 1
    if beside is None or not 0 <= beside < len(segments) or len(segments) > 3:
        return
    item = segments[beside]
    fits = fields.is_name(item.text) and len(item.text.split()) <= 4 and fields.organization(item.text) < fields.LIKELY
    if fits and fields.department(item.text) < fields.LIKELY and not item.bracketed:
        post.role, post.role_line = item.text, item.source
        post.left = [other for other in post.left if other is not item]
        post.names = [other for other in post.names if other is not item]
        if post.department == item.text:
            post.department = ""


def _take_role(post: Post, chosen: Segment, rest: list[Segment], *, grouped: bool) -> list[Segment]:
    """The role, without the organisation that is glued to it where no other is there."""
    text = chosen.text
    others = [
        item
        for item in rest
        if fields.organization(item.text) >= 1.0 and not item.bracketed and fields.role(item.text) < fields.LIKELY
    ]
    if not others and not grouped:
        linked = [link.text for link in chosen.source.block.links]
        for said, name in (fields.role_of(text, linked), fields.leading_role(text)):
            if said and name:
                post.role, post.role_line, post.organization, post.line = said, chosen.source, name, chosen.source
                post.sure = fields.organization(name) >= fields.LIKELY or name in linked
                _narrow(post)
                return rest
        name, said = fields.trailing_role(text)
        if said and name and fields.is_name(name) and fields.department(name) < fields.SURE:
            post.role, post.role_line, post.organization, post.line = said, chosen.source, name, chosen.source
            return rest
    following = next(
        (item for item in rest if item.place == chosen.place + 1 and item.before == "," and item.line == chosen.line),
        None,
    )
    if (
        following is not None
        and len(others) > 1
        and fields.organization(following.text) < fields.SURE
        and following.source is chosen.source
    ):
        if fields.department(following.text) < fields.LIKELY and not following.strong:
            text = f"{text}, {following.text}"
            rest = [item for item in rest if item is not following]
    further = [
        item
        for item in rest
        if fields.role(item.text) >= 4
        and item.line == chosen.line
        and item.before in ("/", "&", ",")
        and fields.organization(item.text) < fields.SURE
    ]
    for item in further:
        text = f"{text}, {item.text}"
        rest = [other for other in rest if other is not item]
    post.role, post.role_line = text, chosen.source
    return rest


def _take_organization(
    post: Post, rest: list[Segment], groups: Sequence[Line], role: Segment | None, custom: Custom
) -> None:
    departments = [item for item in rest if fields.department(item.text) >= fields.SURE]
    names = [
        item
        for item in rest
        if item not in departments and fields.is_name(item.text) and len(item.text.split()) <= _MOST_NAME_WORDS
    ]
    if not post.organization:
        chosen = _best_name(names, role, custom, post)
        if chosen is None and departments and not groups:
            chosen = departments[-1]
            departments = departments[:-1]
        if chosen is not None:
            post.organization, post.line = chosen.text, chosen.source
            if role is not None:
                post.role_first = (role.line, role.place) < (chosen.line, chosen.place)
            rest = [item for item in rest if item is not chosen]
    if not post.organization and groups:
        group = _group_name(groups)
        if group is not None:
            post.organization, post.line = group
    if departments and not post.department:
        post.department = ", ".join(item.text for item in departments[:2])
        rest = [item for item in rest if item not in departments]
    if not post.department and post.organization and fields.is_school(post.organization) and (post.role or groups):
        behind = [
            item
            for item in rest
            if item in names and item.text != post.organization and item.before == "," and not item.bracketed
        ]
        if len(behind) == 1 and fields.organization(behind[0].text) < 4:
            post.department = behind[0].text
    _narrow(post)
    post.left = [item for item in rest if item.text != post.organization]
    post.names = names


def _best_name(names: list[Segment], role: Segment | None, custom: Custom, post: Post) -> Segment | None:
    """The organisation among several names: by its words, else the only one left, else by the section's custom."""
    outside = [item for item in names if not item.bracketed] or names
    scored = sorted(
        (
            (
                fields.organization(item.text)
                + 0.8 * item.linked
                + 0.3 * item.strong
                + (1.0 if item.before == "at" else 0),
                -item.place,
                item,
            )
            for item in outside
        ),
        reverse=True,
        key=lambda entry: entry[:2],
    )
    if not scored:
        return None
    if scored[0][0] >= fields.LIKELY and (len(scored) == 1 or scored[0][0] > scored[1][0]):
        return scored[0][2]
    if scored[0][0] >= fields.SURE:
        return scored[0][2]
    if len(outside) == 1:
        post.sure = role is not None or fields.organization(outside[0].text) >= 1.5
        return outside[0]
    post.sure = False
    if role is not None:
        lines = [item for item in outside if item.line != role.line]
        if len(lines) == 1:
            return lines[0]
        before = [item for item in outside if (item.line, item.place) < (role.line, role.place)]
        after = [item for item in outside if (item.line, item.place) > (role.line, role.place)]
        if custom.role_first is True and after:
            return (
                after[-1]
                if len({item.line for item in after}) == 1 and len(after) == 2 and after[-1].before == ","
                else after[0]
            )
        if custom.role_first is False and before:
            return before[0]
        if before and not after:
            return before[0]
        if after and not before:
            return after[-1]
        return None
    if custom.role_first is not None and len(outside) == 2:
        first, second = outside
        post.role = (first if custom.role_first else second).text
        post.role_line = first.source
        return second if custom.role_first else first
    return None


def _narrow(post: Post) -> None:
    """The organisation without the part of it that is named first, and by its link where it has one."""
    department, name = fields.split_department(post.organization)
    if department:
        post.organization = name
        post.department = post.department or department
    if post.line is not None:
        linked = [
            link.text for link in post.line.block.links
            if link.text in post.organization and fields.organization(link.text) >= fields.LIKELY
        ]  # fmt: skip
        if linked and linked[0] != post.organization:
            post.organization = linked[0]


def _group_name(groups: Sequence[Line]) -> tuple[str, Line] | None:
    """The employer that a heading above names, without its dates and places."""
    from bot.ingest.extract.entries import Entry  # noqa: PLC0415
    from bot.ingest.extract.segments import cut  # noqa: PLC0415

    for line in reversed(groups):
        parts = cut(Entry([line]))
        post = Post()
        segments = _places(_merge(_asides(parts.segments, post)), post)
        names = [item for item in segments if fields.is_name(item.text) and fields.role(item.text) < fields.LIKELY]
        if names:
            best = max(names, key=lambda item: (fields.organization(item.text), -item.place))
            if fields.organization(best.text) >= 1.0:
                return best.text, line
    return None


def _split_degrees(segments: list[Segment]) -> list[Segment]:
    """Cut a school off the degree it is glued to."""
    found = []
    for item in segments:
        head, rest = fields.before_degree(item.text)
        if head:
            found.append(replace(item, text=head))
        found.append(replace(item, text=rest) if head else item)
    return found


def _trimmed(degree: fields.Degree, post: Post) -> fields.Degree:
    """A degree whose field has the school behind it: "PhD in Physics from Example University"."""
    for joint in (" from ", " at ", " an der ", " à ", " presso "):
        head, found, name = degree.field.partition(joint)
        if found and fields.organization(name.removeprefix("the ")) >= fields.LIKELY:
            if not post.organization:
                post.organization = name.removeprefix("the ").strip(" ,")
            return fields.Degree(degree.name, head.strip(" ,"), degree.level)
    if (
        degree.field
        and fields.is_school(degree.field)
        and fields.department(degree.field) < fields.LIKELY
        and not post.organization
    ):
        post.organization = degree.field
        return fields.Degree(degree.name, "", degree.level)
    return degree


def _remaining_school(rest: list[Segment], post: Post) -> list[Segment]:
    """The school among names without a word that says so: the one on another line, set off, linked, or the last."""
    names = [
        item for item in rest
        if fields.is_name(item.text) and not (item.slanted and len(item.text.split()) > 4) and not fields.is_person(item.text)
        and fields.role(item.text) < fields.LIKELY
    ]  # fmt: skip
    if not names or not post.degrees:
        return []
    marked = [item for item in names if item.linked or item.strong]
    if len(names) == 1:
        bare = any(not degree.field for degree in post.degrees) and len(post.degrees) == 1
        return (
            []
            if bare
            and not (marked or names[0].line or names[0].before == "at")
            and fields.organization(names[0].text) < 1.5
            else names
        )
    if len(marked) == 1:
        return marked
    other = [item for item in names if item.line != names[0].line]
    if len(other) == 1:
        return other
    return [names[-1]] if any(not degree.field for degree in post.degrees) and len(names) == 2 else []


def _fields_of_study(post: Post, rest: list[Segment]) -> None:
    """A name behind a bare degree is its subject; what is in italics may be the title of a thesis."""
    left = []
    for item in rest:
        bare = next((at for at, degree in enumerate(post.degrees) if not degree.field), None)
        if item.slanted and len(item.text.split()) > 3 and not post.slanted:
            whole = next((part for part in item.source.block.slanted if item.text in part), item.text)
            post.slanted = " ".join(whole.split()).strip(" .,")
        elif item.slanted and item.text in post.slanted:
            continue
        elif bare is not None and _is_subject(item):
            post.degrees[bare] = post.degrees[bare]._replace(field=item.text)
        elif (
            not post.degrees
            and post.organization
            and item.text[0].isupper()
            and item.before != "at"
            and _is_subject(item)
            and not any(other.level == -1 for other in post.degrees)
        ):
            post.degrees.append(fields.Degree("", item.text, -1))
        else:
            left.append(item)
    post.left = left


def _is_subject(item: Segment) -> bool:
    return (
        fields.is_name(item.text)
        and len(item.text) < 80
        and not item.bracketed
        and not fields.is_person(item.text)
        or (
            item.before in (",", "break", "-", "–", ":")
            and 1 <= len(item.text.split()) <= 6
            and not any(char.isdigit() for char in item.text)
            and fields.role(item.text) < fields.LIKELY
            and not item.bracketed
        )
    )
