"""Moods and the prompts that ask for them."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    pass
