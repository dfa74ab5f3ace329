"""CSV, TSV, YAML and JSON with records of speakers, sessions, members …: finds what each record is; reads no text."""

from collections import Counter
from dataclasses import replace
from typing import Any

from bot.ingest.documents.drafting import Drafting
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.readers.encoding import broken
from bot.ingest.readers.record.day_order import day_orders, with_clear_days
from bot.ingest.readers.record.event import read_event, read_slot, tell_editions_apart
from bot.ingest.readers.record.facts import RecordFacts, Source
from bot.ingest.readers.record.field_words import field_words
from bot.ingest.readers.record.group import MAPPING, file_name, group_of, is_data_file, kind_of, named_by, read_values
from bot.ingest.readers.record.labels import is_label
from bot.ingest.readers.record.mapping_file import faults_of, mapping_of
from bot.ingest.readers.record.person import namesakes, read_organizer, read_person, tell_namesakes_apart
from bot.ingest.readers.record.placed import Placed
from bot.ingest.readers.record.posts import read_post
from bot.ingest.readers.record.publication import read_cited_as, read_publication
from bot.ingest.readers.record.sponsor import read_sponsor
from bot.ingest.readers.record.structured_data import is_object, state_objects
from bot.ingest.readers.record.tree import MOST_RECORDS, Collection, Record, collections_of
from bot.model.fact import Rank
from bot.model.passage import PassageDraft
from bot.model.problem import Problem

_MOST_VALUE = 300  # characters of a field that is shown within its record
_UNCLEAR, _NAMELESS = "a record whose kind is not clear", "a record without a name"


class RecordsReader:
    """Reads lists of records; see `Reader`."""

    def accepts(self, raw: Raw) -> bool:
        """Any CSV, TSV, YAML or JSON file that no other format claimed before."""
        return is_data_file(raw.path)

    def read(self, raw: Raw, context: Context) -> Reading:
        """What its records say; a record whose kind is not clear is named."""
        values, lines, guessed = read_values(raw)
        if isinstance(values, Problem):
            return Reading(problems=(values,))
        if raw.path.lower().endswith(MAPPING):
            return Reading(problems=tuple(faults_of(raw.path, values, context.vocabulary)))
        if not isinstance(values.data, (dict, list)):
            return broken(raw, 1, "no records: neither a list nor a mapping")
        words = field_words(context.vocabulary)
        mapping = mapping_of(raw)
        drafting = Drafting(raw.path, context.vocabulary, Rank.STRUCTURED)
        source = Source(drafting, words, group_of(raw, values, words), Placed(raw.path, lines, values.lines))
        source.overrides.update(mapping.fields)
        problems = [guessed] if guessed is not None else []
        if is_object(values.data):
            _, texts = state_objects(values.data, source.placed, drafting)
            return drafting.reading(texts, problems, raw.source())
        if isinstance(values.data, list) and len(values.data) > MOST_RECORDS:
            problems.append(Problem(raw.path, 1, f"only the first {MOST_RECORDS} records are read", fatal=False))
        collections = tuple(collections_of(values.data, file_name(raw.path)))
        orders = day_orders([record for found in collections for record in found.records])
        for found in collections:
            collection = replace(found, records=with_clear_days(found.records, orders))
            kind = mapping.kind if mapping.kind in context.vocabulary.kinds else kind_of(words, collection, raw.path)
            _read_collection(source, collection, kind)
        return drafting.reading(source.passages, problems, raw.source())


def _read_collection(source: Source, collection: Collection, kind: str | None) -> None:
    section = collection.names[-1] if collection.names else ""
    often = Counter(named_by(source.words, kind, record)[0] for record in collection.records) if kind == "event" else {}
    shared = namesakes(source, collection.records) if kind == "person" else set()
    for record in collection.records:
        if _is_told(source, collection, record):
            continue
        if kind is None:
            _read_unclear(source, record, section, whole=collection.whole)
            continue
        facts = RecordFacts(source, record, kind)
        if not facts.name:
            if kind != "event" or not read_slot(facts):
                _leave(source, record.data, record.path, whole=collection.whole, why=_NAMELESS)
            continue
        if often and often[facts.name] > 1:
            tell_editions_apart(facts)
        if facts.name in shared:
            tell_namesakes_apart(facts)
        facts.tell(section)
        if kind == "person":
            read_organizer(facts, collection.names)
            read_person(facts)
        elif kind == "event":
            named = (*source.words.words_of_file(file_name(source.drafting.document)), *collection.names)
            read_event(facts, named, whole=collection.whole)
        elif kind == "publication":
            read_publication(facts)
        else:
            facts.declare([text for said in facts.take("type") if (text := said.text.casefold()) != kind])
            read_sponsor(facts, collection.names)
            read_cited_as(facts)
            facts.state_rest()


def _read_unclear(source: Source, record: Record, section: str, *, whole: bool) -> None:
    """A record whose kind is not clear: a nameless part of a timetable, a post, or what can only be searched."""
    slot = RecordFacts(source, record, "event")
    if "startTime" in slot.fields and not slot.name and read_slot(slot):
        return
    if not read_post(source, record):
        _leave(source, record.data, record.path, whole=whole)
    source.passages += _row(source, record, section)


def _row(source: Source, record: Record, section: str) -> list[PassageDraft]:
    """A record of which nobody knows what it is, as it can be searched: each value behind the name of its field."""
    said = [f"{key}: {' '.join(str(value).split())}" for key, value in record.data.items() if _is_text(value)]
    line = source.placed.evidence(record.path).line
    return [PassageDraft(line, source.drafting.document, section, "; ".join(said))] if len(said) > 1 else []


def _is_text(value: object) -> bool:
    return isinstance(value, (str, int, float)) and 0 < len(str(value)) <= _MOST_VALUE


def _is_told(source: Source, collection: Collection, record: Record) -> bool:
    """Whether a record around this one has told of it, or those that have it as their category do."""
    taken = any(record.path[:length] in source.taken for length in range(1, len(record.path) + 1))
    return taken or is_label(record.data, collection.names, source.group.labels)


def _leave(
    source: Source, data: dict[str, Any], path: tuple[str | int, ...], *, whole: bool, why: str = _UNCLEAR
) -> None:
    """Name a record that nothing is made of; of a whole file each field."""
    if not whole:
        source.drafting.leave(source.placed.evidence(path), why)
        return
    for key, value in data.items():
        if not isinstance(value, (dict, list)) and value not in (None, ""):
            source.drafting.leave(source.placed.evidence((*path, key)), f"{key[:60]}: of what is not clear")
