"""Says which "no" it is and what is recorded instead; never states anything but recorded facts."""

from collections import Counter
from collections.abc import Sequence

from bot.answers.finding.finding import Found
from bot.answers.finding.premise import Premises
from bot.answers.finding.slot import NONE, status_of
from bot.answers.reading.introduced import introduced
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query, Unit
from bot.answers.wording.compose import SHORT, plural_of
from bot.answers.wording.dates import say_asked
from bot.answers.wording.markdown import Ready
from bot.answers.wording.outcome import Outcome, Reason
from bot.answers.wording.part import Means, Part
from bot.language.tokens import name_key
from bot.model.answer import Status
from bot.model.entity import Entity
from bot.model.fact import Fact
from bot.model.vocabulary import Property

_LONG_ENOUGH = 5  # letters; a slip away from a shorter word is another name
_MOST_CLOSE = 3
_MOST_INSTEAD = 4  # facts that are told in place of an answer


class Unknown(Part):
    """Words the ends of questions that have no answer."""

    def __init__(self, means: Means) -> None:
        super().__init__(means)
        self._premises = Premises(means.snapshot)

    def explain(self, query: Query, found: Found) -> Outcome:
        """The most telling reason why there is no answer."""
        if found.open:
            return self._left_open(found)
        if found.untold or found.far:
            fact = (found.untold or found.far)[0].fact
            return self._no(Reason.UNTOLD, "untold", [fact], sentence=self._composer.sentences.full(fact))
        stranger = self._stranger(query)
        if stranger is not None:
            return self.nobody(stranger)
        premise = self._premises.against(query, found)
        if premise:
            return self._wrong_premise(query, premise)
        if query.names:
            return self.nothing(query)
        understood = all(unit.properties or unit.kinds for unit in query.words)
        if query.times and understood and any(unit.kinds for unit in query.words):
            return self._no(Reason.NOTHING, "none_kind_then", when=say_asked(query.text, query.times))
        if query.units and any(unit.properties or unit.kinds for unit in query.units):
            return self._no(Reason.WORDS, "words", words=_quoted(query.words))
        units = introduced(query, self._phrasing)
        if units and units[0].start > 0:
            return self.nobody(" ".join([unit.text for unit in units]))
        return self._no(Reason.NOT_ABOUT, "not_about")

    def _left_open(self, found: Found) -> Outcome:
        fact = found.open[0].fact
        if status_of(fact) == NONE:
            text = self._replies.render("unknown.none", sentence=self._composer.sentences.full(fact))
            return Outcome(Status.ANSWERED, text, Reason.NONE, (fact,))
        return self._no(Reason.OPEN, "open", [fact], sentence=self._composer.sentences.full(fact))

    def _stranger(self, query: Query) -> str | None:
        """A name of the question that nobody has: capitalised words that were not understood."""
        words = [unit for unit in query.words if not unit.properties and not unit.kinds and unit.text[:1].isupper()]
        known = self._snapshot.known_words([key for unit in words for key in name_key(unit.text).split()])
        strange = [unit for unit in words if unit.start > 0 and not set(name_key(unit.text).split()) <= known]
        if not strange:
            return None
        first = last = strange[0]
        for unit in query.words:
            if unit.start == last.end and unit.text[:1].isupper():
                last = unit
        for unit in reversed(query.words):
            if unit.end == first.start and unit.text[:1].isupper() and unit.start > 0:
                first = unit
        return " ".join(unit.text for unit in query.units if first.start <= unit.start <= last.start)

    def nobody(self, name: str) -> Outcome:
        """A name that is nobody's, with the closest there are."""
        close = self._closest(name)
        if close:
            text = self._replies.render("unknown.nobody_close", name=name[:80], close=", ".join(e.name for e in close))
            return Outcome(Status.UNKNOWN, text, Reason.NOBODY, choices=tuple(close))
        return self._no(Reason.NOBODY, "nobody", name=name[:80])

    def _closest(self, name: str) -> list[Entity]:
        """Entities that share a word of the name, or a long enough one that is a slip away from it."""
        keys = name_key(name).split()
        slips = (word for key in keys if len(key) >= _LONG_ENOUGH for word in self._snapshot.similar_words(key))
        near = [*keys, *slips]
        found = self._snapshot.names(near)
        ids = [entity for key in near for entity, _ in found.get(key, ())]
        return list(self._snapshot.entities(ids[: _MOST_CLOSE * 2]).values())[:_MOST_CLOSE]

    def _wrong_premise(self, query: Query, facts: Sequence[Fact]) -> Outcome:
        items, kept = self._composer.plain_list(facts[:_MOST_INSTEAD], SHORT - 100)
        if query.ask is Ask.YES_NO and not self._is_loose(facts[0]):
            text = self._replies.render("yes_no.no_record", items=items)
            return Outcome(Status.ANSWERED, text, Reason.PREMISE, tuple(kept))
        return self._no(Reason.PREMISE, "premise", kept, items=items)

    def _is_loose(self, fact: Fact) -> bool:
        """Whether a property is of interests and the like: nobody lists all, so that a missing one is no "no"."""
        prop = self._snapshot.vocabulary.properties[fact.property]
        return prop.sampled and "topic" in prop.type

    def nothing(self, query: Query) -> Outcome:
        """Nothing of what is asked of the one who is named, with what is recorded instead."""
        unit = query.names[0]
        if unit.mention and len(unit.mention.entities) > 1 and (edition := _edition(query, unit)):
            return self.nobody(edition)
        entities = self._snapshot.entities(unit.mention.entities[:1] if unit.mention else ())
        name = next((entity.name for entity in entities.values()), unit.text)
        recorded = self._recorded(next(iter(entities), None))
        understood = [one for one in query.words if one.properties or one.kinds]
        if query.words and not understood:
            return self._no(Reason.WORDS, "words_about", name=name, words=_quoted(query.words), recorded=recorded)
        return self._no(Reason.NOTHING, "nothing", name=name, recorded=recorded)

    def _recorded(self, entity: int | None) -> Ready:
        """The properties that are recorded of an entity, the commonest first."""
        if entity is None:
            return self._replies.render("unknown.recorded_nothing")
        properties = self._snapshot.vocabulary.properties
        labels: Counter[str] = Counter()
        for fact in self._snapshot.facts_of(entity, limit=200):
            prop = properties[fact.property]
            labels[_called(prop) if fact.subject.id == entity else prop.inverse_label or prop.label] += 1
        if not labels:
            return self._replies.render("unknown.recorded_nothing")
        return self._replies.render("unknown.recorded", labels=", ".join(label for label, _ in labels.most_common(7)))

    def _no(self, reason: Reason, key: str, facts: Sequence[Fact] = (), **values: object) -> Outcome:
        return Outcome(Status.UNKNOWN, self._replies.render(f"unknown.{key}", **values), reason, tuple(facts))


def _called(prop: Property) -> str:
    """What there is of a property: "claims" of what somebody says, for a text is no answer to "says what"."""
    return plural_of(prop.nouns[0]) if prop.open and prop.nouns else prop.label


def _edition(query: Query, unit: Unit) -> str | None:
    """The name with the year right behind it, which makes it another of a series: "the Ada Cup 2031"."""
    end = query.text.find(unit.text) + len(unit.text)
    span = next((span for span in query.times if query.text[end : span.start].isspace()), None)
    return f"{unit.text} {query.text[span.start : span.end]}" if span is not None else None


def _quoted(units: Sequence[Unit]) -> str:
    return ", ".join(f"“{unit.text[:40]}”" for unit in units[:4])
