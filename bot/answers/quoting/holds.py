"""Whether a sentence holds an answer of the kind that is asked for, close to the words that ask; knows no fact."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bot.answers.finding.periods import fits
from bot.answers.quoting.lines import Line
from bot.answers.quoting.written import is_past_form, is_within_name, persons_in, places_in, runs
from bot.answers.reading.phrasing import Ask
from bot.answers.reading.query import Query, Unit
from bot.language.dates import TimeSpan, find_times
from bot.language.document_words import word_set
from bot.language.lexicon import Lexicon
from bot.language.tokens import Token, fold

_NUMBER_WORD = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|twenty|thirty|forty|fifty"
    r"|hundreds?|thousands?|millions?|several)\Z"
)
_LASTS = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|many)[\s-]+"
    r"(?:year|month|week|day|hour|minute|decade)s?\b",
    re.IGNORECASE,
)
_COSTS = re.compile(
    r"[$€£¥]\s?\d|\b\d[\d.,]*\s?(?:€|\$|£|EUR|USD|GBP|CHF|euros?|dollars?|pounds?)|\bfree\b", re.IGNORECASE
)
_AGED = re.compile(
    r"\b(?:age[ds]?|birthday|turned|alter(?: von)?|âge de|edad de|età di)\b(?: of)?\D{0,8}\d"
    r"|\d\s?(?:th|nd|rd|st)?[\s-](?:years?|jahre|ans|años|anni)\b|\d(?:th|nd|rd|st) birthday|, \d\d, ",
    re.IGNORECASE,
)
_HOW_OLD = ("how", "old")
_HOUR = re.compile(r"\b\d{1,2}(?::[0-5]\d|(?::[0-5]\d)?\s?[ap]\.?m\b)", re.IGNORECASE)
_IN_BRACKET = re.compile(r"[(\[][\d\s–—-]*\Z")  # before a date, with nothing else in it but dates
_BECAUSE = re.compile(r"\b(?:because|since|due to|owing to|thanks to|in order to|so that|as a result)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\b(?:at|on|to)\s+(?:https?://|[\w-]+\.(?:com|org|net|io|dev|edu)\b)", re.IGNORECASE)
_FIGURES = {Ask.HOW_MANY.value, Ask.HOW_MUCH.value}
_THEY = frozenset({"he", "she", "they", "it", "we", "i"})
_THEM = frozenset({"him", "her", "them", "it", "us", "me"})
_OWNED = frozenset({"his", "her", "their", "its", "my", "our"})
_HEAD = 4  # words behind "her" among which is what is hers
_OVER = frozenset({"was", "were", "been", "former", "formerly", "previous", "previously", "ex"})
_WAS = frozenset({"was", "were"})
_BEFORE_OFFICE = 4  # words around what somebody was, among which "was" stands
_DOES = (("did",), ("does",), ("do",))
_ENDS = frozenset({"of", "from", "for", "on", "about"})
_NEAR = 4  # words between a number and what it counts
_NEW_WORDS = 2  # that a sentence must add to the question's


def holds_answer(line: Line, query: Query, lexicon: Lexicon) -> bool:
    """Whether the sentence tells what the question wants to know, by all that its words show."""
    if not line.places or _lacks(line, query, lexicon):
        return False
    match query.ask:
        case Ask.WHEN:
            return any(
                _reaches(line, place, lexicon)
                and not _is_anothers_life(line, place)
                and not _is_of_other_deed(line, place, query, lexicon)
                for place in (*_dates(line, query.today, query.times), *_weekdays(line, query))
            )
        case Ask.WHO:
            return any(
                _reaches(line, place, lexicon) and not _is_beside(line, place) for place in persons_in(line, lexicon)
            )
        case Ask.WHERE:
            return _ADDRESS.search(line.text) is not None or any(
                _reaches(line, place, lexicon) for place in places_in(line, lexicon)
            )
        case Ask.HOW_MANY:
            return _counts(line, query)
        case Ask.HOW_MUCH:
            return bool(_COSTS.search(line.text)) or _counts(line, query)
        case Ask.HOW_LONG:
            return bool(_LASTS.search(line.text)) or len(list(_dates(line, query.today))) > 1
        case Ask.WHY:
            return bool(_BECAUSE.search(line.text))
        case Ask.YES_NO:
            return True
        case _:
            return _new_words(line, lexicon) >= _NEW_WORDS


def _is_beside(line: Line, place: int) -> bool:
    """Whether somebody does it together with what the question names, not to that: "Ada King and the Guild opened"."""
    behind = [token.key for token in line.tokens[place + 1 : place + 3]]
    return behind == ["and", "the"] and place + len(behind) + 1 in line.spoken


def says_where(line: Line, query: Query, lexicon: Lexicon) -> bool:
    """Whether a sentence says of what alone is named what it is, and where: "The Reed Garden is a garden in Tarn"."""
    named = sorted(line.spoken)
    if query.ask is not Ask.WHERE or not named or named[0] > 1 or query.times:
        return False
    behind = line.tokens[named[-1] + 1].key if named[-1] + 1 < len(line.tokens) else ""
    return behind in ("is", "are") and named[-1] - named[0] < len(named) and any(True for _ in places_in(line, lexicon))


def is_done_by_somebody(line: Line, query: Query, lexicon: Lexicon) -> bool:
    """Whether "who did it" is told with a pronoun alone, of which nothing in the sentence says whom it means."""
    if query.ask is not Ask.WHO or any(unit.agent for unit in query.names):
        return False
    doers = [doer for place in line.places if (doer := _pronoun_of(line.tokens, place, lexicon)) is not None]
    return bool(doers) and not any(place < min(doers) for place in persons_in(line, lexicon))


def _pronoun_of(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> int | None:
    """Where the pronoun stands that does what a word tells: "she founded", "founded by her"."""
    if [token.key for token in tokens[place + 1 : place + 3]][:1] == ["by"] and place + 2 < len(tokens):
        return place + 2 if tokens[place + 2].key in _THEM else None
    before = place - 1
    while before >= 0 and (tokens[before].key in lexicon.function or tokens[before].key.endswith("ly")):
        if tokens[before].key in _THEY:
            return before
        before -= 1
    return None


def _lacks(line: Line, query: Query, lexicon: Lexicon) -> bool:
    """Whether the sentence is of another time or of somebody else, or has no name or figure where one is asked for."""
    if query.times and not _in_time(line, query, query.today):
        return True
    if (
        is_done_by_somebody(line, query, lexicon)
        or _is_trade(line, query)
        or is_within_name(line, query)
        or _is_open(line)
        or _is_over(line, query)
        or not has_end(line, query, lexicon)
        or not has_age(line, query)
    ):
        return True
    if line.implied and query.ask is not Ask.YES_NO and _is_of_another(line, query, lexicon):
        return True
    if _asks_a_name(query) and not any(_reaches(line, place, lexicon) for place in persons_in(line, lexicon)):
        return True
    figure = query.ask in (Ask.WHAT, Ask.ANY) and _asks_a_figure(query, lexicon)
    return figure and not any(char.isdigit() for char in line.text)


def _is_trade(line: Line, query: Query) -> bool:
    """Whether what is asked for is only part of a trade: "which podcast does she produce" and "a podcast producer"."""
    asked = {place for unit in line.words if query.units[unit].asked for place in line.hits.get(unit, ())}
    others = line.places - asked
    return any(
        place + 1 in others and line.tokens[place + 1].key.endswith(("er", "or", "ers", "ors")) for place in asked
    )


def _is_open(line: Line) -> bool:
    """Whether it says that what stands there is still to come: "Talk: to be announced"."""
    told = fold(line.text)
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", told) for word in word_set("labels", "placeholders"))


def _is_over(line: Line, query: Query) -> bool:
    """Whether a question of today meets "was our treasurer until 2018"."""
    if not query.present or query.former or query.ask is not Ask.WHO:
        return False
    said = [token.key for token in line.tokens]
    return any(
        set(said[max(0, place - _BEFORE_OFFICE) : place]) & _OVER
        or _WAS & set(said[place + 1 : place + _BEFORE_OFFICE])
        for place in line.places
    )


def is_of_another_time(line: Line, query: Query) -> bool:
    """Whether its dates are none of those that the question names: "married in 1940" where 1982 is asked for."""
    told = find_times(line.text, query.today) if query.times else []
    return bool(told) and not any(fits(span.period, query.times) for span in told)


def has_age(line: Line, query: Query) -> bool:
    """Whether it says how old somebody is or was, where that is asked; for today the day of birth tells it, too."""
    if query.keys[:2] != _HOW_OLD or _AGED.search(line.text):
        return True
    return query.present and any(True for _ in _dates(line, query.today))


def has_end(line: Line, query: Query, lexicon: Lexicon) -> bool:
    """Whether it has the small word that the question ends with behind its verb: "die of", "known for"."""
    last = query.keys[-1] if query.keys else ""
    if last not in _ENDS or query.keys[:1] != ("what",) or query.keys[1:2] not in _DOES:
        return True
    verbs = [
        at
        for at in line.places
        if is_past_form(line.tokens[at], lexicon) or line.tokens[at].key[:3] == query.keys[-2][:3]
    ]
    return any(last in {token.key for token in line.tokens[place + 1 : place + 3]} for place in verbs)


def may_hold_answer(line: Line, query: Query, lexicon: Lexicon) -> bool:
    """Whether the sentence has anything in it that could be what the question wants to know."""
    today = query.today
    named = query.ask is not Ask.YES_NO  # a wrong premise is best met with what comes close
    asked = [
        place for place in line.words if query.units[place].asked or (named and _is_written_as_name(query.units, place))
    ]
    asked = [place for place in asked if not query.units[place].kinds]  # "which company": the answer is one
    if any(place not in line.hits and place not in line.strangers for place in asked) or (
        query.times and not _in_time(line, query, today)
    ):
        return False
    if is_within_name(line, query) or (_asks_a_name(query) and not any(True for _ in runs(line, lexicon))):
        return False
    match query.ask:
        case Ask.WHEN:
            return _HOUR.search(line.text) is not None or any(True for _ in _dates(line, today))
        case Ask.WHO if not line.words <= line.strangers:  # of a stranger alone it tells who that is
            return any(True for _ in (runs if line.whole else persons_in)(line, lexicon))
        case Ask.WHERE:
            return _ADDRESS.search(line.text) is not None or any(True for _ in runs(line, lexicon))
        case Ask.HOW_MANY | Ask.HOW_MUCH | Ask.HOW_LONG:
            return any(_is_number(line.tokens, place) for place in range(len(line.tokens)) if place not in line.spoken)
        case _:
            return _new_words(line, lexicon) >= _NEW_WORDS


def _asks_a_name(query: Query) -> bool:
    return query.for_name and any(key in ("name", "names") for key in query.keys)


def _asks_a_figure(query: Query, lexicon: Lexicon) -> bool:
    """Whether a noun of the question names nothing but figures: a price, a size."""
    properties = lexicon.vocabulary.properties
    for unit in query.words:
        told = [properties[reading.property] for reading in unit.properties if not reading.verb]
        if told and all(_FIGURES & {*known.answers} or known.literal in ("number", "date") for known in told):
            return True
    return False


def _is_written_as_name(units: Sequence[Unit], place: int) -> bool:
    """Whether a word that names nobody known is written like a name, in a question that uses small letters too."""
    unit = units[place]
    others = any(other.mention is None and other.text.islower() for other in units)
    return unit.start > 0 and unit.text[:1].isupper() and others


def _is_of_another(line: Line, query: Query, lexicon: Lexicon) -> bool:
    """Whether the question's words stand in brackets, or behind the name of somebody else, of whom they may be said."""
    first = min(line.places)
    if line.tokens[0].key in _OWNED and line.places.isdisjoint(range(1, _HEAD)):
        return True  # "Her brother was …"
    before = line.text[: line.tokens[first].start]
    if before.count("(") > before.count(")"):
        return True
    others = [place for place in persons_in(line, lexicon) if place < first]
    if others and first and line.tokens[first - 1].key in _OWNED:
        return True  # "Enoch Pell and his wife Hester"
    return bool(others) and (query.ask is not Ask.WHO or len(others) > 1)


def _in_time(line: Line, query: Query, today: date) -> bool:
    return any(fits(span.period, query.times) for span in find_times(line.text, today))


def _dates(line: Line, today: date, asked: Sequence[TimeSpan] = ()) -> Iterator[int]:
    """The tokens at which a date begins that is none of those the question has."""
    known = {span.period for span in asked}
    for span in find_times(line.text, today):
        if span.period in known:
            continue
        for place, token in enumerate(line.tokens):
            if span.start <= token.start < span.end and (token.key[:1].isdigit() or token.text[:1].isupper()):
                yield place
                break


def _weekdays(line: Line, query: Query) -> Iterator[int]:
    """The days on which something is again and again, where that is asked: "rehearses on Tuesdays"."""
    if query.keys[1:2] in _DOES[1:] or query.keys[1:2] in (("is",), ("are",)):
        days = word_set("dates", "weekdays")
        yield from (place for place, token in enumerate(line.tokens) if token.key.removesuffix("s") in days)


def _is_anothers_life(line: Line, place: int) -> bool:
    """Whether a date opens a bracket behind a name that the question has not: "her uncle Otto Pell (1902–1977)"."""
    bracket = _IN_BRACKET.search(line.text[: line.tokens[place].start])
    if bracket is None:
        return False
    at = next(at for at in range(place, -2, -1) if at < 0 or line.tokens[at].start < bracket.start())
    while at >= 0 and line.tokens[at].text[:1].isupper():
        if at not in line.spoken:
            return True
        at -= 1
    return False


def _is_of_other_deed(line: Line, place: int, query: Query, lexicon: Lexicon) -> bool:
    """Whether a date is that of a deed which nobody asked about: "when did he marry" and "met his wife in 1965"."""
    verbs = [
        unit for unit in line.words
        if query.units[unit].properties and all(reading.verb for reading in query.units[unit].properties)
    ]  # fmt: skip
    own = {stem for unit in verbs for stems in query.units[unit].stems for stem in stems}
    said = [line.tokens[at] for unit in verbs for at in line.hits.get(unit, ())]
    if not said or any(is_past_form(token, lexicon) or lexicon.stem(token.key) in own for token in said):
        return False
    deeds = [at for at in range(place) if is_past_form(line.tokens[at], lexicon)]
    return bool(deeds) and deeds[-1] not in line.spoken


def _reaches(line: Line, place: int, lexicon: Lexicon) -> bool:
    """Whether no other deed is told between a place and the closest word of the question.

    "She left Acme and joined Loom in 2001" does not say when she left Acme.
    """
    closest = min(line.places, key=lambda hit: abs(hit - place))
    first, last = sorted((closest, place))
    deeds = sum(
        is_past_form(line.tokens[between], lexicon) for between in range(first + 1, last) if between not in line.spoken
    )
    return deeds <= (place < closest)  # "In 2001 she joined Loom": one deed may stand between


def _counts(line: Line, query: Query) -> bool:
    """Whether a number stands right before what is counted."""
    counted = [place for unit in line.words if query.units[unit].asked for place in line.hits.get(unit, ())]
    near = {before for place in counted for before in range(max(0, place - _NEAR), place)}
    return any(_is_number(line.tokens, place) and not _is_one_of(line.tokens, place) for place in near)


def _is_one_of(tokens: Sequence[Token], place: int) -> bool:
    """Whether it is the "one of" that picks one of those whose number nobody tells."""
    return tokens[place].key == "one" and [token.key for token in tokens[place + 1 : place + 2]] == ["of"]


def _is_number(tokens: Sequence[Token], place: int) -> bool:
    key = tokens[place].key
    if not key[:1].isdigit():
        return (tokens[place].text.islower() or not place) and _NUMBER_WORD.match(key) is not None
    return not (len(key) == 4 and key.isdigit() and key[:2] in ("15", "16", "17", "18", "19", "20"))


def _new_words(line: Line, lexicon: Lexicon) -> int:
    return sum(
        place not in line.spoken and token.key not in lexicon.function for place, token in enumerate(line.tokens)
    )
