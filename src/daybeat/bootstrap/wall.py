"""Sender and wall inside one process: beside each other, sharing only the queue."""

import resource
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import RedirectResponse

from daybeat.bootstrap.core import Core
from daybeat.bootstrap.readers import QUEUE_READERS
from daybeat.infra.queues.runner import QueueRunner
from daybeat.infra.queues.table import TableOutlet
from daybeat.infra.web.limits import RateLimits
from daybeat.infra.web.streams import Streams
from daybeat.modules.wall.board import Board
from daybeat.modules.wall.domain.messages import QUEUE
from daybeat.modules.wall.sender import SenderDoor, sender_app
from daybeat.modules.wall.wall import WallDoor, wall_app

SENDER, WALL = "/mood-sender", "/mood-wall"
LIVE = f"{WALL}/live"
KEPT_FREE = 500  # file descriptors for everything that is no wall


def add_wall(app: FastAPI, core: Core) -> None:
    """Mount both where embedded Daybeats have them."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    app.state.streams = Streams(max(soft - KEPT_FREE, soft // 2))
    app.state.board = Board(core.store, core.clock, app.state.streams)
    outlet = TableOutlet(core.store, QUEUE)
    for path in (SENDER, WALL):
        app.add_api_route(path, _with_slash, methods=["GET"], include_in_schema=False)
    app.mount(SENDER, sender_app(SenderDoor(outlet, core.clock, RateLimits(), core.settings.origins)))
    app.mount(WALL, wall_app(WallDoor(app.state.board, f"{SENDER}/", core.settings.base_url, core.settings.url)))


def wall_background(app: FastAPI) -> dict[str, Callable[[], Coroutine[Any, Any, None]]]:
    """Name what runs for the wall and for everybody else who reads a queue."""
    core: Core = app.state.core
    readers = {f"queue {each.name}": lambda each=each: QueueRunner(core.store, each).run() for each in QUEUE_READERS}
    return {**readers, "wall": app.state.board.run}


async def _with_slash(request: Request) -> RedirectResponse:
    """Everything the pages ask for is named relative to a folder."""
    folder = request.url.path.rpartition("/")[2]
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{folder}/{query}", 308)
