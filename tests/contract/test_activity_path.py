"""The way of an event through real processes: collector, RabbitMQ, recorder, MariaDB."""

import json
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from tests.support.activity import EXAMPLE, said
from tests.support.activity_run.town import QUEUE, Town
from tests.support.foreign import foreign_sender
from tests.support.soak.roles import Role

pytestmark = [pytest.mark.once, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
WITHIN = 15.0
ROLES = {"collect-1": ("daybeat", "collect"), "record-1": ("daybeat", "record")}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with Town(tmp_path_factory.mktemp("town"), ROLES) as built:
        yield built


@pytest.fixture
def marker() -> str:
    """A type of event that nobody else uses."""
    return f"test {uuid4().hex[:12]}"


def track(url: str, event: Mapping[str, Any]) -> httpx2.Response:
    return httpx2.post(f"{url}/api/v1/events/track", json=event, timeout=10)


def rows(town: Town, kind: str) -> list[Any]:
    engine = create_engine(town.mariadb.url)
    query = text("SELECT * FROM user_activities WHERE event_type = :kind ORDER BY id")
    try:
        with engine.connect() as connection:
            return list(connection.execute(query, {"kind": kind}))
    except ProgrammingError:  # the recorder has only just begun and makes the table
        return []
    finally:
        engine.dispose()


def until(town: Town, kind: str, number: int) -> list[Any]:
    """Wait until so many events of a type are stored, and nothing more is on its way."""
    end = time.monotonic() + WITHIN
    while len(found := rows(town, kind)) < number or town.waiting():
        assert time.monotonic() < end, f"{len(found)} of {number} stored, {town.waiting()} waiting"
        time.sleep(0.05)
    return found


def test_the_activity_trackers_request_lands_as_its_row(town: Town) -> None:
    answer = track(town.collectors[0], EXAMPLE)
    assert answer.status_code == 202
    (row,) = until(town, "login", 1)
    assert (row.user_id, row.event_type, row.timestamp) == (101, "login", datetime(2025, 1, 3, 8, 30))
    assert json.loads(row.metadata) == {"source": "web"}


def test_the_messages_of_other_peoples_producers_land_as_rows_too(town: Town, marker: str) -> None:
    one, many = said(event_type=marker), [said(event_type=marker, user_id=number) for number in (1, 2)]
    with foreign_sender(town.rabbitmq.amqp_url, QUEUE) as sender:
        for body in (one, many, one):
            sender.send(json.dumps(body).encode())
    assert [row.user_id for row in until(town, marker, 4)] == [101, 1, 2, 101], "said twice is two"


def test_a_message_that_is_delivered_again_is_stored_once(town: Town, marker: str) -> None:
    record = town.roles["record-1"]
    for turn in range(3):
        with foreign_sender(town.rabbitmq.amqp_url, QUEUE) as sender:
            for number in range(40):
                sender.send(json.dumps(said(event_type=marker, user_id=turn * 40 + number)).encode())
                sender.send(json.dumps(said(event_type=marker)).encode(), str(uuid4()))
        record.kill()
        record.launch()
    record.wait()
    until(town, marker, 240)
    assert len(rows(town, marker)) == 240


KILLERS = {
    "51 characters": said(event_type="x" * 51),
    "65 bits": said(user_id=2**64),
    "NUL": said(metadata={"a": "\0"}),
    "1999": said(timestamp="1999-01-01T00:00:00Z"),
    "2099": said(timestamp="2099-01-01T00:00:00Z"),
    "no offset": said(timestamp="2025-01-03T08:30:00"),
    "10 MB": said(metadata={"x": "y" * 10_000_000}),
    "no event": {"hello": "world"},
}


def test_what_would_kill_others_is_refused_at_the_door_and_the_next_one_is_taken(town: Town, marker: str) -> None:
    statuses = {name: track(town.collectors[0], killer).status_code for name, killer in KILLERS.items()}
    assert statuses == {name: 413 if name == "10 MB" else 422 for name in KILLERS}
    assert track(town.collectors[0], said(event_type=marker, user_id=2**40)).status_code == 202
    assert until(town, marker, 1)[0].user_id == 2**40


def test_what_would_kill_others_is_set_aside_in_the_queue_and_the_next_one_is_stored(town: Town, marker: str) -> None:
    before = town.set_aside()
    with foreign_sender(town.rabbitmq.amqp_url, QUEUE) as sender:
        for killer in (*(json.dumps(each).encode() for each in KILLERS.values()), b"no JSON at all"):
            sender.send(killer)
            sender.send(json.dumps(said(event_type=marker, timestamp="2025-01-03T08:30:00+05:30")).encode())
        sender.send(json.dumps([said(event_type=marker), KILLERS["1999"], said(event_type=marker)]).encode())
    found = until(town, marker, len(KILLERS) + 3)
    assert found[0].timestamp == datetime(2025, 1, 3, 3)
    # The event of 1999 stands in the queue alone and within an array: two messages, two refusals.
    assert town.set_aside() - before == len(KILLERS) + 2


@contextmanager
def spooling(town: Town) -> Iterator[Role]:
    """Run one more collector, which keeps events on the disk while RabbitMQ does not take them."""
    folder = town.folder / "spool"
    environment = {**town.roles["collect-1"].environment, "DAYBEAT_ACTIVITY_SPOOL_DIR": str(folder)}
    role = Role("collect-spool", ("daybeat", "collect"), environment, town.folder)
    role.launch()
    role.wait()
    try:
        yield role
    finally:
        role.kill()
        shutil.rmtree(folder, ignore_errors=True)


def timed(url: str, kind: str) -> tuple[int, float]:
    began = time.monotonic()
    return track(url, said(event_type=kind)).status_code, time.monotonic() - began


def test_without_rabbitmq_a_collector_refuses_at_once_and_one_with_a_spool_carries_on(town: Town, marker: str) -> None:
    with spooling(town) as spool:
        town.rabbitmq.stop()
        try:
            refused = [timed(town.collectors[0], "refused") for _ in range(5)]
            taken = [timed(spool.url, marker) for _ in range(20)]
        finally:
            town.rabbitmq.start()
        assert {status for status, _ in refused} == {503}
        assert {status for status, _ in taken} == {202}
        assert max(seconds for _, seconds in (*refused, *taken)) < 2
        town.roles["collect-1"].wait()
        assert len(until(town, marker, 20)) == 20
    assert rows(town, "refused") == []


def test_under_a_disk_alarm_nothing_hangs_and_nothing_taken_is_lost(town: Town, marker: str) -> None:
    with spooling(town) as spool:
        town.rabbitmq.control("set_disk_free_limit", "100000GB")
        try:
            refused = [timed(town.collectors[0], "unsure") for _ in range(3)]
            taken = [timed(spool.url, marker) for _ in range(10)]
        finally:
            town.rabbitmq.control("set_disk_free_limit", "50MB")
        assert {status for status, _ in refused} == {503}
        assert {status for status, _ in taken} == {202}
        assert max(seconds for _, seconds in (*refused, *taken)) < 3
        assert len(until(town, marker, 10)) == 10
    assert eventually(town, marker) == 202


def eventually(town: Town, kind: str) -> int:
    """Send until it is taken, as a client that was told to come back would."""
    end = time.monotonic() + WITHIN
    while (status := track(town.collectors[0], said(event_type=kind)).status_code) != 202 and time.monotonic() < end:
        time.sleep(0.2)
    return status


def test_the_recorder_waits_for_a_database_that_is_away_and_loses_nothing(town: Town, marker: str) -> None:
    town.mariadb.stop()
    try:
        assert {track(town.collectors[0], said(event_type=marker)).status_code for _ in range(20)} == {202}
    finally:
        town.mariadb.start()
    assert len(until(town, marker, 20)) == 20


def test_a_prefetch_of_one_stores_one_by_one(town: Town, marker: str) -> None:
    environment = {**town.roles["record-1"].environment, "DAYBEAT_ACTIVITY_PREFETCH": "1"}
    slow = Role("record-slow", ("daybeat", "record"), environment, Path(town.folder))
    town.roles["record-1"].stop()
    slow.launch()
    try:
        slow.wait()
        for number in range(30):
            track(town.collectors[0], said(event_type=marker, user_id=number))
        assert [row.user_id for row in until(town, marker, 30)] == list(range(30))
    finally:
        slow.kill()
        town.roles["record-1"].launch()
        town.roles["record-1"].wait()
