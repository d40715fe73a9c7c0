"""The way in: collector, callers and where accepted events go, in `api` and `serve` or as a process of its own."""

from typing import Any

from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from starlette.middleware.cors import CORSMiddleware

from daybeat.bootstrap.activity.knowing import TokenBook
from daybeat.bootstrap.background import Background
from daybeat.bootstrap.frame import add_health, new_frame, wrap
from daybeat.bootstrap.settings import ConfigurationError, Settings, load_secret
from daybeat.infra.queues.port import Outlet
from daybeat.infra.queues.spool import Spool, SpoolTaken
from daybeat.infra.web.streams import Shortcut
from daybeat.kit.clock import Clock, SystemClock
from daybeat.modules.activity.callers import Callers
from daybeat.modules.activity.collector import BATCH, TRACK, Collector
from daybeat.modules.activity.figures import IntakeFigures
from daybeat.modules.activity.intake import Intake
from daybeat.modules.activity.messages import QUEUE
from daybeat.modules.activity.ports import Find, Sink
from daybeat.modules.activity.sinks import QueueSink

MEGABYTE = 1024 * 1024


class Entrance:
    """Everything between a request with events and the place where they cannot get lost."""

    def __init__(
        self, settings: Settings, find: Find | None, sink: Sink | None, registry: CollectorRegistry, clock: Clock
    ) -> None:
        figures = IntakeFigures(registry)
        self.background: dict[str, Any] = {}
        callers = Callers(find, anonymous=settings.activity_anonymous, per_minute=settings.activity_events_per_minute)
        self._link: Any = None
        intake = Intake(sink or QueueSink(self._outlet(settings)), figures)
        self.endpoint = _with_cors(Collector(intake, callers, clock, figures), settings)

    def trouble(self) -> str | None:
        """Say what keeps events from being taken."""
        away = self._link is not None and not self._link.is_connected and "event spool" not in self.background
        return "RabbitMQ does not answer." if away else None

    def add_to(self, app: FastAPI) -> None:
        """Let events in, past everything that other requests need. A server may take the same way even sooner."""
        app.state.straight.update({TRACK: self.endpoint, BATCH: self.endpoint})
        app.add_middleware(Shortcut, endpoints=app.state.straight)

    def _outlet(self, settings: Settings) -> Outlet:
        from daybeat.infra.amqp.outlet import BrokerOutlet, Patience

        assert settings.amqp_url is not None  # noqa: S101 - checked when the settings were
        outlet = BrokerOutlet(settings.amqp_url.get_secret_value(), QUEUE, Patience(to_open=0.3, to_confirm=0.6))
        self._link = outlet.link
        self.background["event outlet"] = outlet.run
        if settings.activity_spool_dir is None:
            return outlet
        try:
            spool = Spool(outlet, settings.activity_spool_dir, settings.activity_spool_mb * MEGABYTE)
        except SpoolTaken as folder:
            raise ConfigurationError(
                f"Another process keeps events in {folder}: set DAYBEAT_ACTIVITY_SPOOL_DIR to a folder of its own."
            ) from None
        self.background["event spool"] = spool.run
        return spool


def build_collect(settings: Settings) -> FastAPI:
    """Build the collector as a process of its own. It needs no database: it asks one whose a token is, now and then."""
    if settings.amqp_url is None:
        raise ConfigurationError("The collector puts events into RabbitMQ: set DAYBEAT_AMQP_URL.")
    if settings.database_url is None and not settings.activity_anonymous:
        raise ConfigurationError(
            "Nobody could send events: set DAYBEAT_DATABASE_URL to the PostgreSQL that knows the tokens, or "
            "DAYBEAT_ACTIVITY_ANONYMOUS=1 to take events without one."
        )
    clock = SystemClock()
    book = TokenBook(settings, load_secret(settings), clock) if settings.database_url is not None else None

    def begin(_app: FastAPI) -> Background:
        return entrance.background

    app = new_frame("Daybeat collect", settings, begin)
    entrance = Entrance(settings, book.find if book else None, None, app.state.registry, clock)
    app.state.trouble = entrance.trouble
    add_health(app)
    wrap(app)
    entrance.add_to(app)
    return app


def _with_cors(collector: Any, settings: Settings) -> Any:
    if not settings.cors_origins:
        return collector
    return CORSMiddleware(
        collector,
        allow_origins=settings.cors_origins,
        allow_methods=["POST"],
        allow_headers=["Authorization", "Content-Type"],
    )
