"""The recorder as a process: it has the queue and the events' database, and needs nothing else."""

import asyncio
from functools import partial

from aio_pika.abc import AbstractChannel, AbstractQueue
from fastapi import FastAPI

from daybeat.bootstrap.activity.following import pruning_background
from daybeat.bootstrap.activity.storing import open_activity
from daybeat.bootstrap.background import Background
from daybeat.bootstrap.frame import add_health, new_frame, wrap
from daybeat.bootstrap.settings import ConfigurationError, Settings
from daybeat.infra.amqp.consuming import Consumer, Reading
from daybeat.infra.amqp.figures import ConsumerFigures
from daybeat.infra.amqp.topology import declare_plain_queue
from daybeat.infra.wakeup import keep_going
from daybeat.kit.clock import SystemClock
from daybeat.modules.activity.figures import RecorderFigures
from daybeat.modules.activity.messages import QUEUE
from daybeat.modules.activity.queries import newest
from daybeat.modules.activity.recorder import Recorder
from daybeat.modules.activity.store import ActivityStore


def build_record(settings: Settings) -> FastAPI:
    """Build the recorder."""
    if settings.amqp_url is None:
        raise ConfigurationError("The recorder takes events from RabbitMQ: set DAYBEAT_AMQP_URL.")
    if settings.activity_database_url is None and settings.database_url is None:
        raise ConfigurationError(
            "The recorder stores events in MariaDB, MySQL, PostgreSQL or SQLite: set DAYBEAT_ACTIVITY_DATABASE_URL."
        )
    clock = SystemClock()
    store = open_activity(settings, clock, "record")
    app = new_frame("Daybeat record", settings, lambda _app: parts)
    recorder = Recorder(store, clock, RecorderFigures(app.state.registry))
    consumer = Consumer(
        settings.amqp_url.get_secret_value(),
        recorder_reading(recorder, settings.activity_prefetch),
        ConsumerFigures(app.state.registry),
    )
    parts: Background = {
        "tables": partial(keep_going, partial(_make_tables, store), "making tables"),
        "record": consumer.run,
        **pruning_background(store, clock, settings.activity_keep_days),
    }
    app.state.trouble = lambda: None if consumer.link.is_connected else "RabbitMQ does not answer."
    add_health(app)
    wrap(app)
    return app


def recorder_reading(recorder: Recorder, prefetch: int) -> Reading:
    """Say how the queue of events is read: as many messages at once as are handed out."""

    async def declare(channel: AbstractChannel) -> AbstractQueue:
        recorder.begin()
        return await declare_plain_queue(channel, QUEUE)

    return Reading("activity.recorder", declare, recorder.record, batch=max(prefetch // 2, 1), prefetch=prefetch)


async def _make_tables(store: ActivityStore) -> None:
    """Have the tables there before the first event: people look into them."""
    await store.read(newest)
    await asyncio.Event().wait()
