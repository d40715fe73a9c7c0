"""`daybeat mood-sender`: two pictures and the queue. It has no database and no way to read."""

from daybeat.bootstrap.settings import load_settings
from daybeat.bootstrap.wall import build_sender
from daybeat.services.process import answer, prepare


def run() -> None:
    """Run until told to stop."""
    settings = load_settings("mood-sender")
    prepare(settings)
    answer(build_sender(settings), settings)
