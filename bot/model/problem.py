"""What is wrong with a document, as data: collected while loading and printed all at once, never thrown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One mendable fault: `knowledge/events/meetup.md:14: ends before it starts: '2022-03'`."""

    document: str
    line: int
    message: str
    text: str = ""  # the offending words, cut short
    fatal: bool = True  # False: the document is loaded all the same

    def __str__(self) -> str:
        shown = f": {self.text!r}" if self.text else ""
        return f"{self.document}:{self.line}: {self.message}{shown}"
