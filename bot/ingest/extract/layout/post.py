"""The fields that one entry of a section can have, and the order its section keeps them in; finds none of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.ingest.extract.layout.degrees import Degree
from bot.ingest.extract.layout.entries import Line
from bot.ingest.extract.layout.segments import Segment


@dataclass(slots=True)
class Post:
    """The fields of one entry. `sure` is False where the organisation is only what was left."""

    organization: str = ""
    role: str = ""
    department: str = ""
    location: str = ""
    degrees: list[Degree] = field(default_factory=list)
    honour: str = ""
    slanted: str = ""
    left: list[Segment] = field(default_factory=list)  # segments that were not understood
    names: list[Segment] = field(default_factory=list)  # among them those that may be organisations
    further: list[Segment] = field(default_factory=list)  # other schools of the same entry
    line: Line | None = None  # where the organisation stands
    role_line: Line | None = None
    sure: bool = True
    told: bool = False  # the header of its table, or a label, says which is which
    role_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Custom:
    """What the other entries of a section do: whether the role stands before the organisation."""

    role_first: bool | None = None


def custom_of(posts: Iterable[Post]) -> Custom:
    """The order that nearly all entries share of which it is known."""
    votes = Counter(post.role_first for post in posts if post.sure and post.role_first is not None)
    if not votes:
        return Custom()
    (order, count), total = votes.most_common(1)[0], sum(votes.values())
    return Custom(order if count >= 0.8 * total else None)
