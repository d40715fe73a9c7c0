"""`python -m bench.activity_rivals WAY`: other ways to take an event, each as a server of its own.

`connecting` is the activity tracker's: a new connection for every request, and nobody confirms. `confirming` keeps one
connection and waits for a confirm for every request. `silent` is our collector with nobody behind it.
"""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import amqp
import uvicorn
from aio_pika import DeliveryMode, Message, connect
from fastapi import FastAPI, Request
from pydantic import BaseModel

from bench.activity_places import QUEUE, place_of
from daybeat.bootstrap.frame import add_health, new_frame
from daybeat.bootstrap.settings import load_settings
from daybeat.kit.clock import SystemClock
from daybeat.modules.activity.callers import Callers
from daybeat.modules.activity.collector import BATCH, TRACK, Collector
from daybeat.modules.activity.figures import IntakeFigures
from daybeat.modules.activity.intake import Intake
from daybeat.services.process import answer


class Event(BaseModel):
    """What the activity tracker takes."""

    user_id: int
    event_type: str
    timestamp: datetime
    metadata: dict[str, Any] | None = None


def connecting() -> FastAPI:
    app = FastAPI()
    place = place_of(os.environ["DAYBEAT_AMQP_URL"])

    @app.post(TRACK, status_code=202)
    def track(event: Event) -> dict[str, str]:
        with amqp.Connection(**place) as connection:
            channel = connection.channel()
            channel.queue_declare(QUEUE, durable=True, auto_delete=False)
            channel.basic_publish(amqp.Message(event.model_dump_json(), delivery_mode=2), routing_key=QUEUE)
        return {"status": "queued"}

    return app


def confirming() -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with await connect(os.environ["DAYBEAT_AMQP_URL"]) as connection:
            app.state.channel = await connection.channel()
            await app.state.channel.declare_queue(QUEUE, durable=True)
            yield

    app = FastAPI(lifespan=lifespan)

    @app.post(TRACK, status_code=202)
    async def track(event: Event, request: Request) -> dict[str, str]:
        message = Message(event.model_dump_json().encode(), delivery_mode=DeliveryMode.PERSISTENT)
        await request.app.state.channel.default_exchange.publish(message, QUEUE)
        return {"status": "queued"}

    return app


class _Nobody:
    async def put(self, _events: Any) -> None:
        """Keep nothing."""


def silent() -> FastAPI:
    app = new_frame("Nobody", load_settings(), lambda _app: {})
    figures = IntakeFigures(app.state.registry)
    intake = Intake(_Nobody(), figures)
    collector = Collector(intake, Callers(None, anonymous=True, per_minute=0), SystemClock(), figures)
    app.state.straight.update({TRACK: collector, BATCH: collector})
    return app


def main(way: str) -> None:
    """Serve one of them."""
    app = globals()[way]()
    if way == "silent":
        add_health(app)
        answer(app, load_settings())
        return
    app.get("/health/ready")(lambda: {"status": "ready"})
    uvicorn.run(
        app,
        port=int(os.environ["DAYBEAT_PORT"]),
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
