"""One sentence against the frames: who does what to whom, when; knows the sentence before only by whom it spoke of."""

import re
from collections.abc import Iterator, Sequence

from bot.ingest.documents.blocks import Block
from bot.ingest.documents.drafting import Drafting
from bot.ingest.extract.layout.fields import is_place
from bot.ingest.extract.prose.degrees import degrees
from bot.ingest.extract.prose.frames import (
    DATE_MARK,
    Frame,
    any_of,
    frames,
    split_bodies,
    split_fields,
    split_list,
    words_of,
)
from bot.ingest.extract.prose.said import Said, apposed, awards, lifetime, titled
from bot.ingest.extract.prose.subject import Opening, Speaker, is_organization
from bot.ingest.extract.prose.values import cleaned, fits, joined, period
from bot.language.date_ranges import DateSpan, find_ranges
from bot.language.document_words import folded, word_set
from bot.language.tokens import name_key
from bot.model.entity import EntityRef
from bot.model.fact import Evidence, Rank
from bot.model.partial_date import PartialDate

_POSTS = ("worksFor", "jobTitle")
_HONORARY = re.compile(rf"\b(?:{any_of('honorary')})\Z", re.IGNORECASE)
_PAID = re.compile(rf"\b(?:{any_of('paid')})\Z", re.IGNORECASE)
_LONGEST_PRONOUN = 4  # characters: a description begins with a name
_BORN = re.compile(r"Born\b")
_JOINED = re.compile(r"\s(?:and|&|sowie|und)\s")
_LONG_LINE = 300  # characters
_NEAR = 60  # characters between a deed and its date
_LOOSE = re.compile(r",.*\w.*\s.*\w|.*\b(?:which|who|where|that|before|after)\b")  # another clause lies between
_GOES_ON = re.compile(r",?\s+(?:and|but|where|until)\b")  # "In 1982 she joined Loom, and stayed until 1990"
_KIND = re.compile(
    rf"\s+(?:(?:{any_of('things')}|side)\s+[A-Z]|in\s+(?:holy\s+)?(?:marriage|matrimony)\b|(?:{any_of('goods')})\b)"
)  # "Second Division club Tarn Rovers", "joined Otto Pell in marriage"
_ORIGIN = re.compile(rf"(?:{any_of('origins')})\Z", re.IGNORECASE)
_NOUN = re.compile(r"\s+[a-z]")  # "the German arts publisher"
_SHORTEST_BODY = 3  # letters
_TOWN = re.compile(r"\bin\s+\Z")  # "a cook in Ostby"
_FOOTNOTES = re.compile(r"(?:\[\d{1,3}\])+\Z")
_DESCRIBES = re.compile(r"\s+(?:is|was|are)\s+(?=(?:a|an|the|one of)\s)")


class Sentence:
    """Reads one sentence."""

    def __init__(
        self, text: str, block: Block, speaker: Speaker, drafting: Drafting, rank: Rank, written: PartialDate | None
    ) -> None:
        self._text = text
        self._block = block
        self._speaker = speaker
        self._drafting = drafting
        self._rank = rank
        self._spans = joined(text, find_ranges(text, written))
        masked = list(text)
        for span in self._spans:
            masked[span.first : span.last] = DATE_MARK * (span.last - span.first)
        self._masked = "".join(masked)
        self._opening: Opening | None = None
        self._roles: set[str] = set()

    def read(self) -> None:
        """Draft everything the sentence says."""
        self._opening = self._speaker.opening(self._masked)
        if self._opening is None or self._opening.start:  # "Took the prize", "Born in 1976, she …": a verb comes first
            self._masked = self._masked[:1].lower() + self._masked[1:]
        if self._opening is not None:
            for said in lifetime(self._text, self._spans, self._opening):
                self._state(said)
            for said in apposed(self._text, self._masked, self._opening):
                self._state(said)
            self._describe(self._opening)
        found = list(self._matches())
        verbs = sorted(match.start() for frame, match, _ in found if not frame.inside)
        for frame, match, subject in found:
            for said in self._said(frame, match, subject, verbs):
                self._state(said)
        for said in titled(self._text, self._masked, self._speaker.page, self._speaker.named):
            self._state(said)
        doer = self._opening.subject if self._opening is not None else self._speaker.page
        if doer is not None and doer.kinds[0] == "person":
            for said in degrees(self._text, self._masked, self._spans, doer, verbs):
                self._state(said)

    def _matches(self) -> Iterator[tuple[Frame, re.Match[str], EntityRef]]:
        """Where a frame fits and who does it; of one property at one place the longest."""
        best: dict[tuple[str, int, str], tuple[Frame, re.Match[str], EntityRef]] = {}
        words = words_of(self._masked)
        for frame in frames():
            for match in frame.matches(self._masked, words):
                subject = self._subject(frame, match)
                if subject is None:
                    continue
                key = (frame.property, match.start(), frame.value and "value")
                if key not in best or match.end() > best[key][1].end():
                    best[key] = (frame, match, subject)
        return iter(best.values())

    def _subject(self, frame: Frame, match: re.Match[str]) -> EntityRef | None:
        before = self._masked[: match.start()]
        if frame.inside:
            return self._speaker.of_noun(before, self._opening, own=frame.own)
        if frame.first and not before.strip(" ,"):
            return self._speaker.page
        return self._speaker.of_deed(before, self._opening)

    def _said(
        self, frame: Frame, match: re.Match[str], subject: EntityRef, verbs: Sequence[int]
    ) -> Iterator[Said]:  # fmt: skip
        """The facts of one match, one for each member of a list."""
        if frame.property == "award":
            told = list(awards(self._text, self._masked, self._spans, match.span("award"), subject))
            when = self._date_of(match, verbs, birth=False)
            if len(told) == 1 and told[0].start is None and when is not None and when.single:
                told = [told[0]._replace(start=when.start, end=when.start)]
            yield from told
            return
        span = self._date_of(match, verbs, birth=frame.property.startswith("birth"))
        lasting = self._drafting.vocabulary.properties[frame.property].lasting
        dated = lasting or frame.turned or frame.starts
        start, end, past = period(frame, span if dated else None)
        details = self._details(frame, match, over=past and lasting)
        if frame.value == "date":
            if span is not None and span.start is not None:
                yield Said(subject, frame.property, str(span.start), None, match.group())
            return
        for value in self._values(frame, match):
            if frame.of and frame.value:  # "appointed Ida Brook as its new director"
                person = self._speaker.named(self._at(match.span(frame.of)))
                if person is not None and person.kinds[0] == "person":
                    yield Said(person, frame.property, value, None, match.group(), (), start, end)
            elif frame.of:
                thing = self._thing(frame, value)
                if thing is not None:
                    yield Said(thing, frame.property, subject.name, None, match.group(), (), start, end)
            elif self._is_said(frame, value, subject, details):
                yield Said(subject, frame.property, value, None, match.group(), details, start, end)

    def _details(self, frame: Frame, match: re.Match[str], *, over: bool) -> tuple[tuple[str, str], ...]:
        details = [
            (name, value)
            for name, slot in {**frame.qualifiers, "department": "department"}.items()
            if slot in match.re.groupindex and match[slot] and (value := cleaned(slot, self._at(match.span(slot))))
        ]
        return (*details, ("status", "past")) if over else tuple(details)

    def _values(self, frame: Frame, match: re.Match[str]) -> list[str]:
        """What stands in the slot that is asked of a frame, each member of a list by itself."""
        slot = frame.value or frame.of
        if self._text[match.end(slot) : match.end(slot) + 2] in ("'s", "’s"):
            return []  # not the thing itself but something of it
        behind = match.end(slot)
        if slot == "org" and _KIND.match(self._text, behind):
            return []  # what is named only says what sort of thing follows, or is nobody's employer
        if _ORIGIN.match(match[slot]) and _NOUN.match(self._text, behind):
            return []  # nor is where it comes from its name
        if slot == "org" and _TOWN.search(self._text[: match.start(slot)]) and not _is_body(match[slot]):
            return []
        text = self._at(match.span(slot))
        splits = {"field": split_fields, "org": split_bodies}.get(slot, split_list)
        several = splits(text) if slot in frame.lists else [text]
        if slot == "org" and not _JOINED.search(text):
            several = several[:1]  # behind a comma alone stands where the first one is
        if slot in ("org", "school") and any(map(is_organization, several)):
            several = [name for name in several if is_organization(name)]  # "Christ's College, Cambridge" is one
        return [value for item in several if (value := cleaned(slot, item))]

    def _is_said(self, frame: Frame, value: str, subject: EntityRef, details: tuple[tuple[str, str], ...]) -> bool:
        """Whether a value can be meant, and was not told with a place already."""
        roles = [text for name, text in details if name == "roleName"]
        if frame.property in _POSTS and any(
            _HONORARY.search(role) and not _PAID.search(role) for role in roles or [value]
        ):
            return False
        if frame.property == "jobTitle" and any(name_key(value).startswith(role) for role in self._roles):
            return False
        if not fits(frame.value, value, subject) or (frame.named and not is_organization(value)):
            return False
        self._roles.update(name_key(part) for role in roles for part in (role, *_JOINED.split(role)))
        return True

    def _thing(self, frame: Frame, name: str) -> EntityRef | None:
        """What a deed is done to, of a kind that has the property."""
        page = self._speaker.page
        if page is not None and self._speaker.named(name) is page:
            return page if page.kinds[0] != "person" else None
        if frame.property == "leader" and folded(name) in word_set("prose", "functions"):
            return None  # "Director of Music"
        allowed = self._drafting.vocabulary.properties[frame.property].of
        kind = "organization" if is_organization(name) or frame.property == "founder" else "project"
        kind = "publication" if frame.of == "title" else "event" if frame.property == "organizer" else kind
        return EntityRef(name, (kind,)) if kind in allowed else None

    def _date_of(self, match: re.Match[str], verbs: Sequence[int], *, birth: bool) -> DateSpan | None:
        """The time that belongs to a deed: within it, close behind it, or what the sentence opens with."""
        bound = min((verb for verb in verbs if verb > match.start()), default=len(self._text))
        for span in self._spans:
            if match.start() <= span.first < match.end():
                return span
        opens = self._opening.start if self._opening is not None else 0
        first = not verbs or match.start() <= verbs[0] or len(self._spans) == 1
        opening = next((span for span in self._spans if span.last <= opens and first), None)
        for span in self._spans:
            between = self._masked[match.end() : span.first]
            if (
                match.end() <= span.first < bound
                and len(between) <= _NEAR
                and ";" not in between
                and not _LOOSE.match(between.lstrip(", "))
                and not (opening is not None and _GOES_ON.match(between))
            ):
                if opening is not None and opening.single and span.start is None:
                    return DateSpan(span.first, span.last, opening.start, span.end)  # "In 1990 she … until 1993"
                return span
        return None if _BORN.match(self._text) and not birth else opening  # "Born in 1976, she worked at …"

    def _describe(self, opening: Opening) -> None:
        page = self._speaker.page
        if opening.subject.kinds[0] == "person":
            return  # what someone is comes out as a job
        rest = re.sub(r"\A\s*[(\[][^()\[\]]*[)\]]", "", self._text[opening.end :])
        if opening.subject is not page or opening.start or not self._text[opening.start].isupper():
            return
        if _DESCRIBES.match(rest) is None or opening.end - opening.start <= _LONGEST_PRONOUN:
            return
        if any(fact.property == "description" and fact.subject == page for fact in self._drafting.facts):
            return
        value = _FOOTNOTES.sub("", _DESCRIBES.sub("", rest, count=1)).strip(" .")
        self._state(Said(opening.subject, "description", value, None, value))

    def _at(self, place: tuple[int, int]) -> str:
        return self._text[place[0] : place[1]]

    def _state(self, said: Said) -> None:
        prop = self._drafting.vocabulary.properties.get(said.property)
        if prop is None or (prop.of and said.subject.kinds[0] not in prop.of):
            return
        same = (said.subject, said.property, name_key(said.value))
        if same in self._speaker.told or (*same, said.start, said.end) in self._speaker.told:
            return
        self._speaker.told.add((*same, said.start, said.end))
        evidence = self._evidence(said)
        self._drafting.state(
            said.subject, said.property, said.value, evidence, shown=said.shown, qualifiers=said.qualifiers,
            start=said.start, end=said.end, rank=self._rank,
        )  # fmt: skip

    def _evidence(self, said: Said) -> Evidence:
        """The line that says it; of a line with many sentences only this one."""
        evidence = self._block.evidence(self._drafting.document, said.words)
        place = 0 if self._block.paged else evidence.line - self._block.line
        line = self._block.lines[place] if place < len(self._block.lines) else ""
        if self._text in line and len(line) > _LONG_LINE:
            return evidence._replace(text=self._text)
        return evidence


def _is_body(name: str) -> bool:
    """Whether a name behind "in" is that of an organisation, by a word of it or by its letters, and of no place."""
    return is_organization(name) or (name.isupper() and len(name) >= _SHORTEST_BODY and not is_place(name))
