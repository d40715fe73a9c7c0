"""Erasing events: of accounts that are gone, and what is older than it is to be kept."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, select

from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.wakeup import keep_going
from daybeat.kit.clock import Clock
from daybeat.modules.activity.models import activity_counts, activity_refused, user_activities
from daybeat.modules.activity.rule_models import activity_leavers
from daybeat.modules.activity.store import ActivityStore

AT_ONCE = 2000
STILL_COMING = timedelta(minutes=15)  # what was in the queue when the account ended
LOOK_EVERY = 10.0  # seconds
PRUNE_EVERY = 600.0

_LEAVERS = select(activity_leavers).order_by(activity_leavers.c.since).limit(20)


class Erasing:
    """Erases the events of accounts that are gone. Their accounts' database says whose."""

    def __init__(self, store: Store, activity: ActivityStore, clock: Clock) -> None:
        self._store, self._activity, self._clock = store, activity, clock

    async def run(self) -> None:
        """Erase for ever."""
        await keep_going(self._round, "erasing events")

    async def _round(self) -> None:
        await self.erase()
        await asyncio.sleep(LOOK_EVERY)

    async def erase(self) -> None:
        """Erase what there is of everybody who has left."""
        for leaver in await self._store.read(_leavers):
            while await self._activity.write(partial(_erase_some, account=leaver.user_id)):
                pass
            if self._clock.now() - leaver.since > STILL_COMING:
                await self._store.write(partial(_forget_leaver, user_id=leaver.user_id))


class Pruning:
    """Drops events that came more than so many days ago."""

    def __init__(self, activity: ActivityStore, clock: Clock, keep_days: int) -> None:
        self._activity, self._clock, self._keep = activity, clock, timedelta(days=keep_days)

    async def run(self) -> None:
        """Prune for ever."""
        await keep_going(self._round, "pruning events")

    async def _round(self) -> None:
        await self.prune()
        await asyncio.sleep(PRUNE_EVERY)

    async def prune(self) -> None:
        """Drop what is too old, in small steps: whoever writes waits no longer than for one."""
        while await self._activity.write(partial(_prune_some, before=self._clock.now() - self._keep)):
            pass


def _leavers(connection: Connection) -> Sequence[Row[Any]]:
    return connection.execute(_LEAVERS).all()


def _forget_leaver(uow: UnitOfWork, user_id: UUID) -> None:
    uow.connection.execute(delete(activity_leavers).where(activity_leavers.c.user_id == user_id))


def _erase_some(connection: Connection, account: UUID) -> bool:
    """Erase some of an account's events; tells whether there were any."""
    own = select(user_activities.c.id).where(user_activities.c.account_id == account).limit(AT_ONCE)
    numbers = connection.execute(own).scalars().all()
    connection.execute(delete(user_activities).where(user_activities.c.id.in_(numbers)))
    for table in (activity_counts, activity_refused):
        connection.execute(delete(table).where(table.c.account_id == account))
    return bool(numbers)


def _prune_some(connection: Connection, before: datetime) -> bool:
    """Drop the oldest ones, as long as they are too old: events are numbered in the order they came."""
    oldest = select(user_activities.c.id, user_activities.c.received_at).order_by(user_activities.c.id).limit(AT_ONCE)
    numbers = [row.id for row in connection.execute(oldest) if row.received_at < before]
    connection.execute(delete(user_activities).where(user_activities.c.id.in_(numbers)))
    return len(numbers) == AT_ONCE
