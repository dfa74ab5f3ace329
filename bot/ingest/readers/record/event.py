"""A record of an event: who, when, where, within what; takes a date from what stands around it, never from a guess."""

from bot.ingest.readers.record.conference import read_deadlines, read_offices
from bot.ingest.readers.record.facts import RecordFacts, Said
from bot.ingest.readers.record.fields import plain
from bot.ingest.readers.record.names import without_bracket
from bot.ingest.readers.record.performers import OF_SPEAKER, of_the_speaker, own_talks, pages_of_talks, where_from
from bot.ingest.readers.record.placed import text_of
from bot.ingest.readers.record.tree import Record, scalars_below
from bot.ingest.readers.record.when import When, read_when
from bot.language.document_words import folded, word_set
from bot.model.entity import EntityRef
from bot.model.fact import Evidence
from bot.model.partial_date import PartialDate

_TALK, _KEYNOTE = "talk", "keynote"  # a keynote is a talk; a workshop among talks is none
_OCCASION = "conference"
_NAMES_SPEAKER = ("name", "fullname", "speakername", "presentername")
_YEARS = ("year", "jahr", "anno", "ano", "annee")
_MONTHS = ("month", "monat", "mese", "mes", "mois")
_TIMES = ("startDate", "endDate", "startTime", "endTime", "day")
_AROUND = ("startDate", "day", "track", "location", "startTime", "endTime")


def read_event(
    facts: RecordFacts, names: tuple[str, ...], *, whole: bool = False
) -> tuple[PartialDate | None, PartialDate | None]:
    """State what the record says; `names` are those of the lists it stands in. Gives its first and its last day."""
    around = _around(facts)
    types = _types(facts, names)
    when, evidence = _when(facts, around)
    dated = whole or any(plain(key) in _YEARS for key in facts.fields.get("", ()))
    facts.declare(types, _with_year(facts, when) if dated else ())
    start, end = (when.start, when.end) if when is not None else (None, None)
    if when is not None:
        state_when(facts, facts.ref, when, evidence, _called_off(facts))
    for target in ("location", "track"):
        if target in facts.fields:
            facts.state_all(target, start=start, end=end)
        elif target in around:
            text, place = around[target]
            facts.drafting.state(facts.ref, target, text, place, start=start, end=end)
    _address_of_place(facts)
    within = _within(facts, whole=whole)
    if within:
        facts.drafting.state(facts.ref, "superEvent", within, facts.evidence, start=start, end=end)
    performers = _performers(facts, within, start, end)
    of_the_speaker(facts, performers)
    for said in facts.take("tier"):
        facts.drafting.leave(facts.evidence_of(said))
    _full_name(facts)
    read_deadlines(facts)
    read_offices(facts, start, end)
    facts.state_rest(start, end)
    return start, end


def _address_of_place(facts: RecordFacts) -> None:
    """An address beside the one place where an event is held is that of the place, too."""
    own = [fact for fact in facts.drafting.facts if fact.subject == facts.ref]
    places = [fact.value.text for fact in own if fact.property == "location"]
    addresses = facts.values("address")
    if (
        len(set(places)) == len(addresses) == 1
        and addresses[0].text
        and folded(places[0]) not in word_set("labels", "attendance")
    ):
        place = EntityRef(places[0], ("place",))
        facts.drafting.state(place, "address", addresses[0].text, facts.evidence_of(addresses[0]))


def tell_editions_apart(facts: RecordFacts) -> None:
    """Of several events of one name in a list each is called by its year, too."""
    years = {text_of(facts.record.data[key]) for key in facts.fields.get("", ()) if plain(key) in _YEARS}
    year = years.pop() if len(years) == 1 else ""
    if year.isdigit() and year not in facts.name:
        facts.name = f"{facts.name} {year}"
        facts.ref = EntityRef(facts.name, ("event",))


def read_slot(facts: RecordFacts) -> bool:
    """A part of a timetable that names sessions by key: gives those their time. False if it is none."""
    group = facts.source.group
    keys = [text for key, value in facts.record.data.items() for text in scalars_below(value) if key]
    found = {name for text in keys if (name := group.ids.get("event", {}).get(text)) is not None}
    when, evidence = _when(facts, _around(facts))
    if not found or when is None or len(found) > 40:
        return False
    for name in sorted(found):
        state_when(facts, EntityRef(name, ("event",)), when, evidence)
    return True


def _called_off(facts: RecordFacts) -> list[tuple[str, str]]:
    """That it is cancelled or postponed, which is told with its date."""
    told = [said.text for said in facts.values("eventStatus") if folded(said.text) in word_set("fields", "called_off")]
    return [("eventStatus", text.casefold()) for text in told[:1]]


def state_when(
    facts: RecordFacts, event: EntityRef, when: When, evidence: Evidence, details: list[tuple[str, str]] | None = None
) -> None:
    """State date and time of day."""
    quals = [(name, text) for name, text in (("startTime", when.start_time), ("endTime", when.end_time)) if text]
    quals += details or []
    drafting = facts.drafting
    if when.start is not None:
        drafting.state(event, "startDate", str(when.start), evidence, qualifiers=quals, start=when.start, end=when.end)
        if when.end is not None and when.end != when.start:
            drafting.state(event, "endDate", str(when.end), evidence)
        return
    for name, text in quals:
        drafting.state(event, name, text, evidence)


def _around(facts: RecordFacts) -> dict[str, tuple[str, Evidence]]:
    """What the mappings around a record say for all below them; the innermost counts."""
    found: dict[str, tuple[str, Evidence]] = {}
    placed = facts.source.placed
    for data, path in facts.record.around:
        for key, value in data.items():
            text = text_of(value)
            target = facts.source.words.target("event", key) if key else None
            if key == "" and read_when(text) is not None:
                target = "startDate"
            if target == "name" and len(path) > 0:
                when = read_when(text)
                target = (
                    "startDate"
                    if when is not None and when.start is not None
                    else "day"
                    if facts.source.group.day(text)
                    else None
                )
            if text and target in _AROUND and len(path) > 0:
                found[target] = text, placed.evidence((*path, key) if key else path, text)
    return found


def _when(facts: RecordFacts, around: dict[str, tuple[str, Evidence]]) -> tuple[When | None, Evidence]:
    """Date and time of day of a record, from its own fields first."""
    _open_times(facts)
    own = _opened(facts, {target: facts.take(target) for target in _TIMES})
    said = next((values[0] for values in own.values() if values), None)
    evidence = facts.evidence_of(said) if said is not None else facts.evidence
    read = {target: _first(facts, values) for target, values in own.items() if target != "day"}
    start, end = read["startDate"], read["endDate"]
    clock = read["startTime"] or When()
    until = read["endTime"] or When()
    day, last = (start.start, start.end) if start is not None else (None, None)
    if end is not None and end.end is not None and day is not None:
        last = end.end
    if start is None and clock.start is not None:
        day, last = clock.start, clock.end
    if start is not None and start.open:
        last = None
    if day is None:
        day, place = _day(facts, own["day"], around)
        last = day
        evidence = evidence if said is not None else place or evidence
    # Records of one slot that have rooms of their own are held at once; others follow each other within it.
    at_once = bool({"location", "track"}.intersection(facts.fields))
    start_time = (start.start_time if start else "") or clock.start_time
    start_time = start_time or (_clock(around, "startTime") if at_once else "")
    end_time = (
        (start.end_time if start else "") or (end.start_time if end else "") or clock.end_time or until.start_time
    )
    if start_time and not end_time and until.start_time == "":
        end_time = _until(around) if at_once and not clock.start_time else ""
    if day is None and not start_time and not end_time:
        return None, evidence
    if day is not None and last is not None and day.first and last.last and last.last < day.first:
        facts.drafting.leave(evidence, "ends before it starts")
        return None, evidence
    return When(day, last, start_time, end_time), evidence


def _open_times(facts: RecordFacts) -> None:
    """Find mappings of times alone under a name that says no time: `event: {date: …, time: …}`."""
    for target in [target for target in facts.fields if target not in _TIMES]:
        for key in list(facts.fields[target]):
            inner = facts.record.data[key]
            if (
                isinstance(inner, dict)
                and inner
                and all(facts.source.words.target("event", k) in _TIMES for k in inner)
            ):
                facts.fields[target].remove(key)
                facts.fields.setdefault(_TIMES[0], []).append(key)


def _opened(facts: RecordFacts, own: dict[str, list[Said]]) -> dict[str, list[Said]]:
    """The fields of time with those within them: `dates: {start: …, end: …}`."""
    found: dict[str, list[Said]] = {target: [] for target in own}
    for target, values in own.items():
        for said in values:
            inner = said.mapping or {}
            targets = {key: facts.source.words.target("event", key) for key in inner}
            if not inner or not all(known in found for known in targets.values()):
                found[target].append(said)
                continue
            for key, known in targets.items():
                found[known or ""].append(Said(text_of(inner[key]), (*said.path, key)))
    return found


def _first(facts: RecordFacts, values: list[Said]) -> When | None:
    """The time that a field gives; a list of days is from the first to the last."""
    days = [when for said in values if (when := read_when(said.text)) is not None and when.start is not None]
    if len(days) > 1 and len(days) == len(values):
        return When(days[0].start, days[-1].end, days[0].start_time)
    for said in values:
        when = read_when(said.text)
        if when is not None:
            return when
        facts.drafting.leave(facts.evidence_of(said), "not a time that is understood")
    return None


def _day(
    facts: RecordFacts, own: list[Said], around: dict[str, tuple[str, Evidence]]
) -> tuple[PartialDate | None, Evidence | None]:
    """The date of a record that has none of its own: of its day, of the list it stands in, of a one-day occasion."""
    group = facts.source.group
    for said in own:
        when = read_when(said.text)
        if when is None or when.start is None or when.start.year is None:
            when = read_when(_with_fields_beside(facts, said.text)) or when
        found = when.start if when is not None and when.start is not None and when.start.day else group.day(said.text)
        if found is not None:
            return found, facts.evidence_of(said)
        facts.drafting.leave(facts.evidence_of(said), "a day without a date")
    for target in ("startDate", "day"):
        if target in around:
            text, evidence = around[target]
            when = read_when(text)
            found = when.start if when is not None else group.day(text)
            if found is not None:
                return found, evidence
    return None, None


def _with_fields_beside(facts: RecordFacts, day: str) -> str:
    """A day with what fields of their own say of it: `{day: 4, month: MAY, year: 2025}`; empty without a year."""
    fields = [(key, text_of(value)) for key, value in facts.record.data.items() if text_of(value)]
    years = [text for key, text in fields if plain(key) in _YEARS]
    months = [(key, text) for key, text in fields if plain(key) in _MONTHS]
    if len(years) != 1 or len(months) > 1:
        return ""
    if not months:
        return f"{day} {years[0]}"
    key, month = months[0]
    facts.fields[""] = [name for name in facts.fields.get("", ()) if name != key]
    return f"{years[0]}-{month}-{day}" if month.isdigit() else f"{day} {month} {years[0]}"


def _clock(around: dict[str, tuple[str, Evidence]], target: str) -> str:
    when = read_when(around[target][0]) if target in around else None
    return when.start_time if when is not None else ""


def _until(around: dict[str, tuple[str, Evidence]]) -> str:
    """When the slot around a record is over: by its end, or by both its times in one (`10:15 - 11:00`)."""
    slot = read_when(around["startTime"][0]) if "startTime" in around else None
    return _clock(around, "endTime") or (slot.end_time if slot is not None else "")


def _topics(
    facts: RecordFacts, qualifiers: list[tuple[str, str]], start: PartialDate | None, end: PartialDate | None
) -> None:
    """What it is about: its tags without those that name a type."""
    known = facts.drafting.vocabulary.properties["about"]
    for said in facts.take("about"):
        if facts.source.words.type_by_tag("event", said.text) is not None:
            continue
        for topic in facts.read(known, said):
            facts.drafting.state(
                facts.ref, "about", topic, facts.evidence_of(said), qualifiers=qualifiers, start=start, end=end
            )


def _types(facts: RecordFacts, names: tuple[str, ...]) -> list[str]:
    """Finer types: from a field, from tags that name one, from the list."""
    words = facts.source.words
    types: list[str] = []
    for said in facts.take("type"):
        found = words.type_of("event", without_bracket(said.text))
        types.append(found or said.text.casefold()[:60])
    for said in facts.values("about"):
        found = words.type_by_tag("event", said.text)
        if found is not None:
            types.append(found)
    named = tuple(facts.name_path[-1:]) if facts.name_path else ()
    for name in (*(part for key in named for part in words.parts(str(key))), *reversed(names)):
        found = words.type_of("event", name)
        if found == _OCCASION and facts.record.around:
            continue  # `conference` is what it is held in
        if found is not None and (found != _TALK or ("performer" in facts.fields and types in ([], [_KEYNOTE]))):
            types.append(found)
            break
    return [*types, _TALK] if types == [_KEYNOTE] and "performer" in facts.fields else types


def _performers(facts: RecordFacts, within: str, start: PartialDate | None, end: PartialDate | None) -> list[str]:
    before = len(facts.drafting.facts)
    occasion = [("superEvent", within)] if within else []
    named = [key for key in facts.fields.get("name", ()) if plain(key) in _NAMES_SPEAKER]
    if named and "performer" not in facts.fields:
        facts.fields["performer"] = named  # beside a title, the name is that of whoever holds it
    _topics(facts, occasion, start, end)
    pages = pages_of_talks(facts)
    origins = where_from(facts)
    facts.state_all("performer", occasion, start, end)
    for name, said in origins:
        facts.drafting.state(EntityRef(name, (OF_SPEAKER,)), "worksFor", said.text, facts.evidence_of(said))
    performers = [fact.value.text for fact in facts.drafting.facts[before:] if fact.property == "performer"]
    own_talks(facts, pages, start, end)
    return performers


def _within(facts: RecordFacts, *, whole: bool) -> str:
    """The occasion a record belongs to: what it says itself, what it stands in, what the files of its folder are of."""
    if "superEvent" in facts.fields or whole:
        return ""
    words = facts.source.words
    for data, path in reversed(facts.record.around):
        if len(path) == 0 or "performer" not in {words.target("event", key) for key in data}:
            name, kind = _named_event(facts, Record(data, path))
            if name and kind:
                return name
    occasion = facts.source.group.occasion
    return occasion[1] if occasion is not None and occasion[0] == "event" and occasion[1] != facts.name else ""


def _full_name(facts: RecordFacts) -> None:
    """What its name is short for."""
    for said in facts.values("alias"):
        letters = [char for char in facts.name if char.isalpha()]
        if len(letters) > 1 and sum(map(str.isupper, letters)) * 2 > len(letters) and len(said.text.split()) > 2:
            facts.drafting.state(facts.ref, "fullName", said.text, facts.evidence_of(said))


def _named_event(facts: RecordFacts, record: Record) -> tuple[str, bool]:
    """The name of a record around this one if it was stated as an event of its own."""
    probe = RecordFacts(facts.source, record, "event", depth=1)
    return probe.name, ("event", probe.name) in facts.source.declared


def _with_year(facts: RecordFacts, when: When | None) -> list[str]:
    """An occasion is also called by its name and year."""
    given = [key for key in facts.fields.get("", ()) if plain(key) in _YEARS]
    years = {text_of(facts.record.data[key]) for key in given}
    facts.fields[""] = [key for key in facts.fields.get("", ()) if key not in given]
    if when is not None and when.start is not None and when.start.year is not None:
        years.add(str(when.start.year))
    if len(years) != 1:
        return []
    year = years.pop()
    return [f"{facts.name} {year}"] if year.isdigit() and year not in facts.name else []
