"""The phrasings of `prompts/questions/` ready to be matched; knows wordings, nothing of entities or facts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from bot.answers.reading.degrees import Degrees
from bot.answers.reading.languages import Languages
from bot.language.lexicon import READ, Part
from bot.language.prompt_file import read_prompts
from bot.language.tokens import name_key

NAME, KIND, TIME, REST = "{name}", "{kind}", "{time}", "{rest}"
_ARTICLES = frozenset({"the", "a", "an"})
_BEYOND = "bot"  # the intent of what no document tells
_KIND_WORDS = r"(?P<kind>(?:[^{} ]+ ){1,4}?)"
_UNNAMED_KIND_WORDS = _KIND_WORDS.replace("?P<kind>", "?:")


class Ask(StrEnum):
    """What a question wants to be told."""

    WHO = "who"
    WHAT = "what"
    WHEN = "when"
    WHERE = "where"
    WHY = "why"
    HOW = "how"
    HOW_MANY = "how many"
    HOW_MUCH = "how much"
    HOW_LONG = "how long"
    YES_NO = "yes or no"
    ANY = "any"  # telegram style: whatever is recorded


@dataclass(frozen=True, slots=True)
class Intent:
    """A question about an entity, a time or the knowledge as a whole."""

    name: str  # the key of intents.yaml: describe, connect, browse …
    kind_words: str = ""  # the words that stood for {kind}


class Wording(NamedTuple):
    """What is asked, in which words; the same for all questions that differ in their names and times only."""

    ask: Ask
    asking: range  # positions of the words that ask
    pick: str | None
    pick_word: str
    current: bool
    former: bool
    cited: frozenset[int]  # positions of the words that only name where something stands
    embedded: bool  # the question stands inside another: "is it known why …"
    rest: tuple[str, ...]  # the words, `READ` where names, times and phrasings have used them up


class Phrasing:
    """All phrasings of one language, compiled. Raises PromptError where a file is missing or malformed."""

    def __init__(self, folder: Path) -> None:
        asks = read_prompts(folder / "asks.yaml")
        self._asks = [Ask(row["ask"]) for row in asks["asks"]]
        self._asking = _one_of(f"({_expression(row['words'])})" for row in asks["asks"])
        self._citing = _one_of(map(_expression, asks["citing"]))
        self._yes_no = frozenset(asks["yesno"])
        self._slips: dict[str, str] = asks["slips"]
        self._picks = [(name, _words(words)) for name, words in asks["picks"].items()]
        self._quantifiers = [_words(group) for group in asks["quantifiers"]]
        self._negations = frozenset(asks["negations"])
        self._outside, self._over = frozenset(asks["outside"]), frozenset(asks["over"])
        self.ought = frozenset(asks["ought"])
        self._supposing, self._supposed = frozenset(asks["supposing"]), frozenset(asks["supposed"])
        self._embedding = _one_of(map(_expression, asks["embedding"]))
        self._telling = re.compile(rf" (?:do|does|did) (?:\S+ ){{1,4}}?(?:{_any(asks['telling'])}) ")
        self._unknown = _words(asks["unknown"])
        self.naming, self.documents = frozenset(asks["naming"]), frozenset(asks["documents"])
        self.clauses = _words(asks["clauses"])
        self.clock = _words(asks["clock"])
        self.current = _words(asks["current"])
        self.former = _words(asks["former"])
        self.coming, self.gone = _words(asks["coming"]), _words(asks["gone"])
        self.besides = _words(asks["besides"])
        self.edges: dict[str, Part] = {word: part for part, words in asks["edges"].items() for word in words}
        self.once = frozenset(asks["once"])
        self.before = _words(asks["before"])
        self.after = _words(asks["after"])
        self.nearest = frozenset(asks["nearest"])
        self.filler = frozenset(word for phrase in asks["filler"] for word in phrase.split())
        self.light = frozenset(asks["light"])
        self.numerals, self.before_numerals = frozenset(asks["numerals"]), frozenset(asks["before_numerals"])
        degrees = read_prompts(folder / "degrees.yaml")
        self.degrees = Degrees(degrees)
        intents = read_prompts(folder / "intents.yaml")
        self._intents = _Intents(intents)
        self.examples: tuple[str, ...] = tuple(read_prompts(folder / "examples.yaml")["examples"])
        self.languages = Languages(folder / "languages")
        followups = read_prompts(folder / "followups.yaml")
        groups = ("persons", "things", "several", "places", "pointing", "times")
        self.pronouns = {word: group for group in groups for word in followups[group]}
        self.words = frozenset(_plain_words([asks, degrees, intents]))
        interjections, openers = _any(followups["interjections"]), _any(followups["openers"])
        self._openers = re.compile(rf" (?:(?:{interjections}) )*(?:(?:{openers}) )+")
        self._leads = re.compile(rf" (?:(?:{interjections}|{openers}) )+")
        self._leading = frozenset(p.split()[0] for p in (*followups["interjections"], *followups["openers"]))
        self.earlier = _words(followups["earlier"])
        self.later = _words(followups["later"])
        self.earlier_last = frozenset(followups["earlier_last"])
        self.later_last = frozenset(followups["later_last"])
        self.counted = frozenset(followups["counted"])
        self.numbered, self.more = frozenset(followups["numbered"]), frozenset(followups["more"])

    def wording(self, words: tuple[str, ...]) -> Wording:
        """What all these phrasings make of the words of a question, those of names and times being `READ`."""
        free = list(words)
        around = self._around(free)
        cited = self.citing(free) | set(around or ())
        ask, asking = self.ask(free) if around is None else self._asked_inside(free)
        pick = self.pick(_without(free, asking))
        if pick and free[pick[1].stop : pick[1].stop + 1] == ["to"]:
            pick = None  # "the first to fly" tells of a deed, not of an order
        which, picking = pick or (None, range(0))
        pick_word = " ".join([words[position] for position in picking])
        _without(free, picking)
        current, former = find(self.current, free), find(self.former, free)
        for found in (current, former):
            _without(free, found or range(0))
        return Wording(
            ask, asking, which, pick_word, current is not None, former is not None, frozenset(cited),
            around is not None and ask is not Ask.YES_NO, tuple(free),
        )  # fmt: skip

    def _around(self, keys: Sequence[str]) -> range | None:
        """The words at the start that only put another question ("is it known …"); None where there are none.

        Of "does Ada say why …" none of the words is spare.
        """
        text = _laid_out(keys)
        match = self._embedding.match(text)
        if match is not None:
            return _positions(text, match)
        telling = self._telling.match(text)
        return range(0) if telling and self._asking.match(text, telling.end() - 1) else None

    def _asked_inside(self, keys: Sequence[str]) -> tuple[Ask, range]:
        """What is asked within another question; with "whether" or nothing, a yes or no."""
        text = _laid_out(keys)
        match = self._asking.search(text)
        if match is None or match.lastindex is None:
            return Ask.YES_NO, range(1)
        return self._asks[match.lastindex - 1], _positions(text, match)

    def ask(self, keys: Sequence[str]) -> tuple[Ask, range]:
        """What is asked, and the positions of the words that say so."""
        if keys and keys[0] in self._yes_no:
            if len(keys) > 1 and keys[0] in self._slips and keys[1] in self._yes_no:
                return Ask(self._slips[keys[0]]), range(1)
            return Ask.YES_NO, range(1)
        text = _laid_out(keys)
        match = self._asking.search(text)  # the first one; of those at one place, the one that is written first
        if match is not None and match.lastindex is not None:
            return self._asks[match.lastindex - 1], _positions(text, match)
        return Ask.ANY, range(0)

    def citing(self, keys: Sequence[str]) -> set[int]:
        """Positions of words that only name where something stands ("according to the article")."""
        text = _laid_out(keys)
        found: set[int] = set()
        match = self._citing.search(text)
        while match is not None:
            found.update(_positions(text, match))
            match = self._citing.search(text, match.end() - 1)  # two phrases share the blank between them
        return found

    def pick(self, keys: Sequence[str]) -> tuple[str, range] | None:
        """Which of several is asked for by time (first, last, longest, shortest), and where the words stand."""
        for name, phrases in self._picks:
            if found := find(phrases, keys):
                return name, found
        return None

    def intents(self, keys: Sequence[str]) -> tuple[Intent, ...]:
        """The intents whose phrasing fits the whole question; names and times stand in as placeholders.

        Words that only tie it to what was said before ("and who is …", "ok, what is …") may lead it.
        """
        words = [key for key in keys if key not in _ARTICLES]
        if "if" in words and self._supposes(words):
            return (Intent(_BEYOND, ""),)
        fitting = self._intents.fitting("".join([f"{word} " for word in words]))
        if fitting or not words or words[0] not in self._leading:
            return fitting
        lead = self._leads.match(_laid_out(words))
        rest = words[lead.group().count(" ") - 1 :] if lead else []
        return self._intents.fitting("".join([f"{word} " for word in rest])) if rest else ()

    def _supposes(self, words: list[str]) -> bool:
        """Whether a question is for what would be if something else were."""
        return not (self._supposing.isdisjoint(words) or self._supposed.isdisjoint(words[words.index("if") :]))

    def is_negative(self, text: str) -> bool:
        """Whether a text denies something ("not", "never", "need not", "hardly")."""
        return self.denies(name_key(text).split())

    def is_unknown(self, text: str) -> bool:
        """Whether a text says that something is not known."""
        return find(self._unknown, name_key(text).split()) is not None

    def is_quantified_alike(self, keys: Sequence[str], text: str) -> bool:
        """Whether a text says something of all, or of only one, where a question asks for that."""
        asked = [group for group in self._quantifiers if find(group, keys)]
        told = name_key(text).split() if asked else []
        return all(find(group, told) is not None for group in asked)

    def denies(self, keys: Iterable[str]) -> bool:
        """The same of its folded words."""
        return not self._negations.isdisjoint(keys)

    def asks_outside(self, keys: Sequence[str]) -> bool:
        """Whether a question is for those of whom something does not hold: "who did not sing"."""
        return not self._outside.isdisjoint(keys)

    def is_over(self, keys: Sequence[str]) -> bool:
        """Whether it has to have held once: "who does not sing any more"."""
        return not self._over.isdisjoint(keys)

    def opener(self, keys: Sequence[str]) -> range:
        """The words at the start that tie a question to the one before ("and what about …")."""
        match = self._openers.match(_laid_out(keys))
        return range(match.group().count(" ") - 1) if match else range(0)


class _Intents:
    """The phrasings of all intents, by how many names they hold and whether they hold a time."""

    def __init__(self, phrasings: dict[str, list[str]]) -> None:
        rows = [(name, phrase) for name, phrases in phrasings.items() for phrase in phrases]
        self._groups: dict[tuple[int, bool], tuple[re.Pattern[str], list[tuple[str, re.Pattern[str]]]]] = {}
        for names in {phrase.count(NAME) for _, phrase in rows}:
            for timed in (False, True):
                fitting = [
                    (name, re.compile(_expression(phrase)))
                    for name, phrase in rows
                    if phrase.count(NAME) == names and (TIME in phrase or not timed)
                ]
                every = "|".join(pattern.pattern for _, pattern in fitting)
                self._groups[names, timed] = re.compile(every.replace(_KIND_WORDS, _UNNAMED_KIND_WORDS)), fitting

    @lru_cache(maxsize=1024)  # noqa: B019 - phrasings live as long as the program; an entry takes about a kilobyte
    def fitting(self, text: str) -> tuple[Intent, ...]:
        """The intents whose phrasing fits; most questions fit none, which one look at all of them shows."""
        whole, rows = self._groups.get((text.count(NAME), TIME in text), (None, ()))
        if whole is None or whole.fullmatch(text) is None:
            return ()
        matches = [(name, match) for name, pattern in rows if (match := pattern.fullmatch(text))]
        return tuple([Intent(name, (match.groupdict().get("kind") or "").strip()) for name, match in matches])


class Phrases(NamedTuple):
    """Several phrases that mean the same, and the words that each may begin with."""

    first: frozenset[str]
    pattern: re.Pattern[str]


def find(phrases: Phrases, keys: Sequence[str]) -> range | None:
    """Positions of the first place where one of the phrases stands among the words."""
    if phrases.first.isdisjoint(keys):
        return None
    text = _laid_out(keys)
    match = phrases.pattern.search(text)
    return _positions(text, match) if match else None


def _without(words: list[str], positions: range) -> list[str]:
    """The words with those at `positions` marked as read."""
    for position in positions:
        words[position] = READ
    return words


def _laid_out(keys: Sequence[str]) -> str:
    """The words with a blank before and behind each: what begins with a blank is searched fast."""
    return f" {' '.join(keys)} "


def _positions(text: str, match: re.Match[str]) -> range:
    first = text.count(" ", 0, match.start())
    return range(first, first + match.group().count(" ") - 1)


def _plain_words(data: Any) -> Iterator[str]:
    """Every word that stands somewhere in a phrasing file."""
    if isinstance(data, dict):
        for value in data.values():
            yield from _plain_words(value)
    elif isinstance(data, list):
        for value in data:
            yield from _plain_words(value)
    elif isinstance(data, str):
        yield from re.findall(r"[a-z]+", data)


def _words(phrases: Sequence[str]) -> Phrases:
    return Phrases(frozenset(phrase.split()[0] for phrase in phrases), re.compile(f" (?:{_any(phrases)}) "))


def _any(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase).replace(r"\ ", " ") for phrase in sorted(phrases, key=len, reverse=True))


def _one_of(expressions: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f" (?:{'|'.join(expressions)})")


def _expression(phrase: str) -> str:
    """`what|which [other] {kind}` as an expression over words that end in one blank; `a_b` is `a b` in one part."""
    expression = ""
    for bracket in re.findall(r"[\[\]]|[^\[\]\s]+", phrase):
        if bracket == "[":
            expression += "(?:"
        elif bracket == "]":
            expression += ")?"
        elif bracket == KIND:
            expression += _KIND_WORDS
        elif bracket == REST:
            expression += r"(?:\S+ )*"
        else:
            expression += rf"(?:{'|'.join(re.escape(word).replace('_', ' ') for word in bracket.split('|'))}) "
    return expression
