"""A record of a person: work, place, accounts, talks; reads no running text."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from bot.ingest.readers.record.conference import COMMITTEE, ORGANIZER
from bot.ingest.readers.record.event import read_event
from bot.ingest.readers.record.facts import RecordFacts, Said, Source, whole_time
from bot.ingest.readers.record.fields import plain
from bot.ingest.readers.record.names import without_pronouns
from bot.ingest.readers.record.placed import text_of
from bot.ingest.readers.record.texts import introduction, mail_address, readable
from bot.ingest.readers.record.tree import Record
from bot.ingest.readers.record.work import read_work
from bot.language.document_words import folded, word_set
from bot.model.entity import EntityRef

_TIMES = ("startDate", "endDate")
_BELONGS = ("worksFor", "memberOf", "department", "jobTitle", "email")
_ROLES = frozenset({"role", "roles", "responsibility", "responsibilities", "area", "duty", "duties"})
_OF_TALK = frozenset(
    {"startDate", "endDate", "startTime", "endTime", "day", "location", "track", "type", "duration", "difficulty",
     "inLanguage", "recording", "slides", "attendance"}
)  # fmt: skip


def read_person(facts: RecordFacts) -> None:
    """State what the record says."""
    facts.declare(aliases=[facts.alias] if facts.alias else ())
    of_talk = _fields_of_talk(facts)
    roles = read_work(facts)
    _pronouns(facts)
    _home(facts)
    _membership(facts, roles)
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


def _own_talk(facts: RecordFacts, said: Said) -> None:
    """State a talk that is a record within that of its speaker."""
    talk = RecordFacts(facts.source, Record(said.mapping or {}, said.path), "event")
    facts.source.taken.add(said.path)
    if not talk.name:
        facts.drafting.leave(facts.evidence_of(said), "a record without a name")
        return
    if talk.name not in facts.source.group.ids.get("event", {}).values():
        start, end = read_event(talk, ("talks",))
    else:
        start, end = None, None
    facts.drafting.state(talk.ref, "performer", facts.name, talk.evidence, start=start, end=end)


def _talks(facts: RecordFacts, of_talk: dict[str, Any]) -> None:
    """Talks that stand with their speaker."""
    talks, texts = facts.take("talk"), facts.take("talkDescription")
    drafting, occasion = facts.drafting, facts.source.group.occasion
    for said in talks:
        if said.mapping is not None:
            _own_talk(facts, said)
            continue
        title = said.text
        if folded(title) in word_set("fields", "flags"):
            continue  # that there is one, not what it is called
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
            drafting.declare("event", title, evidence.line, types=("talk",))
        drafting.state(event, "performer", facts.name, evidence, start=start, end=end)
        if not of_talk and occasion is not None and occasion[0] == "event":
            drafting.state(event, "superEvent", occasion[1], evidence)
        for text in texts if len(talks) == 1 else ():
            drafting.state(event, "description", introduction(text.text), facts.evidence_of(text))
    if len(talks) != 1:
        for text in texts:
            drafting.leave(facts.evidence_of(text), "of which talk is not said")
