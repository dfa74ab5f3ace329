"""One thing that is asked of the assistant, as data small enough to be written into a button; answers nothing."""

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum

_MARK = "="  # stands before a handle, so that it is never taken for words that were typed
_CUT = "~"  # parts the beginning of a long slug from its digest
_LONGEST_SLUG = 40  # characters; two handles and their request must fit into the 100 of a button's id
_KEPT = 26


class Wish(StrEnum):
    """What can be asked. The letter stands for it where room is scarce."""

    ASK = "q"  # words: a question, then handles of the entities that its ambiguous names mean
    DESCRIBE = "d"  # a name, a kind or nothing
    TIMELINE = "t"  # a name
    CONNECT = "c"  # two names
    COMPARE = "v"  # two names
    EVENTS = "e"  # a time or nothing, a name or words or nothing
    FIND = "f"  # a kind or nothing, a property or nothing, a name or words
    SOURCES = "s"
    HELP = "h"


_PARTS = "¦"  # between the words of a request as one text
_COUNTS = {
    Wish.DESCRIBE: 2,
    Wish.TIMELINE: 1,
    Wish.CONNECT: 2,
    Wish.COMPARE: 2,
    Wish.EVENTS: 2,
    Wish.FIND: 3,
    Wish.SOURCES: 0,
    Wish.HELP: 0,
}  # of words; a question may have any number of handles behind it

# Which of the words name entities.
_NAMES = {
    Wish.DESCRIBE: (0,),
    Wish.TIMELINE: (0,),
    Wish.CONNECT: (0, 1),
    Wish.COMPARE: (0, 1),
    Wish.EVENTS: (1,),
    Wish.FIND: (2,),
}


@dataclass(frozen=True, slots=True)
class Request:
    """A wish and its words. A name is a handle, or text that is still to be linked."""

    wish: Wish
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.wish + _PARTS.join([" ".join(word.replace(_PARTS, "|").split()) for word in self.words])

    @property
    def names(self) -> tuple[int, ...]:
        """The places of the words that name entities."""
        return _NAMES.get(self.wish, ())

    @classmethod
    def parse(cls, text: str) -> "Request":
        """Read back what `str` made of a request. Raises ValueError for anything else."""
        wish = Wish(text[:1])
        count = _COUNTS.get(wish)
        words = tuple(text[1:].split(_PARTS)) if count != 0 else ()
        if count is not None and len(words) != count:
            raise ValueError(f"not a request: {text!r}")
        return cls(wish, words)

    def meaning(self, handle: str) -> "Request":
        """The same request, now that it is known which entity its first open name means."""
        for place in self.names:
            if not is_handle(self.words[place]):
                return replace(self, words=(*self.words[:place], handle, *self.words[place + 1 :]))
        return replace(self, words=(*self.words, handle)) if self.wish is Wish.ASK else self


def handle_of(slug: str) -> str:
    """A short name for an entity that holds across snapshots: its slug, or the slug's beginning and a digest."""
    if len(slug) <= _LONGEST_SLUG:
        return _MARK + slug
    digest = hashlib.blake2b(slug.encode(), digest_size=5).hexdigest()
    return f"{_MARK}{slug[:_KEPT]}{_CUT}{digest}"


def is_handle(word: str) -> bool:
    """Whether a word is meant as a handle; that there is such an entity is not said."""
    return word.startswith(_MARK)


def slug_of(handle: str) -> str | None:
    """The whole slug where the handle holds it, or None where it was cut."""
    return None if _CUT in handle else handle.removeprefix(_MARK)


def beginning_of(handle: str) -> str:
    """How the slug of a cut handle begins."""
    return handle.removeprefix(_MARK).partition(_CUT)[0]
