"""What is counted while the bot runs, for Prometheus: numbers and fixed labels only, never a name or a question."""

import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.model.answer import Status

SURFACES = ("command", "direct", "mention", "menu", "button")
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Metrics:
    """One bot's counters, in a registry of its own; safe to update from any thread."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self.registry = CollectorRegistry()
        self._answers = Counter(
            "whoswho_answers", "Answers given.", ("surface", "status"), registry=self.registry
        )  # fmt: skip
        self._latency = Histogram(
            "whoswho_answer_seconds",
            "From the question's arrival to its reply.",
            ("surface",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._reloads = Counter("whoswho_reloads", "Reloads of the knowledge.", ("outcome",), registry=self.registry)
        self._reload_seconds = Gauge("whoswho_reload_seconds", "How long the last reload took.", registry=self.registry)
        self._snapshots = Counter(
            "whoswho_snapshots", "Snapshots come into force, whoever loaded or restored them.", registry=self.registry
        )
        self._built = 0.0
        age = Gauge("whoswho_snapshot_age_seconds", "How old what is answered from is.", registry=self.registry)
        age.set_function(lambda: max(0.0, self._clock() - self._built) if self._built else float("nan"))
        self._facts = Gauge("whoswho_facts", "Facts that can be told.", registry=self.registry)
        self._connected = Gauge("whoswho_gateway_connected", "1 while Discord can be heard.", registry=self.registry)
        self._gaps = Counter(
            "whoswho_gaps", "Questions that no document answers.", ("reason",), registry=self.registry
        )  # fmt: skip
        self._failures = Counter(
            "whoswho_failures", "Questions that ended in an error of ours.", ("surface",), registry=self.registry
        )
        for surface in SURFACES:  # so that a rate can be taken from the first answer on
            for status in Status:
                self._answers.labels(surface, status.value)

    def answered(self, surface: str, status: Status, seconds: float) -> None:
        """Count one answer."""
        self._answers.labels(surface, status.value).inc()
        self._latency.labels(surface).observe(seconds)

    def lacked(self, reason: str) -> None:
        """Count a gap; `reason` is which "no" was the answer."""
        self._gaps.labels(reason).inc()

    def failed(self, surface: str) -> None:
        """Count a question that ended in an error of ours."""
        self._failures.labels(surface).inc()

    def reloaded(self, seconds: float, *, swapped: bool) -> None:
        """Count a reload; `swapped` is False where the old snapshot stayed."""
        self._reloads.labels("swapped" if swapped else "stayed").inc()
        self._reload_seconds.set(seconds)

    def answering_from(self, built: float, facts: int) -> None:
        """Note the snapshot in force: when it was built, in seconds since 1970, and how many facts it holds."""
        if self._built not in (0.0, built):  # a load from the command line is seen here alone
            self._snapshots.inc()
        self._built = built
        self._facts.set(facts)

    def connected(self, known: Callable[[], bool]) -> None:
        """Take whom to ask whether Discord can be heard."""
        self._connected.set_function(lambda: float(known()))

    def exposition(self) -> bytes:
        """Everything, in the text form that Prometheus reads."""
        return generate_latest(self.registry)
