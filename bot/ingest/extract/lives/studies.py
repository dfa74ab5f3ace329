"""The segments of an entry to a course of study: which is the degree, which its subject, which the school."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.ingest.extract.layout import degrees, fields, life, persons
from bot.ingest.extract.layout.arrange import (
    arrange_post,
    by_column,
    group_name,
    merged,
    take_labelled,
    without_asides,
)  # fmt: skip
from bot.ingest.extract.layout.degrees import Degree
from bot.ingest.extract.layout.entries import Entry, Line
from bot.ingest.extract.layout.post import Custom, Post
from bot.ingest.extract.layout.segments import Parts, Segment
from bot.ingest.extract.layout.towns import take_places
from bot.language.document_words import folded, word_set

_CLAUSE = re.compile(r"(?<=\))\s*[,;]\s+|\s*;\s+")
_PLACED = re.compile(
    r"(?P<degree>[A-Z][^()]{1,60}?)\s*\((?P<school>[A-ZÀ-Þ][^()\d]+?),\s+(?P<when>(?:[^(),]{0,10}\s)?\d{4})\)\.?\Z"
)
_STUDIED = re.compile(
    r"\A(?:(?:I|he|she)\s+)?(?:studied|read|studying|studies (?:of|in)|study of|training in|studium (?:der|des|von)"
    r"|studierte|études de)\s+",
    re.IGNORECASE,
)
_FACULTY = re.compile(r"\b(?:School|College|Institute) of [A-Z]")
_CANDIDATE = re.compile(r"\A(?:student|candidate)\s+(?:in\s+|of\s+)?", re.IGNORECASE)


def arrange_study(parts: Parts, groups: Sequence[Line]) -> Post:
    """The fields of a course of study."""
    post = Post()
    segments = by_column(parts.segments, post)
    segments = take_places(merged(without_asides(_split_degrees(segments))), post)
    take_labelled(parts, post)
    rest: list[Segment] = []
    for item in segments:
        found = degrees.degrees_of(item.text)
        if fields.role(item.text) >= 4 and "in" not in fields.words(item.text) and not _is_title(item.text, found):
            found = ()
        if found and not (fields.is_school(item.text) and not found[0].level):
            same = item.bracketed and len(found) == 1 and post.degrees and found[0].level == post.degrees[-1].level > 0
            if not same:  # Doctoral (Ph.D.) candidate: one degree, said twice
                post.degrees += [_trimmed(degree, post) for degree in found]
        elif life.is_honour(item.text):
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
        named = group_name(groups[-1:])
        known = [Segment(named[0], 0, 0, named[1])] if named is not None and fields.is_school(named[0]) else []
    if not post.organization and known:
        chosen = max(
            known, key=lambda item: (fields.is_school(item.text), fields.department(item.text) < 4, -item.place)
        )
        chosen, post.department = _university_of(chosen, schools) or (chosen, post.department)
        post.organization, post.line = chosen.text, chosen.source
        post.further = [item for item in schools if item is not chosen and item.before == "at" == chosen.before]
        rest = [item for item in rest if item not in (chosen, *post.further) and item.text != post.department]
    if departments and not post.department:
        post.department = departments[0].text
        rest = [item for item in rest if item is not departments[0]]
    _fields_of_study(post, rest)
    return post


def _university_of(school: Segment, schools: Sequence[Segment]) -> tuple[Segment, str] | None:
    """The university behind one of its schools, and that school: "Reed School of Law, Tarn University"."""
    behind = next((item for item in schools if item.place == school.place + 1 and item.before == ","), None)
    whole = behind is not None and "universi" in behind.key and "universi" not in school.key
    return (behind, school.text) if behind is not None and whole and _FACULTY.search(school.text) else None


def each_study(entry: Entry) -> list[Entry]:
    """An entry for each study of one line: "MSc Ecology (Ostby, 2014), BSc Biology (Tarn, 2012)"."""
    line = entry.head[0]
    said = [part for part in _CLAUSE.split(line.text) if part.strip()]
    whole = len(entry.head) == 1 and len(said) > 1 and not line.block.cells
    placed = [match for part in said if (match := _PLACED.match(part)) and degrees.degrees_of(match["degree"])]
    if whole and len(placed) == len(said):
        said = [f"{match['degree']}, university: {match['school']}, {match['when']}" for match in placed]
        return [Entry([replace(line, text=part)], [], entry.groups) for part in said]
    if not whole or not all(is_own(part) for part in said):
        return [entry]
    return [Entry([replace(line, text=part)], [], entry.groups) for part in said]


def _is_title(text: str, found: Sequence[Degree]) -> bool:
    """Whether a degree's full title, or who studies for one, is all of a text: "Doctor of Law", "PhD student"."""
    bare = degrees.STUDENT.sub("", text.strip(" .,"))
    titled = " of " in bare or bare != text.strip(" .,")
    return len(found) == 1 and found[0].level > 0 and titled and found[0].name == bare


def is_stay(parts: Parts, study: Post) -> bool:
    """Whether an entry without a degree tells of years at a school, and of nothing that is no subject of study."""
    subjects = [degree.field for degree in study.degrees]
    stretch = any(not span.single for span, _ in parts.spans)
    named = stretch or not (subjects or study.left)
    return bool(parts.spans) and named and all(fields.organization(subject) < fields.LIKELY for subject in subjects)


def is_apprenticeship(entry: Entry, parts: Parts) -> bool:
    """Whether somebody was trained at work: a role and an employer, no school and no degree."""
    if not entry.dated or any(fields.is_school(item.text) or degrees.degrees_of(item.text) for item in parts.segments):
        return False
    post = arrange_post(parts, entry.groups, Custom(role_first=True))
    return fields.role(post.role) >= fields.LIKELY and fields.organization(post.organization) >= 1.0


def is_own(text: str) -> bool:
    """Whether a line below a study is another one, whose thesis and advisor are its own."""
    return fields.is_school(text[:200]) and any(degree.level > 0 for degree in degrees.degrees_of(text[:60]))


def _split_degrees(segments: list[Segment]) -> list[Segment]:
    """Cut a school off the degree it is glued to."""
    found = []
    for item in segments:
        head, rest = degrees.before_degree(item.text)
        if head and folded(head) not in word_set("fields", "degree_leads"):
            found.append(replace(item, text=head))
        found.append(replace(item, text=rest) if head else item)
    return found


def _trimmed(degree: Degree, post: Post) -> Degree:
    """A degree whose field has the school behind it: "PhD in Physics from Example University"."""
    for joint in (" from ", " at ", " an der ", " à ", " presso "):
        head, found, name = degree.field.partition(joint)
        if found and fields.organization(name.removeprefix("the ")) >= fields.LIKELY:
            if not post.organization:
                post.organization = name.removeprefix("the ").strip(" ,")
            return Degree(degree.name, head.strip(" ,"), degree.level)
    if (
        degree.field
        and fields.is_school(degree.field)
        and fields.department(degree.field) < fields.LIKELY
        and not post.organization
    ):
        post.organization = degree.field
        return Degree(degree.name, "", degree.level)
    return degree


def _remaining_school(rest: list[Segment], post: Post) -> list[Segment]:
    """The school among names without a word that says so: the one on another line, set off, linked, or the last."""
    names = [
        item for item in rest
        if fields.is_name(item.text) and not persons.is_person(item.text)
        and not (item.slanted and len(item.text.split()) > 4)
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
        whole = next((part for part in item.source.block.slanted if item.text in part), item.text)
        if item.slanted and len(whole.split()) > 3 and not post.slanted:
            post.slanted = " ".join(whole.split()).strip(" .,")
        elif item.slanted and item.text in post.slanted:
            continue
        elif _is_town(item, post):
            post.location = item.text
        elif bare is not None and _is_subject(item):
            post.degrees[bare] = post.degrees[bare]._replace(field=_CANDIDATE.sub("", _STUDIED.sub("", item.text)))
        elif (
            not post.degrees
            and post.organization
            and item.text[0].isupper()
            and item.before != "at"
            and (post.line is None or item.source is post.line)
            and _is_subject(item)
            and not any(other.level == -1 for other in post.degrees)
        ):
            post.degrees.append(Degree("", _STUDIED.sub("", item.text), -1))
        else:
            left.append(item)
    post.left = left


def _is_town(item: Segment, post: Post) -> bool:
    """Whether a name behind a school is where that is: one that no word tells to be a subject of study."""
    if post.degrees or post.location or item.before != "," or item.bracketed or not post.organization:
        return False
    behind = item.source.text.find(f"{post.organization}, {item.text}") >= 0
    ends = tuple(word_set("fields", "subject_endings"))
    known = word_set("fields", "degree_subjects") | word_set("fields", "subjects")
    parts = fields.words(item.text)
    subject = any(part in known or part.endswith(ends) for part in parts)
    return behind and len(parts) == 1 and item.text[:1].isupper() and not subject


def _is_subject(item: Segment) -> bool:
    if fields.is_region(item.text.strip(" .")) or item.key in word_set("fields", "study_words"):
        return False
    if item.key.split()[0] in word_set("fields", "degree_openers") or not persons.without_titles(f"{item.text}. "):
        return False  # "Studied abroad"; "Prof" of whoever advised it
    return (
        fields.is_name(item.text) and len(item.text) < 80 and not item.bracketed and not persons.is_person(item.text)
    ) or (
        item.before in (",", "break", "-", "–", ":")
        and 1 <= len(item.text.split()) <= 6
        and not any(char.isdigit() for char in item.text)
        and fields.role(item.text) < fields.LIKELY
        and not item.bracketed
    )
