"""Days in figures (`3/4/2026`): which figure is the month is told by all days of a field in a file; guesses nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.ingest.readers.record.tree import Record

_FIGURES = re.compile(
    r"(?:\([^()]*\)\s*)?(?P<one>\d{1,2})(?P<mark>[/-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})(?P<rest>[\s,].*)?",
    re.DOTALL,
)
_MONTHS = 12
_LOOKED_AT = 500  # records


def day_orders(records: Sequence[Record]) -> dict[str, bool]:
    """For each field that holds such days in one order only, whether the month comes first."""
    keys = {key for record in records[:_LOOKED_AT] for key, _ in _days(record.data)}
    orders = {key: _is_month_first(record.data.get(key) for record in records) for key in keys}
    return {key: order for key, order in orders.items() if order is not None}


def with_clear_days(records: Sequence[Record], first: dict[str, bool]) -> tuple[Record, ...]:
    """The records with such days as programs write them, where their order is known."""
    if not first:
        return tuple(records)
    return tuple(
        replace(record, data={**record.data, **dict(_cleared(record.data, first))}) if _days(record.data) else record
        for record in records
    )


def _days(data: dict[str, Any]) -> list[tuple[str, re.Match[str]]]:
    return [
        (key, match)
        for key, value in data.items()
        if isinstance(value, str) and len(value) < 60 and (match := _FIGURES.fullmatch(value.strip()))
    ]


def _is_month_first(values: Iterable[Any]) -> bool | None:
    """Whether the month comes first; None where nothing or too much tells."""
    found = [match for value in values if isinstance(value, str) and (match := _FIGURES.fullmatch(value.strip()))]
    day_first = any(int(match["one"]) > _MONTHS for match in found)
    month_first = any(int(match["two"]) > _MONTHS for match in found)
    return month_first if day_first != month_first else None


def _cleared(data: dict[str, Any], first: dict[str, bool]) -> Iterator[tuple[str, str]]:
    for key, match in _days(data):
        if key in first:
            month, day = (match["one"], match["two"]) if first[key] else (match["two"], match["one"])
            yield key, f"{match['year']}-{int(month):02d}-{int(day):02d}{match['rest'] or ''}"
