"""Rebuilding read models from the event log."""

from collections.abc import Callable
from functools import partial

from daybeat.bootstrap.core import Core
from daybeat.bootstrap.readers import KEPT, SUBSCRIBERS
from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.infra.events.delivery import deliver_batch, start_over
from daybeat.infra.events.handling import handle
from daybeat.infra.events.log import facts_after, newest_seq
from daybeat.infra.events.subscriptions import Subscriber

Progress = Callable[[int, int], None]


def names() -> list[str]:
    """Name everything that can be rebuilt."""
    return [*(each.name for each in SUBSCRIBERS if each.replayed), *(each.name for each in KEPT)]


def rebuild(core: Core, name: str, progress: Progress) -> None:
    """Drop one read model and read the log again from its first fact."""
    for kept in KEPT:
        if kept.name == name:
            core.store.write_now(kept.drop)
            progress(1, 1)
    for subscriber in SUBSCRIBERS:
        if subscriber.name == name and subscriber.replayed:
            again = _replay if core.settings.is_embedded else _replay_at_once
            again(core, subscriber, progress)


def _replay(core: Core, subscriber: Subscriber, progress: Progress) -> None:
    store: Store = core.store
    total, done = store.read_now(newest_seq), 0
    store.write_now(partial(start_over, subscriber))
    while read := store.write_now(partial(_deliver_quietly, subscriber)):
        done += read
        progress(done, max(total, done))


def _deliver_quietly(subscriber: Subscriber, uow: UnitOfWork) -> int:
    """Read on without telling anybody: what followed from these facts was told when they were new."""
    read = deliver_batch(subscriber, uow)
    uow.events.clear()
    return read


def _replay_at_once(core: Core, subscriber: Subscriber, progress: Progress) -> None:
    """Replay in one transaction that has the subscriber's turn.

    Its consumer waits meanwhile; what then comes from the queue has a receipt already, or comes after all of this.
    """
    with core.store.engine.begin() as connection:
        uow = UnitOfWork(connection, core.clock.now(), Origin())
        uow.in_turn_of(subscriber.name)
        total = newest_seq(connection)
        start_over(subscriber, uow)
        position = 0
        while facts := facts_after(connection, position, [kind.name for kind in subscriber.handlers]):
            handle(subscriber, facts, uow)
            position = facts[-1].seq
            progress(position, max(total, position))
