"""The wall: its queue, its counts."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    pass
