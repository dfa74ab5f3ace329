"""A record of a person: work, place, accounts, talks; reads no running text."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from bot.ingest.readers.record.conference import COMMITTEE, ORGANIZER
from bot.ingest.readers.record.event import read_event
from bot.ingest.readers.record.facts import RecordFacts, Said, Source, whole_time
from bot.ingest.readers.record.fields import plain
from bot.ingest.readers.record.group import one_language
from bot.ingest.readers.record.names import without_pronouns
from bot.ingest.readers.record.placed import text_of
from bot.ingest.readers.record.texts import introduction, mail_address, readable
from bot.ingest.readers.record.tree import Record
from bot.language.document_words import folded, word_set
from bot.model.entity import EntityDraft, EntityRef
from bot.model.partial_date import PartialDate

_AT = re.compile(r"\s+(?:at|@|bei|presso|chez)\s+|\s*@\s*")
_FURTHER = re.compile(r"\s*[,;|/(]\s*|\s+(?:and|und|e|et|y|&)\s+(?=[a-z])")  # "at Acme and creator of Rope"
_TIMES = ("startDate", "endDate")
_BELONGS = ("worksFor", "memberOf", "department", "jobTitle", "email")
_PAST = (("status", "past"),)
_ROLES = frozenset({"role", "roles", "responsibility", "responsibilities", "area", "duty", "duties"})
_OF_TALK = frozenset(
    {"startDate", "endDate", "startTime", "endTime", "day", "location", "track", "type", "duration", "difficulty",
     "inLanguage", "recording", "slides", "attendance"}
)  # fmt: skip
_MOST_ROLE = 100  # characters of a text that may be a role and its employer


def read_person(facts: RecordFacts) -> None:
    """State what the record says."""
    facts.declare(aliases=[facts.alias] if facts.alias else ())
    of_talk = _fields_of_talk(facts)
    start, end = _times(facts)
    roles = facts.take("jobTitle")
    companies = facts.values("worksFor")
    if companies and all(folded(said.text) in word_set("fields", "no_employers") for said in companies):
        companies = []  # whoever is freelance works for nobody
        for said in facts.take("worksFor"):
            facts.drafting.leave(facts.evidence_of(said), "no employer")
    departments = [("department", said.text) for said in facts.values("department")]
    if companies:
        quals = [("roleName", said.text) for said in roles] + departments
        if len(companies) == 1:
            facts.fields.pop("department", None)
        else:
            _state_roles(facts, roles, start, end)
        facts.state_all("worksFor", quals if len(companies) == 1 else (), start, end)
    elif "now" in facts.fields:  # what someone was before
        for said in roles:
            facts.drafting.state(facts.ref, "jobTitle", said.text, facts.evidence_of(said), qualifiers=_PAST)
    else:
        _state_roles(facts, roles, start, end)
    _now(facts)
    _pronouns(facts)
    _home(facts)
    _membership(facts, roles if not companies else [])
    _talks(facts, of_talk)
    facts.state_rest()


def namesakes(source: Source, records: Sequence[Record]) -> set[str]:
    """Names that several records have with an e-mail address of its own each: those are different people."""
    addresses: dict[str, list[set[str]]] = {}
    for record in records:
        facts = RecordFacts(source, record, "person")
        own = {mail_address(said.text).casefold() for said in facts.values("email")}
        if facts.name and own:
            addresses.setdefault(facts.name, []).append(own)
    return {
        name
        for name, several in addresses.items()
        if any(one.isdisjoint(other) for one, other in combinations(several, 2))
    }


def tell_namesakes_apart(facts: RecordFacts) -> None:
    """Call each of several people of one name by what they belong to, too."""
    for target in _BELONGS:
        for said in facts.values(target)[:1]:
            if said.text:
                facts.alias = facts.name
                facts.name = f"{facts.name} ({said.text})"
                facts.ref = EntityRef(facts.name, ("person",))
                return


def read_organizer(facts: RecordFacts, names: tuple[str, ...]) -> None:
    """Who stands in the list of those who organise an occasion does so; a role there is one at the occasion."""
    occasion = facts.source.group.occasion
    target = facts.source.words.target("event", names[-1]) if names else None
    if occasion is None or occasion[0] != "event" or target not in (ORGANIZER, COMMITTEE):
        return
    roles = [key for key in facts.fields.get("jobTitle", ()) if plain(key) in _ROLES]
    texts = [text for key in roles if (text := readable(text_of(facts.record.data[key])))]
    facts.fields["jobTitle"] = [key for key in facts.fields.get("jobTitle", ()) if key not in roles]
    details = [("roleName", text) for text in texts[:1]]
    start, end = (occasion[2].start, occasion[2].end) if occasion[2] is not None else (None, None)
    event = EntityRef(occasion[1], ("event",))
    evidence = facts.source.placed.evidence((*facts.record.path, roles[0]), texts[0]) if texts else facts.evidence
    facts.drafting.state(event, target, facts.name, evidence, qualifiers=details, start=start, end=end)


def _membership(facts: RecordFacts, roles: list[Said]) -> None:
    """Of what someone is a member, and since when; the files of a club need not say whose members they list."""
    joined = facts.take("joined")
    since = whole_time(joined)
    start = since.start if since is not None else None
    occasion = facts.source.group.occasion
    if "memberOf" in facts.fields:
        facts.state_all("memberOf", start=start)
    elif occasion is not None and occasion[0] == "organization":
        details = [("roleName", said.text) for said in roles[:1]]
        facts.drafting.state(facts.ref, "memberOf", occasion[1], facts.evidence, qualifiers=details, start=start)
    else:
        for said in joined:
            facts.drafting.leave(facts.evidence_of(said), "of what someone became a member is not said")


def _times(facts: RecordFacts) -> tuple[PartialDate | None, PartialDate | None]:
    starts, ends = facts.take("startDate"), facts.take("endDate")
    start, end = whole_time(starts), whole_time(ends)
    for said, when in ((said, start if said in starts else end) for said in (*starts, *ends)):
        if when is None:
            facts.drafting.leave(facts.evidence_of(said), "not a date")
    if start is not None and not ends:
        return start.start, start.end if start.end != start.start else None
    return start.start if start else None, end.end if end else None


def _state_roles(
    facts: RecordFacts, roles: list[Said], start: PartialDate | None, end: PartialDate | None
) -> None:  # fmt: skip
    """A title may name the employer: `Engineer at Acme`; `Engineer, Acme` only where the text beside it says so too."""
    for said in roles:
        role, employer = role_and_employer(said.text, _texts_beside(facts))
        if employer and not said.text.endswith(employer):
            facts.drafting.state(facts.ref, "jobTitle", said.text, facts.evidence_of(said), start=start, end=end)
        if employer:
            facts.drafting.state(
                facts.ref, "worksFor", employer, facts.evidence_of(said),
                qualifiers=[("roleName", role)] if role else [], start=start, end=end,
            )  # fmt: skip
        else:
            facts.drafting.state(facts.ref, "jobTitle", said.text, facts.evidence_of(said), start=start, end=end)


def _now(facts: RecordFacts) -> None:
    """Where somebody who left works by now: `Engineer at Acme`, `Lecturer, University of Harlow`."""
    for said in facts.take("now"):
        role, employer = role_and_employer(said.text)
        head, comma, rest = said.text.partition(", ")
        if not employer and comma and rest[:1].isupper() and "," not in rest:
            role, employer = head, rest
        if employer:
            facts.drafting.state(
                facts.ref,
                "worksFor",
                employer,
                facts.evidence_of(said),
                qualifiers=[("roleName", role)] if role else [],
            )
        else:
            facts.drafting.state(facts.ref, "jobTitle", said.text, facts.evidence_of(said))


def role_and_employer(text: str, beside: str = "") -> tuple[str, str]:
    """A role and where it is held; the second is empty where the text does not say it."""
    if len(text) > _MOST_ROLE:
        return text, ""
    parts = _AT.split(text, maxsplit=1)
    if len(parts) == 2 and parts[1][:1].isupper() and "," not in parts[0]:
        return parts[0], _FURTHER.split(parts[1], maxsplit=1)[0]
    role, comma, employer = text.rpartition(", ")
    if comma and employer[:1].isupper() and _says_so(beside, employer):
        return role, employer
    return text, ""


def _says_so(text: str, employer: str) -> bool:
    return re.search(rf"\b(?:at|for|with|by|from|of)\s+(?:the\s+)?{re.escape(employer)}\b", text) is not None


def _texts_beside(facts: RecordFacts) -> str:
    return " ".join(readable(text_of(one_language(value))) for value in facts.record.data.values())


def _pronouns(facts: RecordFacts) -> None:
    """Pronouns that stand behind the name."""
    _, said = without_pronouns(readable(text_of(facts.record.data.get(facts.name_field))))
    if said and "pronouns" not in facts.fields:
        facts.drafting.state(facts.ref, "pronouns", said, facts.evidence)


def _home(facts: RecordFacts) -> None:
    """Where someone lives, with region and country."""
    regions, countries = facts.values("addressRegion"), facts.values("addressCountry")
    quals = [("addressRegion", said.text) for said in regions[:1]] + [
        ("addressCountry", said.text) for said in countries[:1]
    ]
    homes = facts.values("homeLocation")
    if homes:
        facts.fields.pop("addressRegion", None)
        facts.fields.pop("addressCountry", None)
        facts.state_all("homeLocation", quals)
        return
    for target in ("addressRegion", "addressCountry"):
        for said in facts.take(target):
            facts.drafting.state(facts.ref, "homeLocation", said.text, facts.evidence_of(said))


def _fields_of_talk(facts: RecordFacts) -> dict[str, Any]:
    """Fields of a flat table that say when and where the talk beside the name is held, nothing of its giver."""
    if len(facts.values("talk")) != 1:
        return {}
    words, taken = facts.source.words, {}
    for target in ("", "workLocation", *_TIMES):
        for key in list(facts.fields.get(target, ())):
            if words.target("event", key) in _OF_TALK:
                taken[key] = facts.record.data[key]
                facts.fields[target].remove(key)
    return taken


def _talks(facts: RecordFacts, of_talk: dict[str, Any]) -> None:
    """Talks that stand with their speaker."""
    talks, texts = facts.take("talk"), facts.take("talkDescription")
    drafting, occasion = facts.drafting, facts.source.group.occasion
    for said in talks:
        title = said.text if said.mapping is None else facts.nested(said, ("event",))
        known = facts.source.group.name_of(("event",), title)
        if known is not None:
            title = known
        if not title:
            continue
        event = EntityRef(title, ("event",))
        evidence = facts.evidence_of(said)
        start, end = None, None
        if of_talk:
            talk = RecordFacts(facts.source, Record(of_talk, facts.record.path), "event")
            talk.name, talk.ref, talk.name_field = title, event, ""
            start, end = read_event(talk, ("talks",))
        elif known is None:
            drafting.entities.append(EntityDraft("event", title, (), ("talk",), drafting.document, evidence.line))
        drafting.state(event, "performer", facts.name, evidence, start=start, end=end)
        if not of_talk and occasion is not None and occasion[0] == "event":
            drafting.state(event, "superEvent", occasion[1], evidence)
        for text in texts if len(talks) == 1 else ():
            drafting.state(event, "description", introduction(text.text), facts.evidence_of(text))
    if len(talks) != 1:
        for text in texts:
            drafting.leave(facts.evidence_of(text), "of which talk is not said")
