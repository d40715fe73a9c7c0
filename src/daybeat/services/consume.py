"""`daybeat consume`: facts from RabbitMQ to everything that follows them."""

from daybeat.bootstrap.roles import build_consume
from daybeat.services.process import run_shared


def run() -> None:
    """Run until told to stop."""
    run_shared("consume", build_consume)
