"""Trying again what was set aside."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import select

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events import quarantine
from daybeat.infra.events.handling import handle_again as handle_fact_again
from daybeat.infra.events.log import event_log
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.infra.jobs.table import Task
from daybeat.infra.mqtt.routes import Route
from daybeat.infra.mqtt.set_aside import DOOR, take_again
from daybeat.infra.queues.delivery import QUEUE, QueueReader, handle_again
from daybeat.infra.readable import as_bytes
from daybeat.kit.errors import NotFound

JOB = "job:"

Again = Callable[[Any, UnitOfWork], None]
NOTHING_ELSE: Mapping[str, Again] = MappingProxyType({})


def retry(
    item_id: UUID,
    subscribers: Sequence[Subscriber],
    tasks: Mapping[str, Task],
    uow: UnitOfWork,
    queue_readers: Sequence[QueueReader] = (),
    doors: Sequence[Route] = (),
    others: Mapping[str, Again] = NOTHING_ELSE,
) -> None:
    """Handle one item now and forget it. What fails again raises, and the item stays.

    `others` take what came in by ways of their own, by the name of their reader.
    """
    item = quarantine.find_set_aside(uow.connection, item_id)
    if item is None:
        raise NotFound
    if item.reader.startswith(JOB):
        tasks[item.reader.removeprefix(JOB)](uow, item.content)
    elif item.reader.startswith(QUEUE):
        name = item.reader.removeprefix(QUEUE)
        handle_again(next(each for each in queue_readers if each.name == name), item.content, uow)
    elif item.reader.startswith(DOOR):
        take_again(doors, item.user_id, item.content, uow)
    elif item.reader in others:
        others[item.reader](item.content, uow)
    elif item.reader.startswith(quarantine.MESSAGE):
        # The client library is only loaded where there is a broker.
        from daybeat.infra.amqp.subscribers import take_again as read_again

        name = item.reader.removeprefix(quarantine.MESSAGE)
        read_again(next(each for each in subscribers if each.name == name), as_bytes(item.content), uow)
    else:
        row = uow.connection.execute(select(event_log).where(event_log.c.id == UUID(item.reference))).one()
        handle_fact_again(next(each for each in subscribers if each.name == item.reader), row, uow)
    quarantine.release(uow.connection, item_id)
