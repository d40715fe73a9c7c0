"""The durable queue: every reader has every message once, whatever ends in between, and no message stops the next."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import OperationalError

from daybeat.bootstrap.core import Core
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.quarantine import set_aside_items
from daybeat.infra.events.retry import retry
from daybeat.infra.queues.delivery import QueueReader, deliver_batch
from daybeat.infra.queues.runner import QueueRunner
from daybeat.infra.queues.table import TableOutlet, forget_read_messages, queue_messages, unread
from daybeat.modules.accounts.models import invites
from tests.support.clock import SetClock
from tests.support.moods import deliver, send

pytestmark = pytest.mark.embedded

QUEUE = "test"


class Reader:
    """A reader that writes down what it is handed, and stumbles over chosen words."""

    def __init__(self, core: Core, name: str = "test.reader", batch: int = 200) -> None:
        self._core, self._name = core, name.encode()
        self.stumbles_over: dict[bytes, Exception] = {}
        self.reader = QueueReader(QUEUE, name, self.hear, batch)

    def hear(self, bodies: Sequence[bytes], uow: UnitOfWork) -> None:
        for body in bodies:
            uow.connection.execute(insert(invites).values(code_hash=self._name + b"/" + body, expires_at=uow.now))
            if body in self.stumbles_over:
                raise self.stumbles_over[body]

    @property
    def heard(self) -> list[bytes]:
        """What stands written, in the order of writing: a note in memory would survive a rollback."""
        query = select(invites.c.code_hash).order_by(text("rowid"))
        words = self._core.store.read_now(lambda connection: connection.execute(query).scalars().all())
        return [word.partition(b"/")[2] for word in words if word.startswith(self._name + b"/")]


def kept(core: Core) -> int:
    query = select(func.count()).select_from(queue_messages)
    return core.store.read_now(lambda connection: connection.execute(query).scalar_one())


def test_messages_are_handed_over_once_and_in_order(core: Core) -> None:
    reader = Reader(core)
    send(core, b"one", b"two", queue=QUEUE)
    send(core, b"three", queue=QUEUE)
    send(core, b"of others", queue="other")
    assert deliver(core, reader.reader) == 3
    assert deliver(core, reader.reader) == 0
    assert reader.heard == [b"one", b"two", b"three"]


def test_two_readers_both_see_everything(core: Core) -> None:
    one, other = Reader(core, "one"), Reader(core, "other")
    send(core, b"a", b"b", queue=QUEUE)
    deliver(core, one.reader)
    send(core, b"c", queue=QUEUE)
    deliver(core, other.reader)
    deliver(core, one.reader)
    assert one.heard == other.heard == [b"a", b"b", b"c"]


def test_more_messages_than_a_batch_are_all_read(core: Core) -> None:
    reader = Reader(core, batch=10)
    words = [str(number).encode() for number in range(25)]
    send(core, *words, queue=QUEUE)
    assert [core.store.write_now(partial(deliver_batch, reader.reader)) for _ in range(4)] == [10, 10, 5, 0]
    assert reader.heard == words


def test_a_message_that_is_refused_costs_only_itself(core: Core) -> None:
    reader = Reader(core)
    reader.stumbles_over = {b"two": ValueError("no")}
    send(core, b"one", b"two", b"three", queue=QUEUE)
    deliver(core, reader.reader)
    assert reader.heard == [b"one", b"three"]
    (item,) = core.store.read_now(set_aside_items)
    assert (item.reader, item.content, item.error) == ("queue:test.reader", {"text": "two"}, "ValueError: no")


@pytest.mark.parametrize("body", [b"caf\xc3\xa9", b"\xff\x00\xfe"], ids=["text", "bytes"])
def test_what_was_set_aside_comes_again_to_the_byte(core: Core, body: bytes) -> None:
    reader = Reader(core)
    reader.stumbles_over = {body: ValueError("not yet")}
    send(core, body, queue=QUEUE)
    deliver(core, reader.reader)
    (item,) = core.store.read_now(set_aside_items)
    again = partial(retry, item.id, [], {}, queue_readers=[reader.reader])
    with pytest.raises(ValueError, match="not yet"):
        core.store.write_now(again)
    reader.stumbles_over = {}
    core.store.write_now(again)
    assert reader.heard == [body]
    assert core.store.read_now(set_aside_items) == []


def test_a_database_that_is_away_is_no_fault_of_the_message(core: Core) -> None:
    reader = Reader(core)
    send(core, b"one", b"two", queue=QUEUE)
    reader.stumbles_over = {b"two": OperationalError("INSERT", {}, Exception("disk I/O error"))}
    with pytest.raises(OperationalError):
        deliver(core, reader.reader)
    assert (reader.heard, core.store.read_now(set_aside_items)) == ([], [])
    reader.stumbles_over = {}
    deliver(core, reader.reader)
    assert reader.heard == [b"one", b"two"]


def test_an_end_between_effect_and_position_leaves_neither(core: Core) -> None:
    reader = Reader(core)
    send(core, b"one", queue=QUEUE)

    def deliver_and_die(uow: UnitOfWork) -> None:
        assert deliver_batch(reader.reader, uow) == 1
        raise SystemError

    with pytest.raises(SystemError):
        core.store.write_now(deliver_and_die)
    assert reader.heard == []
    assert deliver(core, reader.reader) == 1
    assert reader.heard == [b"one"]


def test_what_all_have_read_is_dropped_after_days_and_nothing_else(core: Core) -> None:
    one, other = Reader(core, "one"), Reader(core, "other")
    send(core, b"a", b"b", queue=QUEUE)
    send(core, b"nobody reads this", queue="other")
    deliver(core, one.reader)
    core.store.write_now(partial(deliver_batch, QueueReader(QUEUE, "other", other.hear, batch=1)))
    _days_later(core, 2)
    core.store.write_now(forget_read_messages)
    assert kept(core) == 3
    _days_later(core, 2)
    core.store.write_now(forget_read_messages)
    assert kept(core) == 2  # b, which one of two has not read, and what nobody reads
    deliver(core, other.reader)
    assert other.heard == [b"a", b"b"]
    core.store.write_now(forget_read_messages)
    send(core, b"c", queue=QUEUE)
    assert deliver(core, one.reader) == 1


def test_a_runner_is_woken_by_the_commit(core: Core) -> None:
    reader = Reader(core)

    async def put_and_wait() -> float:
        running = asyncio.create_task(QueueRunner(core.store, reader.reader).run())
        await asyncio.sleep(0.1)
        began = asyncio.get_running_loop().time()
        await TableOutlet(core.store, QUEUE).put(b"one", b"two")
        while len(reader.heard) < 2:  # noqa: ASYNC110 - what is heard stands in the database
            await asyncio.sleep(0.005)
        running.cancel()
        return asyncio.get_running_loop().time() - began

    assert asyncio.run(put_and_wait()) < 2  # far below the safety net
    assert core.store.read_now(_behind) == 0


def test_a_runner_goes_on_when_the_database_is_back(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(core)
    reader.stumbles_over = {b"one": OperationalError("INSERT", {}, Exception("disk I/O error"))}
    waits: list[float] = []

    async def no_wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            reader.stumbles_over = {}
        await original(0)

    original = asyncio.sleep
    monkeypatch.setattr("daybeat.infra.wakeup.asyncio.sleep", no_wait)

    async def run() -> None:
        running = asyncio.create_task(QueueRunner(core.store, reader.reader).run())
        while not reader.heard:
            await original(0.005)
        running.cancel()

    send(core, b"one", queue=QUEUE)
    asyncio.run(asyncio.wait_for(run(), 10))
    assert waits[:3] == [1, 2, 4]
    assert reader.heard == [b"one"]


def _behind(connection: Connection) -> int:
    return unread(connection, QUEUE, "test.reader")


def _days_later(core: Core, days: int) -> None:
    assert isinstance(core.clock, SetClock)
    core.clock.set(core.clock.now() + timedelta(days=days))
