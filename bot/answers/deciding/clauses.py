"""Questions for what held when something else was ("who led it when the boat was launched"); words no fact itself."""

from collections.abc import Callable, Container
from dataclasses import replace

from bot.answers.deciding.decide import Decider
from bot.answers.finding.finding import Finding
from bot.answers.finding.periods import time_of
from bot.answers.finding.slot import asked_part
from bot.answers.reading.phrasing import Ask, find
from bot.answers.reading.query import Query
from bot.answers.wording.markdown import Ready
from bot.answers.wording.outcome import Outcome, Reason
from bot.answers.wording.part import Means, Part
from bot.language.dates import Relation, TimeSpan
from bot.language.tokens import clean, parts
from bot.model.answer import Status
from bot.model.partial_date import Period

_AT = frozenset({"at", "in", "on", "with", "for", "under"})  # "while at Acme" is no clause
_ASKED = frozenset({Ask.WHO, Ask.WHAT, Ask.WHERE})


class Clauses(Part):
    """Answers such questions by two: when the clause was, and what else held then."""

    def __init__(self, means: Means, decider: Decider, read: Callable[[str], Query]) -> None:
        """`read`: how a question is read that leans on nothing."""
        super().__init__(means)
        self._decider = decider
        self._read = read

    def answer(self, query: Query, plain: Outcome) -> Outcome:
        """The outcome at the time of the clause; `plain`, where there is no clause or one fact accounts for it, too."""
        if query.ask is Ask.HOW_LONG and plain.status is Status.ANSWERED and not self._is_opinion(plain):
            split = self._split(query, self._phrasing.pronouns)  # how long it was until then nobody works out
            return plain if split is None else self._open(split[1])
        if query.ask not in _ASKED or query.times or query.anchor is not None or query.told:
            return plain
        if plain.status is Status.ANSWERED and (len(plain.facts) == 1 or self._is_opinion(plain)):
            return plain
        split = self._split(query)
        if split is None:
            return plain
        question, clause = split
        told = self._decider.findings(clause)
        periods = {period for one in told if (period := self._period(one)) is not None}
        if len(periods) == 1:
            timed = self._then(question, told[0], periods.pop())
            if timed is not None:
                return timed
        return plain if plain.status is Status.UNKNOWN else self._open(clause)

    def _then(self, question: Query, told: Finding, period: Period) -> Outcome | None:
        """What held in the period, and the fact that tells it; None where a whole year does not single one out."""
        outcome = self._decider.answer(replace(question, times=(TimeSpan(0, 0, Relation.IN, period),)))
        if outcome.status is not Status.ANSWERED:
            return None
        vague = period.start is not None and period.start.month is None
        if vague and len(outcome.answers) > 1:
            return None
        sentence = self._composer.sentences.full(told.fact)
        between = "\n" if "\n" in outcome.text else " "
        return replace(outcome, text=Ready(f"{outcome.text}{between}{sentence}"), facts=(*outcome.facts, told.fact))

    def _open(self, clause: Query) -> Outcome:
        """Nobody knows when that was."""
        words = clause.text.partition(" ")[2].rstrip(" ?.!")
        return Outcome(Status.UNKNOWN, self._replies.render("unknown.clause", words=f"“{words[:80]}”"), Reason.NOTHING)

    def _is_opinion(self, plain: Outcome) -> bool:
        """Whether it is told by what somebody says, which may speak of any "when"."""
        return any(self._vocabulary.properties[fact.property].open for fact in plain.facts)

    def _period(self, finding: Finding) -> Period | None:
        """When it was that the clause tells."""
        fact = finding.fact
        if fact.value.date is not None:
            return Period(fact.value.date, fact.value.date)
        return time_of(fact, self._vocabulary, asked_part(finding.match)) or finding.period

    def _split(self, query: Query, naming: Container[str] = ()) -> tuple[Query, Query] | None:
        """What is asked, and the clause read as a question for its time; None where it names nobody.

        `naming`: words that stand for a name there.
        """
        tokens = parts(clean(query.text))
        found = find(self._phrasing.clauses, query.keys[1:])
        if found is None or len(tokens) != len(query.keys):
            return None
        first, behind = found.start + 1, found.stop + 1
        if behind >= len(tokens) or tokens[behind].key in _AT:
            return None
        if tokens[behind].key not in naming and not any(unit.start >= behind for unit in query.names):
            return None
        text = clean(query.text)
        question = self._read(text[: tokens[first].start])
        clause = self._read(f"{Ask.WHEN.value} {text[tokens[behind].start :]}")
        return (question, clause) if question.units and question.ask is query.ask else None
