"""A way into a queue that stays open while the broker is away: nothing lost, nothing out of order."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from daybeat.infra.queues.spool import Spool, SpoolFull, SpoolTaken
from daybeat.kit.errors import DomainError, Kind

pytestmark = pytest.mark.once
MEGABYTE = 1024 * 1024


class Away(DomainError):
    """Nobody is there."""

    kind = Kind.UNAVAILABLE


class Broker:
    """Takes what it gets while it is there."""

    def __init__(self) -> None:
        self.is_away = False
        self.took: list[bytes] = []

    async def put(self, *bodies: bytes) -> None:
        if self.is_away:
            raise Away
        self.took += bodies


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not done():  # noqa: ASYNC110 - what is waited for is a file
            await asyncio.sleep(0.01)


async def running(spool: Spool, done: Callable[[], bool]) -> None:
    task = asyncio.create_task(spool.run())
    try:
        await until(done)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def keep(broker: Broker, folder: Path, *bodies: bytes) -> None:
    """Put in a process that then ends."""
    spool = Spool(broker, folder, MEGABYTE)
    asyncio.run(spool.put(*bodies))
    spool.close()


def test_two_processes_do_not_share_a_folder(tmp_path: Path) -> None:
    spool = Spool(Broker(), tmp_path, MEGABYTE)
    with pytest.raises(SpoolTaken):
        Spool(Broker(), tmp_path, MEGABYTE)
    spool.close()
    Spool(Broker(), tmp_path, MEGABYTE).close()


def test_what_the_broker_takes_is_not_kept(tmp_path: Path) -> None:
    broker = Broker()
    spool = Spool(broker, tmp_path, MEGABYTE)
    asyncio.run(spool.put(b"one", b"two"))
    assert broker.took == [b"one", b"two"]
    assert spool.kept_bytes == 0


def test_what_came_while_the_broker_was_away_is_put_in_order_and_before_what_comes_later(tmp_path: Path) -> None:
    broker = Broker()
    spool = Spool(broker, tmp_path, MEGABYTE)

    async def outage() -> None:
        broker.is_away = True
        for number in range(50):
            await spool.put(b"%d" % number)
        broker.is_away = False
        await spool.put(b"50")
        assert broker.took == [], "behind what is kept"
        await running(spool, lambda: len(broker.took) == 51)
        await spool.put(b"51")

    asyncio.run(outage())
    assert broker.took == [b"%d" % number for number in range(52)]
    assert list(tmp_path.glob("*.spool")) == []


def test_what_was_kept_outlives_the_process(tmp_path: Path) -> None:
    broker = Broker()
    broker.is_away = True
    keep(broker, tmp_path, b"one", b"two")
    broker.is_away = False
    asyncio.run(running(Spool(broker, tmp_path, MEGABYTE), lambda: len(broker.took) == 2))
    assert broker.took == [b"one", b"two"]


@pytest.mark.parametrize("torn", [1, 5, 9], ids=["the body", "the head", "all but a byte of the head"])
def test_a_record_torn_by_a_crash_costs_only_itself(tmp_path: Path, torn: int) -> None:
    broker = Broker()
    broker.is_away = True
    keep(broker, tmp_path, b"one", b"22")
    (file,) = tmp_path.glob("*.spool")
    file.write_bytes(file.read_bytes()[:-torn])
    keep(broker, tmp_path, b"three")
    broker.is_away = False
    asyncio.run(running(Spool(broker, tmp_path, MEGABYTE), lambda: len(broker.took) == 2))
    assert broker.took == [b"one", b"three"]


def test_a_full_spool_refuses_and_what_it_kept_stays(tmp_path: Path) -> None:
    broker = Broker()
    broker.is_away = True
    spool = Spool(broker, tmp_path, 1000)

    async def fill() -> None:
        await spool.put(b"x" * 900)
        with pytest.raises(SpoolFull):
            await spool.put(b"y" * 900)
        broker.is_away = False
        await running(spool, lambda: bool(broker.took))

    asyncio.run(fill())
    assert broker.took == [b"x" * 900]


def test_a_refusal_that_is_no_outage_is_passed_on(tmp_path: Path) -> None:
    class Forbidden(DomainError):
        """You may not."""

        kind = Kind.FORBIDDEN

    class Strict(Broker):
        async def put(self, *_bodies: bytes) -> None:
            raise Forbidden

    with pytest.raises(Forbidden):
        asyncio.run(Spool(Strict(), tmp_path, MEGABYTE).put(b"one"))
