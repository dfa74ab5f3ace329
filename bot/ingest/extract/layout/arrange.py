"""The segments of an entry to its fields: which is the role, the organisation, the place; states nothing."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.ingest.extract.layout import fields, life, persons, phrases
from bot.ingest.extract.layout.entries import Entry, Line
from bot.ingest.extract.layout.post import Custom, Post
from bot.ingest.extract.layout.segments import Parts, Segment, cut
from bot.ingest.extract.layout.towns import take_places, take_towns
from bot.language.date_ranges import DateSpan
from bot.language.document_words import folded, words_file
from bot.model.partial_date import Period

_MOST_NAME_WORDS = 12
_SURNAME = re.compile(r"[A-ZÀ-ÞĀ-Ž][\w'’-]+")
_PARTNERS = re.compile(rf"{_SURNAME.pattern}\s+(?:&|and|und|et|y|e)\s+{_SURNAME.pattern}(?:\s+\w+)?\Z")


def arrange_post(parts: Parts, groups: Sequence[Line], custom: Custom | None = None) -> Post:
    """The fields of a job or office."""
    post = Post()
    segments = by_column(parts.segments, post)
    segments = merged(without_asides(segments))
    segments = take_towns(take_places(segments, post), parts, post)
    take_labelled(parts, post)
    roles = [(fields.role(item.text), item) for item in segments]
    best = max(
        roles, key=lambda pair: pair[0] - 0.01 * pair[1].place - (2 if pair[1].bracketed else 0), default=(0.0, None)
    )
    chosen: Segment | None = None
    if not post.role and best[1] is not None and best[0] >= 1.8 and fields.organization(best[1].text) < best[0] + 0.5:
        chosen = best[1]
    rest = [item for item in segments if item is not chosen]
    if chosen is not None:
        rest = _take_role(post, chosen, rest, group_name(groups))
    _take_organization(post, rest, groups, chosen, custom or Custom())
    _custom_role(post, segments, custom or Custom())
    return post


def span_of(parts: Parts) -> tuple[DateSpan | None, Line | None]:
    """The first time of an entry, a stretch before a single date."""
    since = next(((span, line) for span, line in parts.spans if span.ongoing and span.start is not None), None)
    until = next(
        (span for span, _ in parts.spans if span.start is None and span.end is not None and not span.expected), None
    )
    if since is not None and until is not None:
        return replace(since[0], end=until.end, ongoing=False), since[1]
    whole = [found for found in parts.spans if found[0].start is not None and not found[0].single]
    for span, line in (*whole, *(found for found in parts.spans if not found[0].single)):
        return _ended_sooner(span, parts), line
    first = parts.spans[0] if parts.spans else (None, None)
    return next((found for found in parts.spans[1:] if first[0] is not None and found[0].refines(first[0])), first)


def _ended_sooner(span: DateSpan, parts: Parts) -> DateSpan:
    """A stretch with the end that brackets of their own give: "2001–2009 Head of the Archive (until 2007)"."""
    whole = Period(span.start, span.end)
    for other, line in parts.spans:
        alone = line.text[other.first - 1 : other.first] == "(" and line.text[other.last : other.last + 1] == ")"
        if other.start is None and other.end is not None and alone and whole.overlaps(Period(other.end, other.end)):
            return replace(span, end=other.end)
    return span


def by_column(segments: list[Segment], post: Post) -> list[Segment]:
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


def take_labelled(parts: Parts, post: Post) -> None:
    """Take what labels say: "Company: Acme"."""
    for name, value, line in parts.labelled:
        if name == "worksFor" and not post.organization:
            post.organization, post.line = value, line
        elif name == "roleName" and not post.role:
            post.role, post.role_line = value, line
        elif name == "location" and not post.location:
            post.location = value
        elif name == "department" and not post.department:
            post.department = value


def without_asides(segments: list[Segment]) -> list[Segment]:
    """The segments but those that only say how somebody worked: part-time; "internship" may be all of a role."""
    first = segments[0] if segments and fields.role(segments[0].text) >= fields.SURE else None
    return [item for item in segments if item is first or not life.is_aside(item.text)]


def merged(segments: list[Segment]) -> list[Segment]:
    """Join what a comma cut that belongs together: Acme, Inc.; University of California, Berkeley; Ode, Rowe & Tarn."""
    kept: list[Segment] = []
    for item in segments:
        last = kept[-1] if kept else None
        joined = item.before == "," and last is not None and last.line == item.line and not item.bracketed
        if (
            (joined and last is not None and fields.is_legal(item.text))
            or (
                joined
                and last is not None
                and fields.is_campus(last.text)
                and (fields.is_place(item.text) or fields.is_name(item.text))
            )
            or (
                last is not None
                and item.before in ("-", "–", "—")
                and fields.is_campus(last.text)
                and fields.is_place(item.text)
            )
            or (joined and last is not None and _is_firm(last, item))
        ):
            kept[-1] = replace(last, text=f"{last.text}, {item.text}")
        else:
            kept.append(item)
    return kept


def _is_firm(one: Segment, other: Segment) -> bool:
    """Whether two pieces are the partners that a firm is called by."""
    partners = _PARTNERS.match(other.text)
    names = partners is not None and _SURNAME.fullmatch(one.text.rpartition(", ")[2]) is not None
    return names and fields.role(one.text) < fields.LIKELY and not fields.is_place(one.text)


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


def _take_role(post: Post, chosen: Segment, rest: list[Segment], group: tuple[str, Line] | None) -> list[Segment]:
    """The role, without the organisation that is glued to it where no other is there."""
    text = chosen.text
    others = [
        item
        for item in rest
        if fields.organization(item.text) >= 1.0
        and not item.bracketed
        and fields.role(item.text) < fields.LIKELY
        and fields.department(item.text) < fields.SURE
    ]
    others, rest = _without_town(post, chosen, others, rest)
    if not others and group is None:
        linked = [link.text for link in chosen.source.block.links]
        for said, name in (phrases.role_of(text, linked), phrases.leading_role(text)):
            if said and name:
                post.role, post.role_line, post.organization, post.line = said, chosen.source, name, chosen.source
                body = name.isupper() and life.is_office(said)  # "Member of the board of UNITAS"
                post.sure = fields.organization(name) >= fields.LIKELY or name in linked or body
                post.role_first = True
                _narrow(post)
                return rest
        name, said = phrases.trailing_role(text)
        own = fields.department(name) < fields.SURE or fields.organization(name) >= fields.SURE  # "Tide Lab"
        if said and name and fields.is_name(name) and own:
            post.role, post.role_line, post.organization, post.line = said, chosen.source, name, chosen.source
            post.role_first = False
            return rest
    following = next(
        (item for item in rest if item.place == chosen.place + 1 and item.before == "," and item.line == chosen.line),
        None,
    )
    if group is not None and following is not None and _is_field(following, others, group[0]):
        post.role, post.role_line = f"{text}, {following.text}", chosen.source
        return [item for item in rest if item is not following]
    if (
        following is not None
        and any(item.line != chosen.line or fields.organization(item.text) >= fields.LIKELY for item in others)
        and len(others) > 1
        and fields.organization(following.text) < fields.SURE
        and following.source is chosen.source
        and fields.department(following.text) < fields.LIKELY
        and not following.strong
    ):
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
    double = next((item for item in rest if item.place == chosen.place - 1 and chosen.before == "/"), None)
    if double is not None and fields.organization(double.text) <= 1.0 and double.line == chosen.line:
        text = f"{double.text} / {text}"
        rest = [item for item in rest if item is not double]
    for item in further:
        text = f"{text}, {item.text}"
        rest = [other for other in rest if other is not item]
    post.role, post.role_line = text, chosen.source
    return rest


def _without_town(
    post: Post, chosen: Segment, others: list[Segment], rest: list[Segment]
) -> tuple[list[Segment], list[Segment]]:
    """Without the name behind "Director of the Harbour Museum", which is a town's."""
    _, house = phrases.role_of(chosen.text)
    only = others[0] if len(others) == 1 else None
    if only is None or fields.organization(house) < fields.SURE or only.before != "," or only.line != chosen.line:
        return others, rest
    if fields.organization(only.text) > 1.0 or only.place != chosen.place + 1:
        return others, rest
    post.location = post.location or only.text
    return [], [item for item in rest if item is not only]


def _is_field(behind: Segment, others: list[Segment], employer: str) -> bool:
    """Whether what a comma sets behind a role, below a heading that names the employer, only says of what it is."""
    alone = all(item is behind for item in others)
    surer = fields.organization(employer) > fields.organization(behind.text)
    return (
        alone
        and (surer or fields.organization(behind.text) <= 1.0)
        and not (behind.strong and not behind.source.block.strong)
    )


def _take_organization(
    post: Post, rest: list[Segment], groups: Sequence[Line], role: Segment | None, custom: Custom
) -> None:
    rest = [item for item in rest if not item.linked or item.before == "at" or not persons.is_person(item.text)]
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
        group = group_name(groups)
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
    # What stands in brackets behind a role says what kind of it was: it names an employer only by a word that says so.
    outside = [item for item in names if not item.bracketed or item.linked] or [
        item for item in names if role is None or fields.organization(item.text) >= 1.5
    ]
    scored = sorted(
        (
            (
                fields.organization(item.text)
                + 0.8 * item.linked
                + 0.3 * item.strong
                + (0 if item.before != "at" else -2.0 if _belongs(item, names) else 1.0),
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


def _belongs(item: Segment, names: list[Segment]) -> bool:
    """Whether a name behind "at" only says where the organisation right before it is: an institute at a university."""
    before = next((other for other in names if other.place == item.place - 1 and other.line == item.line), None)
    return before is not None and fields.organization(before.text) >= fields.SURE > fields.role(before.text)


def _narrow(post: Post) -> None:
    """The organisation without the part of it that is named first, and by its link where it has one."""
    department, name = phrases.split_department(post.organization)
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


def group_name(groups: Sequence[Line]) -> tuple[str, Line] | None:
    """The employer that a heading above names, without its dates and places."""
    for line in reversed(groups):
        parts = cut(Entry([line]))
        post = Post()
        segments = take_places(merged(without_asides(parts.segments)), post)
        names = [item for item in segments if fields.is_name(item.text) and fields.role(item.text) < fields.LIKELY]
        if names:
            best = max(names, key=lambda item: (fields.organization(item.text), -item.place))
            if fields.organization(best.text) >= 1.0:
                return best.text, line
    return None
