"""Running text to suggestions: each sentence against the frames of the data file; states nothing by itself.

What is drafted here waits for a yes, unless the document's settings trust its prose.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.ingest.blocks import Block, Shape
from bot.ingest.drafting import Drafting
from bot.ingest.extract.prose_sentence import Sentence
from bot.ingest.extract.prose_subject import Speaker
from bot.ingest.readers.lines import looks_like_prose
from bot.language.sentences import sentences
from bot.language.tokens import name_key
from bot.model.entity import EntityRef
from bot.model.fact import Rank
from bot.model.partial_date import PartialDate

_PERSONAL = re.compile(r"\b(?:I|[Hh]e|[Ss]he|[Ww]e)\b")
_FEWEST, _LONGEST = 4, 1200  # words of a sentence, characters
_SMALL = re.compile(r"\b[a-z]{2,}\b|(?<=[.!?] )(?:He|She|His|Her)\b")
_TELLS = re.compile(
    r"\s*(?:[(\[][^()\[\]]*[)\]])?,?\s+(?:is|was|has|works|worked|received|graduated|studied|joined|lives)\b"
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
        (block, " ".join(block.text.split()))
        for block in blocks
        if looks_like_prose(block.text) and (block.shape is Shape.PARAGRAPH or _tells(block))
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
                Sentence(text[start:end], block, speaker, drafting, rank, written).read()


def _tells(block: Block) -> bool:
    """Whether an item of a list is a sentence of its own, not an entry."""
    return block.shape is Shape.ITEM and _PERSONAL.search(block.text) is not None


def opened_by(blocks: Iterable[Block]) -> EntityRef | None:
    """The person with whom the first sentence of running text opens; None where it opens otherwise."""
    for block in blocks:
        if block.shape is Shape.PARAGRAPH and looks_like_prose(block.text):
            text = " ".join(block.text.split())
            opening = Speaker(None).opening(text[:_LONGEST])
            told = opening is not None and _TELLS.match(text, opening.end)
            return opening.subject if opening is not None and told else None
    return None
