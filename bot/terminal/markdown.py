"""Discord Markdown to styled stretches of text, line by line; knows no terminal and prints nothing.

Only what replies use is read: bold, italics, code, links, headings, bullets, small print and backslash escapes. A line
stays a line, as on Discord. Control characters, with which a document could steer the terminal, are dropped.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

# Control characters except the line break, marks that turn the direction of writing, and the one that breaks mentions.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2060\u2066-\u2069]")
_ESCAPE = re.compile(r"\\([^\w\s]|_)")
_LINE_START = re.compile(r"(?P<indent> *)(?:(?P<bullet>[-*]) |(?P<number>\d+\.) |(?P<heading>#{1,3}) |(?P<small>-# ))?")
_INLINE = re.compile(
    r"\\(?P<escaped>[^\w\s]|_)"
    r"|`(?P<code>[^`]+)`"
    r"|\*\*(?P<bold>(?:\\.|[^\\])+?)\*\*"
    r"|(?<!\w)(?P<mark>[*_])(?=\S)(?P<italic>(?:\\.|[^\\*_])+?)(?P=mark)(?!\w)"
    r"|\[(?P<label>(?:\\.|[^\]\\])+)\]\(<?(?P<url>https?://[^\s)>]+)>?\)"
    r"|<(?P<bare>https?://[^\s>]+)>"
)


class Style(StrEnum):
    """How a stretch is shown where the terminal can."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    DIM = "dim"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line in one style."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its spans, and how far its continuation is set in when the terminal breaks it."""

    spans: tuple[Span, ...]
    hang: int = 0

    @property
    def text(self) -> str:
        """The line without styles."""
        return "".join(span.text for span in self.spans)


def without_controls(text: str) -> str:
    """The text with everything gone that a terminal would obey rather than show."""
    return _CONTROL.sub("", text.replace("\t", " "))


def read_markdown(text: str) -> list[Line]:
    """All lines of a text, empty ones included."""
    return [_line(line) for line in without_controls(text).split("\n")]


def plain(text: str) -> str:
    """The text as a reader without styles sees it."""
    return "\n".join(line.text for line in read_markdown(text))


def _line(text: str) -> Line:
    start = _LINE_START.match(text)
    assert start is not None  # noqa: S101 - every part of the pattern may be empty
    rest = text[start.end() :]
    if start["heading"]:
        return Line(tuple(_inline(rest, Style.BOLD)))
    if start["small"]:
        return Line(tuple(_inline(rest, Style.DIM)))
    mark = "•" if start["bullet"] else start["number"] or ""
    lead = start["indent"] + (f"{mark} " if mark else "")
    spans = tuple(_inline(rest, Style.PLAIN))
    return Line((Span(lead), *spans) if lead else spans, hang=len(lead))


def _inline(text: str, style: Style) -> list[Span]:
    spans: list[Span] = []
    position = 0
    for match in _INLINE.finditer(text):
        _add(spans, text[position : match.start()], style)
        position = match.end()
        if match["escaped"]:
            _add(spans, match["escaped"], style)
        elif match["code"]:
            _add(spans, match["code"], Style.CODE)
        elif match["bold"]:
            _extend(spans, _inline(match["bold"], Style.BOLD))
        elif match["italic"]:
            _add(spans, _ESCAPE.sub(r"\1", match["italic"]), Style.ITALIC)
        elif match["label"]:
            _extend(spans, _inline(match["label"], style))
            _add(spans, f" <{match['url']}>", Style.DIM)
        else:
            _add(spans, match["bare"], style)
    _add(spans, text[position:], style)
    return spans


def _extend(spans: list[Span], further: list[Span]) -> None:
    for span in further:
        _add(spans, span.text, span.style)


def _add(spans: list[Span], text: str, style: Style) -> None:
    """Append, joining neighbours of one style."""
    if not text:
        return
    if spans and spans[-1].style is style:
        spans[-1] = Span(spans[-1].text + text, style)
    else:
        spans.append(Span(text, style))
