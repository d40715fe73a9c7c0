"""What the broker is to keep for a user's devices: wanted here, published by the gateway until the broker has it.

A row says what a topic should hold. Changing it in a unit of work is part of that commit; the gateway publishes what
is not published yet, as often as it takes. Nothing is kept for users without a device.
"""

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

from daybeat.infra.db.schema import metadata
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import insert_on, put_new
from daybeat.infra.mqtt.routes import topic_of

mqtt_listeners = Table("mqtt_listeners", metadata, Column("user_id", Uuid, primary_key=True))

mqtt_retained = Table(
    "mqtt_retained",
    metadata,
    Column("topic", String(160), primary_key=True),
    Column("user_id", Uuid, nullable=False, index=True),
    Column("payload", LargeBinary, nullable=False),  # empty: the topic is to be cleared
    Column("version", Integer, nullable=False),
    Column("waiting", Boolean, nullable=False, index=True),
)

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
    cleared = {"payload": b"", "version": mqtt_retained.c.version + 1, "waiting": True}
    uow.connection.execute(update(mqtt_retained).where(kept).values(cleared))


def want(uow: UnitOfWork, user_id: UUID, tail: str, payload: bytes) -> None:
    """Say what a topic of the user's should hold from this commit on; empty clears it."""
    if not listens(uow.connection, user_id):
        return
    row = {"topic": topic_of(user_id, tail), "user_id": user_id, "payload": payload, "version": 1, "waiting": True}
    statement = insert_on(uow.connection.dialect.name, mqtt_retained)
    changed = {"payload": statement.excluded.payload, "version": mqtt_retained.c.version + 1, "waiting": True}
    uow.connection.execute(statement.on_conflict_do_update(index_elements=["topic"], set_=changed), row)


def waiting(connection: Connection, limit: int) -> list[Row[Any]]:
    """List what the broker does not have yet."""
    query = select(mqtt_retained).where(mqtt_retained.c.waiting.is_(True)).limit(limit)
    return list(connection.execute(query).all())


def published(uow: UnitOfWork, topic: str, version: int) -> None:
    """Note that the broker has this version; a cleared topic needs no row any more."""
    same = (mqtt_retained.c.topic == topic) & (mqtt_retained.c.version == version)
    uow.connection.execute(update(mqtt_retained).where(same).values(waiting=False))
    uow.connection.execute(delete(mqtt_retained).where(same, mqtt_retained.c.payload == b""))


def publish_again(uow: UnitOfWork) -> None:
    """Publish everything once more: a broker came back without its memory."""
    uow.connection.execute(update(mqtt_retained).values(waiting=True))
