"""Who is running: each of the separate processes writes now and then that it is there, and what it has to say."""

import asyncio
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, Connection, Integer, Row, String, Table, Uuid, delete, select

from daybeat.infra.db.schema import Instant, metadata
from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import put
from daybeat.infra.wakeup import keep_going
from daybeat.kit.clock import Clock
from daybeat.kit.ids import new_id

EVERY = 5.0  # seconds
GONE_AFTER = timedelta(seconds=20)
LISTED_FOR = timedelta(hours=1)

processes = Table(
    "processes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("role", String(20), nullable=False),
    Column("host", String(80), nullable=False),
    Column("pid", Integer, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False, index=True),
    Column("says", JSON, nullable=False),
)

Says = Callable[[], Mapping[str, Any]]


class Presence:
    """Writes down that this process is there."""

    def __init__(self, store: Store, clock: Clock, role: str, says: Says) -> None:
        self._store, self._says = store, says
        self._row = presence_row(clock, role)

    async def run(self) -> None:
        """Say it for ever. A database that is away hears it later."""
        await keep_going(self._say, "presence", longest=EVERY)

    async def leave(self) -> None:
        """Take it back."""
        with suppress(Exception):  # whoever cannot say goodbye is missed after a while
            await self._store.write(self._forget)

    async def _say(self) -> None:
        await self._store.write(self._write)
        await asyncio.sleep(EVERY)

    def _forget(self, uow: UnitOfWork) -> None:
        uow.connection.execute(delete(processes).where(processes.c.id == self._row["id"]))

    def _write(self, uow: UnitOfWork) -> None:
        write_presence(self._row, self._says(), uow)


def presence_row(clock: Clock, role: str) -> Mapping[str, Any]:
    """Describe this process, from now on."""
    here = {"host": socket.gethostname()[:80], "pid": os.getpid(), "started_at": clock.now()}
    return {"id": new_id(), "role": role, **here}


def write_presence(row: Mapping[str, Any], says: Mapping[str, Any], uow: UnitOfWork) -> None:
    """Write that the process is there now."""
    put(uow.connection, processes, {**row, "seen_at": uow.now, "says": dict(says)})


def listed_processes(connection: Connection) -> Sequence[Row[Any]]:
    """List who is there, or was until lately."""
    return connection.execute(select(processes).order_by(processes.c.role, processes.c.started_at)).all()


def alive(connection: Connection, role: str, now: datetime) -> Sequence[Mapping[str, Any]]:
    """Give what the living processes of a role say."""
    own = (processes.c.role == role) & (processes.c.seen_at > now - GONE_AFTER)
    return connection.execute(select(processes.c.says).where(own).order_by(processes.c.seen_at.desc())).scalars().all()


def forget_ended_processes(uow: UnitOfWork) -> None:
    """Drop those that have said nothing for long."""
    uow.connection.execute(delete(processes).where(processes.c.seen_at < uow.now - LISTED_FOR))
