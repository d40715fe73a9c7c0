"""What runs beside the requests, part by part. A process is a choice of these."""

from collections.abc import Callable, Coroutine, Iterable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry

from daybeat.bootstrap.core import Core, recurring_tasks
from daybeat.bootstrap.readers import CONSUMED, NOTIFYING, QUEUE_READERS, SUBSCRIBERS
from daybeat.bootstrap.reminders import REMINDED
from daybeat.infra.events.dispatcher import Dispatcher
from daybeat.infra.jobs.loop import JobLoop
from daybeat.infra.queues.runner import QueueRunner
from daybeat.modules.reminders.habit_reminders.ticking import ReminderTicker
from daybeat.modules.reminders.ticking import PromptTicker

if TYPE_CHECKING:
    from daybeat.infra.amqp.consuming import Reading
    from daybeat.infra.amqp.figures import ConsumerFigures
    from daybeat.infra.amqp.link import Stay

Run = Callable[[], Coroutine[Any, Any, None]]
Background = Mapping[str, Run]
"""Named parts; each is made on the running loop."""


class Parts:
    """The parts there are. `links` are the connections to the broker that were made for them."""

    def __init__(self, core: Core, registry: CollectorRegistry) -> None:
        self._core, self._registry = core, registry
        self.links: list[Stay] = []

    def delivering(self) -> Background:
        """Bring facts and messages to all who read them, within this one process or through the broker."""
        if self._core.settings.is_embedded:
            return self._delivering_embedded()
        return {**self.relaying(), **self.consuming(), **self.hearing_notifications(), **self.counting()}

    def working(self) -> Background:
        """Do what is due by the clock."""
        core = self._core
        return {
            "prompts": lambda: PromptTicker(core.store, core.clock).run(),
            "reminders": lambda: ReminderTicker(core.store, core.clock, REMINDED).run(),
            "jobs": lambda: JobLoop(core.store, recurring_tasks()).run(),
        }

    def relaying(self) -> Background:
        """Hand what was committed to the broker."""
        return {"relay": self._relay}

    def consuming(self) -> Background:
        """Feed every subscriber from its queue, and open browsers with hints."""
        from daybeat.infra.amqp.hinting import hints_reading
        from daybeat.infra.amqp.subscribers import subscriber_reading
        from daybeat.infra.cache.hints import HintsInRedis

        readings = [subscriber_reading(self._core.store, each) for each in CONSUMED]
        if self._core.redis is not None:
            readings.append(hints_reading(HintsInRedis(self._core.redis).tell))
        return self._reading(readings)

    def hearing_notifications(self) -> Background:
        """Feed what turns facts into deliveries."""
        from daybeat.infra.amqp.subscribers import subscriber_reading

        return self._reading(subscriber_reading(self._core.store, each) for each in NOTIFYING)

    def counting(self) -> Background:
        """Feed the readers of plain queues."""
        from daybeat.infra.amqp.queues import queue_reading

        return self._reading(queue_reading(self._core.store, each) for each in QUEUE_READERS)

    def trouble(self) -> str | None:
        """Say what these parts lack to work."""
        away = not all(link.is_connected for link in self.links)
        return "RabbitMQ does not answer." if away else None

    def _delivering_embedded(self) -> Background:
        store = self._core.store
        readers = {f"queue {each.name}": lambda each=each: QueueRunner(store, each).run() for each in QUEUE_READERS}
        return {"dispatcher": lambda: Dispatcher(store, SUBSCRIBERS).run(), **readers}

    def _reading(self, readings: "Iterable[Reading]") -> Background:
        return {f"read {each.name}": partial(self._read, each) for each in readings}

    async def _relay(self) -> None:
        from daybeat.infra.amqp.figures import RelayFigures
        from daybeat.infra.amqp.relay import Relay

        relay = Relay(self._core.store, amqp_url(self._core), SUBSCRIBERS, RelayFigures(self._registry))
        self.links.append(relay.link)
        await relay.run()

    async def _read(self, reading: "Reading") -> None:
        from daybeat.infra.amqp.consuming import Consumer

        consumer = Consumer(amqp_url(self._core), reading, self._consumer_figures)
        if not reading.alone:  # another process may have the queue, and then there is nothing to do
            self.links.append(consumer.link)
        await consumer.run()

    @cached_property
    def _consumer_figures(self) -> "ConsumerFigures":
        from daybeat.infra.amqp.figures import ConsumerFigures

        return ConsumerFigures(self._registry)


def amqp_url(core: Core) -> str:
    """Give the broker's address; settings with a shared database have one."""
    assert core.settings.amqp_url is not None  # noqa: S101 - checked when the settings were
    return core.settings.amqp_url.get_secret_value()
