"""What a run of faults came to; printed as one line, and empty of `bad` when all went as promised."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Counts by what happened; `bad` describes everything that must not happen."""

    name: str
    rounds: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    measured: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)

    def note(self, what: str) -> None:
        """Count one more of these."""
        self.counts[what] = self.counts.get(what, 0) + 1

    def __str__(self) -> str:
        counted = [f"{count} {what}" for what, count in sorted(self.counts.items())]
        return "; ".join([f"{self.name}: {self.rounds} rounds, {len(self.bad)} bad", *counted, *self.measured])
