"""What a button carries with it, so that it works after a restart: ids of at most 100 characters, written and read."""

import hashlib
from collections.abc import Sequence
from enum import StrEnum

from bot.chat.messages.recall import Recall
from bot.model.request import Request

LONGEST = 100  # characters, as Discord counts them
CHECK = 6  # characters of a text's digest
_KEPT = "#"  # stands before the digest of a request that only memory holds


class Press(StrEnum):
    """What a button does; the first part of its id."""

    SOURCE = "source"
    MORE = "more"
    PICK = "pick"
    PAGE = "page"
    GOOD = "good"
    BAD = "bad"
    SHARE = "share"
    TRY = "try"


def pack(press: Press, *fields: str) -> str:
    """An id; the last field may hold anything, the others no colon."""
    return ":".join((press, *fields))


def pack_request(press: Press, request: Request, recall: Recall, *fields: str) -> str:
    """An id with a request in it, or with its digest where it is too long."""
    whole = pack(press, *fields, str(request))
    return whole if length(whole) <= LONGEST else pack(press, *fields, _KEPT + recall.keep(request))


def unpack_request(text: str, recall: Recall) -> Request | None:
    """The request of an id; None where it was forgotten, or where the id is none of ours."""
    if text.startswith(_KEPT):
        return recall.request(text.removeprefix(_KEPT))
    try:
        return Request.parse(text)
    except ValueError:
        return None


def check_of(text: str) -> str:
    """A few letters that another text would not have."""
    return hashlib.blake2b(text.encode(), digest_size=CHECK // 2).hexdigest()


def pack_places(locators: Sequence[str], more: int) -> str:
    """The id of a button that shows evidence; `more` places have no room in it."""
    return pack(Press.SOURCE, str(more), "".join(locators))


def length(text: str) -> int:
    """Characters as Discord counts them: those beyond the basic plane are two."""
    return len(text.encode("utf-16-le")) // 2
