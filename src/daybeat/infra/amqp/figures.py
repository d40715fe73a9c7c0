"""What goes to the broker and comes from it, in figures."""

from prometheus_client import CollectorRegistry, Counter, Histogram

BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 4)


class RelayFigures:
    """What the relay does."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.relayed = Counter("daybeat_relayed_total", "Facts and messages the broker confirmed.", registry=registry)
        self.confirming = Histogram(
            "daybeat_confirm_seconds", "Until the broker confirmed a batch.", buckets=BUCKETS, registry=registry
        )


class ConsumerFigures:
    """What consumers do."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.handled = Counter("daybeat_consumed_total", "Messages acknowledged.", ["reader"], registry=registry)
        self.again = Counter("daybeat_redelivered_total", "Messages that came again.", ["reader"], registry=registry)
        self.waits = Counter("daybeat_consumer_waits_total", "Batches taken back.", ["reader"], registry=registry)
