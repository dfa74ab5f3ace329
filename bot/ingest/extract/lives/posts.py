"""Entries about jobs, offices and studies to facts; silent where role, organisation or school are not clear."""

import re
from collections.abc import Sequence

from bot.ingest.documents.blocks import Shape
from bot.ingest.extract.layout import fields, life, persons
from bot.ingest.extract.layout.arrange import arrange_post, span_of
from bot.ingest.extract.layout.degrees import Degree, before_degree, degrees_of
from bot.ingest.extract.layout.entries import Entry, Line, entries_of
from bot.ingest.extract.layout.notes import Notes
from bot.ingest.extract.layout.post import Custom, Post, custom_of
from bot.ingest.extract.layout.sections import Section, plain_heading
from bot.ingest.extract.layout.segments import Parts, cut
from bot.ingest.extract.lives.asides import asides
from bot.ingest.extract.lives.clauses import clauses
from bot.ingest.extract.lives.duties import duties, state_employer
from bot.ingest.extract.lives.ends import end_post
from bot.ingest.extract.lives.focus import behind_role, topics_below
from bot.ingest.extract.lives.offices import below_employers, each_named, from_group
from bot.ingest.extract.lives.studies import arrange_study, each_study, is_apprenticeship, is_stay
from bot.ingest.readers.markup.lines import looks_like_prose
from bot.language.date_ranges import DateSpan, find_ranges
from bot.language.document_words import alternatives, folded, word_set
from bot.model.partial_date import PartialDate

_SMALL = 0.5  # as an organisation: what is not even written like a name
_MOST_ENTRY = 300
_MOST_SUBJECTS = 5
_SUBJECT_OF = re.compile(r"\s*(?:\(|(?:in|im Fach|en|für)\s+\S)")
_WHOLE_ROLE = 5.0  # what is nothing but a role
_STUDIES = frozenset({"studium", "grundstudium"}) | word_set("fields", "degree_openers")  # that name no degree
_NOW = re.compile(r"\b(?:current|present|now|aktuell|actuel|actual|attuale|huidig)", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:past|previous(?:ly)?|former(?:ly)?|prior|earlier|emeritus|emerita|ehemal\w+|früher\w*|vormal\w+|ancien(?:ne)?s?|anterior\w*|precedent\w*|vroeger\w*)\b",
    re.IGNORECASE,
)


def read_posts(notes: Notes, section: Section, property_: str = "worksFor") -> None:
    """The jobs of a section, or its memberships and offices."""
    entries = entries_of(section.blocks, grouped=property_ == "memberOf")
    if property_ == "memberOf":
        entries = [part for entry in entries for part in each_named(entry)]
    entries = [below_employers(entry, notes.subject.name) for entry in entries]
    taken = [(entry, cut(entry)) for entry in entries]
    taken = [_with_details(entry, parts) for entry, parts in taken]
    if any(whole is not entry for (whole, _), entry in zip(taken, entries, strict=True)):
        taken = [_with_details(entry, parts, loose=True) for entry, parts in taken]
    custom = custom_of(arrange_post(parts, entry.groups) for entry, parts in taken)
    current = bool(_NOW.search(section.title))
    for entry, parts in taken:
        state_post(notes, entry, parts, property_, custom, current=current, title=section.title)


def read_studies(notes: Notes, section: Section) -> None:
    """The studies of a section."""
    school = ""
    for entry in (part for whole in entries_of(section.blocks) for part in each_study(whole)):
        parts = cut(entry)
        if is_apprenticeship(entry, parts):
            state_post(notes, entry, parts, "worksFor", Custom(role_first=True))
            continue
        school = state_study(notes, *_with_details(entry, parts, study=True), before=school)


def _with_details(entry: Entry, parts: Parts, *, study: bool = False, loose: bool = False) -> tuple[Entry, Parts]:
    """An entry whose role, school or employer stands in the lines nested below it: those belong to its head."""
    post = arrange_study(parts, entry.groups) if study else arrange_post(parts, entry.groups)
    missing = not post.organization or (not post.degrees if study else not post.role)
    nested = [line for line in entry.details[:3] if line.short and _is_nested(line, entry, study=study)]
    if not missing or not nested:
        return entry, parts
    taken: list[Line] = []
    for line in nested:
        other = arrange_study(cut(Entry([line])), ()) if study else arrange_post(cut(Entry([line])), ())
        least = 1.0 if loose and not taken and len(line.text.split()) <= 6 else 1.5
        fits = (fields.organization(other.organization) >= least and not post.organization) or (
            any(degree.level > 0 for degree in other.degrees) and not post.degrees
            if study
            else fields.role(other.role) >= 4 and not post.role
        )
        if not fits:
            break
        taken.append(line)
    if not taken:
        return entry, parts
    whole = Entry(
        [*entry.head, *taken], [line for line in entry.details if line not in taken], entry.groups, entry.columns
    )
    return whole, cut(whole)


def _is_nested(line: Line, entry: Entry, *, study: bool) -> bool:
    """Whether a line is listed deeper than the entry's head, or below the heading that names a school."""
    if entry.block.shape is Shape.HEADING:
        return study and line.block.shape is Shape.ITEM
    return entry.block.shape is Shape.ITEM and line.block.level > entry.block.level


def read_mixed(notes: Notes, section: Section) -> None:
    """Entries of any kind: what has a degree is a study, what has a sure role or organisation and a date a job."""
    for whole in (part for entry in entries_of(section.blocks) for part in clauses(entry)):
        entry = below_employers(whole, notes.subject.name, known=True)
        block = entry.head[0].block
        if block.shape is Shape.PARAGRAPH and len(block.text) > _MOST_ENTRY and looks_like_prose(block.text):
            continue  # sentences, which are read as such
        parts = cut(entry)
        if not _state_life(notes, entry, parts) and not _state_any(notes, entry, parts) and entry.dated:
            notes.leave(entry.head[0], "not clear what this is")


def _state_any(notes: Notes, entry: Entry, parts: Parts) -> bool:
    """Note an entry of an unknown kind where its words leave no doubt."""
    study = arrange_study(parts, entry.groups)
    post = arrange_post(parts, entry.groups)
    if any(life.is_end(item.text) for item in parts.segments[:1]):
        return end_post(notes.drafting, notes.subject, parts)
    roled = post.told or (bool(post.role) and fields.role(post.role) >= fields.SURE)
    if (
        study.organization
        and fields.is_school(study.organization)
        and (any(degree.level > 0 for degree in study.degrees) or (not roled and is_stay(parts, study)))
    ):
        return bool(state_study(notes, entry, parts))
    if entry.dated and not study.organization and _state_degree(notes, entry, parts, study):
        return True
    whole = entry.clause and len(parts.segments) == 1 and fields.role(post.role) >= _WHOLE_ROLE
    own = (entry.dated and len(parts.spans) <= 2 and fields.role(post.role) >= 4 and len(post.role.split()) <= 8) or (
        whole and post.role == parts.segments[0].text
    )
    if not post.organization and own and not post.names and post.role_line is not None:
        return notes.state("jobTitle", post.role, post.role_line, (), span_of(parts)[0]) is not None
    if not post.organization:
        return False
    if _of_another(parts, post):
        return False
    office = roled and life.is_office(post.role)
    if roled and (entry.dated or office) and (post.sure or fields.organization(post.organization) >= fields.LIKELY):
        return state_post(notes, entry, parts, "memberOf" if office else "worksFor", Custom())
    if (
        entry.dated
        and not post.role
        and fields.organization(post.organization) >= fields.SURE
        and sum(not item.bracketed for item in post.names) == 1
        and not degrees_of(post.organization)
        and sum(span.start is not None for span, _ in parts.spans) == 1
    ):
        return state_post(notes, entry, parts, "worksFor", Custom())
    return False


def _state_degree(notes: Notes, entry: Entry, parts: Parts, study: Post) -> bool:
    """Note a degree that is all that an entry tells of, without a school: "1970 Promotion zum Dr. phil."."""
    span, line = span_of(parts)
    alone = len(study.degrees) == len(parts.segments) == len(entry.head) == 1 and study.degrees[0].level > 0
    if not alone or span is None or line is None or not span.single:
        return False
    before, _ = before_degree(parts.segments[0].text)
    if before and folded(before) not in word_set("fields", "degree_leads"):
        return False  # "Harbour Master"
    name, field, _ = study.degrees[0]
    behind = parts.segments[0].text.partition(name)[2]
    if field and _SUBJECT_OF.match(behind) is None:
        return False  # "Master class", "MS Seagull"
    _, end = _times(span)
    return notes.state("degree", f"{name} in {field}" if field else name, line, start=end, end=end) is not None


def _of_another(parts: Parts, post: Post) -> bool:
    """Whether a list tells of somebody else: "Ada King (postdoc, since 2024)"."""
    bracketed = any(item.bracketed and item.text in (post.role, *post.role.split(", ")) for item in parts.segments)
    return bracketed and persons.is_person(post.organization)


def _state_life(notes: Notes, entry: Entry, parts: Parts) -> bool:
    """Birth and prizes, which tables of a life list between jobs and schools."""
    span, line = span_of(parts)
    if span is None or line is None or span.start is None or len(parts.segments) > 3:
        return False
    for item in parts.segments:
        place = life.birthplace(item.text)
        if place is not None:
            made = notes.state("birthDate", str(span.start), line, said=item.text)
            if place and fields.is_name(place):
                notes.state("birthPlace", place.split("(")[0], line)
            return made is not None
    whole = ", ".join(item.text for item in parts.segments)
    if parts.segments and life.is_award(whole) and fields.role(parts.segments[0].text) < fields.LIKELY:
        return notes.state("award", life.award_name(whole), line, (), span) is not None
    return False


def state_post(
    notes: Notes, entry: Entry, parts: Parts, property_: str, custom: Custom, *, current: bool = False, title: str = ""
) -> bool:
    """Note one job or office; `title` is the heading of its section."""
    post = arrange_post(parts, entry.groups, custom)
    if property_ == "memberOf":
        from_group(post, entry, parts)
    span, dated_line = span_of(parts)
    study = arrange_study(parts, entry.groups) if property_ == "worksFor" and not post.role else None
    if study is not None and fields.is_school(study.organization) and any(one.level > 0 for one in study.degrees):
        return bool(state_study(notes, entry, parts))
    if not _clear(post, entry, property_):
        if (
            post.role
            and fields.role(post.role) >= fields.SURE
            and entry.dated
            and not post.names
            and post.role_line is not None
        ):
            return notes.state("jobTitle", post.role, post.role_line, duties(entry, parts), span) is not None
        notes.leave(entry.head[0], "no organisation found" if not post.organization else "not clear who this was for")
        return False
    line = post.line or entry.head[0]
    role, focus = behind_role(post.role)
    qualifiers = [
        ("roleName", role), ("department", post.department), ("location", post.location),
        *(("focus", topic) for topic in (focus, *topics_below(entry, parts, post))), *duties(entry, parts),
    ]  # fmt: skip
    if span is None and not current:
        span, _ = span_above(entry)
    over = _PAST.search(" ".join((title, *(other.text for other in (*entry.groups, *entry.head)))))
    if span is None and not current and property_ == "worksFor" and over is not None:
        qualifiers.append(("status", "past"))
    said = f"{post.organization} {post.role} {dated_line.text if dated_line and dated_line.block is line.block else ''}"
    fact = notes.state(property_, post.organization, line, [item for item in qualifiers if item[1]], span, said=said)
    if fact is None:
        return False
    state_employer(notes, entry, parts, post.organization)
    for other in (*entry.head, *entry.details):
        notes.mark(other.block)
    return True


def state_study(notes: Notes, entry: Entry, parts: Parts, *, before: str = "") -> str:
    """Note one course of study, and what it tells of thesis, advisor and grade; gives the school.

    `before` is the school of the entry before, to which a degree alone belongs: "1988–1994 …" and then "1994 Diplom".
    """
    post = arrange_study(parts, entry.groups)
    if not post.organization and before and post.degrees and not post.left and len(entry.head) == 1:
        post.organization = before
    if not post.organization:
        notes.leave(entry.head[0], "no school found")
        return ""
    known = fields.is_school(post.organization) or any(degree.level > 0 for degree in post.degrees)
    if not known and not post.told and not (entry.dated and fields.organization(post.organization) >= fields.SURE):
        notes.leave(entry.head[0], "neither a school nor a degree")
        return ""
    line = post.line or entry.head[0]
    spans = _spans(parts, len(post.degrees))
    labels = {name: (value, place) for name, value, place in parts.labelled}
    named = post.degrees or [Degree(labels.get("degree", ("", line))[0], "", 0)]
    if "degree" in labels and len(named) == 1 and named[0].level <= 0:
        named = [named[0]._replace(name=labels["degree"][0])]
    advisors, thesis, gpa = asides(entry, parts, post)
    made = None
    for number, degree in enumerate(named):
        span = spans[number] if number < len(spans) else spans[-1] if spans else None
        name = "" if folded(degree.name) in _STUDIES else degree.name
        subjects = _subjects(degree) or [value for name, (value, _) in labels.items() if name == "fieldOfStudy"]
        qualifiers = [
            ("degree", name), *(("fieldOfStudy", subject) for subject in subjects),
            ("department", post.department),
            ("location", post.location), ("note", post.honour),
        ]  # fmt: skip
        if len(named) == 1:
            qualifiers += (("advisor", name) for name, _ in advisors)
        if thesis is not None and len(named) == 1:
            qualifiers.append(("thesisTitle", thesis[0]))
        start, end = _times(span)
        said = f"{post.organization} {degree.name} {degree.field}"
        made = notes.state(
            "alumniOf",
            post.organization,
            line,
            [item for item in qualifiers if item[1]],
            start=start,
            end=end,
            said=said,
        )
    for school in post.further:
        notes.state("alumniOf", school.text, school.source, (), spans[0] if spans else None)
    best = max(named, key=lambda degree: degree.level)
    if thesis is not None:
        _, end = _times(spans[-1] if spans else None)
        notes.state(
            "thesisTitle", thesis[0], thesis[1], [("degree", best.name)] if best.name else (), start=end, end=end
        )
    for advisor, place in advisors:
        notes.state("advisor", advisor, place, [("degree", best.name)] if best.name else ())
    if gpa is not None:
        notes.state("gpa", gpa[0], gpa[1], [("location", post.organization)])
    for other in (*entry.head, *entry.details):
        notes.mark(other.block)
    return post.organization if made is not None else ""


def _clear(post: Post, entry: Entry, property_: str) -> bool:
    """Whether what was found may be stated. What is only left over needs a date and a role, or stands alone."""
    if not post.organization or len(post.organization) < 2:
        return False
    if fields.is_place(post.organization):
        return False
    if (
        post.organization[0].islower()
        and len(post.organization.split()) > 2
        and fields.organization(post.organization) <= _SMALL
    ):
        return False  # a part of a sentence
    if fields.role(post.organization) >= 4 and fields.organization(post.organization) < fields.SURE:
        return False
    if post.told:
        return True
    strong = fields.organization(post.organization) >= fields.LIKELY
    roled = bool(post.role) and fields.role(post.role) >= 1.8
    if property_ == "memberOf":
        return strong or roled or (entry.dated and len(post.names) == 1 and (post.sure or not post.left))
    if entry.dated or any(line.dated for line in entry.groups):
        alone = sum(not item.bracketed for item in post.names) == 1 and (
            bool(post.location) or any(not span.single for span, _ in span_lines(entry))
        )
        return strong or roled or alone or (post.sure and len(post.names) <= 1) or bool(post.role)
    return strong and roled


def span_lines(entry: Entry) -> list[tuple[DateSpan, Line]]:
    """The times of an entry's head, with their lines."""
    return [(span, line) for line in entry.head for span in find_ranges(line.text)]


def span_above(entry: Entry) -> tuple[DateSpan | None, Line | None]:
    """The time that a heading above an entry gives."""
    for line in reversed(entry.groups):
        span, _ = span_of(cut(Entry([line])))
        if span is not None:
            return span, line
    return None, None


def _spans(parts: Parts, degrees: int) -> list[DateSpan]:
    """The times of the degrees: one for each where there are as many, else the one of all."""
    spans = [span for span, _ in parts.spans]
    if (
        len(spans) == 1
        and degrees > 1
        and spans[0].start is not None
        and spans[0].end is not None
        and not spans[0].single
    ):
        return _two_ends(parts, spans[0], degrees)
    if degrees > 1 and len(spans) == degrees:
        return spans
    whole = next((span for span in spans if not span.single), None)
    return [whole] if whole is not None else spans[:1]


def _two_ends(parts: Parts, span: DateSpan, degrees: int) -> list[DateSpan]:
    """Two dates: "May 2012 January 2013" behind degrees of two levels is when each was received, not a stretch."""
    text = parts.spans[0][1].text
    written = text[span.first : span.last]
    joined = re.search(r"[-–—−]|\b(?:to|bis|until|à|al)\b|present", written)
    if joined is not None or span.start is None or span.end is None:
        return [span]
    one = DateSpan(span.first, span.last, span.start, span.start)
    other = DateSpan(span.first, span.last, span.end, span.end)
    return [one] * (degrees - 1) + [other]


def _times(span: DateSpan | None) -> tuple["PartialDate | None", "PartialDate | None"]:
    """A single date of a study is when it ended."""
    if span is None:
        return None, None
    return (None, span.end) if span.single else (span.start, span.end)


def _subjects(degree: Degree) -> list[str]:
    """The subjects of a degree: "Philosophy, Politics and Economics" is one, unless only studies are told of."""
    joints = re.compile(rf"\s+(?:{alternatives(word_set('fields', 'subject_joints'))})\s+", re.IGNORECASE)
    field = joints.sub(", ", degree.field)
    series = re.search(r",[^,]*\s(?:and|&|und|et|y|e)\s", field)
    if series is not None and folded(degree.name) in _STUDIES:
        field = re.sub(r",?\s+(?:and|&|und|et|y|e)\s+", ", ", field)
    elif series is not None:
        return [field]
    return [part.strip() for part in re.split(r"\s*[,;]\s+", field) if part.strip()][:_MOST_SUBJECTS]


def topic_of(groups: Sequence[Line]) -> str:
    """What the nearest heading above an entry names."""
    return groups[-1].text if groups and not plain_heading(groups[-1].text).isdigit() else ""


def is_year(text: str) -> bool:
    """Whether a heading is only a year."""
    return bool(re.fullmatch(r"\W*\d{4}(?:\s*[-–/]\s*\d{2,4})?\W*", folded(text)))
