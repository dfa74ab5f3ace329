"""Facts against the times of a question: when something held, what comes before what; guesses no missing date."""

from collections.abc import Sequence
from datetime import date

from bot.answers.finding.slot import PAST, status_of
from bot.language.dates import Relation, TimeSpan
from bot.model.fact import Fact
from bot.model.partial_date import PartialDate, Period
from bot.model.vocabulary import Vocabulary


def time_of(fact: Fact, vocabulary: Vocabulary, part: str = "all") -> Period | None:
    """When a fact held, or the beginning or end of that; None where the document does not say."""
    if part == "start":
        return Period(fact.start, fact.start) if fact.start else None
    if part == "end":
        return Period(fact.end, fact.end) if fact.end else None
    if fact.start is None and fact.end is None:
        return None
    if fact.start is None:
        return Period(None, fact.end)
    if fact.end is None and vocabulary.properties[fact.property].lasting and status_of(fact) != PAST:
        return Period(fact.start, None)
    return Period(fact.start, fact.end or fact.start)


def fits(period: Period | None, times: Sequence[TimeSpan]) -> bool:
    """Whether a fact's time is one that the question allows; a fact without time fits no stated time.

    Of several times ("in 2018 and 2021") one is enough; what it must come before or after holds in any case.
    """
    if period is None:
        return not times
    within = [span for span in times if span.relation is Relation.IN]
    beside = [span for span in times if span.relation is not Relation.IN]
    return all(_fits(period, span) for span in beside) and (not within or any(_fits(period, span) for span in within))


def bounds(times: Sequence[TimeSpan]) -> tuple[date, date]:
    """The first and the last day on which something may have been that fits any of the times."""
    firsts = [date.min if span.relation is Relation.BEFORE else _first_after(span) for span in times]
    lasts = [date.max if span.relation is Relation.AFTER else span.period.last for span in times]
    return min(firsts, default=date.min), max(lasts, default=date.max)


def _first_after(span: TimeSpan) -> date:
    return span.period.last if span.relation is Relation.AFTER else span.period.first


def _fits(period: Period, span: TimeSpan) -> bool:
    asked = span.period
    if period.start is None:  # all that is known is when it was over
        period = Period(period.end, period.end)
    if asked.start is not None and asked.start.year is None:
        return _same_day(period.start, asked.start)
    if _yearless(period):
        return False
    if span.relation is Relation.BEFORE:
        return period.first < asked.first
    if span.relation is Relation.AFTER:
        return (period.last > asked.last and period.last != date.max) or period.first > asked.last
    return period.overlaps(asked) and not _only_meets(period, asked) and not _is_vaguer(period, asked)


def _is_vaguer(period: Period, asked: Period) -> bool:
    """Whether only the year is known of what is asked for by the month: it may have been in any other."""
    if period.start is None or period.start != period.end:
        return False
    return period.first < asked.first or period.last > asked.last


def _only_meets(period: Period, asked: Period) -> bool:
    """Whether of several years asked for a longer time shares only the last or first: 2019–2022 and "2016 to 2019".

    Nor is what has been since 2018 of the time "until 2018".
    """
    years = [side.year if side is not None else None for side in (asked.start, asked.end, period.start, period.end)]
    first, last, begun, ended = years
    if first == last or begun == ended:
        return False
    if first is None and ended is not None:
        return False
    return (last is not None and begun == last and period.start is not None and period.start.month is None) or (
        first is not None and ended == first and period.end is not None and period.end.month is None
    )


def _yearless(period: Period) -> bool:
    return any(side is not None and side.year is None for side in (period.start, period.end))


def _same_day(known: PartialDate | None, asked: PartialDate) -> bool:
    if known is None or known.month != asked.month:
        return False
    return asked.day is None or known.day == asked.day


def precedes(one: Period, other: Period) -> bool:
    """Whether the first was over when the second began, or began before it, as far as imprecise dates tell."""
    if _yearless(one) or _yearless(other) or other.start is None:
        return False
    begins, begun = _middle(one.start, date.min), _middle(other.start, date.min)
    if one.end is not None and max(_middle(one.end, date.max), begins) <= begun:
        return (begins, max(_middle(one.end, date.max), begins)) < (begun, max(_middle(other.end, date.max), begun))
    return one.start is not None and one.start.last is not None and one.start.last < other.first


def _middle(known: PartialDate | None, otherwise: date) -> float:
    """The middle of all days that a date can mean, as a day number."""
    if known is None or known.first is None or known.last is None:
        return otherwise.toordinal()
    return (known.first.toordinal() + known.last.toordinal()) / 2


def newest(period: Period | None) -> tuple[int, int]:
    """A key that sorts the latest end first, then the latest start; what has no time comes last."""
    if period is None or _yearless(period):
        return (1, 1)
    return (-period.last.toordinal(), -period.first.toordinal())


def days(period: Period) -> int | None:
    """Length in days, by the middle of what each partial date can mean; None where a side is open."""
    if period.start is None or period.end is None or _yearless(period):
        return None
    return round(_middle(period.end, date.max) - _middle(period.start, date.min))
