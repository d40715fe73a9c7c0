"""What `/metrics` says about notifications."""

from prometheus_client import CollectorRegistry, Counter


class DeliveryFigures:
    """Counts messages by the kind of their channel."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.sent = Counter("daybeat_notifications_sent", "Messages that went out.", ["channel"], registry=registry)
        self.troubles = Counter(
            "daybeat_notifications_troubles",
            "Messages that did not get through: later, refused or gone.",
            ["channel", "kind"],
            registry=registry,
        )
