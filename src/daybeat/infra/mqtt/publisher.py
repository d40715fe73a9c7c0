"""Brings the broker's memory up to what is wanted: publishes what waits, and notes it when the broker has it."""

import asyncio
import time
from functools import partial

import structlog

from daybeat.infra.db.store import Store
from daybeat.infra.mqtt import retained
from daybeat.infra.mqtt.figures import MqttFigures
from daybeat.infra.mqtt.link import Link, NotConnected
from daybeat.infra.mqtt.routes import Message
from daybeat.infra.wakeup import WakeUp

log = structlog.get_logger()

AT_ONCE = 200
SAFETY_NET = 5.0  # seconds between looks when nobody woke us
SENT_WITHIN = 30.0
PAUSE = 1.0


class Publisher:
    """Publishes retained messages over one connection, for as long as that lasts."""

    def __init__(self, store: Store, figures: MqttFigures) -> None:
        self._store, self._figures = store, figures
        self._news = WakeUp(SAFETY_NET)
        store.on_hint(retained.NEWS, self._news.wake)

    async def run(self, link: Link) -> None:
        """Publish until the connection ends. A failing database is waited for."""
        while not link.closed.is_set():
            try:
                self._news.clear()
                while await self._publish_some(link):
                    pass
                await self._news.wait()
            except NotConnected:
                return
            except Exception:
                log.exception("mqtt publishing waits")
                await asyncio.sleep(PAUSE)

    async def _publish_some(self, link: Link) -> bool:
        rows = await self._store.read(partial(retained.waiting, limit=AT_ONCE))
        if not rows:
            return False
        began = time.perf_counter()
        async with asyncio.timeout(SENT_WITHIN):
            for sent in [link.publish(Message(row.topic, row.payload, retain=True)) for row in rows]:
                await sent
        self._figures.publishing.observe(time.perf_counter() - began)
        await self._store.write(partial(retained.published, rows=rows))
        return True
