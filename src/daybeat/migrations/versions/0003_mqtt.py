"""MQTT: devices, and what the broker is to keep."""

import sqlalchemy as sa
from alembic import op

from daybeat.infra.db.schema import Instant

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "mqtt_listeners",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_mqtt_listeners")),
    )
    op.create_table(
        "mqtt_retained",
        sa.Column("topic", sa.String(160), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("topic", name=op.f("pk_mqtt_retained")),
    )
    op.create_index(op.f("ix_mqtt_retained_user_id"), "mqtt_retained", ["user_id"])
    op.create_index(op.f("ix_mqtt_retained_waiting"), "mqtt_retained", ["waiting"])
    op.create_index(op.f("ix_mqtt_retained_changed_at"), "mqtt_retained", ["changed_at"])
    op.create_table(
        "mqtt_devices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("username", sa.String(40), nullable=False),
        sa.Column("client_id", sa.String(40), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.Column("applied_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mqtt_devices")),
        sa.UniqueConstraint("username", name=op.f("uq_mqtt_devices_username")),
        sa.UniqueConstraint("client_id", name=op.f("uq_mqtt_devices_client_id")),
    )
    op.create_index(op.f("ix_mqtt_devices_user_id"), "mqtt_devices", ["user_id"])
    op.create_index(op.f("ix_mqtt_devices_applied_at"), "mqtt_devices", ["applied_at"])
    op.create_table(
        "habit_turns",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("begin", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_habit_turns")),
    )
    op.create_index(op.f("ix_habit_turns_due_at"), "habit_turns", ["due_at"])
