"""How often who may ask: token buckets for a member, a server and the whole bot; knows no Discord and keeps no name."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

MOST_BUCKETS = (
    10_000  # members and servers that are remembered; beyond, the one that has been quiet longest is forgotten
)


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` questions at once, and one more every `seconds`."""

    burst: int
    seconds: float

    @classmethod
    def per_minute(cls, questions: int) -> "Rate":
        """As many questions a minute, all of them at once if need be."""
        return cls(questions, 60 / questions)


@dataclass(slots=True)
class _Bucket:
    """`left` questions at the time `seen`; it fills up by itself."""

    left: float
    seen: float


@dataclass(slots=True)
class Limits:
    """Counts questions in memory only, so a restart forgives everything."""

    member: Rate
    server: Rate
    everybody: Rate
    clock: Callable[[], float] = time.monotonic
    _buckets: "OrderedDict[Hashable, _Bucket]" = field(default_factory=OrderedDict)

    def take(self, member: int, server: int | None) -> float:
        """Count one question: 0 where it may be asked, else the seconds until it may; a refused one costs nothing."""
        now = self.clock()
        wanted = [(("all",), self.everybody), (("member", member), self.member)]
        if server is not None:
            wanted.append((("server", server), self.server))
        buckets = [(self._filled(key, rate, now), rate) for key, rate in wanted]
        wait = max([0.0 if bucket.left >= 1 else (1 - bucket.left) * rate.seconds for bucket, rate in buckets])
        if wait == 0:
            for bucket, _ in buckets:
                bucket.left -= 1
        return wait

    def _filled(self, key: Hashable, rate: Rate, now: float) -> _Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(rate.burst, now)
            while len(self._buckets) > MOST_BUCKETS:
                self._buckets.popitem(last=False)
        elif now > bucket.seen:  # a clock that was set back fills nothing
            bucket.left = min(rate.burst, bucket.left + (now - bucket.seen) / rate.seconds)
        bucket.seen = now
        self._buckets.move_to_end(key)
        return bucket
