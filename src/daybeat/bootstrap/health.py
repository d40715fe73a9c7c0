"""How this process is: alive, ready, and in figures."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from pydantic import BaseModel
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from daybeat import __version__
from daybeat.infra.db.migrate import newest_revision
from daybeat.infra.db.store import OutcomeUnknown, StoreUnavailable
from daybeat.infra.events.delivery import subscriber_offset
from daybeat.infra.events.log import event_log, newest_seq
from daybeat.infra.events.outbox import waiting_in_outbox
from daybeat.infra.events.quarantine import count_set_aside
from daybeat.infra.jobs.table import jobs
from daybeat.infra.web.problems import Problem, problem_response

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """How this Daybeat is, in a word and in parts."""

    status: str
    version: str
    checks: dict[str, str]
    undelivered: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """What the database says is still to do. `oldest_seconds` is the age of the oldest undelivered event."""

    undelivered: int
    oldest_seconds: float
    quarantined: int
    jobs_due: int


class BacklogFigures:
    """Gauges that are read from the database when somebody asks."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.undelivered = Gauge("daybeat_events_undelivered", "Events a subscriber has not seen.", registry=registry)
        self.oldest = Gauge("daybeat_oldest_undelivered_event_seconds", "Age of the oldest of them.", registry=registry)
        self.quarantined = Gauge("daybeat_quarantined", "Events and jobs set aside.", registry=registry)
        self.jobs_due = Gauge("daybeat_jobs_due", "Jobs that should have run.", registry=registry)
        self.sockets = Gauge("daybeat_live_sockets", "Open live connections.", registry=registry)

    def show(self, left: Backlog) -> None:
        self.undelivered.set(left.undelivered)
        self.oldest.set(left.oldest_seconds)
        self.quarantined.set(left.quarantined)
        self.jobs_due.set(left.jobs_due)


def backlog(connection: Connection, now: Any) -> Backlog:
    """Count what is still to do: what subscribers have not read, or what has not left for the broker."""
    due = select(func.count()).select_from(jobs).where(jobs.c.done_at.is_(None), jobs.c.run_at <= now)
    undelivered, oldest = _undelivered(connection)
    return Backlog(
        undelivered=undelivered,
        oldest_seconds=(now - oldest).total_seconds() if oldest is not None else 0.0,
        quarantined=count_set_aside(connection),
        jobs_due=connection.execute(due).scalar_one(),
    )


def _undelivered(connection: Connection) -> tuple[int, datetime | None]:
    if connection.dialect.name == "postgresql":
        waiting = waiting_in_outbox(connection)
        return waiting.n, waiting.since
    slowest = connection.execute(select(func.min(subscriber_offset.c.seq))).scalar_one_or_none() or 0
    oldest = connection.execute(
        select(event_log.c.occurred_at).where(event_log.c.seq > slowest).order_by(event_log.c.seq).limit(1)
    ).scalar_one_or_none()
    return newest_seq(connection) - slowest, oldest


@router.get("/health/live")
async def live() -> dict[str, str]:
    """Answer while the loop turns."""
    return {"status": "alive"}


@router.get("/health/ready", responses={503: {"model": Problem, "description": "Not ready"}})
async def ready(request: Request) -> JSONResponse:
    """Answer 200 when requests can be served: the database answers and its tables are this version's."""
    problem = await _what_is_missing(request)
    if problem is None:
        return JSONResponse({"status": "ready"})
    return problem_response(503, "not-ready", problem, retry_after=1)


@router.get("/health", responses={503: {"model": Health, "description": "Something is wrong"}})
async def health(request: Request) -> Response:
    """Say how Daybeat is, part by part."""
    problem = await _what_is_missing(request)
    state = request.app.state
    left = Backlog(0, 0.0, 0, 0)
    if problem is None and state.store is not None:
        left = await state.store.read(lambda connection: backlog(connection, state.clock.now()))
    answer = Health(
        status="ok" if problem is None else "unhealthy",
        version=__version__,
        checks={"database": "ok" if problem is None else problem},
        undelivered=left.undelivered,
        quarantined=left.quarantined,
    )
    return JSONResponse(answer.model_dump(), 200 if problem is None else 503)


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """Give all figures in Prometheus' text format."""
    state = request.app.state
    if state.metrics_token is not None and not _allowed(request, state.metrics_token):
        return problem_response(401, "not-signed-in", "These figures need the metrics token.")
    figures: BacklogFigures = state.backlog_figures
    if state.store is not None:
        figures.show(await state.store.read(lambda connection: backlog(connection, state.clock.now())))
    if state.live is not None:
        figures.sockets.set(state.live.hub.open_sockets)
    return Response(generate_latest(state.registry), media_type=CONTENT_TYPE_LATEST)


async def _what_is_missing(request: Request) -> str | None:
    if request.app.state.stopping:
        return "Daybeat is stopping."
    if request.app.state.store is None:
        return _trouble(request)
    try:
        revision = await request.app.state.store.read(_revision)
    except (SQLAlchemyError, StoreUnavailable, OutcomeUnknown):
        return "The database does not answer."
    if revision != newest_revision():
        return "The database is not migrated: run `daybeat migrate`."
    return _trouble(request)


def _trouble(request: Request) -> str | None:
    """Ask what else this process needs to do its work."""
    said: str | None = request.app.state.trouble()
    return said


def _revision(connection: Connection) -> str | None:
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _allowed(request: Request, token: str) -> bool:
    return hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode())
