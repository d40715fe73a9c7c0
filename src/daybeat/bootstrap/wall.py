"""Sender and wall, inside one process or as two: they share only the queue."""

import resource
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import RedirectResponse

from daybeat.bootstrap.background import Background, Parts, amqp_url
from daybeat.bootstrap.core import Core
from daybeat.bootstrap.frame import add_health, new_frame, wrap
from daybeat.bootstrap.presence import present
from daybeat.bootstrap.settings import PORTS, ConfigurationError, Settings
from daybeat.infra.queues.port import Outlet
from daybeat.infra.queues.table import TableOutlet
from daybeat.infra.web.limits import RateLimits
from daybeat.infra.web.streams import Shortcut, Streams
from daybeat.kit.clock import SystemClock
from daybeat.modules.wall.board import Board
from daybeat.modules.wall.domain.messages import QUEUE
from daybeat.modules.wall.sender import SenderDoor, sender_app
from daybeat.modules.wall.wall import WallDoor, wall_app

SENDER, WALL = "/mood-sender", "/mood-wall"
LIVE = f"{WALL}/live"
KEPT_FREE = 500  # file descriptors for everything that is no wall


def add_wall(app: FastAPI, core: Core) -> None:
    """Mount both where one process has them."""
    _add_board(app, core)
    app.state.outlet = outlet = _outlet(core)
    limits = RateLimits(core.redis)
    for path in (SENDER, WALL):
        app.add_api_route(path, _with_slash, methods=["GET"], include_in_schema=False)
    app.mount(SENDER, sender_app(SenderDoor(outlet, core.clock, limits, core.settings.origins)))
    sender = core.settings.mood_sender_url or f"{SENDER}/"
    app.mount(WALL, wall_app(WallDoor(app.state.board, sender, core.settings.base_url, core.settings.url)))


def wall_background(app: FastAPI) -> Background:
    """Name what runs for the wall."""
    return {"wall": app.state.board.run, **_keeping_open(getattr(app.state, "outlet", None))}


def build_wall(core: Core) -> FastAPI:
    """Build the wall as a process of its own: it counts what is in the queue, and shows it."""

    def begin(app: FastAPI) -> Background:
        parts = Parts(core, app.state.registry)
        return {**parts.counting(), **wall_background(app), **present(app, core, "mood-wall")}

    app = new_frame("Daybeat mood wall", core.settings, begin)
    app.state.store, app.state.clock, app.state.redis = core.store, core.clock, core.redis
    _add_board(app, core)
    add_health(app)
    sender = core.settings.mood_sender_url or f":{PORTS['mood-sender']}/"
    app.mount("/", wall_app(WallDoor(app.state.board, sender, None, core.settings.url)))
    wrap(app)
    app.add_middleware(Shortcut, endpoints={"/live": app.state.streams})
    return app


def build_sender(settings: Settings) -> FastAPI:
    """Build the sender as a process of its own. It holds the way into the queue, and nothing else."""
    from daybeat.infra.amqp.outlet import BrokerOutlet
    from daybeat.infra.cache.redis_link import RedisLink

    if settings.amqp_url is None:
        raise ConfigurationError("The mood sender puts moods into RabbitMQ: set DAYBEAT_AMQP_URL.")
    outlet = BrokerOutlet(settings.amqp_url.get_secret_value(), QUEUE)
    redis = RedisLink(settings.redis_url.get_secret_value()) if settings.redis_url else None
    app = new_frame("Daybeat mood sender", settings, lambda _app: {"outlet": outlet.run})
    app.state.redis = redis
    app.state.trouble = lambda: None if outlet.link.is_connected else "RabbitMQ does not answer."
    add_health(app)
    app.mount("/", sender_app(SenderDoor(outlet, SystemClock(), RateLimits(redis), settings.origins)))
    wrap(app)
    return app


def _add_board(app: FastAPI, core: Core) -> None:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    app.state.streams = Streams(max(soft - KEPT_FREE, soft // 2))
    app.state.board = Board(core.store, core.clock, app.state.streams)


def _keeping_open(outlet: Any) -> Background:
    """A way into the broker's queue has to be kept open; one into a table is always there."""
    return {"outlet": outlet.run} if hasattr(outlet, "run") else {}


def _outlet(core: Core) -> Outlet:
    if core.settings.is_embedded:
        return TableOutlet(core.store, QUEUE)
    from daybeat.infra.amqp.outlet import BrokerOutlet

    return BrokerOutlet(amqp_url(core), QUEUE)


async def _with_slash(request: Request) -> RedirectResponse:
    """Everything the pages ask for is named relative to a folder."""
    folder = request.url.path.rpartition("/")[2]
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{folder}/{query}", 308)
