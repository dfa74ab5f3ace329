"""Where a reply's facts come from, for people and for programs; reads the reply, asks nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.wording.dates import say_date
from bot.answers.wording.markdown import escape, link
from bot.model.answer import Reply
from bot.model.fact import Fact, Source

_SHOWN_SOURCES = 2
_SHOWN_PLACES = 3


@dataclass(frozen=True, slots=True)
class Citation:
    """One place that proves something. Without `document` the reply names the source as a whole."""

    source: Source
    document: str | None = None
    line: int | None = None
    place: str | None = None


def citations(reply: Reply) -> list[Citation]:
    """Each source of a reply with each place in it that the reply's facts were read at, in the reply's order."""
    found: list[Citation] = []
    for source in _sources(reply):
        places = [fact.evidence for fact in reply.facts if fact.source.key == source.key]
        found.extend(Citation(source, each.document, each.line, each.place) for each in places)
        if not places:
            found.append(Citation(source))
    return list(dict.fromkeys(found))


def source_line(reply: Reply) -> str:
    """One line that names the sources, with author, date and places; empty if nothing is stated."""
    shown, hidden = sources_told(reply)
    if not shown:
        return ""
    more = f"; and {hidden} more" if hidden else ""
    return f"{'Source' if len(shown) + hidden == 1 else 'Sources'}: {'; '.join(shown)}{more}"


def sources_told(reply: Reply) -> tuple[list[str], int]:
    """The first sources as Markdown, each with author, date and places, and how many there are besides."""
    sources = _sources(reply)
    if not reply.facts and all(_escape(source.title) in reply.text for source in sources):
        return [], 0  # the answer is a list of them
    shown = [_describe(source, reply.facts) for source in sources[:_SHOWN_SOURCES]]
    return shown, len(sources) - len(shown)


def source_lines(reply: Reply) -> list[str]:
    """Every source in full as Markdown: a line for it, then one for each place, with the document's file and line."""
    cited = citations(reply)
    lines: list[str] = []
    for source in _sources(reply):
        details = [source.author, source.publisher, say_date(source.date) if source.date else None]
        shown = [f"**{_escape(source.title)}**", *(_escape(text) for text in details if text)]
        lines.append("- " + ", ".join([*shown, *([link(source.url)] if source.url else [])]))
        if source.note:
            lines.append(f"  {_escape(source.note)}")
        for each in (each for each in cited if each.source.key == source.key and each.document):
            read_at = f"{each.document}:{each.line}"
            lines.append(f"  - {_escape(each.place)} ({_escape(read_at)})" if each.place else f"  - {_escape(read_at)}")
    return lines


def _sources(reply: Reply) -> list[Source]:
    """The sources the reply names, then any that only its facts name."""
    by_key = {source.key: source for source in reply.sources}
    for fact in reply.facts:
        by_key.setdefault(fact.source.key, fact.source)
    return list(by_key.values())


def _describe(source: Source, facts: Sequence[Fact]) -> str:
    author = source.author if source.author and source.author not in source.title else None
    details = ", ".join([text for text in (author, say_date(source.date) if source.date else None) if text])
    told = [fact.evidence.place for fact in facts if fact.source.key == source.key]
    places = list(dict.fromkeys([place for one in told if one for place in one.split("; ")]))
    shown = _join(places[:_SHOWN_PLACES]) + (" …" if len(places) > _SHOWN_PLACES else "")
    return _escape(source.title + (f" ({details})" if details else "") + (f", {shown}" if shown else ""))


def _join(places: Sequence[str]) -> str:
    """Places one after the other; what a place shares with the one before, up to its last comma, is said once."""
    parts: list[str] = []
    before = ""
    for place in places:
        section, comma, rest = place.rpartition(", ")
        parts.append(rest if comma and section == before else place)
        before = section
    return "; ".join(parts)


def _escape(text: str) -> str:
    """Text of a document as Markdown that shows it unchanged, on one line."""
    return escape(" ".join(text.split()))
