"""MQTT: devices, and what the broker is to keep."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    pass
