"""What requests do, in figures and in the log, tied together by one correlation id."""

import re
import time
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram

from daybeat.kit.ids import new_id

log = structlog.get_logger()

SLOW = 1.0  # seconds
CRASHED = 500
_SAFE = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestFigures:
    """Counters of the HTTP side."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.seconds = Histogram(
            "daybeat_request_seconds", "Time to answer a request.", ["method", "route"], registry=registry
        )
        self.answers = Counter(
            "daybeat_answers_total", "Answers by route and status.", ["method", "route", "status"], registry=registry
        )


class Telemetry:
    """ASGI middleware: gives each request its correlation id, measures it, and logs the ones worth reading."""

    def __init__(self, app: Any, figures: RequestFigures) -> None:
        self._app, self._figures = app, figures

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), CRASHED
        correlation_id = correlate(scope)

        async def send_and_look(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"].append((b"x-request-id", correlation_id.encode()))
            await send(message)

        try:
            await self._app(scope, receive, send_and_look)
        finally:
            self._note(scope, status, time.perf_counter() - began, correlation_id)

    def _note(self, scope: Any, status: int, seconds: float, correlation_id: str) -> None:
        route = getattr(scope.get("route"), "path", "page")
        self._figures.seconds.labels(scope["method"], route).observe(seconds)
        self._figures.answers.labels(scope["method"], route, status).inc()
        if status >= CRASHED or seconds > SLOW:
            milliseconds = round(seconds * 1000)
            log.warning("request", route=route, status=status, ms=milliseconds, correlation_id=correlation_id)


def correlate(scope: Any) -> str:
    """Take the id the client gave its request, or make one; everything that follows from the request carries it."""
    given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
    correlation_id = given if _SAFE.fullmatch(given) else str(new_id())
    scope.setdefault("state", {})["correlation_id"] = correlation_id
    return correlation_id
