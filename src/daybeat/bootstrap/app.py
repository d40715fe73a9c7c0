"""The composition root of the web side: every door, and what it needs, in one place."""

from functools import partial
from importlib import resources
from pathlib import Path
from typing import Literal

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.middleware.cors import CORSMiddleware

from daybeat.bootstrap import asyncapi
from daybeat.bootstrap.activity import describing
from daybeat.bootstrap.activity.collecting import Entrance
from daybeat.bootstrap.activity.following import following_background, pruning_background, rule_targets
from daybeat.bootstrap.background import Background, Parts
from daybeat.bootstrap.channels import Ways
from daybeat.bootstrap.core import Core, Identifier
from daybeat.bootstrap.frame import add_health, new_frame, wrap
from daybeat.bootstrap.goals import goals_door
from daybeat.bootstrap.insights import insights_door
from daybeat.bootstrap.mqtt import add_mqtt, mqtt_background
from daybeat.bootstrap.notifying import add_notifications, notifying_background
from daybeat.bootstrap.operations import add_operations
from daybeat.bootstrap.presence import present
from daybeat.bootstrap.prompts import moods_door, prompt_links
from daybeat.bootstrap.reminders import reminders_door
from daybeat.bootstrap.reports import reports_door
from daybeat.bootstrap.wall import LIVE, add_wall, wall_background
from daybeat.infra.events.figures import FactFigures
from daybeat.infra.web import reference
from daybeat.infra.web.bodies import BodyLimit
from daybeat.infra.web.limits import BoundedPool, RateLimits
from daybeat.infra.web.page import PageFiles
from daybeat.infra.web.problems import Problem, documented
from daybeat.infra.web.streams import Shortcut
from daybeat.modules.accounts import http as accounts
from daybeat.modules.accounts import keyring
from daybeat.modules.accounts.domain.passwords import PasswordHasher
from daybeat.modules.accounts.refused import RefusedTokens
from daybeat.modules.activity import http as activity
from daybeat.modules.activity import rules_http
from daybeat.modules.activity.door import ActivityDoor
from daybeat.modules.activity.feed import Feed
from daybeat.modules.activity.ports import Sink
from daybeat.modules.activity.sinks import TableSink
from daybeat.modules.goals import http as goals
from daybeat.modules.habits import check_ins
from daybeat.modules.habits import http as habits
from daybeat.modules.insights import associations_http, reports_http, risks_http, suggestions_http
from daybeat.modules.insights import http as insights
from daybeat.modules.live import socket as live
from daybeat.modules.live.elsewhere import Elsewhere
from daybeat.modules.live.hub import Hub
from daybeat.modules.moods import http as moods
from daybeat.modules.moods import link
from daybeat.modules.reminders import http as reminders
from daybeat.modules.reminders.habit_reminders import http as habit_reminders
from daybeat.modules.reminders.habit_reminders import link as reminder_link

Role = Literal["serve", "api"]

API = "/api/v1"
PASSWORD_ROUNDS = 12
LARGER_BODIES = {"/check-ins/import": 1024 * 1024}


def build_app(core: Core, *, password_rounds: int = PASSWORD_ROUNDS, role: Role = "serve") -> FastAPI:
    """Build the application on an opened database: everything in one process, or the doors alone."""
    app = new_frame("Daybeat", core.settings, partial(_begin, role=role))
    app.state.core, app.state.store, app.state.clock = core, core.store, core.clock
    app.state.identify, app.state.cache, app.state.redis = Identifier(core), core.cache, core.redis
    app.state.accounts = accounts.AccountsDoor(
        secret=core.secret,
        registration=core.settings.registration,
        hasher=PasswordHasher(password_rounds),
        slow=BoundedPool(workers=2, most_waiting=32),
        limits=RateLimits(core.redis),
        origins=core.settings.origins,
        refused=RefusedTokens(core.cache),
    )
    app.state.moods, app.state.prompt_links = moods_door(core), prompt_links(core)
    app.state.reminders = reminders_door(core)
    app.state.goals = goals_door()
    app.state.insights = insights_door(core.activity)
    app.state.reports = reports_door()
    app.state.activity = ActivityDoor(core.activity, rule_targets())
    app.state.entrance = Entrance(core.settings, app.state.identify, _sink(core), app.state.registry, core.clock)
    _add_routes(app)
    _add_middleware(app, core)
    return app


def _sink(core: Core) -> Sink | None:
    """In one process events go straight into their table; otherwise the recorder brings them there."""
    return TableSink(core.activity) if core.settings.is_embedded else None


def _add_routes(app: FastAPI) -> None:
    hottest_first = (check_ins.router, habits.router, accounts.router, keyring.router, insights.router, live.router)
    others = (
        accounts.instance_router,
        moods.router,
        goals.router,
        reminders.router,
        habit_reminders.router,
        rules_http.router,
        associations_http.router,
        reports_http.router,
        risks_http.router,
        suggestions_http.router,
        activity.router,
    )
    for router in (*hottest_first, *others):
        app.include_router(router, prefix=API, responses=documented(503))
    add_health(app)
    app.include_router(link.router)
    app.include_router(reminder_link.router)
    app.include_router(reference.router)
    app.include_router(asyncapi.router)
    add_wall(app, app.state.core)
    add_mqtt(app, app.state.core, app.state.registry, API)
    app.state.ways = ways = Ways(app.state.core.settings, app.state.core.secret, app.state.mqtt.sending)
    add_notifications(app, app.state.core, ways, API)
    add_operations(app, API)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    page = page_folder()
    if page is not None:
        app.mount("/", PageFiles(page), name="page")


def _add_middleware(app: FastAPI, core: Core) -> None:
    """Wrap the app; what is added last sees a request first."""
    app.add_middleware(BodyLimit, larger=LARGER_BODIES)
    if core.settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=core.settings.cors_origins,
            allow_methods=["*"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "X-Request-ID"],
        )
    wrap(app)
    app.add_middleware(Shortcut, endpoints={LIVE: app.state.streams})
    app.state.entrance.add_to(app)


def page_folder() -> Path | None:
    """Find the built page; a source checkout that never built it has none."""
    folder = Path(str(resources.files("daybeat"))) / "page"
    return folder if (folder / "index.html").exists() else None


def _openapi(app: FastAPI) -> dict[str, object]:
    """Describe the API once; problem documents are part of it."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, routes=app.routes)
        shapes = schema.setdefault("components", {}).setdefault("schemas", {})
        schema["paths"].update(describing.paths())
        shapes.update(describing.shapes())
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        shapes.update(problem.pop("$defs", {}), Problem=problem)
        for operation in (each for path in schema["paths"].values() for each in path.values()):
            if "requestBody" in operation:
                operation["responses"].update({str(status): said for status, said in documented(413).items()})
        shapes.pop("HTTPValidationError", None)
        shapes.pop("ValidationError", None)
        app.openapi_schema = schema
    return app.openapi_schema


def _begin(app: FastAPI, role: Role) -> Background:
    """Wire what listens to commits, and say what runs beside the requests."""
    core: Core = app.state.core
    parts = Parts(core, app.state.registry)
    everything = {
        **parts.delivering(),
        **parts.working(),
        **notifying_background(core, app.state.ways, app.state.registry),
        **following_background(core),
        **pruning_background(core.activity, core.clock, core.settings.activity_keep_days),
        "mqtt": mqtt_background(app),
    }
    doors_alone = {"mqtt": app.state.mqtt.watch}
    return {
        **(everything if role == "serve" else doors_alone),
        **_live_background(app, core),
        **wall_background(app),
        **app.state.entrance.background,
        **present(app, core, role),
    }


def _live_background(app: FastAPI, core: Core) -> Background:
    figures = FactFigures(app.state.registry, core.clock)
    hub = Hub(figures.handed_out)
    for listener in (hub.on_commit, figures.on_commit):
        core.store.on_commit(listener)
    feed = Feed(core.activity)
    channels = {"activity": live.Channel("events:read", feed.frames)}
    app.state.live = live.LiveDoor(hub, core.store, app.state.identify, core.settings.origins, channels)
    if core.settings.is_embedded:
        return {"activity feed": feed.run}
    elsewhere = Elsewhere(hub, core.store, figures.heard)
    return {"live": elsewhere.look, "activity feed": feed.run, **_hints(core, elsewhere)}


def _hints(core: Core, elsewhere: Elsewhere) -> Background:
    if core.redis is None:
        return {}
    from daybeat.infra.cache.hints import HintsInRedis

    hints = HintsInRedis(core.redis)
    return {"live hints": lambda: hints.listen(elsewhere.hear)}
