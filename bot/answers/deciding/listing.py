"""Lists asked for piece by piece: events by time and subject, entities by what they have; reads no question."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from bot.answers.deciding.overview import View
from bot.answers.finding.periods import fits, time_of
from bot.answers.finding.slot import NONE, UNKNOWN, status_of
from bot.answers.wording.compose import LONG
from bot.answers.wording.dates import say_date, say_period
from bot.answers.wording.markdown import Ready, bold
from bot.answers.wording.part import Part
from bot.language.dates import Relation, TimeSpan, find_times
from bot.language.tokens import clean
from bot.model.entity import Entity
from bot.model.fact import Fact
from bot.model.partial_date import PartialDate, Period

PAST, UPCOMING = "past", "upcoming"
_EVENT = "event"
_MOST_EVENTS = 2000
_MOST_FACTS = 1000


def read_when(words: str, today: date) -> list[TimeSpan] | None:
    """`past`, `upcoming`, or a time as members write it; None where it is no time."""
    day = PartialDate(today.year, today.month, today.day)
    if words.casefold() == PAST:
        return [TimeSpan(0, 0, Relation.BEFORE, Period(day, day))]
    if words.casefold() == UPCOMING:
        return [TimeSpan(0, 0, Relation.IN, Period(day, None))]
    text = clean(words)
    return find_times(text, today) or find_times(f"in {text}", today) or None


class Listing(Part):
    """Lists of one snapshot."""

    def events(self, times: Sequence[TimeSpan], about: Sequence[Entity] | str | None) -> View | None:
        """Events in the order of their dates, those without one last; about entities, or with words in what is told."""
        events = self._events_about(about) if about else self._snapshot.entities_of(_EVENT, limit=_MOST_EVENTS)
        dated = self._dates({event.id for event in events})
        rows: list[tuple[date, str, Ready, Fact | None, Entity]] = []
        for event in events:
            fact = dated.get(event.id)
            if fact is None:
                if not times:
                    rows.append((date.max, event.name, bold(event.name), self._any_fact(event), event))
            elif fits(time_of(fact, self._vocabulary), times):
                line = self._replies.render("browse.timeline_item", time=_when(fact), sentence=bold(event.name))
                first = fact.start.first if fact.start else None  # of a day without its year nobody knows the place
                rows.append((first or date.max, event.name, line, fact, event))
        if not rows:
            return None
        rows.sort(key=lambda row: (row[0], row[3] is None, row[1]))
        return self._view(self._label(_EVENT, len(rows)), [(line, fact, event) for _, _, line, fact, event in rows])

    def find(self, kind: str | None, property_: str | None, value: Sequence[Entity] | str) -> View | None:
        """Entities of a kind that a property ties to others, or whose value holds all the words."""
        properties = None if property_ is None else (property_,)
        facts = self._with_words(properties, value) if isinstance(value, str) else self._with(properties, value)
        rows: dict[int, tuple[Ready, Fact, Entity]] = {}
        but = set() if isinstance(value, str) else {entity.id for entity in value}
        for fact in facts:
            entity = next((end for end in fact.named if end.id not in but and kind in (None, end.kind)), None)
            if entity is not None and status_of(fact) not in (UNKNOWN, NONE):
                rows.setdefault(entity.id, (self._composer.sentences.full(fact), fact, entity))
        if not rows:
            return None
        label = self._label(kind, len(rows)) if kind else self._replies.render("browse.any_kind")
        ordered = sorted(rows.values(), key=lambda row: row[2].name)
        return self._view(self._narrowed(label, property_, value), ordered)

    def years(self) -> list[int]:
        """The years in which an event took place, the latest first."""
        events = {event.id for event in self._snapshot.entities_of(_EVENT, limit=_MOST_EVENTS)}
        starts = (fact.value.date for fact in self._dates(events).values())
        return sorted({start.year for start in starts if start is not None and start.year is not None}, reverse=True)

    def _label(self, kind: str, number: int) -> str:
        return self._vocabulary.kinds[kind].label if number == 1 else self._vocabulary.kinds[kind].plural

    def _narrowed(self, label: str, property_: str | None, value: Sequence[Entity] | str) -> Ready:
        told = value if isinstance(value, str) else ", ".join(entity.name for entity in value)
        if property_ is None:
            return self._replies.render("browse.narrowed_any", label=label, value=told)
        named = self._vocabulary.properties[property_].label
        return self._replies.render("browse.narrowed", label=label, property=named, value=told)

    def _view(self, label: str, rows: Sequence[tuple[Ready, Fact | None, Entity]]) -> View:
        items, kept = self._composer.fit([line for line, _, _ in rows], LONG)
        text = self._replies.render("browse.many", count=bold(str(len(rows))), label=label, items=items)
        facts = tuple(fact for _, fact, _ in rows[:kept] if fact is not None)
        return View(text, facts, tuple(entity for _, _, entity in rows))

    def _events_about(self, about: Sequence[Entity] | str) -> list[Entity]:
        if isinstance(about, str):
            stems = [{stem} for stem in self._lexicon.stems(about)]
            ends = [end for fact in self._snapshot.search_facts(stems, _MOST_FACTS) for end in fact.named]
            ends += self._snapshot.entities_with(stems, _MOST_FACTS)
        else:
            ends = [end for entity in about for fact in self._facts_of(entity) for end in fact.named]
            ends += about
        return list({end.id: end for end in ends if end.kind == _EVENT}.values())

    def _dates(self, events: Collection[int]) -> dict[int, Fact]:
        """The fact that says when each event took place, or began."""
        properties = [
            name
            for name, prop in self._vocabulary.properties.items()
            if prop.literal == "date" and _EVENT in prop.of and not prop.closes
        ]
        dated: dict[int, Fact] = {}
        for fact in self._snapshot.facts_with(properties, _MOST_EVENTS * 2):
            if fact.subject.id in events and fact.value.date is not None:
                dated.setdefault(fact.subject.id, fact)
        return dated

    def _any_fact(self, entity: Entity) -> Fact | None:
        return next(iter(self._snapshot.facts_of(entity.id, limit=1)), None)

    def _facts_of(self, entity: Entity) -> list[Fact]:
        return self._snapshot.facts_of(entity.id, limit=_MOST_FACTS)

    def _with(self, properties: Collection[str] | None, entities: Sequence[Entity]) -> Iterable[Fact]:
        return (fact for entity in entities for fact in self._snapshot.facts_of(entity.id, properties))

    def _with_words(self, properties: Collection[str] | None, words: str) -> Iterable[Fact]:
        wanted = set(self._lexicon.stems(words))
        if not wanted:
            return ()
        facts = self._snapshot.search_facts([{stem} for stem in wanted], _MOST_FACTS)
        return (
            fact
            for fact in facts
            if (properties is None or fact.property in properties) and wanted <= self._lexicon.words(fact.value.text)
        )


def _when(fact: Fact) -> str:
    return say_date(fact.start) if fact.start and fact.start == fact.end else say_period(fact, lasting=False, past=True)
