"""What the Operations page is told."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

Balance = Literal["even", "moving", "more", "missing", "unknown"]
"""Whether the figures of a reader add up.

`even`: they do. `moving`: some were between two places just now. `more`: more waits than is missing, since something
waits twice or is older than what is counted. `missing`: some have neither arrived nor do they wait. `unknown`: the
broker, which has some, does not answer.
"""


class Process(BaseModel):
    """A process of this Daybeat. One that says nothing for 20 seconds is missing."""

    id: str
    role: str
    host: str
    pid: int
    port: int | None
    started_at: dt.datetime
    seen_at: dt.datetime
    state: Literal["running", "missing"]
    sockets: int | None


class Reader(BaseModel):
    """One that follows facts, or reads a queue, and how much of what it should have has arrived.

    `accepted = stored + set_aside + dropped + pending + difference`. What other programs put into a queue of the broker
    is not known before it is read: then there is no `accepted`, and nothing to balance. `queue` is at the broker.
    """

    name: str
    kind: Literal["facts", "queue"]
    queue: str | None
    can_replay: bool
    accepted: int | None
    stored: int
    set_aside: int
    dropped: int
    pending: int
    oldest_pending_at: dt.datetime | None
    difference: int | None
    balance: Balance | None


class Counted(BaseModel):
    """Which facts and messages were counted: those since then, all of the last day unless there were very many."""

    since: dt.datetime
    whole_day: bool


class Waiting(BaseModel):
    """How much waits, and since when."""

    waiting: int
    oldest_at: dt.datetime | None


class Queue(BaseModel):
    """A queue of the broker: what is ready to be taken, and how many would take it."""

    name: str
    declared: bool
    ready: int
    consumers: int


class RabbitMQ(BaseModel):
    """The broker between separate services."""

    reachable: bool
    queues: list[Queue]


class Redis(BaseModel):
    """What makes separate services faster and may be lost."""

    reachable: bool


class Mqtt(BaseModel):
    """The broker of devices."""

    state: Literal["own", "external", "off"]
    connected: bool


class Database(BaseModel):
    """Where everything is kept, and how long the figures of this page took there."""

    kind: Literal["sqlite", "postgresql"]
    seconds: float


class Connections(BaseModel):
    """Who is connected: open pages and terminals over all processes, walls on the process that answers."""

    sockets: int
    walls: int


class Live(BaseModel):
    """How long facts took from the unit of work to the open sockets of the process that answers."""

    since: dt.datetime
    facts: int
    p50: float | None
    p95: float | None


class Operations(BaseModel):
    """How this Daybeat is."""

    at: dt.datetime
    version: str
    mode: Literal["one process", "separate services"]
    processes: list[Process]
    counted: Counted
    readers: list[Reader]
    quarantined: int
    outbox: Waiting | None
    jobs: Waiting
    database: Database
    rabbitmq: RabbitMQ | None
    redis: Redis | None
    mqtt: Mqtt
    connections: Connections
    live: Live


class SetAside(BaseModel):
    """Something that could not be handled: by whom, since when, why. `type` is the kind of fact, if it is one."""

    id: UUID
    reader: str
    type: str | None
    reference: str
    user_id: UUID | None
    since: dt.datetime
    attempts: int
    error: str


class SetAsideList(BaseModel):
    """A page of what is set aside, the newest first."""

    items: list[SetAside]
    next_cursor: str | None


class SetAsideItem(SetAside):
    """One of them with everything in it, which may be what somebody wrote for themselves."""

    content: Any


class Retried(BaseModel):
    """What came of another try. What was not handled stays where it is, with the new reason."""

    handled: bool
    error: str | None
