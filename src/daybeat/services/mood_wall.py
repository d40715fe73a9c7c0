"""`daybeat mood-wall`: counts the moods in the queue and shows them."""

from daybeat.bootstrap.wall import build_wall
from daybeat.services.process import run_shared


def run() -> None:
    """Run until told to stop."""
    run_shared("mood-wall", build_wall)
