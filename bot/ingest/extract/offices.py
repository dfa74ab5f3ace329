"""What somebody was in a body, where a heading or a label says it of the names below; decides nothing about dates."""

import re

from bot.ingest.extract import fields
from bot.ingest.extract.arrange import Post
from bot.ingest.extract.entries import Entry
from bot.ingest.extract.segments import Parts
from bot.language.document_words import folded

_BODY = re.compile(r"\b(?:committees?|boards?|reviewer|referee)\b")


def from_group(post: Post, entry: Entry, parts: Parts) -> None:
    """Below or behind "Program Committee Member" stands what somebody was that of."""
    group = entry.groups[-1].text if entry.groups else ""
    body = bool(_BODY.search(folded(group)))
    first = parts.segments[0] if len(parts.segments) > 1 and parts.segments[1].before == ":" else None
    if first is not None and not first.line and post.organization in ("", first.text) and _BODY.search(first.key):
        post.role, post.role_line = first.text, first.source
        named = parts.segments[1]
        post.organization, post.line, post.sure = named.text, named.source, len(parts.spans) < 2
        post.names = [named]
        return
    if group and (body or fields.role(group) >= fields.LIKELY) and not post.role_line and parts.segments:
        post.role, post.role_line = group, entry.groups[-1]
        post.organization, post.line, post.sure = parts.segments[0].text, parts.segments[0].source, True
