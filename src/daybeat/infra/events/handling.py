"""Handling facts once: receipt, effect and what it leads to in one transaction.

A fact that cannot be handled goes to quarantine and the next one follows. A database that is away is no fault of the
fact: everything is taken back and tried again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import structlog
from sqlalchemy import Column, String, Table, Uuid, delete, insert, select
from sqlalchemy.exc import InterfaceError, OperationalError

from daybeat.infra.db.schema import Instant, metadata
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.infra.db.upsert import put_new
from daybeat.infra.events import quarantine
from daybeat.infra.events.codec import decode
from daybeat.infra.events.subscriptions import Subscriber

log = structlog.get_logger()

INFRASTRUCTURE = (OperationalError, InterfaceError)  # the database is away, which is no fault of the fact
RECEIPTS_KEPT_FOR = timedelta(days=30)

inbox = Table(
    "inbox",
    metadata,
    Column("subscriber", String(80), primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    Column("handled_at", Instant, nullable=False, index=True),
)

_RECEIVED = insert(inbox)


class Fact(Protocol):
    """What a subscriber is told: a row of the log, or a message that says the same."""

    @property
    def id(self) -> UUID: ...
    @property
    def type(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def user_id(self) -> UUID: ...
    @property
    def user_seq(self) -> int: ...
    @property
    def occurred_at(self) -> datetime: ...
    @property
    def data(self) -> dict[str, Any]: ...
    @property
    def correlation_id(self) -> str: ...


def handle(subscriber: Subscriber, facts: Sequence[Fact], uow: UnitOfWork) -> None:
    """Handle facts in order, each of them once however often it comes."""
    uow.in_turn_of(subscriber.name, *(fact.user_id for fact in facts if subscriber.in_turn))
    if not _handle_together(subscriber, facts, uow):
        new = _not_handled(subscriber, facts, uow)
        # After a crash the whole of what was handed out comes again, and most of it is new: one by one is slow.
        if len(new) == len(facts) or not _handle_together(subscriber, new, uow):
            for fact in new:
                _handle_once(subscriber, fact, uow)


def handle_again(subscriber: Subscriber, fact: Fact, uow: UnitOfWork) -> None:
    """Hand one fact to the subscriber, as a consequence of that fact."""
    event = decode(fact.type, fact.version, fact.user_id, fact.data)
    uow.origin = Origin(correlation_id=fact.correlation_id, causation_id=fact.id)
    subscriber.handlers[type(event)](event, uow)


def forget_receipts(subscriber: Subscriber, uow: UnitOfWork) -> None:
    """Let the subscriber be told everything again."""
    uow.connection.execute(delete(inbox).where(inbox.c.subscriber == subscriber.name))


def forget_old_receipts(uow: UnitOfWork) -> None:
    """Drop receipts of facts that nobody delivers any more."""
    uow.connection.execute(delete(inbox).where(inbox.c.handled_at < uow.now - RECEIPTS_KEPT_FOR))


def _handle_together(subscriber: Subscriber, facts: Sequence[Fact], uow: UnitOfWork) -> bool:
    """Try the common case: all are new and all can be handled. Otherwise nothing of it happened."""
    if not facts:
        return True
    try:
        with uow.attempt():
            uow.connection.execute(_RECEIVED, [_receipt(subscriber, fact, uow) for fact in facts])
            for fact in facts:
                handle_again(subscriber, fact, uow)
            uow.finish()
    except INFRASTRUCTURE:
        raise
    except Exception:  # noqa: BLE001 - which one it was is found out one by one
        return False
    return True


def _not_handled(subscriber: Subscriber, facts: Sequence[Fact], uow: UnitOfWork) -> list[Fact]:
    by_id = {fact.id: fact for fact in facts}
    ours = (inbox.c.subscriber == subscriber.name) & inbox.c.event_id.in_(by_id)
    for event_id in uow.connection.execute(select(inbox.c.event_id).where(ours)).scalars():
        del by_id[event_id]
    return list(by_id.values())


def _handle_once(subscriber: Subscriber, fact: Fact, uow: UnitOfWork) -> None:
    """Handle one fact unless it was handled before; set it aside when it cannot be handled."""
    if not put_new(uow.connection, inbox, _receipt(subscriber, fact, uow)):
        return
    try:
        with uow.attempt():
            handle_again(subscriber, fact, uow)
            uow.finish()
    except INFRASTRUCTURE:
        raise
    except Exception as failure:  # noqa: BLE001 - a fact nobody foresaw must not stop the others either
        _set_aside(subscriber, fact, failure, uow)


def _set_aside(subscriber: Subscriber, fact: Fact, failure: Exception, uow: UnitOfWork) -> None:
    told = {"subscriber": subscriber.name, "fact": fact.type, "fact_id": str(fact.id)}
    log.error("event set aside", **told, correlation_id=fact.correlation_id, exc_info=failure)
    content = {"type": fact.type, "user_seq": fact.user_seq, "data": fact.data}
    quarantine.set_aside(
        uow, reader=subscriber.name, reference=str(fact.id), content=content, error=failure, user_id=fact.user_id
    )


def _receipt(subscriber: Subscriber, fact: Fact, uow: UnitOfWork) -> dict[str, Any]:
    return {"subscriber": subscriber.name, "event_id": fact.id, "handled_at": uow.now}
