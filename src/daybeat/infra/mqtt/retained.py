"""What the broker is to keep for a user's devices: wanted here, published by the gateway until the broker has it.

A row says what a topic should hold. Changing it in a unit of work is part of that commit; the gateway publishes what
is not published yet, as often as it takes. Nothing is kept for users without a device.

A cleared topic keeps its row for a day: a broker that comes back with an older memory has to be told again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    select,
    update,
)

from daybeat.infra.db.schema import Instant, metadata
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import insert_on, put_new
from daybeat.infra.mqtt.routes import topic_of

NEWS = "mqtt.retained"
"""The hint that something waits to be published."""
CLEARED_KEPT_FOR = timedelta(days=1)

mqtt_listeners = Table("mqtt_listeners", metadata, Column("user_id", Uuid, primary_key=True))

mqtt_retained = Table(
    "mqtt_retained",
    metadata,
    Column("topic", String(160), primary_key=True),
    Column("user_id", Uuid, nullable=False, index=True),
    Column("payload", LargeBinary, nullable=False),  # empty: the topic is to be cleared
    Column("version", Integer, nullable=False),
    Column("waiting", Boolean, nullable=False, index=True),
    Column("changed_at", Instant, nullable=False, index=True),
)

_WAITING = select(mqtt_retained).where(mqtt_retained.c.waiting.is_(True)).limit(bindparam("most"))
_PUBLISHED = (
    update(mqtt_retained)
    .where(mqtt_retained.c.topic == bindparam("the_topic"), mqtt_retained.c.version == bindparam("the_version"))
    .values(waiting=False)
)
_CLEAR = (
    update(mqtt_retained)
    .where(mqtt_retained.c.topic == bindparam("the_topic"), mqtt_retained.c.payload != b"")
    .values(payload=b"", version=mqtt_retained.c.version + 1, waiting=True, changed_at=bindparam("now"))
)
"""A topic that holds nothing is not cleared again: devices would hear the empty message."""
_LISTENS = select(mqtt_listeners.c.user_id).where(mqtt_listeners.c.user_id == bindparam("user"))


def listens(connection: Connection, user_id: UUID) -> bool:
    """Tell whether the user has anything that could hear."""
    return connection.execute(_LISTENS, {"user": user_id}).first() is not None


def begin_listening(uow: UnitOfWork, user_id: UUID) -> None:
    put_new(uow.connection, mqtt_listeners, {"user_id": user_id})


def stop_listening(uow: UnitOfWork, user_id: UUID) -> None:
    """Publish nothing for the user any more, and clear what the broker keeps."""
    uow.connection.execute(delete(mqtt_listeners).where(mqtt_listeners.c.user_id == user_id))
    kept = mqtt_retained.c.user_id == user_id
    cleared = {"payload": b"", "version": mqtt_retained.c.version + 1, "waiting": True, "changed_at": uow.now}
    uow.connection.execute(update(mqtt_retained).where(kept).values(cleared))
    uow.hint(NEWS)


def want(uow: UnitOfWork, user_id: UUID, tail: str, payload: bytes) -> None:
    """Say what a topic of the user's should hold from this commit on; empty clears it."""
    if not listens(uow.connection, user_id):
        return
    topic = topic_of(user_id, tail)
    if payload:
        row = {"topic": topic, "user_id": user_id, "payload": payload, "version": 1}
        uow.connection.execute(_want(uow.connection.dialect.name), {**row, "waiting": True, "changed_at": uow.now})
    else:
        uow.connection.execute(_CLEAR, {"the_topic": topic, "now": uow.now})
    uow.hint(NEWS)


def waiting(connection: Connection, limit: int) -> list[Row[Any]]:
    """List what the broker does not have yet."""
    return list(connection.execute(_WAITING, {"most": limit}).all())


def published(uow: UnitOfWork, rows: Sequence[Row[Any]]) -> None:
    """Note that the broker has these versions; what was changed since goes on waiting."""
    uow.connection.execute(_PUBLISHED, [{"the_topic": row.topic, "the_version": row.version} for row in rows])


def publish_again(uow: UnitOfWork, since: datetime | None = None) -> None:
    """Publish once more what changed since an instant, or everything: the broker may have forgotten it."""
    again = update(mqtt_retained).values(waiting=True)
    if since is not None:
        again = again.where(mqtt_retained.c.changed_at >= since)
    uow.connection.execute(again)
    uow.hint(NEWS)


def forget_cleared(uow: UnitOfWork) -> None:
    """Drop the rows of topics that were cleared long ago."""
    long_ago = mqtt_retained.c.changed_at < uow.now - CLEARED_KEPT_FOR
    cleared = (mqtt_retained.c.payload == b"") & mqtt_retained.c.waiting.is_(False)
    uow.connection.execute(delete(mqtt_retained).where(cleared, long_ago))


@cache
def _want(dialect: str) -> Any:
    statement = insert_on(dialect, mqtt_retained)
    changed = {name: statement.excluded[name] for name in ("payload", "waiting", "changed_at")}
    changed["version"] = mqtt_retained.c.version + 1
    return statement.on_conflict_do_update(index_elements=["topic"], set_=changed)
