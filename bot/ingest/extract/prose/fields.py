"""Running text in the fields of structured documents, a speaker's biography, an abstract: searched and read as such."""

from collections.abc import Sequence
from dataclasses import replace

from bot.ingest.documents.blocks import Block, Shape
from bot.ingest.documents.drafting import Drafting
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.extract.prose.read import suggest
from bot.ingest.readers.encoding import decode
from bot.ingest.readers.markup.lines import looks_like_prose
from bot.model.entity import EntityRef
from bot.model.fact import FactDraft, Rank
from bot.model.passage import PassageDraft

_SHORTEST = 80  # characters; a shorter text is a title or a remark
_LOOSE = 1.2  # so much longer a text may be in its document, for indents and marks
_BEGINNING = 80  # characters by which a text is known
_MOST_LINES = 60  # of the document that one field may take


def with_prose(raw: Raw, reading: Reading, context: Context) -> Reading:
    """The reading with the text of its fields as passages about whom they describe, and what it suggests."""
    texts = [fact for fact in reading.facts if _is_text(fact)]
    if not texts:
        return reading
    described = {item.name: EntityRef(item.name, (item.kind,)) for item in reading.entities}
    lines = decode(raw).lines
    known = {" ".join(passage.text.split()) for passage in reading.passages}
    whole = {text[:_BEGINNING]: text for text in known}  # a fact may say no more than how a text begins
    whose = {" ".join(fact.value.text.split())[:_BEGINNING]: fact.subject for fact in texts}
    passages = [
        passage
        if passage.about is not None
        else replace(
            passage, about=whose.get(" ".join(passage.text.split())[:_BEGINNING], described.get(passage.title))
        )
        for passage in reading.passages
    ]
    drafting = Drafting(raw.path, context.vocabulary, Rank.SUGGESTION, facts=list(reading.facts))
    for fact in texts:
        said = " ".join(fact.value.text.split())
        text = whole.get(said[:_BEGINNING], said)
        if text not in known:
            known.add(text)
            label = context.vocabulary.properties[fact.property].label
            passages.append(PassageDraft(fact.evidence.line, fact.subject.name, label, text, fact.subject))
        block = Block(Shape.PARAGRAPH, fact.evidence.line, text, _lines(lines, fact.evidence.line, len(text)))
        names = next((item.aliases for item in reading.entities if item.name == fact.subject.name), ())
        suggest([block], fact.subject, drafting, names=names, trusted=raw.hints.trusted)
    return replace(reading, facts=tuple(drafting.facts), passages=tuple(passages))


def _lines(lines: Sequence[str], first: int, length: int) -> tuple[str, ...]:
    """The lines of the document from `first` on that a text of this length takes up."""
    taken: list[str] = []
    while first - 1 + len(taken) < len(lines) and sum(map(len, taken)) < length * _LOOSE and len(taken) < _MOST_LINES:
        taken.append(lines[first - 1 + len(taken)])
    return tuple(taken) or ("",)


def _is_text(fact: FactDraft) -> bool:
    value = fact.value
    if fact.rank is Rank.PROFILE or value.ref is not None or len(value.text) < _SHORTEST:
        return False
    return value.date is None and value.number is None and looks_like_prose(value.text)
