"""Activity in figures."""

from prometheus_client import CollectorRegistry, Counter, Histogram

BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 4)


class IntakeFigures:
    """What comes in."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.accepted = Counter("daybeat_activity_accepted_total", "Events answered with 202.", registry=registry)
        self.shed = Counter("daybeat_activity_shed_total", "Events refused because too many wait.", registry=registry)
        self.refused = Counter("daybeat_activity_refused_total", "Requests refused.", ["status"], registry=registry)
        self.writing = Histogram(
            "daybeat_activity_confirm_seconds",
            "Until the queue or the table had a write.",
            buckets=BUCKETS,
            registry=registry,
        )


class RecorderFigures:
    """What is stored."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.recorded = Counter(
            "daybeat_activity_recorded_total", "Events stored, or there already.", registry=registry
        )
        self.refused = Counter("daybeat_activity_set_aside_total", "What was no event.", registry=registry)
        self.storing = Histogram(
            "daybeat_activity_store_seconds", "Until a batch was stored.", buckets=BUCKETS, registry=registry
        )
