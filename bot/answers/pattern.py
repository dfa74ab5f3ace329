"""The kind of question an unanswered one is: its words with every name left out; keeps nothing of who asked."""

import re

from bot.answers.reading.query import Query, Unit
from bot.answers.wording.outcome import Reason
from bot.language.tokens import clean, parts
from bot.model.answer import Reply, Status

# What a document could have answered. The rest lacks no fact: small talk, nothing asked, too long, ambiguous.
_LACKING = frozenset(
    {Reason.NOBODY, Reason.NOTHING, Reason.UNTOLD, Reason.OPEN, Reason.WORDS, Reason.NOT_ABOUT, Reason.LEAD}
)
_MAX = 200  # characters
_NAME, _TIME, _NUMBER = "{name}", "{time}", "{number}"
# Addresses, links and Discord's own marks say more than a word of a question should.
_TELLING = re.compile(r"<[@#:a-z!&]*[^>\s]*>|https?://\S+|\S+@\S+")
_LONG_NUMBER = re.compile(r"\d{3,}")


def gap_of(reply: Reply) -> tuple[str, str] | None:
    """Pattern and reason of a question that no document answered; None where nothing was lacking."""
    query = reply.asked
    if not isinstance(query, Query) or reply.status not in (Status.UNKNOWN, Status.PASSAGE):
        return None
    if reply.reason not in _LACKING or query.told or not query.units:
        return None
    kinds = {entity.id: entity.kind for entity in reply.turn.topics}
    pattern = pattern_of(query, kinds)
    return (pattern, str(reply.reason)) if pattern else None


def pattern_of(query: Query, kinds: dict[int, str]) -> str:
    """The words of a question, names, times and numbers replaced by what they are."""
    text = clean(query.text)
    tokens = parts(text)[: len(query.keys)]
    telling = [match.span() for match in _TELLING.finditer(text)] + [(span.start, span.end) for span in query.times]
    units: dict[int, Unit] = {}
    for unit in query.units if query.anchor is None else (*query.units, query.anchor.unit):
        units.update(dict.fromkeys(range(unit.start, unit.end), unit))
    words: list[str] = []
    for position, token in enumerate(tokens):
        mark = _mark(token.text, units.get(position), kinds)
        for start, end in telling:
            if start <= token.start < end:
                mark = _TIME if any(span.start == start for span in query.times) else _NAME
        word = mark or query.keys[position]
        if not (mark and words and words[-1] == mark):
            words.append(word)
    return " ".join(words)[:_MAX]


def _mark(text: str, unit: Unit | None, kinds: dict[int, str]) -> str | None:
    """What stands for a word; None: the word itself. A stranger's name is known by its capital letter."""
    if unit is not None and unit.mention is not None:
        kind = next((kinds[entity] for entity in unit.mention.entities if entity in kinds), None)
        return f"{{{kind}}}" if kind else _NAME
    if _LONG_NUMBER.search(text):
        return _NUMBER
    if unit is None or unit.properties or unit.kinds or not text[:1].isupper():
        return None
    return _NAME
