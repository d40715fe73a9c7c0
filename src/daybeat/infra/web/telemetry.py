"""What requests do, in figures and in the log, tied together by one correlation id."""

import time
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram

log = structlog.get_logger()

SLOW = 1.0  # seconds


class RequestFigures:
    """Counters of the HTTP side."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.seconds = Histogram(
            "daybeat_request_seconds",
            "Time to answer a request.",
            ["method", "route"],
            registry=registry,
        )
        self.answers = Counter(
            "daybeat_answers_total",
            "Answers by route and status.",
            ["method", "route", "status"],
            registry=registry,
        )


class Telemetry:
    """ASGI middleware: measures each request and logs the ones worth reading."""

    def __init__(self, app: Any, figures: RequestFigures) -> None:
        self._app, self._figures = app, figures

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def send_and_look(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_and_look)
        finally:
            self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Any, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "page")
        self._figures.seconds.labels(scope["method"], route).observe(seconds)
        self._figures.answers.labels(scope["method"], route, status).inc()
        if status >= 500 or seconds > SLOW:
            log.warning(
                "request",
                method=scope["method"],
                route=route,
                status=status,
                ms=round(seconds * 1000),
            )
