"""Events taken over HTTP and stored from the queue, beside the activity tracker's way and beside doing nothing."""

import asyncio
import os
import re
import signal
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import aio_pika
from sqlalchemy import create_engine, text

from bench.activity_places import QUEUE, Load, load
from bench.running import Running, environment, scratch
from bench.table import Figure, milliseconds, print_table
from daybeat.kit.clock import SystemClock
from daybeat.kit.ids import new_id
from daybeat.modules.activity.event import NOBODY, ActivityEvent, write_events
from scripts.services.mariadb import MariaDB
from scripts.services.postgresql import PostgreSQL
from scripts.services.rabbitmq import RabbitMQ
from tests.support.services import SECRET

SECONDS, ROUNDS = 6, 3
BATCH, BATCH_SECONDS = 100, 60
TO_STORE, IN_A_MESSAGE = 400_000, 500
ONE_BY_ONE = 2_000
SAID_TWICE = 50  # every so many events one comes again


def run() -> None:
    """Measure and print."""
    with scratch() as root, _services(root) as (mariadb, postgresql):
        notes = [f"load by wrk on the same two cores; load average before {os.getloadavg()[0]:.1f}"]
        print_table("Activity: taking events", [*_taking(root), *_batches(root), *_embedded(root)], notes)
        stored = [*_storing(root, "PostgreSQL", postgresql, 80_000), *_storing(root, "MariaDB", mariadb, 60_000)]
        print_table("Activity: storing events", stored, [f"{TO_STORE:,} events, one in {SAID_TWICE} twice"])


@contextmanager
def _services(root: Path) -> Iterator[tuple[str, str]]:
    """Start what is needed and let every process that is started find it."""
    rabbitmq, mariadb = RabbitMQ(root / "rabbitmq", bound=True), MariaDB(root / "mariadb", bound=True)
    postgresql = PostgreSQL(root / "postgresql", bound=True)
    started = (rabbitmq, mariadb, postgresql)
    try:
        for service in started:
            service.start()
        settings = {
            "DAYBEAT_AMQP_URL": rabbitmq.amqp_url,
            "DAYBEAT_ACTIVITY_ANONYMOUS": "1",
            "DAYBEAT_ACTIVITY_EVENTS_PER_MINUTE": "0",
            "DAYBEAT_SECRET_KEY": SECRET,
        }
        with environment(**settings):
            yield mariadb.url, postgresql.url
    finally:
        for service in started:
            service.stop(signal.SIGKILL)
        postgresql.remove()
        mariadb.remove()


def _taking(root: Path) -> list[Figure]:
    """Single events: all ways in turn, so that a slow minute of the machine is everybody's."""
    rivals = ("-m", "bench.activity_rivals")
    ways = {
        "connecting": Running(root / "connecting", *rivals, "connecting"),
        "confirming": Running(root / "confirming", *rivals, "confirming"),
        "ours": Running(root / "ours", "-m", "daybeat", "collect"),
        "silent": Running(root / "silent", *rivals, "silent"),
    }
    loads: dict[str, list[Load]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            with way:
                loads[name].append(load(way.url, SECONDS, root))
            asyncio.run(_empty())
    rates = {name: median(each.rate for each in got) for name, got in loads.items()}
    p99 = median(each.p99 for each in loads["ours"])
    ours = rates["ours"]
    return [
        Figure("one event a request", f"{ours:,.0f}/s", "", "", ">= 20,000/s", ours >= 20_000),
        _beside("  beside a new connection each, unconfirmed", ours, rates["connecting"], 60),
        Figure(
            "  beside one confirm each",
            "",
            f"{rates['confirming']:,.0f}/s",
            f"{ours / rates['confirming']:.1f} x",
        ),
        Figure(
            "  beside the same answer and nobody behind it",
            "",
            f"{rates['silent']:,.0f}/s",
            f"{ours / rates['silent']:.0%}",
            ">= 60 %",
            ours / rates["silent"] >= 0.6,
        ),
        Figure("  99 of 100 within", milliseconds(p99), "64 connections", "", "<= 10 ms", p99 <= 0.01),
    ]


def _batches(root: Path) -> list[Figure]:
    with Running(root / "batches", "-m", "daybeat", "collect") as way:
        got = load(way.url, BATCH_SECONDS, root, batch=BATCH)
    asyncio.run(_empty())
    rate = got.rate * BATCH
    said = f"{got.refused} refused in {BATCH_SECONDS} s"
    return [Figure(f"{BATCH} events a request", f"{rate:,.0f}/s", said, "", ">= 300,000/s", rate >= 300_000)]


def _embedded(root: Path) -> list[Figure]:
    """In one process 202 means: committed on SQLite, flushed to the disk."""
    with (
        environment(DAYBEAT_AMQP_URL="", DAYBEAT_MQTT_URL="off"),
        Running(root / "embedded", "-m", "daybeat", "serve") as way,
    ):
        one, many = load(way.url, SECONDS, root), load(way.url, SECONDS, root, batch=BATCH)
    return [
        Figure("SQLite, to the commit, one a request", f"{one.rate:,.0f}/s", "", "", ">= 15,000/s", one.rate >= 15_000),
        Figure(f"SQLite, to the commit, {BATCH} a request", f"{many.rate * BATCH:,.0f}/s"),
    ]


def _storing(root: Path, name: str, url: str, aim: int) -> list[Figure]:
    ours = _stored_a_second(root, url, _messages(TO_STORE, IN_A_MESSAGE), TO_STORE, prefetch=40)
    slow = _stored_a_second(root, url, _messages(ONE_BY_ONE, 1), ONE_BY_ONE, prefetch=1)
    return [
        Figure(f"{name}", f"{ours:,.0f}/s", "", "", f">= {aim:,}/s", ours >= aim),
        _beside("  beside prefetch 1 and a commit each", ours, slow, 80),
    ]


def _stored_a_second(root: Path, url: str, messages: Sequence[bytes], total: int, prefetch: int) -> float:
    """Fill the queue, start a recorder, and see how fast it gets on once it has begun."""
    asyncio.run(_publish(messages))
    folder = root / f"record-{new_id()}"
    settings = {"DAYBEAT_ACTIVITY_DATABASE_URL": url, "DAYBEAT_ACTIVITY_PREFETCH": str(prefetch)}
    with environment(**settings), Running(folder, "-m", "daybeat", "record") as recorder:
        while not (first := _recorded(recorder)):
            time.sleep(0.005)
        began = time.perf_counter()
        while (done := _recorded(recorder)) < total:
            time.sleep(0.05)
        took = time.perf_counter() - began
    _check(url, total)
    return (done - first) / took


def _recorded(recorder: Running) -> int:
    with urllib.request.urlopen(f"{recorder.url}/metrics", timeout=10) as answer:  # noqa: S310
        found = re.search(r"^daybeat_activity_recorded_total ([\d.e+]+)", answer.read().decode(), re.MULTILINE)
    return int(float(found[1])) if found else 0


def _check(url: str, total: int) -> None:
    """See that everything is there once, and make room."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        there = connection.execute(text("SELECT count(*), count(DISTINCT event_id) FROM user_activities")).one()
        expected = total - total // SAID_TWICE if total >= SAID_TWICE * IN_A_MESSAGE else total
        assert tuple(there) == (expected, expected), there
        connection.execute(text("DELETE FROM user_activities"))
    engine.dispose()


def _messages(total: int, in_a_message: int) -> list[bytes]:
    """Make messages as the collector writes them; in large ones some events come twice."""
    now = SystemClock().now()
    made = [
        ActivityEvent(
            user_id=number % 1000,
            event_type="login",
            timestamp=now,
            metadata={"source": "web"},
            event_id=new_id(),
            account=NOBODY,
            received_at=now,
        )
        for number in range(total)
    ]
    if in_a_message == 1:
        return [write_events([event])[1:-1] for event in made]
    for number in range(SAID_TWICE - 1, total, SAID_TWICE):
        made[number] = made[number - 1]
    return [write_events(made[first : first + in_a_message]) for first in range(0, total, in_a_message)]


async def _publish(messages: Sequence[bytes]) -> None:
    async with await aio_pika.connect(os.environ["DAYBEAT_AMQP_URL"]) as connection:
        channel = await connection.channel(publisher_confirms=False)
        await channel.declare_queue(QUEUE, durable=True)
        for body in messages:
            message = aio_pika.Message(body, delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
            await channel.default_exchange.publish(message, QUEUE)


async def _empty() -> None:
    async with await aio_pika.connect(os.environ["DAYBEAT_AMQP_URL"]) as connection:
        channel = await connection.channel()
        await (await channel.declare_queue(QUEUE, durable=True)).purge()


def _beside(what: str, ours: float, rival: float, aim: float) -> Figure:
    return Figure(what, "", f"{rival:,.0f}/s", f"{ours / rival:.0f} x", f">= {aim:.0f} x", ours / rival >= aim)
