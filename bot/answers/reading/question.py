"""Reads a question into a Query: names, times, what is asked, and the words left to explain; looks up no fact."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache, partial

from bot.answers.reading.ahead import side_of_today
from bot.answers.reading.link import MAX_PARTS, Mention, find_mentions
from bot.answers.reading.phrasing import Phrasing
from bot.answers.reading.plan import POSSESSIVE, Shape, planned, with_placeholders
from bot.answers.reading.query import Anchor, Query, Unit
from bot.language.dates import TimeSpan, find_times, mend_months
from bot.language.lexicon import READ, Lexicon
from bot.language.tokens import Token, clean, name_key, parts
from bot.model.entity import Entity
from bot.store.snapshot import Snapshot


class Reader:
    """Reads questions with the words of one snapshot."""

    def __init__(self, lexicon: Lexicon, phrasing: Phrasing, snapshot: Snapshot) -> None:
        self._lexicon = lexicon
        self._phrasing = phrasing
        self._snapshot = snapshot
        # What members ask has few shapes; an entry takes about a kilobyte. Of a cache of the class no reader would go.
        self._plan = lru_cache(maxsize=1024)(partial(planned, lexicon=lexicon, phrasing=phrasing))

    def read(self, question: str, today: date, meant: Mapping[str, Entity] | None = None) -> Query:
        """Everything a question says, typos mended; works on any text and raises nothing.

        `meant`: whom its pronouns mean, which are read as names then: `{"she": Ada}`.
        """
        lexicon, phrasing, snapshot = self._lexicon, self._phrasing, self._snapshot
        text = phrasing.languages.in_english(clean(question), lexicon, snapshot, phrasing.words)
        text = mend_months(text)
        tokens = parts(text)[:MAX_PARTS]
        written = [token.key for token in tokens]
        keys = lexicon.respell(written)
        spelt = (
            [part._replace(key=key) for part, key in zip(tokens, keys, strict=True)] if keys is not written else tokens
        )
        mentions, mended = find_mentions(spelt, lexicon, snapshot, phrasing.words)
        if mended:
            keys = [mended.get(position, key) for position, key in enumerate(keys)]
        if meant:
            mentions = _with_pronouns(mentions, keys, meant)
        times = _free_times(text, tokens, mentions, today)
        plan = self._plan(_shape(text, tokens, keys, mentions, times))
        intents = plan.intents
        if not times and not mentions and (side := side_of_today(keys, tokens, phrasing, today)) is not None:
            asked = phrasing.intents(with_placeholders(keys, (), _timed(tokens, [side])))
            intents, times = (asked, [side]) if asked else (intents, times)
        named = {mention.start: mention for mention in mentions}
        units = [_filled(unit, named, text, tokens, lexicon) for unit in plan.units if unit.start not in plan.beside]
        if meant:  # "there" is at the place that it means
            there = [key for key in meant if phrasing.pronouns.get(key) == "places"]
            units = [
                unit._replace(preposition="at") if unit.mention and keys[unit.start] in there else unit
                for unit in units
            ]
        order, worded = plan.order, plan.worded
        return Query(
            text=text,
            ask=worded.ask,
            units=tuple(units if order is None else [unit for unit in units if unit.start != order[0]]),
            times=tuple(times),
            pick=worded.pick,
            pick_word=worded.pick_word,
            current=worded.current,
            former=plan.former,
            present=plan.present,
            for_name=plan.for_name,
            clock=plan.clock,
            embedded=worded.embedded,
            future=plan.future,
            today=today,
            anchor=next((Anchor(unit, order[1]) for unit in units if unit.start == order[0]), None) if order else None,
            intents=intents,
            citing=bool(worded.cited),
            but=tuple([entity for start in sorted(plan.beside) for entity in named[start].entities]),
            negated=phrasing.denies(written),
            mended=tuple([(tokens[position].text, word) for position, word in mended.items()]),
            keys=tuple(keys),
        )


def _free_times(text: str, tokens: Sequence[Token], mentions: Sequence[Mention], today: date) -> list[TimeSpan]:
    """Times outside of names."""
    times = find_times(text, today)
    if not times:
        return times
    taken = [(tokens[m.start].start, tokens[m.end - 1].end) for m in mentions]
    return [one for one in times if all(one.end <= start or end <= one.start for start, end in taken)]


def _shape(
    text: str, tokens: Sequence[Token], keys: Sequence[str], mentions: Sequence[Mention], times: Sequence[TimeSpan]
) -> Shape:
    words = list(keys)
    for mention in mentions:
        words[mention.start : mention.end] = [READ] * (mention.end - mention.start)
    owning = {one.end for one in mentions if text.startswith("'s", tokens[one.end - 1].end)} if "'" in text else set()
    if not POSSESSIVE.isdisjoint(keys):  # "her handle", where it is known who she is
        owning |= {one.end for one in mentions if keys[one.start] in POSSESSIVE and one.end - one.start == 1}
    return Shape(
        tuple(words),
        tuple([mention[:2] for mention in mentions]),
        tuple(sorted(owning)),
        _timed(tokens, times) if times else (),
    )


def _with_pronouns(mentions: Sequence[Mention], keys: Sequence[str], meant: Mapping[str, Entity]) -> list[Mention]:
    """The names, and the pronouns outside of them as names of those whom they mean."""
    taken = {place for one in mentions for place in range(one.start, one.end)}
    lent = [
        Mention(place, place + 1, (entity.id,), name_key(entity.name), whole=True)
        for place, key in enumerate(keys)
        if place not in taken and (entity := meant.get(key)) is not None
    ]
    return sorted([*mentions, *lent])


def _timed(tokens: Sequence[Token], times: Sequence[TimeSpan]) -> tuple[int, ...]:
    """The parts that tell times."""
    return tuple([at for at, token in enumerate(tokens) if any(one.start <= token.start < one.end for one in times)])


def _filled(unit: Unit, named: Mapping[int, Mention], text: str, tokens: Sequence[Token], lexicon: Lexicon) -> Unit:
    """A unit of a plan as the question has it."""
    written = text[tokens[unit.start].start : tokens[unit.end - 1].end]
    if unit.mention is None:
        return unit._replace(text=written)
    mention = named[unit.start]
    own = tuple([lexicon.stem(part) for part in mention.key.split()])
    return unit._replace(text=written, mention=mention, stems=frozenset({own}))
