"""What a document says that no fact was made of: named to the maintainer, never shown to a member."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A dated line, list item or field that was not understood; `why` is one short clause."""

    line: int
    text: str
    why: str = ""
