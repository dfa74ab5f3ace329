"""What the documents say where no fact answers: a sentence quoted as the answer, or lines as a lead; words no fact."""

from collections.abc import Iterable, Iterator, Sequence

from bot.answers.finding.match import fits_kind
from bot.answers.quoting.below import below_heading
from bot.answers.quoting.holds import (
    has_age,
    has_end,
    holds_answer,
    is_done_by_somebody,
    is_of_another_time,
    may_hold_answer,
    says_where,
)
from bot.answers.quoting.lead import closest_lines, shown, sources_of
from bot.answers.quoting.lines import Line, Lines
from bot.answers.quoting.written import is_within_name, persons_in
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query, Unit
from bot.answers.wording.compose import LONG, SHORT
from bot.answers.wording.markdown import Ready
from bot.answers.wording.outcome import Outcome, Reason
from bot.answers.wording.part import Part
from bot.language.tokens import name_key
from bot.model.answer import Status
from bot.model.fact import Fact, Rank, Source
from bot.model.passage import Passage

MOST_QUOTED = 3
_MOST_SUGGESTIONS = 12
_MOST_OF_LINE = 25  # words of what does not end as a sentence does
_OPENING = 4  # words that begin a sentence
_DENIED = 3  # words before the one that is denied
_OPEN_TO_QUOTES = frozenset(
    {Reason.NOTHING, Reason.WORDS, Reason.NOT_ABOUT, Reason.NOBODY, Reason.UNTOLD, Reason.PREMISE, Reason.WHOM}
)
_OPEN_TO_LEADS = frozenset({Reason.NOTHING, Reason.WORDS, Reason.NOT_ABOUT, Reason.NOBODY, Reason.WHOM})


class Quoter(Part):
    """Quotes the documents of one snapshot."""

    def answer(self, query: Query, outcome: Outcome, suggested: Sequence[Fact]) -> Outcome:
        """A quotation or a lead in place of `outcome`, which states nothing, or `outcome` itself.

        `suggested` are the facts that would answer if everything read out of prose were true.
        """
        if outcome.reason not in _OPEN_TO_QUOTES or (outcome.reason is Reason.WHOM and not query.names):
            return outcome
        if query.units and all(unit.text.isdigit() for unit in query.units):
            return outcome
        lines = Lines(self._snapshot, self._lexicon, query, self._phrasing.filler)
        told = [
            (line, accounted)
            for line, accounted in self._told(query, lines, suggested)
            if not is_done_by_somebody(line, query, self._lexicon)
        ]
        if told and all(accounted for _, accounted in told) and not _is_rest([line for line, _ in told], query):
            return self._quoted([line for line, _ in told], query)
        listed = below_heading(query, self._snapshot, self._lexicon, self._phrasing.filler)
        if listed:
            return self._listed(listed)
        near = lines.near()
        answering = list({line.text: line for line in near if self._answers(line, query)}.values())
        if answering and not _is_rest(best := _best(answering, query), query):
            return self._quoted(best, query)
        if outcome.reason not in _OPEN_TO_LEADS:
            return outcome
        close = [line for line in (*(line for line, _ in told), *near) if may_hold_answer(line, query, self._lexicon)]
        return closest_lines(close, self._replies) or outcome

    def _answers(self, line: Line, query: Query) -> bool:
        """Whether a sentence accounts for every word of the question and tells what it wants to know."""
        if not line.whole or query.anchor or query.told or not self._says_order(line, query) or _is_heap(line):
            return False
        if line.implied and all(query.units[place].asked and query.units[place].kinds for place in line.words):
            return False  # that it names a university does not say what the university is to whom is asked about
        if query.ask is not Ask.YES_NO and self._denies(line) != query.negated:
            return False
        if _asks_several(query) and _has_one_of_them(line, query):
            return False
        return holds_answer(line, query, self._lexicon) if line.words else says_where(line, query, self._lexicon)

    def _denies(self, line: Line) -> bool:
        """Whether a "not" stands close before the question's words, so that they are denied."""
        near = {
            line.tokens[place].key
            for hit in line.places
            for place in range(max(0, hit - _DENIED), hit + 2)[: _DENIED + 2]
            if place < len(line.tokens)
        }
        return self._phrasing.is_negative(" ".join(near))

    def _says_order(self, line: Line, query: Query) -> bool:
        """Whether the sentence has the question's "first" or "longest", if it has one."""
        return not query.pick_word or set(query.pick_word.split()) <= {token.key for token in line.tokens}

    def _told(self, query: Query, lines: Lines, facts: Iterable[Fact]) -> Iterator[tuple[Line, bool]]:
        """The sentences from which facts were suggested, each once, and whether it accounts for every word."""
        seen: set[str] = set()
        for fact in [fact for fact in facts if fact.rank is Rank.SUGGESTION][:_MOST_SUGGESTIONS]:
            line = self._line_of(fact, lines)
            if line is not None and line.text not in seen and not is_of_another_time(line, query):
                seen.add(line.text)
                timely = _is_of_the_time(fact, query) and has_end(line, query, self._lexicon)
                timely = timely and not is_within_name(line, query) and has_age(line, query)
                yield (
                    line,
                    timely and all(place in line.hits or self._says(fact, query.units[place]) for place in line.needed),
                )

    def _line_of(self, fact: Fact, lines: Lines) -> Line | None:
        """The sentence that a suggestion was read out of."""
        evidence = fact.evidence
        words = set(name_key(evidence.text).split())
        there = [
            line
            for passage in self._snapshot.passages_at(evidence.document, evidence.line)
            for line in lines.of(passage)
        ]
        day = fact.value.date
        value = str(day.year) if day is not None and day.year is not None else name_key(fact.value.text)
        subject, proof = name_key(fact.subject.name), name_key(evidence.text)
        return max(
            there,
            key=lambda line: (
                name_key(line.text) == proof,  # of a long line the proof is one sentence
                _share(value, line),  # its subject may be told of as "he" there
                subject in name_key(line.text),
                _likeness(words, {token.key for token in line.tokens}),
            ),
            default=None,
        )

    def _says(self, fact: Fact, unit: Unit) -> bool:
        """Whether a suggestion accounts for a unit by what it is, not by its words."""
        inside = {fact.property, *(qualifier.property for qualifier in fact.qualifiers)}
        if unit.mention is not None:
            return any(end.id in unit.mention.entities for end in fact.ends)
        return any(reading.property in inside for reading in unit.properties) or any(
            fits_kind(end, unit.kinds) for end in fact.ends
        )

    def _listed(self, entries: Sequence[Passage]) -> Outcome:
        """A list with its heading, quoted as one."""
        first = entries[0]
        text = f"{first.section}: {'; '.join(' '.join(one.text.split()) for one in entries)}"
        item = self._replies.render("passage.item", line=text, document=first.document, number=first.line)
        source = first.source or Source(first.document, first.title or first.document)
        return Outcome(
            Status.ANSWERED, self._replies.render("passage.quote", items=item), Reason.QUOTE, sources=(source,)
        )

    def _quoted(self, lines: Sequence[Line], query: Query) -> Outcome:
        limit = LONG if len(lines) > 1 else SHORT
        items = []
        kept: list[Line] = []
        for line in lines[:MOST_QUOTED]:
            longest = limit // min(len(lines), MOST_QUOTED) - 60
            item = shown(line, self._replies, longest)
            whose = self._untold(line, query)
            items.append(self._replies.render("passage.of", whose=whose, item=item) if whose else item)
            kept.append(line)
        text = self._replies.render("passage.quote", items=Ready("\n".join(items)))
        return Outcome(Status.ANSWERED, text, Reason.QUOTE, sources=sources_of(kept))

    def _untold(self, line: Line, query: Query) -> str:
        """Of whom a sentence tells that answers "who" and names nobody: "He became the treasurer in 2025"."""
        about = line.passage.about
        if query.ask is not Ask.WHO or about is None or any(True for _ in persons_in(line, self._lexicon)):
            return ""
        asked = {entity for unit in query.names if unit.mention for entity in unit.mention.entities}
        person = self._snapshot.entities([about]).get(about)
        return person.name if person is not None and person.kind == "person" and about not in asked else ""


def _is_of_the_time(fact: Fact, query: Query) -> bool:
    """Whether it is known well enough when a fact was to answer a question of some time."""
    if query.present and not query.former and (fact.end is not None or _is_past(fact)):
        return False
    return (
        not query.times or fact.start is not None or any(span.period.start == span.period.end for span in query.times)
    )


def _is_past(fact: Fact) -> bool:
    return any(qualifier.property == "status" and qualifier.value.text == "past" for qualifier in fact.qualifiers)


def _is_heap(line: Line) -> bool:
    """Whether it is no sentence but several lines of a list, whose words need not belong together."""
    return len(line.tokens) > _MOST_OF_LINE and not line.text.rstrip().endswith((".", "!", "?", ".”", '."', "…", ")"))


def _share(value: str, line: Line) -> float:
    """How much of a value the sentence says."""
    said = {token.key for token in line.tokens}
    words = value.split()
    return sum(word in said for word in words) / max(1, len(words))


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _spread(line: Line) -> int:
    """How far apart the question's words stand in a sentence."""
    return max(line.places) - min(line.places) if line.places else 0


def _best(lines: Sequence[Line], query: Query) -> list[Line]:
    """The sentence that is closest to the question's words; several where a list was asked for."""
    ranked = sorted(lines, key=lambda line: (_spread(line), -len(line.spoken), len(line.text)))
    if not _asks_several(query):
        return ranked[:1]
    return sorted(ranked[:MOST_QUOTED], key=lambda line: (line.passage.id, line.text))


def _asks_several(query: Query) -> bool:
    return query.ask in (Ask.WHAT, Ask.WHO, Ask.ANY) and any(
        unit.asked and unit.text.lower().endswith("s") for unit in query.units
    )


def _has_one_of_them(line: Line, query: Query) -> bool:
    """Whether what is asked for stands in a sentence as one of its kind only: "he has served as a trustee"."""
    asked = [unit for unit in line.words if query.units[unit].asked]
    said = [(place, name_key(query.units[unit].text)) for unit in asked for place in line.hits.get(unit, ())]
    alone = [place for place, text in said if line.tokens[place].key != text]
    return any(place and line.tokens[place - 1].key in ("a", "an") for place in alone)


def _is_rest(lines: Sequence[Line], query: Query) -> bool:
    """Whether several are asked for and what is told only adds to others: "He also played the viola"."""
    return len(lines) == 1 and _asks_several(query) and any(token.key == "also" for token in lines[0].tokens[:_OPENING])
