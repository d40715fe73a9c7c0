"""The composition root of the web side: every door, and what it needs, in one place."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from importlib import resources
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from prometheus_client import CollectorRegistry
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from daybeat import __version__
from daybeat.bootstrap import health
from daybeat.bootstrap.core import Core, Identifier, recurring_tasks
from daybeat.bootstrap.mqtt import add_mqtt, mqtt_background
from daybeat.bootstrap.prompts import moods_door, prompt_links
from daybeat.bootstrap.readers import SUBSCRIBERS
from daybeat.bootstrap.wall import LIVE, add_wall, wall_background
from daybeat.infra.events.dispatcher import Dispatcher
from daybeat.infra.events.figures import FactFigures
from daybeat.infra.jobs.loop import JobLoop
from daybeat.infra.web import reference
from daybeat.infra.web.bodies import BodyLimit
from daybeat.infra.web.headers import SecurityHeaders
from daybeat.infra.web.limits import BoundedPool, RateLimits
from daybeat.infra.web.page import PageFiles
from daybeat.infra.web.problems import Problem, answer_with_problems, documented
from daybeat.infra.web.streams import Shortcut
from daybeat.infra.web.telemetry import RequestFigures, Telemetry
from daybeat.modules.accounts import http as accounts
from daybeat.modules.accounts import keyring
from daybeat.modules.accounts.domain.passwords import PasswordHasher
from daybeat.modules.habits import check_ins
from daybeat.modules.habits import http as habits
from daybeat.modules.insights import http as insights
from daybeat.modules.live import socket as live
from daybeat.modules.live.hub import Hub
from daybeat.modules.moods import http as moods
from daybeat.modules.moods import link
from daybeat.modules.reminders import http as reminders
from daybeat.modules.reminders.ticking import PromptTicker

API = "/api/v1"
PASSWORD_ROUNDS = 12
LARGER_BODIES = {"/check-ins/import": 1024 * 1024}


def build_app(core: Core, *, password_rounds: int = PASSWORD_ROUNDS) -> FastAPI:
    """Build the application on an opened data folder."""
    app = FastAPI(
        title="Daybeat", version=__version__, lifespan=_lifespan, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    registry = CollectorRegistry()
    app.state.core, app.state.store, app.state.clock = core, core.store, core.clock
    app.state.identify = Identifier(core)
    app.state.registry, app.state.backlog_figures = (registry, health.BacklogFigures(registry))
    token = core.settings.metrics_token
    app.state.metrics_token = token.get_secret_value() if token else None
    app.state.stopping = False
    app.state.accounts = accounts.AccountsDoor(
        secret=core.secret,
        registration=core.settings.registration,
        hasher=PasswordHasher(password_rounds),
        slow=BoundedPool(workers=2, most_waiting=32),
        limits=RateLimits(),
        origins=core.settings.origins,
    )
    app.state.moods, app.state.prompt_links = moods_door(core), prompt_links(core)
    answer_with_problems(app)
    _add_routes(app)
    _add_middleware(app, core, RequestFigures(registry))
    return app


def _add_routes(app: FastAPI) -> None:
    hottest_first = (check_ins.router, habits.router, accounts.router, keyring.router, insights.router, live.router)
    others = (accounts.instance_router, moods.router, reminders.router)
    for router in (*hottest_first, *others):
        app.include_router(router, prefix=API, responses=documented(503))
    app.include_router(health.router)
    app.include_router(link.router)
    app.include_router(reference.router)
    add_wall(app, app.state.core)
    add_mqtt(app, app.state.core, app.state.registry, API)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    page = page_folder()
    if page is not None:
        app.mount("/", GZipMiddleware(PageFiles(page), minimum_size=1000), name="page")


def _add_middleware(app: FastAPI, core: Core, figures: RequestFigures) -> None:
    """Wrap the app; what is added last sees a request first."""
    app.add_middleware(BodyLimit, larger=LARGER_BODIES)
    if core.settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=core.settings.cors_origins,
            allow_methods=["*"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "X-Request-ID"],
        )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Telemetry, figures=figures)
    app.add_middleware(Shortcut, path=LIVE, endpoint=app.state.streams)


def page_folder() -> Path | None:
    """Find the built page; a source checkout that never built it has none."""
    folder = Path(str(resources.files("daybeat"))) / "page"
    return folder if (folder / "index.html").exists() else None


def _openapi(app: FastAPI) -> dict[str, object]:
    """Describe the API once; problem documents are part of it."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, routes=app.routes)
        shapes = schema.setdefault("components", {}).setdefault("schemas", {})
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        shapes.update(problem.pop("$defs", {}), Problem=problem)
        for operation in (each for path in schema["paths"].values() for each in path.values()):
            if "requestBody" in operation:
                operation["responses"].update({str(status): said for status, said in documented(413).items()})
        shapes.pop("HTTPValidationError", None)
        shapes.pop("ValidationError", None)
        app.openapi_schema = schema
    return app.openapi_schema


def _background(app: FastAPI) -> dict[str, Callable[[], Coroutine[Any, Any, None]]]:
    """Name what runs beside the requests for as long as Daybeat does; each is made on the running loop."""
    core: Core = app.state.core
    return {
        "dispatcher": lambda: Dispatcher(core.store, SUBSCRIBERS).run(),
        "prompts": lambda: PromptTicker(core.store, core.clock).run(),
        "jobs": lambda: JobLoop(core.store, recurring_tasks()).run(),
        "mqtt": mqtt_background(app),
        **wall_background(app),
    }


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Start what runs beside the requests, and stop it in order."""
    core: Core = app.state.core
    figures = FactFigures(app.state.registry, core.clock)
    hub = Hub(figures.handed_out)
    core.store.on_commit(hub.on_commit)
    core.store.on_commit(figures.on_commit)
    app.state.live = live.LiveDoor(hub, core.store, app.state.identify, core.settings.origins)
    running = [asyncio.create_task(run(), name=name) for name, run in _background(app).items()]
    try:
        yield
    finally:
        app.state.stopping = True
        app.state.streams.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
