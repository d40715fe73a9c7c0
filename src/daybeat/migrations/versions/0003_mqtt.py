"""MQTT: devices, and what the broker is to keep."""

import sqlalchemy as sa
from alembic import op

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
        sa.PrimaryKeyConstraint("topic", name=op.f("pk_mqtt_retained")),
    )
    op.create_index(op.f("ix_mqtt_retained_user_id"), "mqtt_retained", ["user_id"])
    op.create_index(op.f("ix_mqtt_retained_waiting"), "mqtt_retained", ["waiting"])
