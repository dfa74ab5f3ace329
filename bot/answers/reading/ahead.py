"""On which side of today a question looks: "upcoming", "past"; reads no date and knows no event."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.answers.reading.phrasing import Phrasing, find
from bot.language.dates import Relation, TimeSpan
from bot.language.tokens import Token
from bot.model.partial_date import PartialDate, Period


def side_of_today(keys: Sequence[str], parts: Sequence[Token], phrasing: Phrasing, today: date) -> TimeSpan | None:
    """The time from today on, where the question says "upcoming" or "next"; the one before, where it says "past"."""
    coming, gone = find(phrasing.coming, keys), find(phrasing.gone, keys)
    found = coming or gone
    if found is None:
        return None
    start, end = parts[found.start].start, parts[found.stop - 1].end
    day = today if coming else today - timedelta(days=1)
    known = PartialDate(day.year, day.month, day.day)
    return TimeSpan(start, end, Relation.IN, Period(known, None) if coming else Period(None, known))
