"""`daybeat collect`: events in, at any rate, and into the queue. It has no database to wait for."""

from daybeat.bootstrap.activity.collecting import build_collect
from daybeat.bootstrap.settings import load_settings
from daybeat.services.process import answer, prepare


def run() -> None:
    """Run until told to stop."""
    settings = load_settings("collect")
    prepare(settings)
    answer(build_collect(settings), settings)
