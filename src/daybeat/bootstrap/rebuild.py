"""Rebuilding read models from the event log."""

from collections.abc import Callable
from functools import partial

from daybeat.bootstrap.readers import KEPT, SUBSCRIBERS
from daybeat.infra.db.embedded import EmbeddedStore
from daybeat.infra.events.delivery import deliver_batch, start_over
from daybeat.infra.events.log import newest_seq

Progress = Callable[[int, int], None]


def names() -> list[str]:
    """Name everything that can be rebuilt."""
    return [*(each.name for each in SUBSCRIBERS if each.replayed), *(each.name for each in KEPT)]


def rebuild(store: EmbeddedStore, name: str, progress: Progress) -> None:
    """Drop one read model and read the log again from its first fact."""
    for kept in KEPT:
        if kept.name == name:
            store.write_now(kept.drop)
            progress(1, 1)
    for subscriber in SUBSCRIBERS:
        if subscriber.name == name and subscriber.replayed:
            total, done = store.read_now(newest_seq), 0
            store.write_now(partial(start_over, subscriber))
            while read := store.write_now(partial(deliver_batch, subscriber)):
                done += read
                progress(done, max(total, done))
