"""Whom a sentence speaks of: its opening name, a pronoun for the one before, the page's own subject; or nobody."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.ingest.extract.prose.frames import (
    DATE_MARK,
    NAME,
    PERSON,
    any_of,
    name_pattern,
    person_pattern,
    without_titles,
)
from bot.language.tokens import name_key
from bot.model.entity import EntityRef

_LEAD = re.compile(
    r"(?:An?\s+[a-zà-ÿ][^.;:]{3,150}?,\s+(?=[A-ZÀ-Þ])|[A-ZÀ-Þ]{3,}(?:,\s+[A-Z][\w.]+)?\s+[—–-]+\s+|(?:In|On|From|Since|After|Before|During|Until|Between|At|As|By|For|With|Prior|Following|Under|Currently|Recently"
    r"|Today|Now|Later|Previously|Originally|Formerly|Initially|Subsequently|Additionally|Finally|Meanwhile|Also|Born|Educated|Then|Here)"
    rf"\b(?:[^.;]{{0,160}}?,\s+|\s*{DATE_MARK}+\s+|[^.;,]{{1,80}}?\s+(?=(?:he|she|they|I|we)\s))|{DATE_MARK}+[,:]?\s+|(?:Currently|Recently|Today|Now|Later|Previously|Originally|Formerly|Then)\s+)?"
)
_PRONOUN = re.compile(r"(?i:he|she|they|it|we|i)\b(?:['’](?:s|m|ve|re|d|ll)\b)?")
_THING = re.compile(rf"(?i:the|this|our)\s+(?:\w+\s+){{0,2}}?(?:{any_of('things')})\b")
_PERSONAL = frozenset({"he", "she", "i"})
_FIRST = frozenset({"i", "my", "me"})
_FILLED = re.compile(rf"(?:(?:\A|[\s,]+)(?:{any_of('adverbs')}|{any_of('auxiliaries')}|\w+ly))*[\s]*\Z", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_CARRIED = re.compile(r"(?:,|;|\band|&|\bbut|\bor|\bbefore|\bafter|\bwhile|\bby|\bthen)\s*\Z", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:who|which|that)\s*\Z")
_BESIDE = re.compile(rf"(?P<name>{PERSON})\s*,\s*(?:(?:a|an|the)\s+)?\Z")
_PLACED = re.compile(r"\b(?:in|at|of|from)\s+(?:the\s+)?\Z")  # "in the United Kingdom, specialising …"
_WHO = re.compile(rf"(?P<name>{PERSON}),?\s+who\s[^.,;]*\Z")
_NO_NAMES = [["A"], ["An"], ["The"], ["This"], ["Before"], ["After"], ["During"], ["Since"], ["From"], ["In"], ["At"]]
_NAMED = re.compile(rf"{PERSON}\Z")
_CALLED = re.compile(
    rf"(?P<first>{NAME})\s+[\"“‘(](?P<called>[A-ZÀ-Þ][\w.’-]{{0,20}})[\"”’)]\s+(?P<last>{NAME})"
)  # Wanda "Wan" Finch, Orla (Brook) Finch
_SPOKEN = re.compile(r"\b(?P<word>he|she|they|it|we|I|i)\s*\Z")
_OWN = re.compile(r"\b(?P<word>his|her|their|my|our|its)\s+(?:[\w.’'-]+\s+){0,3}\Z", re.IGNORECASE)


class Opening(NamedTuple):
    """Whom a sentence begins with, and where the words end that say so."""

    subject: EntityRef
    start: int
    end: int


@dataclass(slots=True)
class Speaker:
    """Remembers whom a page speaks of from sentence to sentence."""

    page: EntityRef | None  # whom the page is about
    names: Sequence[str] = ()  # how else it is called
    pronouns: Mapping[str, int] = field(default_factory=dict)  # how often the page has "he" and "she"
    common: frozenset[str] = frozenset()  # the words that the page has in small letters: they are no names
    last: EntityRef | None = None  # whom the sentence before was about
    people: dict[str, EntityRef] = field(default_factory=dict)  # who is named in full somewhere, by surname
    told: set[object] = field(default_factory=set)  # what was drafted already

    def meet(self, text: str) -> None:
        """Note who is named in full in the text of the page, so that a surname is enough to mean them."""
        for match in re.finditer(rf"(?<!\w){PERSON}", text):
            found = self.named(match.group())
            if found is not None and found is not self.page:
                self.people.setdefault(name_key(found.name).split()[-1], found)

    def opening(self, text: str) -> Opening | None:
        """Whom a sentence is about by how it opens."""
        lead = _LEAD.match(text)
        for start in dict.fromkeys((lead.end() if lead else 0, 0)):
            found = self._at(text, start)
            if found is not None:
                self.last = found.subject
                return found
        if any(self.named(match.group()) for match in re.finditer(rf"(?<!\w){PERSON}", text)):
            self.last = None  # somebody else is spoken of, and a pronoun in the next sentence may mean either
        return None

    def of_deed(self, before: str, opening: Opening | None) -> EntityRef | None:
        """Who does what is told behind `before`, the part of the sentence that comes first."""
        rest = _FILLED.sub("", _BRACKETS.sub("", before))
        if not rest.strip():
            return self.page if opening is None or opening.start >= len(rest) else opening.subject
        spoken = _SPOKEN.search(rest)
        if spoken is not None:
            return self._pronoun(spoken["word"])
        named = _NAMED.search(rest)
        placed = named is not None and _PLACED.search(rest, 0, named.start()) is not None
        if (
            named is not None
            and not placed
            and (found := self.named(named.group())) is not None
            and found.kinds[0] == "person"
        ):
            return found
        if opening is None:
            return None
        own = _FILLED.sub("", _BRACKETS.sub("", before[: opening.end]))
        if rest == own or _CARRIED.search(rest):
            return opening.subject
        relative = _RELATIVE.search(rest)
        if relative is not None:
            return self._before_relative(rest[: relative.start()], opening)
        return None

    def of_noun(self, before: str, opening: Opening | None, *, own: bool) -> EntityRef | None:
        """Of whom a noun is said that stands behind `before`: "her advisor", "Ada King, founder of"."""
        if own:
            spoken = _OWN.search(before)
            return self._pronoun(spoken["word"]) if spoken is not None else None
        first = opening.end if opening is not None else 0
        beside = _BESIDE.search(_FILLED.sub("", before)) or _WHO.search(before)
        other = self.named(beside["name"]) if beside is not None and beside.start() >= first else None
        return other or (opening.subject if opening is not None else self.page)

    def named(self, name: str) -> EntityRef | None:
        """Whom a name in the text means: the page's subject, or a person of two names or more."""
        words = name_key(without_titles(name)).split()
        if self.page is not None and words:
            for known in (self.page.name, *self.names):
                own = set(name_key(known).split())
                if set(words) <= own or all(_is_said(word, words) for word in own):
                    return self.page
        if len(words) == 1 and words[0] in self.people:
            return self.people[words[0]]
        if is_person(name) and not self.common & set(words):
            return EntityRef(without_titles(name), ("person",))
        return None

    def _at(self, text: str, start: int) -> Opening | None:
        pronoun = _PRONOUN.match(text, start)
        if pronoun is not None:
            word = re.split(r"['’]", pronoun.group())[0]
            subject = self._pronoun(word)
            return Opening(subject, start, start + len(word)) if subject is not None else None
        thing = _THING.match(text, start)
        if thing is not None:
            if self.page is None or self.page.kinds[0] == "person":
                return None
            return Opening(self.page, start, thing.end())
        name = name_pattern().match(text, start)
        if name is None:
            return None
        if self.page is not None and self.page.kinds[0] != "person":
            own = next((one for one in (self.page.name, *self.names) if text.startswith(one, start)), None)
            if own is not None:
                return Opening(self.page, start, start + len(own))
        called = _CALLED.match(text, start)
        if called is not None and (subject := self._called(called)) is not None:
            return Opening(subject, start, called.end())
        subject = self.named(name.group())
        return Opening(subject, start, name.end()) if subject is not None else None

    def _called(self, match: re.Match[str]) -> EntityRef | None:
        """Who is meant by a name with another within it: the page's subject by either, else by the one outside."""
        inside, outside = (self.named(f"{match[first]} {match['last']}") for first in ("called", "first"))
        return inside if inside is not None and inside is self.page else outside

    def _pronoun(self, word: str) -> EntityRef | None:
        key = word.lower()
        if key in _FIRST:
            return self.page if self.page is not None and self.page.kinds[0] == "person" else None
        personal = key in _PERSONAL or key in ("his", "her")
        if personal and self._is_of_another(key) and self.last in (None, self.page):
            return None
        if key in ("we", "our"):
            return self.page
        for one in (self.last, self.page):
            if one is not None and (key in ("they", "their") or personal == (one.kinds[0] == "person")):
                return one
        return None

    def _before_relative(self, before: str, opening: Opening) -> EntityRef | None:
        names = list(name_pattern().finditer(before))
        last = names[-1] if names and not before[names[-1].end() :].strip(" ,") else None
        if last is None or last.start() < opening.end:
            return opening.subject
        return self.named(last.group())

    def _is_of_another(self, pronoun: str) -> bool:
        """Whether the page speaks of its subject by the other pronoun."""
        own, other = ("she", "he") if pronoun in ("she", "her") else ("he", "she")
        return self.pronouns.get(other, 0) > 2 * self.pronouns.get(own, 0)


def _is_said(word: str, words: Sequence[str]) -> bool:
    """Whether a part of a name is among some words, an initial by the word it stands for."""
    return word in words or (len(word) == 1 and any(other.startswith(word) for other in words))


def is_person(name: str) -> bool:
    """Whether a name looks like that of a person: two words or more, none of an organisation's."""
    plain = without_titles(name)
    words = plain.split()
    if any(map(str.isdigit, plain)) or words[:1] in _NO_NAMES or is_organization(plain):
        return False
    acronyms = [word for word in words if len(word) > 1 and word.isupper() and "." not in word]
    return (bool(person_pattern().match(plain)) and len(acronyms) in (0, len(words))) or (
        len(words) == 2 and words[1] in acronyms and not words[0].isupper() and len(words[1]) > 3
    )


def is_organization(name: str) -> bool:
    """Whether a word of the name says that it is an organisation's."""
    return re.search(rf"\b(?:{any_of('organizations')})\b", name_key(name)) is not None
