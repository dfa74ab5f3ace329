"""The words of a fact: what a question may say about it; knows stems and stop words, not which fact answers what."""

import re
from collections.abc import Container, Iterable

from bot.language.tokens import stem, words_of
from bot.model.fact import Fact, FactDraft, ValueDraft

STATUS = "status"  # the qualifier that says of a value: unknown, none, or (of a relation without its end) past
NOTE = "note"  # a remark of the maintainer's: shown with the fact, but no answer is found by its words
_NO_VALUE = ("unknown", "none")

_SHORT = 200  # a longer text tells of much, and a degree in it is not what it says
_DOTTED = re.compile(r"(?<![\w.@/-])[A-Za-z]{1,3}(?:\.[A-Za-z]{1,3}){1,3}(?![\w@/-])")


def stems_of(texts: Iterable[str], stop: Container[str]) -> set[str]:
    """The stems of the content words of all `texts`."""
    return {stem(word) for text in texts for word in words_of(text) if word not in stop}


def stems_told(fact: Fact) -> set[str]:
    """The stems of what a fact says outright: neither a maintainer's remark nor words that only help to find it."""
    details = (detail.value.text for detail in fact.qualifiers if detail.property != NOTE)
    return stems_of((fact.subject.name, fact.value.text, *details), ())


def fact_words(draft: FactDraft, stop: Container[str]) -> set[str]:
    """The content words of what `draft` says by itself: value, qualifiers, further words and years; not its subject."""
    text = " \n ".join(_texts(draft))
    words = {word for word in words_of(text) if word not in stop}
    if "." in text and len(text) < _SHORT:  # Ph.D. is asked for as PhD; its letters alone may be without content
        words.update(short.replace(".", "").lower() for short in _DOTTED.findall(text))
    return words


def stems(words: Iterable[str]) -> set[str]:
    """The stems of words that are folded already."""
    return set(map(stem, words))


def _texts(draft: FactDraft) -> list[str]:
    """What the words are in; a list, for a plain fact has one or two."""
    start, end = draft.start, draft.end
    if not draft.qualifiers:
        texts = [_text(draft.value), *draft.words]
    else:
        texts = [_text(value) for name, value in draft.qualifiers if name not in (STATUS, NOTE)]
        if not any(name == STATUS and value.text in _NO_VALUE for name, value in draft.qualifiers):
            texts.append(_text(draft.value))
        texts += draft.words
    if start is not None and start.year is not None:
        texts.append(str(start.year))
    if end is not None and end is not start and end.year is not None:
        texts.append(str(end.year))
    return texts


def _text(value: ValueDraft) -> str:
    """A day says its year only: `31` in a question is not explained by a date."""
    if value.date is None:
        return value.text
    return "" if value.date.year is None else str(value.date.year)
