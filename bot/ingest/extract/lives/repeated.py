"""Posts that a page tells of twice, in a table and again in a list, to one fact each; knows no other property."""

from collections import defaultdict
from collections.abc import Sequence

from bot.language.tokens import name_key
from bot.model.fact import FactDraft
from bot.model.partial_date import PartialDate, Period

_POSTS = frozenset({"worksFor", "memberOf"})


def told_once(facts: Sequence[FactDraft]) -> list[FactDraft]:
    """The facts without those posts of which another fact of the page says all that they say, and more."""
    alike: defaultdict[tuple[str, str, str], list[FactDraft]] = defaultdict(list)
    for fact in facts:
        if fact.property in _POSTS:
            alike[_key(fact)].append(fact)
    whole = [_ended(fact, alike[_key(fact)]) if fact.property in _POSTS else fact for fact in facts]
    for key, group in alike.items():
        alike[key] = [_ended(fact, group) for fact in group]
    return [fact for fact in whole if not any(_says_more(other, fact) for other in alike.get(_key(fact), ()))]


def _ended(fact: FactDraft, alike: Sequence[FactDraft]) -> FactDraft:
    """A post "since 2005" of which the page says elsewhere "until 2016"."""
    ends = {
        other.end
        for other in alike
        if other.start is None and other.end is not None and other.qualifiers == fact.qualifiers
    }
    end = ends.pop() if len(ends) == 1 else None
    still = fact.start is not None and fact.end is None
    return fact._replace(end=end) if still and end and Period(fact.start, None).overlaps(Period(end, end)) else fact


def _key(fact: FactDraft) -> tuple[str, str, str]:
    return fact.subject.name, fact.property, name_key(fact.value.text)


def _says_more(one: FactDraft, other: FactDraft) -> bool:
    """Whether all that `other` says is said by `one`, which says when, or more exactly."""
    if one.rank is not other.rank or (one.start, one.end) == (other.start, other.end):
        return False
    details = {(name, name_key(value.text)) for name, value in one.qualifiers}
    within = all((name, name_key(value.text)) in details for name, value in other.qualifiers)
    # Without a time it may be what somebody is today: one that is over says something else.
    known = one.end is None if other.start is None and other.end is None else _ends_alike(one, other)
    return within and known and _finer(one.start, other.start)


def _ends_alike(one: FactDraft, other: FactDraft) -> bool:
    return one.end is None if other.end is None else _finer(one.end, other.end)


def _finer(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether a date is that of the other, or more exact; no date is no other."""
    return other is None or (one is not None and str(one).startswith(str(other)))
