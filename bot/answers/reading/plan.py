"""How the words of a question are read, whoever its names mean: what is asked, and what is left to explain."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from bot.answers.reading.edges import read_edges
from bot.answers.reading.link import Mention
from bot.answers.reading.phrasing import NAME, TIME, Ask, Intent, Phrasing, Wording, find
from bot.answers.reading.query import Unit
from bot.answers.reading.standing import BE, agency, follows_a_name, preposition, with_owner
from bot.language.lexicon import READ, Lexicon, Phrase, Said

_FAR = 5  # parts between "which of" and its noun
_WHICH = frozenset({"which", "what", "whats"})
_NAMES = frozenset({"name", "names", "title", "titles"})
_DO = frozenset({"did", "does", "do"})
_WHOEVER = frozenset({"who", "whoever"})  # behind it stands a verb
POSSESSIVE = frozenset({"his", "her", "its", "their"})
_PRESENT = frozenset({"is", "are", "does", "do", "works", "leads", "runs", "lives", "heads", "am"})
_PAST = frozenset({"was", "were", "did", "had", "has", "have", "been", "ever", "used"})


class Shape(NamedTuple):
    """A question but for whom and what it names: the same for all questions that differ in their names only."""

    words: tuple[str, ...]  # folded, `READ` where names stand
    names: tuple[tuple[int, int], ...]  # from which part to which
    owning: tuple[int, ...]  # where the names end that have an apostrophe behind them
    timed: tuple[int, ...]  # the parts that tell times


class Plan(NamedTuple):
    """How all questions of one shape are read."""

    worded: Wording
    intents: tuple[Intent, ...]
    units: tuple[Unit, ...]  # not with the text as it was written, and names without whom they mean
    order: tuple[int, bool] | None  # where the name starts that is ordered by, and whether earlier things are meant
    beside: frozenset[int]  # where the names start that are left out of the answer
    former: bool
    present: bool
    for_name: bool
    clock: bool
    future: bool


@dataclass(slots=True)
class _Page:
    """A shape laid out, and which of its words are already read."""

    keys: list[str]
    free: list[str]  # the words, `READ` where they are read already

    def take(self, positions: Iterable[int]) -> None:
        for position in positions:
            self.free[position] = READ


def planned(shape: Shape, lexicon: Lexicon, phrasing: Phrasing) -> Plan:
    """What the words ask, whoever the names mean."""
    mentions = [Mention(start, end, (), "", whole=True) for start, end in shape.names]
    keys = list(shape.words)
    page = _Page(keys, keys.copy())
    page.take(shape.timed)
    worded = phrasing.wording(tuple(page.free))
    page.free[:] = worded.rest
    order = None if shape.timed else _order(page, mentions, phrasing, lexicon)
    beside = _left_out(page, mentions, phrasing)
    return Plan(
        worded=worded,
        intents=phrasing.intents(with_placeholders(keys, shape.names, shape.timed)),
        units=tuple(_units(page, mentions, shape.owning, lexicon, phrasing, worded)),
        order=order,
        beside=frozenset(beside),
        former=worded.former or not phrasing.once.isdisjoint(keys),
        present=_is_present(keys, lexicon),
        for_name=_asks_name(keys),
        clock=find(phrasing.clock, keys) is not None,
        future="will" in keys,
    )


def _asks_name(keys: Sequence[str]) -> bool:
    """Whether "name" is a noun there: "the name of", "their names"; in "which does she name" it is a verb."""
    return not _NAMES.isdisjoint(keys) and any(
        key in _NAMES and keys[place + 1 : place + 2] == ["of"] for place, key in enumerate(keys)
    )


def _is_present(keys: Sequence[str], lexicon: Lexicon) -> bool:
    # Whatever ends in `s` right behind "who" is a verb of the present: conducts, teaches, sponsors.
    does = "who" in keys and any(one == "who" and other.endswith("s") for one, other in pairwise(keys))
    if _PRESENT.isdisjoint(keys) and not does:
        return False
    return _PAST.isdisjoint(keys) and lexicon.past.isdisjoint(keys) and "ed" not in [key[-2:] for key in keys]


def with_placeholders(keys: Sequence[str], names: Sequence[tuple[int, int]], timed: Collection[int]) -> list[str]:
    """The words with one placeholder for each name and time, as the intents are written."""
    words: list[str] = []
    ends = dict(names)
    position = 0
    while position < len(keys):
        if position in ends:
            words.append(NAME)
            position = ends[position]
            continue
        if position not in timed:
            words.append(keys[position])
        elif not words or words[-1] != TIME:
            words.append(TIME)
        position += 1
    return words


def _order(page: _Page, mentions: Sequence[Mention], phrasing: Phrasing, lexicon: Lexicon) -> tuple[int, bool] | None:
    """The name that "before" or "after" points at: where it starts, and whether earlier things are asked for."""
    for pattern, earlier in ((phrasing.before, True), (phrasing.after, False)):
        found = find(pattern, page.free)
        if not found or _is_in_phrase(page, found, lexicon):
            continue
        for mention in mentions:
            between = page.keys[found.stop : mention.start]
            if mention.start >= found.stop and len(between) <= 4:
                page.take(range(found.start, mention.start))
                return mention.start, earlier
    return None


def _left_out(page: _Page, mentions: Sequence[Mention], phrasing: Phrasing) -> set[int]:
    """Where the names start that "besides" or "other than" leaves out of the answer."""
    found = find(phrasing.besides, page.free)
    if found is None:
        return set()
    page.take(found)
    at = found.stop
    starts: set[int] = set()
    for mention in mentions:
        if mention.start == at or (starts and page.keys[at : mention.start] in (["and"], ["or"])):
            starts.add(mention.start)
            at = mention.end
    return starts


def _is_in_phrase(page: _Page, found: range, lexicon: Lexicon) -> bool:
    """Whether the word belongs to a verb of the vocabulary ("came before"), which then says it all."""
    stems = [lexicon.stem(key) for key in page.keys[max(0, found.start - 1) : found.stop]]
    return any(phrase.start == 0 and phrase.end == len(stems) > 1 for phrase in lexicon.phrases(stems))


def _units(
    page: _Page, mentions: Sequence[Mention], owning: Iterable[int],
    lexicon: Lexicon, phrasing: Phrasing, worded: Wording,
) -> list[Unit]:  # fmt: skip
    units = [_name_unit(page, mention, mentions, lexicon) for mention in mentions]
    # Elsewhere the noun keeps apart what is recorded from what is not; where somebody works is no work of theirs.
    as_noun = worded.ask not in {Ask.YES_NO, Ask.WHERE}
    done = {_doing(page, mention, mentions) for mention in mentions}
    if not _WHOEVER.isdisjoint(page.keys):
        done |= {place for place, before in enumerate(page.keys, 1) if before in _WHOEVER}
        done |= {place + 1 for place in done if place is not None and page.keys[place : place + 1] == ["else"]}
    owned = _owned(page, owning)
    units += [
        _as_verb(_word_unit(page, said, lexicon), as_noun=as_noun)
        if said.start in done
        else _as_noun(_word_unit(page, said, lexicon))
        if said.start in owned and (said.end == len(page.keys) or page.keys[said.end] in lexicon.function)
        else _word_unit(page, said, lexicon)
        for said in lexicon.said(page.free)
        if said.phrase is not None or page.keys[said.start] not in phrasing.filler
    ]
    if (stranded := _stranded(page, mentions, units, lexicon, phrasing)) is not None:
        dated = worded.ask is Ask.WHEN  # "what date is it from"
        units.append(stranded._replace(optional=True) if dated else stranded)
    units.sort(key=attrgetter("start"))
    spoken = [unit for unit in units if unit.mention or unit.start not in worded.cited]
    units = spoken or units
    light = {unit.start for unit in units if _is_light(unit, units, page, phrasing)}
    units = [unit for unit in units if unit.start not in light or unit.properties]
    fillers = {unit.start for unit in units if unit.start in light or _is_filler(unit, page, phrasing)}
    asking = worded.asking
    which = len(asking) > 0 and (page.keys[asking.stop - 1] in _WHICH or worded.ask is Ask.HOW_MANY)
    spoken = [unit for unit in units if unit.start not in fillers]
    asked = _asked_unit(spoken, _noun_at(page, asking.stop, mentions, phrasing) if which else -1, page.keys)
    if asked is None and worded.ask is Ask.WHAT:
        asked = _owned_unit(spoken, asking.stop, page.keys)
    if worded.ask is Ask.ANY and spoken and spoken[0].start == 0 and page.keys[spoken[0].end : spoken[0].end + 1]:
        tied = page.keys[spoken[0].end] in lexicon.function  # "talks in the hall": talks, not the hall
        asked = spoken[0] if spoken[0].kinds and tied else None
    meant = [
        _before_its_verb(unit, page.keys)._replace(asked=True, optional=unit.optional or unit.start in fillers)
        if unit is asked
        else unit._replace(optional=True)
        if unit.start in fillers
        else _meant_by(asked, unit)
        for unit in units
    ]
    return meant if phrasing.edges.keys().isdisjoint(page.keys) else read_edges(meant, phrasing.edges, lexicon)


def _stranded(
    page: _Page, mentions: Sequence[Mention], units: Sequence[Unit], lexicon: Lexicon, phrasing: Phrasing
) -> Unit | None:
    """The small word that a question ends in, where that means something: "what was it about"."""
    last = len(page.keys) - 1
    meaning = lexicon.stranded.get(page.free[last]) if page.free else None
    if not meaning or any(unit.end > last for unit in units):
        return None
    named = {mention.start for mention in mentions}  # in "what was the talk X about" the kind belongs to the name
    alone = not any(
        unit.mention is None and not (unit.kinds and unit.end in named) and not _is_filler(unit, page, phrasing)
        for unit in units
    )
    phrase = Phrase(last, last + 1, tuple(meaning), ())
    said = Said(last, last + 1, phrase, (), lexicon.same((lexicon.stem(page.keys[last]),)))
    return _word_unit(page, said, lexicon)._replace(optional=not alone)


def _before_its_verb(unit: Unit, keys: Sequence[str]) -> Unit:
    """The noun behind "which" without what it would mean as a verb: "which works are by Ada"."""
    return _as_noun(unit) if not {*BE, *_DO}.isdisjoint(keys[unit.end : unit.end + 1]) else unit


def _meant_by(asked: Unit | None, unit: Unit) -> Unit:
    """A verb without the beginnings it may mean, where it means what "which" asks for: "which college did he go to"."""
    if asked is None or unit.mention is not None:
        return unit
    named = {reading.property for reading in asked.properties}
    if not any(reading.verb and reading.part == "all" and reading.property in named for reading in unit.properties):
        return unit
    kept = [reading for reading in unit.properties if reading.part == "all" or reading.property in named]
    return unit._replace(properties=tuple(kept))


def _doing(page: _Page, mention: Mention, mentions: Sequence[Mention]) -> int | None:
    """Where the verb stands in "does Ada work", "did Ada and Bo work" or "is Ada working": right behind the names."""
    start = mention.start
    while start > 1 and page.keys[start - 1] == "and":
        before = next((other for other in mentions if other.end == start - 1), None)
        if before is None:
            break
        start = before.start
    ing = page.keys[mention.end : mention.end + 1] and page.keys[mention.end].endswith("ing")
    return mention.end if start and page.keys[start - 1] in (_DO | BE if ing else _DO) else None


def _owned(page: _Page, owning: Iterable[int]) -> set[int]:
    """Where a noun stands, for it is somebody's: "Ada's handle", "her handle"."""
    return {*owning, *[place for place, before in enumerate(page.keys, 1) if before in POSSESSIVE]}


def _as_noun(unit: Unit) -> Unit:
    """The word without what it would mean as a verb, if it can be a noun at all."""
    nouns = tuple([reading for reading in unit.properties if not reading.verb])
    return unit._replace(properties=nouns) if nouns else unit


def _as_verb(unit: Unit, *, as_noun: bool) -> Unit:
    """The word without the things it would name as a noun ("a work of hers"), if it can be a verb at all.

    `as_noun`: its readings as a noun are kept all the same, only the kinds of things are not.
    """
    if not any(reading.verb for reading in unit.properties):
        return unit
    if as_noun:
        return unit._replace(kinds=())
    kept = tuple([reading for reading in unit.properties if reading.verb or reading.side != "subject"])
    return unit._replace(properties=kept, kinds=())


def _noun_at(page: _Page, at: int, mentions: Sequence[Mention], phrasing: Phrasing) -> int:
    """Where the noun of "which" stands: right behind it, or behind "three Acme" in "which three Acme boats".

    Of "how many Acme boats" the name says as much as the noun.
    """
    behind = at if phrasing.numerals.isdisjoint(page.keys[at : at + 1]) else at + 1
    if page.keys[at - 1] not in _WHICH:
        return behind
    return next((mention.end for mention in mentions if mention.start == behind), behind)


def _asked_unit(units: Sequence[Unit], asked_at: int, keys: Sequence[str]) -> Unit | None:
    """The noun behind "which"; in "which of her old papers" the first one that names a kind."""
    behind = (
        [unit for unit in units if asked_at <= unit.start <= asked_at + _FAR and not unit.mention]
        if asked_at >= 0
        else []
    )
    if behind and behind[0].start == asked_at:
        run = [behind[0]]
        run += [unit for before, unit in pairwise(behind) if unit.start == before.end and before in run]
        nouns = [unit for unit in run if any(not reading.verb for reading in unit.properties)]
        return next((unit for unit in run if unit.kinds), nouns[-1] if nouns else run[0])
    of = 0 <= asked_at < len(keys) and keys[asked_at] == "of"
    return next((unit for unit in behind if unit.kinds), None) if of else None


def _owned_unit(units: Sequence[Unit], asked_at: int, keys: Sequence[str]) -> Unit | None:
    """The noun at the end of "what was Ada's latest robot": what it names is what is asked for, too."""
    if keys[asked_at : asked_at + 1] and keys[asked_at] not in BE:
        return None
    if len(units) < 2 or not units[0].mention or units[0].start > asked_at + 1 or any(one.mention for one in units[1:]):
        return None
    last = units[-1]
    return last if last.kinds and last.end == len(keys) and not any(one.kinds for one in units[1:-1]) else None


def _is_filler(unit: Unit, page: _Page, phrasing: Phrasing) -> bool:
    return unit.mention is None and phrasing.filler.issuperset(page.keys[unit.start : unit.end])


def _is_light(unit: Unit, units: Sequence[Unit], page: _Page, phrasing: Phrasing) -> bool:
    """Whether a word means nothing by itself where it stands: "earn" beside a degree, a number behind "the"."""
    if unit.mention is not None or unit.end - unit.start > 1:
        return False
    key = page.keys[unit.start]
    if key in phrasing.numerals:
        return unit.start > 0 and page.keys[unit.start - 1] in phrasing.before_numerals
    return key in phrasing.light and any(
        other is not unit
        and other.mention is None
        and (other.preposition is None or other.preposition in _WHICH)
        and not _is_filler(other, page, phrasing)
        for other in units
    )


def _name_unit(page: _Page, mention: Mention, mentions: Sequence[Mention], lexicon: Lexicon) -> Unit:
    owned = any(other.start == mention.end for other in mentions)  # "was Ada's talk": no word ties her to it
    return Unit(
        start=mention.start,
        end=mention.end,
        text="",
        mention=mention,
        properties=(),
        kinds=(),
        stems=frozenset(),
        preposition=None if owned else preposition(page.keys, mention.start, lexicon),
        agent=agency(page.keys, with_owner(mention, mentions)),
        after_name=follows_a_name(page.keys, mention.start, mentions),
    )


def _word_unit(page: _Page, said: Said, lexicon: Lexicon) -> Unit:
    return Unit(
        start=said.start,
        end=said.end,
        text=" ".join(page.keys[said.start : said.end]),
        mention=None,
        properties=said.phrase.properties if said.phrase else (),
        kinds=said.kinds,
        stems=said.stems,
        preposition=preposition(page.keys, said.start, lexicon),
        agent=None,
    )
