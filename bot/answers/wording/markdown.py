"""Text as Discord Markdown: escapes what documents and members wrote, so that no value can format, link or ping."""

import re

# Everything that starts formatting, a mention, a link or a spoiler somewhere in a line.
_ACTIVE = re.compile(r"([\\*_~`|\[\]<])")
_LINE_START = re.compile(r"^(\s*)([#>+-]+)(?=\s|\Z)", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*\d+)([.)])(?=\s|\Z)", re.MULTILINE)
_MENTION = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_ADDRESS = re.compile(r"\b(https?)://", re.IGNORECASE)  # Discord links and previews it wherever it stands
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MARKED = re.compile(r"\\(?P<kept>.)|<(?P<url>https?://[^\s>]+)>|\*\*")
# A line that begins with a letter and holds nothing (but `_`) that could be any of these; most names and texts.
_HARMLESS = re.compile(r"[^\W\d_][\w ,.;?!'()/&-]*\Z")
_WEB = re.compile(r"https?://[^\s<>|`\"\\]+\Z")


class Ready(str):
    """Text that is Markdown already and must not be escaped again."""

    __slots__ = ()


def escape(text: str) -> Ready:
    """The text as it reads, with nothing in it taken for formatting."""
    if isinstance(text, Ready):
        return text
    if "_" not in text and _HARMLESS.match(text):
        return Ready(text)
    plain = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    plain = _ACTIVE.sub(r"\\\1", plain)
    plain = _NUMBERED.sub(r"\1\\\2", _LINE_START.sub(r"\1\\\2", plain))
    return Ready(_ADDRESS.sub("\\1:\u2060//", _MENTION.sub("@\u2060", plain)))


def bold(text: str) -> Ready:
    """The text escaped and set in bold."""
    return Ready(f"**{escape(text)}**") if text.strip() else Ready("")


def link(url: str) -> Ready:
    """A web address that Discord does not unfold into a preview; anything else is shown as plain text."""
    return Ready(f"<{url}>") if _WEB.match(url) else escape(url)


def plain(markdown: str) -> str:
    """Markdown of this module read back as the text that a terminal shows."""
    return _MARKED.sub(lambda match: match["kept"] or match["url"] or "", markdown).replace("\u2060", "")
