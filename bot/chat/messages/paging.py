"""Long Markdown in pieces that Discord takes, cut at line ends and never inside an escape or bold; knows no wording."""

import re

PAGE = 3000  # characters of an answer in one message; sources and the rest share the 4,000 that there are in all
LATER_PAGE = 1500  # characters of one that is turned to: as long as the beginning of a list, to fit a screen
_BOLD = "**"
_ESCAPED_END = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
_ADDRESS = re.compile(r"<https?://[^\s>]*\Z")


def split(text: str, limit: int = PAGE) -> list[str]:
    """The text in pages of at most `limit` characters; one empty page where there is nothing."""
    pages: list[str] = []
    page = ""
    for line in text.split("\n"):
        for piece in _pieces(line, limit):
            if page and len(page) + 1 + len(piece) > limit:
                pages.append(page)
                page = piece
            else:
                page = f"{page}\n{piece}" if page else piece
    return [*pages, page]


def cut(text: str, limit: int) -> str:
    """The text on one line, with an ellipsis where it had to end."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    piece = line[: _end(line, limit - len(_BOLD) - 1)].rstrip()
    return piece + _BOLD * (piece.count(_BOLD) % 2) + "…"


def rest_of(shown: str, whole: str) -> str:
    """What `whole` tells beyond a text that is the same but for a list that breaks off."""
    pairs = enumerate(zip(shown, whole, strict=False))
    common = next((place for place, (one, other) in pairs if one != other), min(len(shown), len(whole)))
    if whole[common : common + 1] == ",":  # names in a row
        return whole[common:].lstrip(", ")
    return whole[whole.rfind("\n", 0, common) + 1 :]


def _pieces(line: str, limit: int) -> list[str]:
    """One line in pieces, cut at blanks where there are some."""
    pieces: list[str] = []
    while len(line) > limit:
        room = limit - 2 * len(_BOLD)
        blank = line.rfind(" ", room // 2, room)
        end = _end(line, blank if blank > 0 else room)
        piece = line[:end].rstrip()
        bold = _BOLD * (piece.count(_BOLD) % 2)
        pieces.append(piece + bold)
        line = bold + line[end:].lstrip()
    return [*pieces, line]


def _end(line: str, end: int) -> int:
    """The last place up to `end` where nothing is torn: no escape, no address, no pair of asterisks."""
    address = _ADDRESS.search(line, 0, end)
    if address and address.start() > 0:
        end = address.start()
    if _ESCAPED_END.search(line, 0, end) or line[end - 1 : end + 1] == _BOLD:
        end -= 1
    return end
