"""What MQTT does, in figures."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5)


class MqttFigures:
    """Counters of the gateway, and of who was turned away."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.messages = Counter(
            "daybeat_mqtt_messages_total",
            "Messages from devices: stored, refused, set_aside or dropped.",
            ["outcome"],
            registry=registry,
        )
        self.denials = Counter(
            "daybeat_mqtt_denials_total", "Questions of brokers answered with no.", ["question"], registry=registry
        )
        self.connected = Gauge("daybeat_mqtt_connected", "1 while a broker is connected.", registry=registry)
        self.handling = Histogram(
            "daybeat_mqtt_handling_seconds",
            "From a message's arrival to its acknowledgement.",
            buckets=BUCKETS,
            registry=registry,
        )
        self.publishing = Histogram(
            "daybeat_mqtt_publish_seconds",
            "From publishing to the broker's acknowledgement.",
            buckets=BUCKETS,
            registry=registry,
        )
