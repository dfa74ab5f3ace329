"""Longer texts of data files: freed of markup, cut to what introduces them, addresses made whole; knows no field."""

import html
import re

from bot.ingest.readers.encoding import tidy

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|<!--.*?-->", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”)]*\s+(?=[\"'“(]?[^\W\d_a-z]|\d)")
_ABBREVIATION = re.compile(r"\b(?:Dr|Prof|Mr|Mrs|Ms|St|Sr|Jr|e\.g|i\.e|etc|vs|No|Inc|Ltd|[A-Z])\.\Z")
_AT = re.compile(r"\s*[(\[{<]\s*at\s*[)\]}>]\s*|\s+at\s+(?=[\w-]+\s*(?:\.|[(\[]\s*dot|\s+dot\s))", re.IGNORECASE)
_DOT = re.compile(r"\s*[(\[{<]\s*dot\s*[)\]}>]\s*|\s+dot\s+", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\([^()\s]{0,500}\)")
_PLACEHOLDERS = frozenset(
    {"", "tba", "tbd", "tbc", "t.b.a", "t.b.d", "n/a", "na", "none", "null", "nil", "unknown", "to be announced",
     "to be confirmed", "to be determined", "coming soon", "lorem ipsum"}
)  # fmt: skip
SHORT = 280  # characters of a description; the whole of a longer text is a passage


def readable(text: str) -> str:
    """One line without HTML tags and entities and without the addresses of Markdown links."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    return " ".join(tidy(text.replace("**", "")).split())


def is_placeholder(text: str) -> bool:
    """Whether a field is only kept free: `TBA`, `n/a`, `unknown`."""
    return text.strip(" .-–—?()[]").casefold() in _PLACEHOLDERS


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
