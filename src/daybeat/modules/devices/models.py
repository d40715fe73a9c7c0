"""The table of devices. No secret stands in it."""

from sqlalchemy import Column, String, Table, Uuid

from daybeat.infra.db.schema import Instant, metadata

devices = Table(
    "mqtt_devices",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False, index=True),
    Column("name", String(100), nullable=False),
    Column("username", String(40), nullable=False, unique=True),
    Column("client_id", String(40), nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("removed_at", Instant),  # without rights from now on; the row goes when the broker knows
    Column("applied_at", Instant, index=True),  # since when the broker knows how things are
)
