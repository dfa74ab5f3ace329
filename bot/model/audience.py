"""Who may see what is not for everybody: audiences as a maintainer defines them, and who asks; looks nobody up."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import combinations

Names = frozenset[str]
Limits = tuple[tuple[str, ...], ...]  # one of the audiences of each; empty: everybody
NOBODY: Limits = ((),)  # but whoever runs the bot: what it is limited to cannot be told


@dataclass(frozen=True, slots=True)
class Audience:
    """The members of one server who hold one of these roles; no role: all its members."""

    server: int
    roles: tuple[str, ...] = ()  # ids, or names as they are written

    def holds(self, other: "Audience") -> bool:
        """Whether everybody in another audience is in this one too."""
        if self.server != other.server:
            return False
        return not self.roles or (bool(other.roles) and set(other.roles) <= set(self.roles))


@dataclass(frozen=True, slots=True)
class Membership:
    """What somebody is in one server; whoever manages it is in every audience of it."""

    server: int
    roles: frozenset[str] = frozenset()  # ids and names
    manages: bool = False


@dataclass(frozen=True, slots=True)
class Asker:
    """Whom an answer is for; by default everybody, as for an answer that others can read."""

    memberships: tuple[Membership, ...] = ()
    named: Names = frozenset()  # audiences that somebody at the machine asks for
    everything: bool = False  # also what is limited to nobody: for whoever runs the bot


EVERYBODY = Asker()
OPERATOR = Asker(everything=True)


@dataclass(frozen=True, slots=True)
class Audiences:
    """The audiences of some knowledge, by name."""

    defined: Mapping[str, Audience] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.defined)

    @property
    def servers(self) -> frozenset[int]:
        """The servers whose members see more than others."""
        return frozenset(audience.server for audience in self.defined.values())

    def of(self, asker: Asker) -> Names:
        """The audiences somebody is in."""
        if asker.everything:
            return frozenset(self.defined)
        members = asker.memberships
        found = {name for name, audience in self.defined.items() if any(_is_in(one, audience) for one in members)}
        return self.closed(found | asker.named)

    def views(self) -> Iterator[Names]:
        """Every set of audiences that somebody can be in, nobody's first."""
        names = sorted(self.defined)
        for size in range(len(names) + 1):
            for chosen in map(frozenset, combinations(names, size)):
                if self.closed(chosen) == chosen:
                    yield chosen

    def only(self, names: Iterable[str]) -> "Audiences":
        """Those of these names."""
        wanted = {*names}
        return Audiences({name: audience for name, audience in self.defined.items() if name in wanted})

    def to_text(self) -> str:
        """For a snapshot, which keeps by which audiences it was built."""
        return json.dumps({name: asdict(audience) for name, audience in sorted(self.defined.items())})

    @classmethod
    def of_text(cls, text: str) -> "Audiences":
        """The audiences of a snapshot."""
        said = json.loads(text or "{}")
        return cls({name: Audience(one["server"], tuple(one["roles"])) for name, one in said.items()})

    def closed(self, names: Iterable[str]) -> Names:
        """These, as far as they are defined, with those that hold everybody who is in one of them."""
        inside = [self.defined[name] for name in names if name in self.defined]
        return frozenset(name for name, wider in self.defined.items() if any(wider.holds(one) for one in inside))


def allows(limits: Limits, names: Names) -> bool:
    """Whether what has these limits may be seen by somebody who is in these audiences."""
    return all(any(name in names for name in clause) for clause in limits)


def limits_to_text(limits: Limits) -> str:
    """Limits for a column; empty where there are none."""
    return json.dumps(limits) if limits else ""


def limits_of_text(text: str) -> Limits:
    """Limits from a column."""
    return tuple(tuple(clause) for clause in json.loads(text)) if text else ()


def _is_in(member: Membership, audience: Audience) -> bool:
    if member.server != audience.server:
        return False
    return member.manages or not audience.roles or any(role in member.roles for role in audience.roles)
