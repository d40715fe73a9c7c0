"""The two places accepted events go: into the broker's queue, or straight into the table."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from daybeat.infra.db.store import StoreUnavailable
from daybeat.infra.events.handling import INFRASTRUCTURE
from daybeat.infra.queues.port import Outlet
from daybeat.modules.activity.batch import Batch
from daybeat.modules.activity.event import ActivityEvent, write_events
from daybeat.modules.activity.store import ActivityStore


class QueueSink:
    """One message for all that came together: a JSON array."""

    def __init__(self, outlet: Outlet) -> None:
        self._outlet = outlet

    async def put(self, events: Sequence[ActivityEvent]) -> None:
        await self._outlet.put(write_events(events))


class TableSink:
    """One commit for all that came together."""

    def __init__(self, store: ActivityStore) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="activity write")

    async def put(self, events: Sequence[ActivityEvent]) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._store.append, Batch(events))
        except INFRASTRUCTURE as trouble:
            raise StoreUnavailable(retry_after=1) from trouble
