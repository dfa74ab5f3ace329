"""Running text to suggestions: each sentence against the frames of the data file; states nothing by itself.

What is drafted here waits for a yes, unless the document's settings trust its prose.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.ingest.blocks import Block, Shape
from bot.ingest.drafting import Drafting
from bot.ingest.extract.prose_degrees import degrees
from bot.ingest.extract.prose_frames import DATE_MARK, Frame, any_of, frames, split_list, without_titles
from bot.ingest.extract.prose_said import Said, awards, lifetime, titled
from bot.ingest.extract.prose_subject import Opening, Speaker, is_organization
from bot.ingest.readers.lines import looks_like_prose
from bot.language.date_ranges import DateSpan, find_ranges
from bot.language.sentences import sentences
from bot.language.tokens import name_key
from bot.model.entity import EntityRef
from bot.model.fact import Evidence, Rank
from bot.model.partial_date import PartialDate

_POSTS = ("worksFor", "jobTitle")
_HONORARY = re.compile(rf"\b(?:{any_of('honorary')})\Z", re.IGNORECASE)
_SHAPES = (Shape.PARAGRAPH, Shape.ITEM)
_FEWEST, _LONGEST = 4, 1200  # words of a sentence, characters
_LONGEST_PRONOUN = 4  # characters: a description begins with a name
_BETWEEN = re.compile(r"\bbetween\s*\Z", re.IGNORECASE)
_LONG_LINE = 300  # characters
_NEAR = 60  # characters between a deed and its date
_ARTICLE = re.compile(
    r"\A(?:(?:the|a|an|his|her|their|my|our|its|particularly|especially|including|mainly|both)\s+)+", re.IGNORECASE
)
_EDGES = " ,;:.“”\"'’‘()[]"
_SMALL = re.compile(r"\b[a-z]{2,}\b|(?<=[.!?] )(?:He|She|His|Her)\b")
_LOOSE = re.compile(r",.*\w.*\s.*\w")  # a comma with several words behind it
_UNIT = re.compile(r"(?:department|dept|faculty|division|school|section|unit|chair)\b", re.IGNORECASE)
_TELLS = re.compile(
    r"\s*(?:[(\[][^()\[\]]*[)\]])?,?\s+(?:is|was|has|works|worked|received|graduated|studied|joined|lives)\b"
)
_DESCRIBES = re.compile(r"\s+(?:is|was|are)\s+(?=(?:a|an|the|one of)\s)")


def suggest(
    blocks: Iterable[Block],
    subject: EntityRef | None,
    drafting: Drafting,
    *,
    names: Sequence[str] = (),
    written: PartialDate | None = None,
    trusted: bool = False,
) -> None:
    """Draft what the running text of a page says; `subject` is whom it is about, `names` how else it calls them."""
    running = [
        (block, " ".join(block.text.split()))
        for block in blocks
        if block.shape in _SHAPES and looks_like_prose(block.text)
    ]
    small = Counter(word for _, text in running for word in _SMALL.findall(text))
    everything = " ".join(text for _, text in running)
    speaker = Speaker(
        subject, names, {"he": small["he"] + small["his"], "she": small["she"] + small["her"]}, frozenset(small)
    )
    speaker.meet(everything)
    speaker.told |= {(fact.subject, fact.property, name_key(fact.value.text)) for fact in drafting.facts}
    rank = Rank.PROSE if trusted else Rank.SUGGESTION
    for block, text in running:
        speaker.last = None
        for start, end in sentences(text):
            if end - start <= _LONGEST and text.count(" ", start, end) >= _FEWEST - 1:
                _Sentence(text[start:end], block, speaker, drafting, rank, written).read()


def opened_by(blocks: Iterable[Block]) -> EntityRef | None:
    """The person with whom the first sentence of running text opens; None where it opens otherwise."""
    for block in blocks:
        if block.shape is Shape.PARAGRAPH and looks_like_prose(block.text):
            text = " ".join(block.text.split())
            opening = Speaker(None).opening(text[:_LONGEST])
            told = opening is not None and _TELLS.match(text, opening.end)
            return opening.subject if opening is not None and told else None
    return None


class _Sentence:
    """Reads one sentence."""

    def __init__(
        self, text: str, block: Block, speaker: Speaker, drafting: Drafting, rank: Rank, written: PartialDate | None
    ) -> None:
        self._text = text
        self._block = block
        self._speaker = speaker
        self._drafting = drafting
        self._rank = rank
        self._spans = _joined(text, find_ranges(text, written))
        masked = list(text)
        for span in self._spans:
            masked[span.first : span.last] = DATE_MARK * (span.last - span.first)
        self._masked = "".join(masked)
        self._opening: Opening | None = None

    def read(self) -> None:
        """Draft everything the sentence says."""
        self._opening = self._speaker.opening(self._masked)
        if self._opening is None:  # "Born in …", "Took the prize": a sentence without its subject
            self._masked = self._masked[:1].lower() + self._masked[1:]
        else:
            for said in lifetime(self._text, self._spans, self._opening):
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
        for frame in frames():
            for match in frame.pattern.finditer(self._masked):
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
            yield from awards(self._text, self._masked, self._spans, match.span("award"), subject)
            return
        span = self._date_of(match, verbs)
        lasting = self._drafting.vocabulary.properties[frame.property].lasting
        dated = lasting or frame.turned or frame.starts
        start, end, past = _period(frame, span if dated else None)
        details = [
            (name, value)
            for name, slot in {**frame.qualifiers, "department": "department"}.items()
            if slot in match.re.groupindex and match[slot] and (value := _clean(slot, self._at(match.span(slot))))
        ]
        if past and lasting:
            details.append(("status", "past"))
        slot = frame.value or frame.of
        if self._text[match.end(slot) : match.end(slot) + 2] in ("'s", "’s"):
            return  # not the thing itself but something of it
        several = split_list(self._at(match.span(slot))) if slot in frame.lists else [self._at(match.span(slot))]
        if slot in ("org", "school") and any(map(is_organization, several)):
            several = [name for name in several if is_organization(name)]  # "Christ's College, Cambridge" is one
        for item in several:
            value = _clean(slot, item)
            if not value:
                continue
            if slot == "date":
                if span is not None and span.start is not None:
                    yield Said(subject, frame.property, str(span.start), None, match.group())
            elif frame.of:
                thing = self._thing(frame, value)
                if thing is not None:
                    yield Said(thing, frame.property, subject.name, None, match.group(), (), start, end)
            elif frame.property in _POSTS and _HONORARY.search(dict(details).get("roleName", value)):
                continue
            elif _fits(slot, value, subject) and (not frame.named or is_organization(value)):
                yield Said(subject, frame.property, value, None, match.group(), tuple(details), start, end)

    def _thing(self, frame: Frame, name: str) -> EntityRef | None:
        """What a deed is done to, of a kind that has the property."""
        page = self._speaker.page
        if page is not None and self._speaker.named(name) is page:
            return page if page.kinds[0] != "person" else None
        allowed = self._drafting.vocabulary.properties[frame.property].of
        kind = "organization" if is_organization(name) or frame.property == "founder" else "project"
        kind = "publication" if frame.of == "title" else kind
        return EntityRef(name, (kind,)) if kind in allowed else None

    def _date_of(self, match: re.Match[str], verbs: Sequence[int]) -> DateSpan | None:
        """The time that belongs to a deed: within it, close behind it, or what the sentence opens with."""
        bound = min((verb for verb in verbs if verb > match.start()), default=len(self._text))
        for span in self._spans:
            if match.start() <= span.first < match.end():
                return span
        for span in self._spans:
            between = self._masked[match.end() : span.first]
            if (
                match.end() <= span.first < bound
                and len(between) <= _NEAR
                and ";" not in between
                and not _LOOSE.match(between.lstrip(", "))
            ):
                return span
        opens = self._opening.start if self._opening is not None else 0
        first = not verbs or match.start() <= verbs[0]
        return next((span for span in self._spans if span.last <= opens and first), None)

    def _describe(self, opening: Opening) -> None:
        page = self._speaker.page
        rest = re.sub(r"\A\s*[(\[][^()\[\]]*[)\]]", "", self._text[opening.end :])
        if opening.subject is not page or opening.start or not self._text[opening.start].isupper():
            return
        if _DESCRIBES.match(rest) is None or opening.end - opening.start <= _LONGEST_PRONOUN:
            return
        if any(fact.property == "description" and fact.subject == page for fact in self._drafting.facts):
            return
        value = _DESCRIBES.sub("", rest, count=1).strip(" .")
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
            return replace(evidence, text=self._text)
        return evidence


def _joined(text: str, spans: list[DateSpan]) -> list[DateSpan]:
    """The dates with "between A and B" as one stretch."""
    joined: list[DateSpan] = []
    for span in spans:
        before = joined[-1] if joined else None
        if (
            before is not None
            and text[before.last : span.first].strip() == "and"
            and _BETWEEN.search(text[: before.first])
        ):
            joined[-1] = DateSpan(before.first, span.last, before.start, span.end)
        else:
            joined.append(span)
    return joined


def _period(frame: Frame, span: DateSpan | None) -> tuple[PartialDate | None, PartialDate | None, bool]:
    """Start and end of what a frame says, and whether it is over though nobody says since when."""
    if span is None:
        return None, None, frame.past
    if not span.single:
        return span.start, span.end, False
    if frame.ends:
        return None, span.start, False
    if frame.property == "alumniOf":  # one year beside a school is that of something that was done there
        return None, None, False
    if frame.past and not frame.starts and not span.ongoing:
        return span.start, span.start, False
    return span.start, None, False


def _clean(slot: str, text: str) -> str:
    value = _ARTICLE.sub("", text.strip(_EDGES)).strip(_EDGES)
    return without_titles(value) if slot == "person" else value


def _fits(slot: str, value: str, subject: EntityRef) -> bool:
    """Whether a value can be what its slot says."""
    if value.casefold() == subject.name.casefold() or len(value) < 2:
        return False
    if slot in ("place", "person"):
        return not is_organization(value)
    if slot == "org":
        return _UNIT.match(value) is None or " of " not in value or is_organization(value)
    if slot == "topic":
        return len(value.split()) <= 8
    return True
