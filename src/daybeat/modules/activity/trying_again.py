"""Looking once more at what was set aside."""

from functools import partial
from uuid import UUID

from sqlalchemy import Connection

from daybeat.modules.activity.event import ActivityEvent, EventRefused
from daybeat.modules.activity.messages import read_message
from daybeat.modules.activity.refused import take_refused
from daybeat.modules.activity.store import ActivityStore


async def store_again(store: ActivityStore, refused_id: UUID) -> None:
    """Store what is an event by now, in the commit that takes it from what was set aside. EventRefused: it is none."""
    await store.write(partial(_store_again, store=store, refused_id=refused_id))


def _store_again(connection: Connection, store: ActivityStore, refused_id: UUID) -> None:
    contents = read_message(take_refused(connection, refused_id).body, store.now())
    if contents.bad:
        raise EventRefused(contents.bad[0].reason)
    store.insert(connection, [_named(event, refused_id) for _, event in contents.events])


def _named(event: ActivityEvent, refused_id: UUID) -> ActivityEvent:
    if event.event_id is None:
        event.event_id = refused_id
    return event
