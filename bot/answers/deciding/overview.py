"""Answers about an entity, a time or the knowledge as a whole: describe, connect, in common, what happened, browse."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.finding.match import fits_kind
from bot.answers.finding.periods import bounds, fits, time_of
from bot.answers.finding.pool import PART_OF
from bot.answers.finding.slot import NONE, UNKNOWN, status_of
from bot.answers.wording.compose import LONG, MOST_WHOLE, SHORT, plural_of
from bot.answers.wording.dates import say_date, say_period
from bot.answers.wording.markdown import Ready, bold, escape
from bot.answers.wording.part import Part
from bot.answers.wording.sentence import enumerate_words
from bot.language.dates import TimeSpan
from bot.language.lexicon import KindWord
from bot.language.tokens import name_key
from bot.model.entity import Entity
from bot.model.fact import Fact, Source

MOST_STEPS = 3  # facts between two entities that are still called connected
MOST_SEEN = 400  # entities looked at for a connection
_HUB = 60  # facts; an entity with more connects everyone with everyone and is not walked through


@dataclass(frozen=True, slots=True)
class View:
    """A text with the facts it states and the entities it is about."""

    text: Ready
    facts: tuple[Fact, ...] = ()
    answers: tuple[Entity, ...] = ()
    sources: tuple[Source, ...] = ()  # where it states documents rather than facts


class Overview(Part):
    """Tells what a snapshot holds beyond single facts."""

    def describe(self, entity: Entity) -> View:
        """Who or what it is: its description, then the properties that its kind tells first."""
        facts = [f for f in self._snapshot.facts_of(entity.id, limit=300) if status_of(f) not in (UNKNOWN, NONE)]
        own = [f for f in facts if f.subject.id == entity.id]
        summary = next((f for f in own if f.property == "description"), None)
        told = self._told_first(entity, facts, summary)
        kind = self.kind_name(entity)
        if summary is None and not told:
            return View(self._replies.render("describe.bare", name=entity.name, kind=kind))
        room = SHORT - (len(summary.value.text) if summary else 0) - 80
        items, kept = self._composer.plain_list(told, max(room, 60)) if told and room > 60 else (Ready(""), [])
        values = {"name": entity.name, "kind": kind, "items": items}
        if summary is None:
            return View(self._replies.render("describe.facts_only", **values), tuple(kept), (entity,))
        key = "describe.with_facts" if kept else "describe.one"
        text = self._replies.render(key, summary=escape(summary.value.text), **values)
        return View(text, (summary, *kept), (entity,))

    def _told_first(self, entity: Entity, facts: Sequence[Fact], but: Fact | None) -> list[Fact]:
        """One or two facts of each property in the order of the kind's profile."""
        order = self._vocabulary.kinds[entity.kind].profile
        told: list[Fact] = []
        for name in order:
            of_property = [f for f in facts if f.property == name and f is not but and name != "description"]
            told += of_property[:2]
        return told[:6]

    def kind_name(self, entity: Entity) -> str:
        """The finest word for what an entity is."""
        return entity.types[0] if entity.types else self._vocabulary.kinds[entity.kind].label

    def connect(self, one: Entity, other: Entity) -> View | None:
        """The facts that join two entities, directly or over others; None where nothing does."""
        direct = [
            fact
            for first in (one.id, *self._parts(one))
            for second in (other.id, *self._parts(other))
            for fact in self._snapshot.facts_between(first, second, 20)
            if first != second
        ]
        if direct:
            items, kept = self._composer.plain_list(direct, SHORT + 200)
            text = self._replies.render("connect.direct", one=bold(one.name), other=bold(other.name), items=items)
            return View(text, tuple(kept), (one, other))
        shared = self._shared(one, other)
        if all(through.kind == "topic" for through, _, _ in shared):  # a place where both spoke says more
            shared = [row for row in self.shared(one, other) if row[0].kind != "topic"] or shared
        if shared:
            rows = [shared[0], *[row for row in shared[1:4] if row[0].id != shared[0][0].id]]
            facts = [fact for _, a, b in rows for fact in (*self._tied(one, a), *self._tied(other, b))]
            return self._through(one, other, [row[0] for row in shared[:4]], facts)
        path = self._path(one, other)
        return self._through(one, other, [end for end, _ in path[:-1]], [fact for _, fact in path]) if path else None

    def _through(self, one: Entity, other: Entity, between: Sequence[Entity], facts: Sequence[Fact]) -> View:
        """Two entities with what stands between them, and the facts that tie them to it."""
        names = enumerate_words([bold(name) for name in dict.fromkeys(entity.name for entity in between)])
        items, kept = self._composer.plain_list(list(dict.fromkeys(facts)), SHORT + 300)
        text = self._replies.render(
            "connect.path", one=bold(one.name), other=bold(other.name), through=Ready(names), items=items
        )
        return View(text, tuple(kept), (one, other))

    def _tied(self, entity: Entity, fact: Fact) -> list[Fact]:
        """The fact, behind the one that ties the entity to the event or work it is about, if it does not name it."""
        if any(entity.id == end.id for end in fact.named):
            return [fact]
        return [*self._snapshot.facts_between(entity.id, fact.subject.id, 1), fact]

    def _parts(self, entity: Entity) -> list[int]:
        """What belongs to an organisation or event, one level down."""
        property_ = PART_OF.get(entity.kind)
        facts = self._snapshot.facts_of(entity.id, (property_,), "v", 20) if property_ else []
        return [fact.subject.id for fact in facts]

    def common(self, one: Entity, other: Entity) -> View | None:
        """What two entities are both tied to; None where nothing is recorded."""
        shared = self.shared(one, other)
        if not shared:
            return self.connect(one, other)
        lines, facts = [], []
        seen: set[int] = set()
        for through, first, second in shared:
            if through.id in seen:
                continue
            seen.add(through.id)
            # One sentence may say it of both.
            said = dict.fromkeys(self._composer.sentences.full(fact) for fact in (first, second))
            lines.append(
                self._replies.render("connect.common_item", through=through.name, sentences=Ready(" ".join(said)))
            )
            facts += [first, second]
        items, kept = self._composer.fit(lines, SHORT + 300)
        text = self._replies.render("connect.common", one=bold(one.name), other=bold(other.name), items=items)
        return View(text, tuple(facts[: kept * 2]), (one, other))

    def shared(self, one: Entity, other: Entity) -> list[tuple[Entity, Fact, Fact]]:
        """What both are tied to, if only over an event or a work of theirs, each with a fact on either side."""
        return self._shared(one, other, wider=True)

    def _shared(self, one: Entity, other: Entity, *, wider: bool = False) -> list[tuple[Entity, Fact, Fact]]:
        """Entities that both are tied to, those tied by the same property first."""
        look = self._wider if wider else self._neighbours
        first, second = look(one), look(other)
        rows = [
            (first[key][0], a, b) for key in first if key in second for a, b in [_best(first[key][1], second[key][1])]
        ]
        return sorted(rows, key=lambda row: (row[1].property != row[2].property, _KIND_ORDER.get(row[0].kind, 9)))

    def _neighbours(self, entity: Entity) -> dict[int, tuple[Entity, list[Fact]]]:
        """Everything it is tied to, with the facts; what only stands beside a fact ties less than subject and value."""
        ties: list[tuple[bool, Entity, Fact]] = []
        for fact in self._snapshot.facts_of(entity.id, limit=300):
            if status_of(fact) in (UNKNOWN, NONE):
                continue
            main = {end.id for end in fact.ends}
            ties += [(not main.issuperset((entity.id, e.id)), e, fact) for e in fact.named if e.id != entity.id]
        found: dict[int, tuple[Entity, list[Fact]]] = {}
        for _, end, fact in sorted(ties, key=lambda tie: tie[0]):
            found.setdefault(end.id, (end, []))[1].append(fact)
        return found

    def _wider(self, entity: Entity) -> dict[int, tuple[Entity, list[Fact]]]:
        """Neighbours, and those of the events and works among them: both spoke in one place, on one subject."""
        found = self._neighbours(entity)
        for end, _ in list(found.values()):
            if end.kind in ("event", "publication", "project"):
                for fact in self._snapshot.facts_of(end.id, ("location", "superEvent", "about"), "s", 20):
                    if fact.value.entity is not None and fact.value.entity.id != entity.id:
                        found.setdefault(fact.value.entity.id, (fact.value.entity, []))[1].append(fact)
        return found

    def _path(self, one: Entity, other: Entity) -> list[tuple[Entity, Fact]]:
        """The shortest chain of facts from one entity to the other; empty where there is none within bounds."""
        came: dict[int, tuple[Entity, Fact, int] | None] = {one.id: None}
        edge = [one]
        for _ in range(MOST_STEPS):
            following: list[Entity] = []
            for entity in edge:
                neighbours = self._neighbours(entity)
                if len(neighbours) > _HUB and entity.id != one.id:
                    continue
                for end, facts in neighbours.values():
                    if end.id in came or len(came) > MOST_SEEN:
                        continue
                    came[end.id] = (end, facts[0], entity.id)
                    following.append(end)
                    if end.id == other.id:
                        return _walk_back(came, other.id)
            edge = following
        return []

    def happened(self, times: Sequence[TimeSpan], when: str) -> View | None:
        """Everything recorded with a time that the question names, in order of time."""
        first, last = bounds(times)
        facts = [
            fact
            for fact in self._snapshot.facts_in(first, last, limit=600)
            if status_of(fact) not in (UNKNOWN, NONE) and self._falls_in(fact, times)
        ]
        lines: dict[str, Fact] = {}
        seen: set[tuple[int, int]] = set()
        for fact in sorted(facts, key=self._newsworthy):
            group = self._told_once(fact)
            if group not in seen:
                seen.add(group)
                lines[self._timed_line(fact)] = fact
        if not lines:
            return None
        items, kept = self._composer.fit(list(lines), LONG)
        text = self._replies.render("browse.happened", when=bold(when), items=items)
        return View(text, tuple(lines.values())[:kept], tuple(fact.subject for fact in lines.values()))

    def _told_once(self, fact: Fact) -> tuple[int, int]:
        """What facts share of which one is enough: an event or a work, or what is said of two from both sides."""
        if fact.subject.kind in ("event", "publication"):
            return (fact.subject.id, 0)
        other = fact.value.entity
        if other is not None and self._vocabulary.properties[fact.property].symmetric:
            return (min(fact.subject.id, other.id), -max(fact.subject.id, other.id))
        return (fact.subject.id, fact.id)

    def _falls_in(self, fact: Fact, times: Sequence[TimeSpan]) -> bool:
        """Whether it happened then; of what lasted, its beginning or its end."""
        if not self._vocabulary.properties[fact.property].lasting:
            return fits(time_of(fact, self._vocabulary), times)
        return any(fits(time_of(fact, self._vocabulary, part), times) for part in ("start", "end"))

    def timeline(self, entity: Entity, times: Sequence[TimeSpan]) -> View | None:
        """What is recorded of an entity with its time, in order."""
        facts = [
            fact
            for fact in self._snapshot.facts_of(entity.id, limit=300)
            if (fact.start or fact.end) and fits(time_of(fact, self._vocabulary), times)
        ]
        facts.sort(key=lambda fact: str(fact.start or fact.end))
        lines = {self._timed_line(fact): fact for fact in facts}
        if not lines:
            return None
        items, kept = self._composer.fit(list(lines), LONG)
        text = self._replies.render("browse.timeline", name=bold(entity.name), items=items)
        return View(text, tuple(lines.values())[:kept], (entity,))

    def _newsworthy(self, fact: Fact) -> tuple[int, str]:
        """Who did something before what it was about; the order of time decides first."""
        order = {"performer": 0, "author": 0, "startDate": 1, "datePublished": 1, "location": 2}
        return (order.get(fact.property, 1), str(fact.start or fact.end))

    def _timed_line(self, fact: Fact) -> Ready:
        when = (
            say_date(fact.start) if fact.start and fact.start == fact.end else say_period(fact, lasting=True, past=True)
        )
        sentence = self._composer.sentences.untimed(fact)
        return self._replies.render("browse.timeline_item", time=when, sentence=sentence)

    def _dated_line(self, fact: Fact) -> Ready:
        """A date before whatever has it."""
        when = say_date(fact.value.date) if fact.value.date is not None else ""
        return self._replies.render("browse.timeline_item", time=when, sentence=self._composer.sentences.dated(fact))

    def browse(self, kinds: Iterable[KindWord], times: Sequence[TimeSpan] = ()) -> View | None:
        """The entities of a kind or type by name, with their number."""
        for kind in kinds:
            if times:
                view = self._browse_in(kind, times)
                if view is not None:
                    return view
                continue
            total = self._snapshot.count_entities(kind.kind, kind.type)
            if not total:
                continue
            entities = self._snapshot.entities_of(kind.kind, kind.type, MOST_WHOLE if self._composer.whole else 60)
            label = self._label(kind, total)
            names, kept = self._names([entity.name for entity in entities], total)
            text = self._replies.render("browse.many", count=bold(str(total)), label=label, items=names)
            facts = [fact for entity in entities[:kept] for fact in self._snapshot.facts_of(entity.id, limit=1)]
            return View(text, tuple(facts[:kept]), tuple(entities[:kept]))
        return None

    def _browse_in(self, kind: KindWord, times: Sequence[TimeSpan]) -> View | None:
        """Entities of a kind that took place, came out or began in a time, by their date."""
        first, last = bounds(times)
        dated: dict[int, Fact] = {}
        for fact in self._snapshot.facts_in(first, last, limit=600):
            own = fact.value.date is not None and status_of(fact) not in (UNKNOWN, NONE)
            if own and fits_kind(fact.subject, [kind]) and fits(time_of(fact, self._vocabulary), times):
                dated.setdefault(fact.subject.id, fact)
        if not dated:
            return None
        facts = _surely_of(kind, list(dated.values()))
        items, kept = self._composer.fit([self._dated_line(fact) for fact in facts], LONG)
        count, label = bold(str(len(facts))), self._label(kind, len(facts))
        text = self._replies.render("browse.many", count=count, label=label, items=items)
        return View(text, tuple(facts[:kept]), tuple(fact.subject for fact in facts))

    def _label(self, kind: KindWord, count: int) -> str:
        if count == 1:
            return kind.type or self._vocabulary.kinds[kind.kind].label
        return self._vocabulary.kinds[kind.kind].plural if kind.type is None else plural_of(kind.type)

    def _names(self, names: Sequence[str], total: int) -> tuple[Ready, int]:
        kept: list[Ready] = []
        for name in names:
            if not self._composer.whole and sum(map(len, kept)) + len(name) > LONG - 200:
                break
            kept.append(escape(name))
        text = ", ".join(kept)
        if total > len(kept):
            text = f"{text} {self._replies.render('facts.cut', rest=total - len(kept))}"
        return Ready(text), len(kept)

    def sources(self) -> View:
        """The documents that everything comes from."""
        rows = self._snapshot.sources()
        lines = []
        for source, _ in rows:
            details = "".join(
                f", {part}" for part in (source.author, say_date(source.date) if source.date else None) if part
            )
            lines.append(self._replies.render("browse.source", title=source.title, details=details))
        items, kept = self._composer.fit(lines, LONG)
        text = self._replies.render("browse.sources", count=bold(str(len(rows))), items=items)
        return View(text, sources=tuple(source for source, _ in rows[:kept]))


_KIND_ORDER = {"organization": 0, "project": 1, "event": 2, "publication": 3, "person": 4, "topic": 5}


def _surely_of(kind: KindWord, facts: Sequence[Fact]) -> list[Fact]:
    """Without those that may be of any type, where others are said or called to be: the outing is no concert."""
    if kind.type is None:
        return list(facts)
    word = name_key(kind.type)
    sure = [fact for fact in facts if kind.type in fact.subject.types or word in name_key(fact.subject.name).split()]
    return sure or list(facts)


def _best(first: Sequence[Fact], second: Sequence[Fact]) -> tuple[Fact, Fact]:
    """A pair of facts of one property where there is one."""
    for one in first:
        for other in second:
            if one.property == other.property:
                return one, other
    return first[0], second[0]


def _walk_back(came: dict[int, tuple[Entity, Fact, int] | None], last: int) -> list[tuple[Entity, Fact]]:
    path: list[tuple[Entity, Fact]] = []
    step = came[last]
    while step is not None:
        entity, fact, before = step
        path.append((entity, fact))
        step = came[before]
    return path[::-1]
