"""What becomes true, in figures: facts by kind, and how long a fact is on its way to those who listen."""

from collections.abc import Sequence
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram

from daybeat.infra.db.unit_of_work import StoredEvent
from daybeat.kit.clock import Clock

BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5)


class FactFigures:
    """Counts facts when they are committed and times them when they are handed to open sockets."""

    def __init__(self, registry: CollectorRegistry, clock: Clock) -> None:
        self._clock = clock
        self._facts = Counter("daybeat_facts_total", "Committed events by type.", ["type"], registry=registry)
        self._live = Histogram(
            "daybeat_live_seconds", "From the unit of work to the open sockets.", buckets=BUCKETS, registry=registry
        )

    def on_commit(self, facts: Sequence[StoredEvent]) -> None:
        for fact in facts:
            self._facts.labels(fact.event.name).inc()

    def handed_out(self, fact: StoredEvent) -> None:
        self.heard(fact.occurred_at)

    def heard(self, recorded_at: datetime) -> None:
        """Note when a fact that was recorded then reached open sockets."""
        self._live.observe((self._clock.now() - recorded_at).total_seconds())
