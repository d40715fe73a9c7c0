"""`daybeat relay`: what was committed goes to RabbitMQ, confirmed."""

from daybeat.bootstrap.roles import build_relay
from daybeat.services.process import run_shared


def run() -> None:
    """Run until told to stop."""
    run_shared("relay", build_relay)
