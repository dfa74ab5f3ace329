"""A question as it was read: what is named, which words are left to explain, what is asked, in which time."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from bot.answers.reading.link import Mention
from bot.answers.reading.phrasing import Ask, Intent
from bot.language.dates import TimeSpan
from bot.language.lexicon import KindWord, Lexicon, PropertyWord, Stems
from bot.model.fact import Fact

ORDINALS = {"second": 1, "third": 2, "fourth": 3, "fifth": 4}  # picks by place, and what place that is


class Unit(NamedTuple):
    """One thing of a question that an answer has to account for: a name, or a content word or phrase."""

    start: int
    end: int
    text: str  # as the member wrote it
    mention: Mention | None
    properties: tuple[PropertyWord, ...]
    kinds: tuple[KindWord, ...]
    stems: frozenset[Stems]  # any one of these sequences of stems, wholly found, explains the unit by its words
    preposition: str | None  # the small word right before it
    agent: bool | None  # True: it does the verb of the question, False: it is done to, None: not seen
    optional: bool = False  # a filler that may mean something: it counts where a fact accounts for it
    asked: bool = False  # it stands right behind "which" or "what" and says of what kind the answer is
    after_name: bool = False  # only a small word stands between it and the name before ("the team at Acme")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The entity that a question orders by: "before OpenAI", "after the concert"."""

    unit: Unit
    earlier: bool


@dataclass(frozen=True, slots=True)
class Query:
    """Everything that was read in a question; the words of `units` are those that an answer must explain."""

    text: str
    ask: Ask
    units: tuple[Unit, ...]
    times: tuple[TimeSpan, ...] = ()
    pick: str | None = None
    pick_word: str = ""  # as the question has it
    current: bool = False
    former: bool = False
    present: bool = False  # asked in the present tense
    anchor: Anchor | None = None
    intents: tuple[Intent, ...] = ()
    for_name: bool = False  # "the name of …"
    clock: bool = False  # "at what time": the hour is meant
    embedded: bool = False  # "is it known when …"
    future: bool = False  # asked of what is still to come
    today: date = date.max
    negated: bool = False
    citing: bool = False  # it names where something stands ("according to …")
    but: tuple[int, ...] = ()  # entities that "besides …" leaves out of the answer
    mended: tuple[tuple[str, str], ...] = ()  # typos: as written, as read
    keys: tuple[str, ...] = ()  # every word, folded
    listed: bool = False  # "list them": those who were counted are told, not their number
    told: tuple[Fact, ...] = ()  # facts of the turn before, where the question is about just these
    leaning: bool = False  # it names nobody itself: whom it means is what the turn before was about
    step: bool | None = None  # one step earlier (True) or later (False) than `told`

    names: tuple[Unit, ...] = field(init=False)  # the units that name entities
    words: tuple[Unit, ...] = field(init=False)  # the units that do not

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple([unit for unit in self.units if unit.mention]))
        object.__setattr__(self, "words", tuple([unit for unit in self.units if not unit.mention]))


def as_words(query: Query, lexicon: Lexicon) -> Query:
    """The query with its anchor read as an ordinary name, and "before" or "after" as a word that must be explained."""
    if query.anchor is None:
        return query
    name = query.anchor.unit
    word = "before" if query.anchor.earlier else "after"
    order = Unit(name.start, name.start, word, None, (), (), lexicon.same(lexicon.stems(word)), None, None)
    return replace(query, units=tuple(sorted((*query.units, order, name), key=lambda unit: unit.start)), anchor=None)


def pick_as_word(query: Query, lexicon: Lexicon) -> Query:
    """The query with "first" or "longest" as a word that must be explained, instead of an order."""
    stems = lexicon.same(lexicon.stems(query.pick_word)) if query.pick_word else frozenset()
    word = Unit(len(query.keys), len(query.keys), query.pick_word, None, (), (), stems, None, None)
    return replace(query, units=(*query.units, word), pick=None)
