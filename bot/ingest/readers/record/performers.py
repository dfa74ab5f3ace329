"""What the record of an event says of those who perform at it: where from, their own fields and pages; not who."""

import re
from dataclasses import replace

from bot.ingest.readers.record.employers import origin_of
from bot.ingest.readers.record.facts import RecordFacts, Said
from bot.ingest.readers.record.fields import plain
from bot.ingest.readers.record.names import split_names, without_bracket
from bot.ingest.readers.record.placed import text_of
from bot.ingest.readers.record.tree import Record
from bot.language.yaml_text import YamlPath
from bot.model.entity import EntityRef
from bot.model.partial_date import PartialDate

OF_SPEAKER = "person"
_TALK = "talk"
_PAGE = re.compile(  # /talk/20240503-ropes-and-how-to-hold-them.html
    r"(?:[\w./:-]*/)?(?P<folder>[a-z]+)/(?:\d{4}-?\d\d-?\d\d-)?(?P<title>[a-z0-9]+(?:-[a-z0-9]+)+)(?:\.html?|/)?"
)


def pages_of_talks(facts: RecordFacts) -> list[tuple[str, str, YamlPath]]:
    """Who performs, with the title in the address of the page that the site has of the talk."""
    found = []
    for key in facts.fields.get("performer", ()):
        value = facts.record.data[key]
        for place, item in enumerate(value if isinstance(value, list) else ()):
            name = text_of(item.get("name")) if isinstance(item, dict) else ""
            for field, said in item.items() if name else ():
                page = _PAGE.fullmatch(text_of(said))
                if page is not None and facts.source.words.target(OF_SPEAKER, page["folder"]) == _TALK:
                    title = page["title"].replace("-", " ")
                    found.append((name, title[:1].upper() + title[1:], (*facts.record.path, key, place, field)))
    return found


def own_talks(
    facts: RecordFacts, pages: list[tuple[str, str, YamlPath]], start: PartialDate | None, end: PartialDate | None
) -> None:
    """State the talks that only the address of their page names, as parts of this event."""
    for name, title, path in pages:
        evidence = facts.source.placed.evidence(path, title)
        talk = facts.drafting.declare("event", title, facts.source.placed.line(path), types=(_TALK,))
        facts.drafting.state(talk, "performer", name, evidence, start=start, end=end)
        facts.drafting.state(talk, "superEvent", facts.name, evidence, start=start, end=end)


def of_the_speaker(facts: RecordFacts, performers: list[str]) -> None:
    """Fields of a flat table that say something of the one who speaks: company, bio, accounts."""
    words = facts.source.words
    if len(performers) != 1:
        return
    said = {key: _said_of_speaker(facts, key) for key in facts.fields.get("", [])}
    data = {
        key: facts.record.data[key]
        for key, target in said.items()
        if target not in (None, "skip", "id", "name", "talk")
    }
    accounts = {key: facts.record.data[key] for key in facts.fields.get("sameAs", [])}
    if not data and not accounts:
        return
    named = {plain(key): target for key in data if (target := said[key]) and words.target(OF_SPEAKER, key) is None}
    source = replace(facts.source, overrides={**facts.source.overrides, **named})
    person = RecordFacts(source, Record({**data, **accounts}, facts.record.path), OF_SPEAKER, depth=1)
    person.name = without_bracket(performers[0])
    person.ref = EntityRef(person.name, (OF_SPEAKER,))
    facts.fields[""] = [key for key in facts.fields.get("", []) if key not in data]
    facts.fields.pop("sameAs", None)
    person.state_rest()


def _said_of_speaker(facts: RecordFacts, key: str) -> str | None:
    """What a field says of the one who speaks, by its name or by what follows `speaker` in it: `speaker_link`."""
    words = facts.source.words
    first, *rest = words.parts(key) or [key]
    of_whom = bool(rest) and words.target("event", first) == "performer"
    return words.target(OF_SPEAKER, key) or (words.target(OF_SPEAKER, " ".join(rest)) if of_whom else None)


def where_from(facts: RecordFacts) -> list[tuple[str, Said]]:
    """Where those who perform come from, as brackets behind their names say: `Ada King (Harlow College)`."""
    return [
        (without_bracket(name), Said(origin, said.path))
        for said in facts.values("performer")
        for name in split_names(said.text)
        if (origin := origin_of(name))
    ]
