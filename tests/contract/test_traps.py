"""What others fell into at brokers and caches: each trap once, with the parts that could fall into it."""

import asyncio
import json
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import aio_pika
import pytest
from pydantic import SecretStr

from daybeat.bootstrap.background import amqp_url
from daybeat.bootstrap.core import open_core
from daybeat.bootstrap.settings import Settings
from daybeat.infra.amqp.outlet import QueueUnavailable
from daybeat.infra.cache.redis_link import RedisLink
from daybeat.infra.web.limits import RateLimits, TooManyRequests
from daybeat.modules.accounts.domain import refresh_tokens
from daybeat.modules.accounts.refused import RefusedTokens
from tests.support.amqp import open_outlet
from tests.support.clock import SetClock
from tests.support.daybeat import NOON, running_daybeat
from tests.support.fault_proxy import Fault, FaultProxy
from tests.support.live import connected
from tests.support.services import services
from tests.support.transport import OverRabbitMQ, over_rabbitmq, tell

ANA = UUID(int=1)
NOWHERE = "redis://127.0.0.1:9/0"
pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def rabbitmq(tmp_path: Path) -> Iterator[OverRabbitMQ]:
    with over_rabbitmq(tmp_path / "data") as made:
        yield made


@pytest.fixture
def corner() -> Iterator[dict[str, SecretStr]]:
    with services().corner() as given:
        yield given


async def _note(taken: asyncio.Event, _message: object) -> None:
    taken.set()


def test_a_good_message_outlives_any_number_of_consumers_that_die_with_it(rabbitmq: OverRabbitMQ) -> None:
    tell(rabbitmq.core, "one", user=ANA)
    rabbitmq.relay_only()
    asyncio.run(_take_and_die(amqp_url(rabbitmq.core), f"daybeat.{rabbitmq.listener.subscriber.name}", times=30))
    rabbitmq.deliver()
    assert rabbitmq.listener.heard == ["one"]


async def _take_and_die(url: str, queue: str, times: int) -> None:
    for _ in range(times):
        connection = await aio_pika.connect(url)
        channel = await connection.channel()
        there = await channel.get_queue(queue, ensure=False)
        taken = asyncio.Event()
        await there.consume(partial(_note, taken))
        async with asyncio.timeout(5):
            await taken.wait()
        await connection.close()


async def test_what_no_queue_takes_is_not_confirmed_and_the_next_is_taken(corner: dict[str, SecretStr]) -> None:
    url = corner["amqp_url"].get_secret_value()
    async with open_outlet(url, "moods") as outlet:
        await outlet.put(b"one")
        connection = await aio_pika.connect(url)
        async with connection:
            channel = await connection.channel()
            await channel.queue_delete("moods")
        with pytest.raises(QueueUnavailable):
            await outlet.put(b"two")
        await outlet.put(b"three")


async def test_a_broker_that_says_nothing_is_not_waited_for(corner: dict[str, SecretStr]) -> None:
    """A blocked or swallowed publish gives no error by itself."""
    port = services().rabbitmq.amqp_port
    with FaultProxy(port) as link:
        url = corner["amqp_url"].get_secret_value().replace(f":{port}", f":{link.port}")
        async with open_outlet(url, "moods") as outlet:
            await outlet.put(b"one")
            link.have(Fault.BLACK_HOLE)
            began = time.monotonic()
            with pytest.raises(QueueUnavailable):
                await outlet.put(b"two")
            assert time.monotonic() - began < 10


@pytest.mark.parametrize("redis", ["there", "away"])
def test_an_open_page_hears_what_another_process_committed(
    corner: dict[str, SecretStr], tmp_path: Path, redis: str
) -> None:
    """Hints may get lost without an error; then the page hears it a little later."""
    settings = {**corner, "redis_url": corner["redis_url"] if redis == "there" else SecretStr(NOWHERE)}
    with (
        running_daybeat(tmp_path / "one", **settings) as here,
        open_core(Settings(data_dir=tmp_path / "other", **settings), SetClock(NOON)) as elsewhere,  # type: ignore[arg-type]
    ):
        person = here.person()
        with connected(here) as socket:
            socket.send_text(json.dumps({"type": "auth", "token": person.access_token}))
            assert json.loads(socket.receive_text())["type"] == "ready"
            tell(elsewhere, "name", user=UUID(person.id))
            assert json.loads(socket.receive_text())["data"] == {"fields": ["name"]}


async def test_what_redis_forgets_or_brings_back_revives_no_refused_token(corner: dict[str, SecretStr]) -> None:
    secret = "s" * 32
    token = refresh_tokens.issue(secret, UUID(int=7), 1)
    link = RedisLink(corner["redis_url"].get_secret_value())
    refused = RefusedTokens(link)
    assert not await refused.knows(token), "what is not known is asked of the database"
    await refused.note(token)
    assert await refused.knows(token)
    await link.client.flushdb()
    assert not await refused.knows(token)
    await link.close()


async def test_limits_hold_together_with_redis_and_each_for_itself_without(corner: dict[str, SecretStr]) -> None:
    links = [RedisLink(corner["redis_url"].get_secret_value()) for _ in range(2)]
    one, other = (RateLimits(link) for link in links)
    await one.count("2/minute", "somebody")
    await other.count("2/minute", "somebody")
    with pytest.raises(TooManyRequests):
        await one.count("2/minute", "somebody")
    for link in links:
        await link.close()
    alone = RateLimits(RedisLink(NOWHERE))
    await alone.count("1/minute", "somebody")
    with pytest.raises(TooManyRequests):
        await alone.count("1/minute", "somebody")


def test_a_database_that_says_nothing_is_not_waited_for(corner: dict[str, SecretStr], tmp_path: Path) -> None:
    port = services().postgresql.port
    with FaultProxy(port) as link:
        url = corner["database_url"].get_secret_value().replace(f":{port}", f":{link.port}")
        with running_daybeat(tmp_path, **{**corner, "database_url": SecretStr(url)}) as daybeat:
            person = daybeat.person()
            link.have(Fault.BLACK_HOLE)
            began = time.monotonic()
            answer = person.ask("GET", "/today")
            took = time.monotonic() - began
            link.have(Fault.NONE)
            assert (answer.status_code, bool(answer.headers.get("retry-after"))) == (503, True)
            assert took < 10
            assert _soon(lambda: person.ask("GET", "/today").status_code == 200)


def _soon(true: Any, within: float = 15.0) -> bool:
    until = time.monotonic() + within
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True
