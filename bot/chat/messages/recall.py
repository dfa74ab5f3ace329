"""What a conversation leans on, in memory only, bounded and soon forgotten; a restart forgets all of it."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.model.answer import Turn
from bot.model.request import Request

MOST_KEPT = 2000
FORGOTTEN_AFTER = 30 * 60  # seconds
_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


class Shelf(Generic[_K, _V]):
    """The last things that were put somewhere; those put first give way."""

    def __init__(self, clock: Callable[[], float], most: int = MOST_KEPT, seconds: float = FORGOTTEN_AFTER) -> None:
        self._clock = clock
        self._most = most
        self._seconds = seconds
        self._kept: OrderedDict[_K, tuple[float, _V]] = OrderedDict()

    def put(self, key: _K, value: _V) -> None:
        """Keep a value in place of the one before."""
        self._kept.pop(key, None)
        self._kept[key] = (self._clock(), value)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def get(self, key: _K) -> _V | None:
        """The value, unless it is too old or gone."""
        found = self._kept.get(key)
        if found is None:
            return None
        since, value = found
        if self._clock() - since > self._seconds:
            del self._kept[key]
            return None
        return value

    def drop(self, key: _K) -> None:
        """Forget a value."""
        self._kept.pop(key, None)

    def drop_where(self, fits: Callable[[_K, _V], bool]) -> None:
        """Forget every value that fits."""
        for key in [key for key, (_, value) in self._kept.items() if fits(key, value)]:
            del self._kept[key]

    def __len__(self) -> int:
        return len(self._kept)


@dataclass(frozen=True, slots=True)
class Said:
    """What one message of the bot answered: to whom, what, leaning on what; `turn` is what it leaves to lean on."""

    request: Request
    asker: int
    before: Turn | None
    turn: Turn


class Recall:
    """The bot's memory of its own last messages."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._said: Shelf[int, Said] = Shelf(clock)  # by message
        self._turns: Shelf[tuple[int, int], Turn] = Shelf(clock)  # by asker and channel
        self._requests: Shelf[str, Request] = Shelf(clock)  # by digest, those too long for a button
        self._done: Shelf[Hashable, bool] = Shelf(clock)

    def note(self, message: int, channel: int, said: Said) -> None:
        """Remember what a message said; a question in the same channel may lean on it."""
        self._said.put(message, said)
        self._turns.put((said.asker, channel), said.turn)

    def said(self, message: int) -> Said | None:
        """What a message said."""
        return self._said.get(message)

    def turn(self, asker: int, channel: int) -> Turn | None:
        """The last turn of a member in a channel."""
        return self._turns.get((asker, channel))

    def forget(self, asker: int) -> None:
        """Forget what a member was answered."""
        self._said.drop_where(lambda _, said: said.asker == asker)
        self._turns.drop_where(lambda key, _: key[0] == asker)

    def keep(self, request: Request) -> str:
        """Remember a request and give the digest by which it is found again."""
        digest = hashlib.blake2b(str(request).encode(), digest_size=8).hexdigest()
        self._requests.put(digest, request)
        return digest

    def request(self, digest: str) -> Request | None:
        """The request of a digest."""
        return self._requests.get(digest)

    def first_time(self, deed: Hashable) -> bool:
        """Whether this is done for the first time, as far as is remembered: a double click is one deed."""
        if self._done.get(deed):
            return False
        self._done.put(deed, value=True)
        return True

    def undo(self, deed: Hashable) -> None:
        """It was not done after all."""
        self._done.drop(deed)
