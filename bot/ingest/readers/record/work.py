"""What a record says of somebody's work: role, employer, from when to when, and where they are by now; no talk."""

import re
from collections.abc import Iterator

from bot.ingest.extract.layout.degrees import degrees_of
from bot.ingest.extract.layout.fields import LIKELY, SURE, organization, role
from bot.ingest.readers.record.facts import RecordFacts, Said, whole_time
from bot.ingest.readers.record.names import without_bracket
from bot.ingest.readers.record.placed import text_of
from bot.ingest.readers.record.texts import readable
from bot.ingest.readers.record.when import read_when
from bot.language.document_words import alternatives, folded, word_set
from bot.model.entity import EntityRef
from bot.model.partial_date import PartialDate

Stretch = tuple[PartialDate | None, PartialDate | None]

_AT = re.compile(r"\s+(?:at|@|bei|presso|chez)\s+|\s*@\s*")
_FURTHER = re.compile(r"\s*[,;|/(]\s*|\s+(?:and|und|e|et|y|&)\s+(?=[a-z])")  # "at Acme and creator of Rope"
_AS = re.compile(r"\A(?:at|with)\s+(?P<employer>[A-Z].*?)\s+as\s+(?:an?\s+|the\s+)?(?P<role>\S.*)\Z")
_ALSO = re.compile(r"\s+&\s+")
_BY_NOW = re.compile(rf"(?:{alternatives(word_set('fields', 'by_now'))})\s+(?=\S)", re.IGNORECASE)
_SCHOOL = re.compile(r"(?:\A|\s+)(?:from|at)\s+(?:the\s+)?(?=[A-Z])|\s*,\s*(?=[A-Z])")
_PAST = (("status", "past"),)
_SEVERAL = re.compile(r"\s*;\s*")
_PIECES = re.compile(r"\s*[,;/&|]\s*|\s+and\s+")  # of a role: "Founder & CTO"
_FEWEST_ROLES = 2
_MOST_ROLE = 100  # characters of a text that may be a role and its employer


def read_work(facts: RecordFacts) -> list[Said]:
    """State role and employer. Gives the roles for which no employer is named."""
    _sort_texts(facts)
    start, end = _stretch(facts)
    companies = facts.values("worksFor")
    roles = _at_other_houses(facts, facts.take("jobTitle"), companies, (start, end)) + _flagged(facts)
    if companies and all(folded(said.text) in word_set("fields", "no_employers") for said in companies):
        companies = []  # whoever is freelance works for nobody
        for said in facts.take("worksFor"):
            facts.drafting.leave(facts.evidence_of(said), "no employer")
    if companies:
        details = [("roleName", said.text) for said in roles]
        details += [("department", said.text) for said in facts.values("department")]
        if len(companies) == 1:
            facts.fields.pop("department", None)
        else:
            _state_roles(facts, roles, start, end)
        facts.state_all("worksFor", details if len(companies) == 1 else (), start, end)
        for said in roles if len(companies) == 1 and companies[0].text else ():
            _state_founder(facts, said.text, companies[0].text, said)
    elif "now" in facts.fields:  # what someone was before
        for said in roles:
            facts.drafting.state(
                facts.ref, "jobTitle", said.text, facts.evidence_of(said), qualifiers=_PAST, start=start, end=end
            )
    else:
        _state_roles(facts, roles, start, end)
    _now(facts)
    _studies(facts)
    return roles if not companies else []


def _at_other_houses(facts: RecordFacts, roles: list[Said], companies: list[Said], time: Stretch) -> list[Said]:
    """State each of several roles in one field that names a house of its own; gives the others, one by one."""
    kept: list[Said] = []
    houses = {folded(said.text) for said in companies}
    for said in roles:
        parts = [part for part in _SEVERAL.split(said.text) if part]
        if len(parts) < _FEWEST_ROLES or role(_AT.split(parts[0])[0].split(",")[0]) < LIKELY:
            kept.append(said)
            continue
        for part in parts:
            held, employer = (text.strip(" ,") for text in role_and_employer(part))
            if not employer:
                held, _, employer = part.partition(", ")
            if not employer or folded(employer) in houses:
                kept.append(Said(held, said.path))
                continue
            details, evidence = [("roleName", held)], facts.evidence_of(said)
            facts.drafting.state(
                facts.ref, "worksFor", employer, evidence, qualifiers=details, start=time[0], end=time[1]
            )
            _state_founder(facts, held, employer, said)
    return kept


def _state_founder(facts: RecordFacts, held: str, house: str, said: Said) -> None:
    """Whoever holds the role of a founder, and nothing that names another house, founded the house."""
    parts = _PIECES.split(held)
    founders = any(folded(part) in word_set("fields", "founder_words") for part in parts)
    if founders and all(role(part) >= LIKELY for part in parts):
        founded = EntityRef(house, ("organization",))
        facts.drafting.state(founded, "founder", facts.name, facts.evidence_of(said))


def role_and_employer(text: str, beside: str = "") -> tuple[str, str]:
    """A role and where it is held; the second is empty where the text does not say it."""
    if len(text) > _MOST_ROLE:
        return text, ""
    parts = _AT.split(text, maxsplit=1)
    if len(parts) == 2 and (parts[1][:1].isupper() or "@" in text) and "," not in parts[0].rstrip(","):
        employer = _FURTHER.split(parts[1], maxsplit=1)[0]
        first, *further = _ALSO.split(employer, maxsplit=1)  # "at Acme & Fellow at the Guild", but "at Reed & Sons"
        return parts[0], first if further and role(_AT.split(further[0])[0]) >= LIKELY else employer
    role_text, comma, employer = without_bracket(text).rpartition(", ")
    if comma and employer[:1].isupper() and _says_so(beside, employer):
        return role_text, employer
    employer, comma, role_text = text.partition(", ")
    if comma and employer[:1].isupper() and role(role_text) >= SURE and _says_so(beside, employer):
        return role_text, employer
    return text, ""


def _says_so(text: str, employer: str) -> bool:
    return re.search(rf"\b(?:at|for|with|by|from|of)\s+(?:the\s+)?{re.escape(employer)}\b", text) is not None


def _sort_texts(facts: RecordFacts) -> None:
    """Note where a field that may say anything says what somebody does by now, or is a role and nothing else."""
    for target in ("", "description"):
        for key in list(facts.fields.get(target, ())):
            text = readable(text_of(facts.record.data[key]))
            if len(text) > _MOST_ROLE:
                continue
            if _BY_NOW.match(text):
                found = "now"
            elif target and "jobTitle" not in facts.fields and _is_role(key, text):
                found = "jobTitle"
            else:
                continue
            facts.fields[target].remove(key)
            facts.fields.setdefault(found, []).append(key)


def _is_role(key: str, text: str) -> bool:
    """Whether a description is a role and no more; what comes after the first may be what somebody will be."""
    return not key[-1:].isdigit() and not {".", ","}.intersection(text) and role(text) >= SURE


def _flagged(facts: RecordFacts) -> list[Said]:
    """Roles that a field is named for: `captain: true`."""
    found = []
    for key in list(facts.fields.get("", ())):
        if facts.record.data[key] is True and folded(key) in word_set("fields", "roles"):
            facts.fields[""].remove(key)
            found.append(Said(key, (*facts.record.path, key)))
    return found


def _stretch(facts: RecordFacts) -> Stretch:
    """From when to when it was, by fields of the beginning and the end, or by one that gives both."""
    starts, ends = facts.take("startDate"), facts.take("endDate")
    start, end = whole_time(starts), whole_time(ends)
    for said, when in ((said, start if said in starts else end) for said in (*starts, *ends)):
        if when is None:
            facts.drafting.leave(facts.evidence_of(said), "not a date")
    if start is not None and not ends:
        return start.start, start.end if start.end != start.start else None
    if start is not None or end is not None:
        return start.start if start else None, end.end if end else None
    for key in list(facts.fields.get("", ())):
        if folded(key) not in word_set("fields", "stretches"):
            continue
        when = read_when(without_bracket(readable(text_of(facts.record.data[key]))))
        if when is not None and when.start is not None and (when.open or when.end != when.start):
            facts.fields[""].remove(key)
            return when.start, None if when.open else when.end
    return None, None


def _state_roles(facts: RecordFacts, roles: list[Said], start: PartialDate | None, end: PartialDate | None) -> None:
    """A title may name the employer: `Engineer at Acme`; `Engineer, Acme` only where the text beside it says so too."""
    beside = " ".join(_texts(facts))
    for said in roles:
        role_text, employer = role_and_employer(said.text, beside)
        evidence = facts.evidence_of(said)
        if not employer or not said.text.endswith((employer, ")", role_text)):
            facts.drafting.state(facts.ref, "jobTitle", said.text, evidence, start=start, end=end)
        if employer:
            details = [("roleName", role_text)] if role_text else []
            facts.drafting.state(facts.ref, "worksFor", employer, evidence, qualifiers=details, start=start, end=end)


def _now(facts: RecordFacts) -> None:
    """Where somebody who left works by now: `Engineer at Acme`, `at Acme as an engineer`, `Lecturer, Acme`."""
    for said in facts.take("now"):
        text = _BY_NOW.sub("", said.text, count=1) if _BY_NOW.match(said.text) else said.text
        if (match := _AS.match(text)) is not None:
            role_text, employer = match["role"], match["employer"]
        else:
            role_text, employer = role_and_employer(f" {text}" if _AT.match(f" {text}") else text)
        head, comma, rest = text.partition(", ")
        if not employer and comma and rest[:1].isupper() and "," not in rest:
            role_text, employer = head, rest
        if employer:
            details = [("roleName", role_text.strip())] if role_text.strip() else []
            facts.drafting.state(facts.ref, "worksFor", employer, facts.evidence_of(said), qualifiers=details)
        elif text == said.text or role(text) >= LIKELY:
            facts.drafting.state(facts.ref, "jobTitle", text, facts.evidence_of(said))
        else:
            facts.drafting.leave(facts.evidence_of(said))


def _studies(facts: RecordFacts) -> None:
    """Degrees that stand with their school in one text: `PhD at Harlow College`; others are read as schools."""
    for said in facts.values("alumniOf") if _is_all_degrees(facts) else ():
        degree = degrees_of(said.text)[0]
        field, *schools = [part.strip() for part in _SCHOOL.split(degree.field, maxsplit=1)]
        if len(schools) != 1 and organization(field) >= LIKELY:
            field, schools = "", [field]
        details = [("degree", degree.name)] + ([("fieldOfStudy", field)] if field else [])
        if schools:
            facts.drafting.state(facts.ref, "alumniOf", schools[0], facts.evidence_of(said), qualifiers=details)
        else:
            facts.drafting.state(facts.ref, "degree", said.text, facts.evidence_of(said))
        facts.fields.pop("alumniOf", None)


def _is_all_degrees(facts: RecordFacts) -> bool:
    """Whether each text among the schools begins with one degree and has no other."""
    texts = [said.text for said in facts.values("alumniOf")]
    found = [degrees_of(text) for text in texts]
    return bool(texts) and all(
        len(one) == 1 and text.startswith(one[0].name) for one, text in zip(found, texts, strict=True)
    )


def _texts(facts: RecordFacts) -> Iterator[str]:
    return (readable(text_of(value)) for value in facts.record.data.values())
