"""Rules by which an event comes again, in words; expands none, for many never end."""

from bot.language.dates import MONTHS, WEEKDAYS

_EVERY = {"YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week", "DAILY": "day", "HOURLY": "hour",
    "MINUTELY": "minute",
          "SECONDLY": "second"}  # fmt: skip
_DAYS = {day[:2].upper(): day.capitalize() for day in WEEKDAYS}
_ORDER = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "last but one"}


def in_words(rule: str) -> tuple[str, str]:
    """`FREQ=WEEKLY;BYDAY=TU;COUNT=5` as `every week on Tuesday, 5 times`, and its last day; empty for no rule."""
    from icalendar.prop import vRecur  # noqa: PLC0415 - it takes long to import, and most folders have no calendar

    try:
        read = vRecur.from_ical(rule)
    except (ValueError, KeyError, TypeError):
        return "", ""
    every = _EVERY.get(str((read.get("FREQ") or [""])[0]).upper())
    if every is None:
        return "", ""
    step = int((read.get("INTERVAL") or [1])[0])
    text = f"every {every}" if step == 1 else f"every {step} {every}s"
    days = [_day(str(day)) for day in read.get("BYDAY") or []]
    if days:
        text += " on " + _joined([day for day in days if day])
    elif read.get("BYMONTHDAY"):
        text += " on day " + _joined([str(day) for day in read["BYMONTHDAY"]])
    months = [
        MONTHS[int(str(month)) - 1].capitalize()
        for month in read.get("BYMONTH") or []
        if str(month).isdigit() and 1 <= int(str(month)) <= 12
    ]
    if months:
        text += " in " + _joined(months)
    if read.get("COUNT"):
        text += f", {int(read['COUNT'][0])} times"
    return text, str(read["UNTIL"][0])[:10] if read.get("UNTIL") else ""


def _day(text: str) -> str:
    """`2TU` as `the second Tuesday`."""
    name = _DAYS.get(text[-2:].upper(), "")
    number = text[:-2].lstrip("+")
    if not number:
        return name
    order = _ORDER.get(int(number)) if number.lstrip("-").isdigit() else None
    return f"the {order} {name}" if order and name else name


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""
