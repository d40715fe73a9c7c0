"""`daybeat notify`: facts from RabbitMQ to the people they are about, and what they answer in their chats."""

from daybeat.bootstrap.roles import build_notify
from daybeat.services.process import run_shared


def run() -> None:
    """Run until told to stop."""
    run_shared("notify", build_notify)
