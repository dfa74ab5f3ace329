"""Running text to suggestions: each sentence against the frames of the data file; states nothing by itself.

What is drafted here waits for a yes, unless the document's settings trust its prose.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.documents.drafting import Drafting
from bot.ingest.extract.prose.frames import name_pattern, subject_kinds
from bot.ingest.extract.prose.sentence import Sentence
from bot.ingest.extract.prose.subject import Speaker, is_organization
from bot.ingest.readers.markup.lines import looks_like_prose, pair
from bot.language.date_ranges import find_ranges
from bot.language.sentences import sentences
from bot.language.tokens import name_key
from bot.model.entity import EntityRef
from bot.model.fact import Rank
from bot.model.partial_date import PartialDate

_PERSONAL = re.compile(r"\b(?:I|[Hh]e|[Ss]he|[Ww]e)\b")
_SHORTEST = 40  # characters
_LONGEST_ENTRY = 160  # characters of a line of a list
_WHOLE = re.compile(r"[\"“(]?[^\W\d_][^\n\t|]*[a-z][^\n\t|]* [a-z]+ [^\n\t|]*[.!?][\"”)]?\s*\Z")
_FEWEST, _LONGEST = 4, 1200  # words of a sentence, characters
_SMALL = re.compile(r"\b[a-z]{2,}\b|(?:\A|(?<=[.!?] ))(?:He|She|His|Her)\b")
_IS_A = re.compile(
    r"\s+(?:is|are|was|were)\s+(?:an?|the)\s+(?P<thing>(?:[\w'’-]+ ){0,6}?[\w'’-]+)"
    r"(?=[.,;:(]|\s+(?:for|of|that|which|where|in|at|about|on|from|to|with|by|held|based|run)\b|\Z)"
)
_TEXTS = (Shape.PARAGRAPH, Shape.PAIR)
_APART = 1  # lines between two paragraphs of one text
_NOUN_WITHIN = 80  # characters of what something says that it is
_TELLS = re.compile(
    r"\s*(?:[(\[][^()\[\]]*[)\]]|,\s+\d{2},|,\s+[A-ZÀ-Þ][\w ]{2,30},"
    r"|,\s+(?:a|an|the|based|founded|located|headquartered|formerly)\s+[^.;]{3,120}?,)?,?\s+"
    r"(?:is|are|was|were|died|founded|became|won|leads|has|works|worked|received|graduated|studied|joined|lives)\b"
)


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
        (block, text)
        for block in blocks
        if not is_listing(block)
        and _is_running(text := " ".join(_told(block).split()))
        and (block.shape in _TEXTS or _tells(block))
    ]
    small = Counter(word.lower() for _, text in running for word in _SMALL.findall(text))
    everything = " ".join(text for _, text in running)
    speaker = Speaker(
        subject, names, {"he": small["he"] + small["his"], "she": small["she"] + small["her"]}, frozenset(small)
    )
    speaker.meet(everything)
    speaker.told |= {(fact.subject, fact.property, name_key(fact.value.text)) for fact in drafting.facts}
    rank = Rank.PROSE if trusted else Rank.SUGGESTION
    end = 0  # of the paragraph before
    for block, text in running:
        if block.line > end + _APART or block.shape not in _TEXTS:
            speaker.last = None
        end = block.line + len(block.lines)
        for start, end in sentences(text):
            if end - start <= _LONGEST and text.count(" ", start, end) >= _FEWEST - 1:
                Sentence(text[start:end], block, speaker, drafting, rank, written).read()


def _told(block: Block) -> str:
    """The text of a block without the label before it: "Background: Ida founded Loom in 2001."."""
    return block.cells[1] if block.shape is Shape.PAIR and len(block.cells) > 1 else block.text


def is_listing(block: Block) -> bool:
    """Whether the lines of a paragraph are a list, each with its date or label before it: "1998  First tour"."""
    lines = block.text.split("\n") if block.shape is Shape.PARAGRAPH else []
    return len(lines) > 1 and all(
        len(line) <= _LONGEST_ENTRY and (_opens_with_date(line) or pair(line) is not None) for line in lines
    )


def _opens_with_date(line: str) -> bool:
    spans = find_ranges(line[:40])
    return bool(spans) and not line[: spans[0].first].strip("([*_ ")


def _is_running(text: str) -> bool:
    """Whether a text is sentences; a short one must look like one from its first letter to its dot."""
    return looks_like_prose(text) or (len(text) > _SHORTEST and _WHOLE.match(text) is not None)


def _tells(block: Block) -> bool:
    """Whether an item of a list is a sentence of its own, not an entry."""
    return block.shape is Shape.ITEM and _PERSONAL.search(block.text) is not None


def opened_by(blocks: Iterable[Block], title: str) -> EntityRef | None:
    """Who or what the first sentence of running text opens with and says what it is; None where it opens otherwise."""
    for block in blocks:
        if block.shape is Shape.HEADING:
            title += f" {block.text}"
        elif block.shape is Shape.PARAGRAPH and _is_running(block.text):
            return _opened(" ".join(block.text.split())[:_LONGEST], title)
    return None


def _noun_of(told: str) -> str:
    """The noun of what follows a name, if that says what it is: the "team" of "is a robotics team from Tarn"."""
    said = _IS_A.match(told)
    return said["thing"].split()[-1] if said is not None else ""


def _opened(text: str, title: str) -> EntityRef | None:
    opening = Speaker(None).opening(text)
    told = text[opening.end :] if opening is not None else ""
    kind = next((kind for kind, noun in subject_kinds() if noun.search(_noun_of(told))), None)
    if opening is not None and opening.subject.kinds == ("person",) and kind is not None:
        return EntityRef(text[opening.start : opening.end].removeprefix("The "), (kind,))
    if opening is not None:
        return opening.subject if _TELLS.match(text, opening.end) else None
    name = name_pattern().match(text.removeprefix("The "))
    if name is None or not _TELLS.match(text.removeprefix("The "), name.end()):
        return None
    if name_key(name.group()) not in name_key(title) and not is_organization(name.group()):
        return None
    told = text[name.end() : name.end() + _NOUN_WITHIN]
    nouns = [(found.start(), kind) for kind, pattern in subject_kinds() if (found := pattern.search(told))]
    kind = "organization" if is_organization(name.group()) else min(nouns)[1] if nouns else None
    return EntityRef(name.group(), (kind,)) if kind is not None else None
