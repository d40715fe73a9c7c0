"""`daybeat record`: events from the queue into their table, acknowledged after the commit."""

from daybeat.bootstrap.activity.recording import build_record
from daybeat.bootstrap.settings import load_settings
from daybeat.services.process import answer, prepare


def run() -> None:
    """Run until told to stop."""
    settings = load_settings("record")
    prepare(settings)
    answer(build_record(settings), settings)
