"""Which of several findings a question means: now, first, longest, before that; drops what it cannot order."""

from collections.abc import Sequence
from itertools import pairwise

from bot.answers.finding.finding import Finding
from bot.answers.finding.match import BEFORE
from bot.answers.finding.periods import days, newest, precedes, time_of
from bot.answers.finding.slot import PAST, is_got, status_of
from bot.answers.reading.query import ORDINALS, Anchor, Query
from bot.model.fact import Fact
from bot.model.partial_date import Period
from bot.model.vocabulary import Vocabulary

_VERSION = "version"


class Ordering:
    """Orders and narrows findings by time, with the vocabulary of one snapshot."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def newest_first(self, findings: Sequence[Finding]) -> list[Finding]:
        """The latest first; findings without time keep their order behind."""
        return sorted(findings, key=lambda finding: newest(finding.period))

    def current(self, findings: Sequence[Finding], query: Query) -> list[Finding] | None:
        """What holds now. None: the question wants only that, and all that is recorded is over."""
        lasting = [f for f in findings if self._vocabulary.properties[f.fact.property].lasting]
        if (
            not findings
            or len(lasting) < len(findings)
            or not (query.current or query.present)
            or query.former
            or query.times
        ):
            return list(findings)
        now = [f for f in findings if f.fact.end is None and status_of(f.fact) != PAST and not _is_over(f)]
        if now:
            return now
        return None if query.current else list(findings)

    def pick(self, findings: Sequence[Finding], which: str) -> list[Finding]:
        """The first, second, last, longest or shortest; all that tie."""
        if which in ("longest", "shortest"):
            lengths = [(length, f) for f in findings if (length := days(f.fact.period)) is not None]
            if not any(length for length, _ in lengths):
                return []  # of what only has a day nobody knows how long it took
            best = (max if which == "longest" else min)(length for length, _ in lengths)
            return [finding for length, finding in lengths if length == best]
        timed = [(period, f) for f in findings if (period := f.period) is not None]
        if not timed:
            alone = len(findings) == 1 and findings[0].fact.property == _VERSION
            return list(findings) if alone and which == "last" else []  # the version it is at is its latest
        if which in ORDINALS:
            return _nth(timed, ORDINALS[which])
        periods = [period for period, _ in timed]
        if which == "first":  # nothing came before it
            return [one for period, one in timed if not any(precedes(other, period) for other in periods)]
        return [one for period, one in timed if not any(precedes(period, other) for other in periods)]

    def beside(self, findings: Sequence[Finding], anchor: Anchor, anchors: Sequence[Fact]) -> list[Finding]:
        """Findings before or after what the anchor facts tell, the nearest first; the anchor's own are left out."""
        kept = self.step(findings, anchors, earlier=anchor.earlier)
        told = {finding.fact.id for finding in kept}
        rest = [finding for finding in findings if finding.fact.id not in told]
        return kept + self.put_beside(rest, anchor, anchors)

    def put_beside(self, findings: Sequence[Finding], anchor: Anchor, anchors: Sequence[Fact]) -> list[Finding]:
        """The same by the document's word alone, which needs no date."""
        own = {fact.id for fact in anchors}
        rest = [finding for finding in findings if finding.fact.id not in own]
        wanted = set(anchor.unit.mention.entities if anchor.unit.mention else ())
        return self._by_word(rest, wanted, anchors, earlier=anchor.earlier)

    def next_to(self, findings: Sequence[Finding], told: Sequence[Fact], *, earlier: bool) -> list[Finding]:
        """The ones next before or after those just told, by their dates or else by the document's word."""
        dated = self.step(findings, told, earlier=earlier)
        if dated:
            beyond = self.step(dated, [dated[0].fact], earlier=earlier)
            return [finding for finding in dated if finding not in beyond]
        own = {fact.id for fact in told}
        wanted = {end.id for fact in told for end in fact.ends}
        rest = [finding for finding in findings if finding.fact.id not in own]
        return self._by_word(rest, wanted, told, earlier=earlier)

    def step(self, findings: Sequence[Finding], anchors: Sequence[Fact], *, earlier: bool) -> list[Finding]:
        """Findings that lie wholly before or after the anchor facts, the nearest first; undated ones are left out."""
        periods = [period for fact in anchors if (period := time_of(fact, self._vocabulary)) is not None]
        own = {fact.id for fact in anchors}
        if not periods:
            return []
        edge = (
            min(periods, key=lambda p: (p.first, p.last)) if earlier else max(periods, key=lambda p: (p.last, p.first))
        )
        kept: list[tuple[Period, Finding]] = []
        for finding in findings:
            period = finding.period if finding.fact.id not in own else None
            if period is not None and (precedes(period, edge) if earlier else precedes(edge, period)):
                kept.append((period, finding))
        kept.sort(key=lambda pair: (pair[0].first, pair[0].last), reverse=earlier)
        return [finding for _, finding in kept]

    def _by_word(
        self, findings: Sequence[Finding], wanted: set[int], anchors: Sequence[Fact], *, earlier: bool
    ) -> list[Finding]:
        """Findings that a document puts before or after others in so many words, without giving a date."""
        if earlier:
            return [finding for finding in findings if wanted & _put_before(finding.fact)]
        later = {entity for fact in anchors for entity in _put_before(fact)}
        return [finding for finding in findings if finding.answer is not None and finding.answer.id in later]


def _is_over(finding: Finding) -> bool:
    """Whether it is a degree where a verb asks who studies, or no word asks what; "degrees she holds" are not over."""
    readings = finding.match.readings
    return is_got(finding.fact) and (not readings or any(reading.verb for reading in readings))


def _nth(timed: Sequence[tuple[Period, Finding]], place: int) -> list[Finding]:
    """The one at a place in the order of time, where the dates put all up to it in one order."""
    ranked = sorted(timed, key=lambda pair: (pair[0].first, pair[0].last))
    known = all(precedes(one, other) for (one, _), (other, _) in pairwise(ranked[: place + 2]))
    return [ranked[place][1]] if known and len(ranked) > place else []


def _put_before(fact: Fact) -> set[int]:
    return {q.value.entity.id for q in fact.qualifiers if q.property == BEFORE and q.value.entity is not None}
