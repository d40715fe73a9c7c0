"""The frame of every process: health, figures, headers, and what runs beside the requests."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import structlog
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from daybeat import __version__
from daybeat.bootstrap import health
from daybeat.bootstrap.background import Background
from daybeat.bootstrap.settings import Settings
from daybeat.infra.web.headers import SecurityHeaders
from daybeat.infra.web.problems import answer_with_problems
from daybeat.infra.web.telemetry import RequestFigures, Telemetry

log = structlog.get_logger()

ONCE_MORE_AFTER = 3.0  # seconds

Begin = Callable[[FastAPI], Background]


def new_frame(title: str, settings: Settings, begin: Begin) -> FastAPI:
    """Make an application without doors. `begin` runs on the loop at the start and says what runs beside it."""

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        running = [asyncio.create_task(run(), name=name) for name, run in begin(app).items()]
        try:
            yield
        finally:
            app.state.stopping = True
            await _end(app, running)

    app = FastAPI(title=title, version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None)
    app.router.redirect_slashes = False
    registry = CollectorRegistry()
    app.state.registry, app.state.backlog_figures = registry, health.BacklogFigures(registry)
    token = settings.metrics_token
    app.state.metrics_token = token.get_secret_value() if token else None
    app.state.stopping, app.state.streams, app.state.live, app.state.presence = False, None, None, None
    app.state.store = app.state.clock = app.state.redis = None
    app.state.trouble, app.state.straight = (lambda: None), dict[str, Any]()
    answer_with_problems(app)
    return app


def add_health(app: FastAPI) -> None:
    """Add what every process answers."""
    app.include_router(health.router)


def wrap(app: FastAPI) -> None:
    """Put headers and figures around everything; what is added last sees a request first."""
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Telemetry, figures=RequestFigures(app.state.registry))


async def _end(app: FastAPI, running: list[asyncio.Task[Any]]) -> None:
    """Stop in order: nobody new, those who listen, what runs beside."""
    if app.state.streams is not None:
        app.state.streams.close()
    await _cancel(running)
    if app.state.presence is not None:
        await app.state.presence.leave()
    if app.state.redis is not None:
        await app.state.redis.close()


async def _cancel(running: list[asyncio.Task[Any]]) -> None:
    """Cancel until it is heard: a library may take a cancellation for its own and go on."""
    pending = set(running)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=ONCE_MORE_AFTER)
        if pending:
            log.warning("still running", tasks=sorted(task.get_name() for task in pending))
    await asyncio.gather(*running, return_exceptions=True)
