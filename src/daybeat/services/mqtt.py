"""`daybeat mqtt`: prompts to devices and their answers to the database."""

from daybeat.bootstrap.roles import build_mqtt
from daybeat.services.process import run_shared


def run() -> None:
    """Run until told to stop."""
    run_shared("mqtt", build_mqtt)
