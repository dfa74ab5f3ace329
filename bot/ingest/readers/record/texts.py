"""Longer texts of data files: freed of markup, cut to what introduces them, addresses made whole; knows no field."""

import html
import re
from collections.abc import Iterable

from bot.ingest.readers.encoding import tidy
from bot.ingest.readers.record.names import without_bracket
from bot.language.document_words import folded, word_set

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|<!--.*?-->", re.DOTALL)
_GAP = re.compile(r"\s+(?=[,;.!?](?:\s|\Z))")  # that a tag left before a comma
_ISO_DURATION = re.compile(r"PT?(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?", re.IGNORECASE)
_CLOCK_DURATION = re.compile(r"(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d)(?::00)?")
_LEAST_MINUTES = 5  # a bare number below may be hours or days
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”)]*\s+(?=[\"'“(]?[^\W\d_a-z]|\d)")
_ABBREVIATION = re.compile(r"\b(?:Dr|Prof|Mr|Mrs|Ms|St|Sr|Jr|e\.g|i\.e|etc|vs|No|Inc|Ltd|[A-Z])\.\Z")
_AT = re.compile(r"\s*[(\[{<]\s*at\s*[)\]}>]\s*|\s+at\s+(?=[\w-]+\s*(?:\.|[(\[]\s*dot|\s+dot\s))", re.IGNORECASE)
_DOT = re.compile(r"\s*[(\[{<]\s*dot\s*[)\]}>]\s*|\s+dot\s+", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\([^()\s]{0,500}\)")
_WORD = re.compile(r"\w+")
SHORT = 280  # characters of a description; the whole of a longer text is a passage


def readable(text: str) -> str:
    """One line without HTML tags and entities and without the addresses of Markdown links."""
    if "<" in text:
        text = _GAP.sub("", _TAG.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    return " ".join(tidy(text.replace("**", "")).split())


def is_placeholder(text: str) -> bool:
    """Whether a field is only kept free: `TBA`, `n/a`, `vacant`."""
    plain = folded(without_bracket(text)).strip(" .-–—?()[]")
    kept_free = word_set("labels", "placeholders") | word_set("labels", "no_values")
    return not plain or plain in kept_free or plain.startswith(tuple(word_set("labels", "filler_texts")))


def is_kept_free(name: str) -> bool:
    """Whether a name is only there until somebody is found: `TBA`, `Speaker 3 (TBD)`."""
    return is_placeholder(name) or not word_set("labels", "placeholder_words").isdisjoint(_WORD.findall(folded(name)))


def introduction(text: str) -> str:
    """The first sentences of a text, as many as make a short description; a text of one endless sentence as it is."""
    if len(text) <= SHORT:
        return text
    taken = ""
    start = 0
    for gap in _SENTENCE.finditer(text):
        sentence = text[start : gap.start()]
        if _ABBREVIATION.search(sentence):
            continue
        if taken and gap.start() > SHORT:
            break
        taken = text[: gap.start()]
        start = gap.end()
    return (taken or text).strip()


def mail_address(text: str) -> str:
    """An e-mail address that may be written so that machines do not find it."""
    text = text.removeprefix("mailto:").split("?")[0] if text.lower().startswith("mailto:") else text
    return _DOT.sub(".", _AT.sub("@", text)).strip(" <>")


def duration_text(text: str) -> str:
    """How long something takes, in words: `PT1H30M`, `01:30` and `90` as programs write it; any other text as it is."""
    text = text.strip()
    iso, clock = _ISO_DURATION.fullmatch(text), _CLOCK_DURATION.fullmatch(text)
    if iso is not None and any(iso.groups()):
        return _in_words(zip(map(int, iso.groups("0")), ("day", "hour", "minute"), strict=True))
    if clock is not None:
        return _in_words(((int(clock["hours"]), "hour"), (int(clock["minutes"]), "minute"))) or text
    return f"{text} minutes" if text.isdigit() and int(text) >= _LEAST_MINUTES else text


def _in_words(parts: Iterable[tuple[int, str]]) -> str:
    return " ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in parts if number)
