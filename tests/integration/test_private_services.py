"""The private services keep what they acknowledged through kills, and each is one, alone and ended as a whole."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scripts.services.mariadb import MariaDB
from scripts.services.postgresql import PostgreSQL
from scripts.services.rabbitmq import PASSWORD, USER, RabbitMQ
from scripts.services.redis_server import Redis
from tests.support.amqp import open_outlet
from tests.support.mariadb import private_mariadb
from tests.support.mosquitto import mosquitto_programs
from tests.support.postgresql import private_postgresql
from tests.support.rabbitmq import private_rabbitmq
from tests.support.redis_server import private_redis

Store = PostgreSQL | MariaDB | Redis


pytestmark = pytest.mark.once


def psql(service: Any, words: str) -> str:
    return _said(["psql", service.url, "-qAtc", words])


def mariadb(service: Any, words: str) -> str:
    to = ["--no-defaults", "-h127.0.0.1", f"-P{service.port}", "-udaybeat", "daybeat"]
    return _said(["mariadb", *to, "--default-character-set=utf8mb4", "-Ne", words], {"MYSQL_PWD": "for-trying-out"})


def redis(service: Any, words: str) -> str:
    return _said(["redis-cli", "-p", str(service.port), *words.split()], {"REDISCLI_AUTH": "for-trying-out"})


@dataclass(frozen=True)
class Kind:
    private: Callable[[Path], AbstractContextManager[Store]]
    tell: Callable[[Any, str], str]
    write: tuple[str, ...]
    read: str

    def prepare(self, service: Store) -> None:
        for words in self.write:
            self.tell(service, words)


WORD = "kept🌱"
MADE = ("CREATE DATABASE another", "CREATE TABLE kept (word varchar(9)); INSERT INTO kept VALUES ('kept🌱')")
KINDS = {
    "postgresql": Kind(private_postgresql, psql, MADE, "SELECT word FROM kept"),
    "mariadb": Kind(private_mariadb, mariadb, MADE, "SELECT word FROM kept"),
    "redis": Kind(private_redis, redis, (f"SET word {WORD}",), "GET word"),
}


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.fixture(scope="module")
def shared(kind: Kind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One service of a kind for all tests, which has acknowledged a word."""
    with kind.private(tmp_path_factory.mktemp("service")) as service:
        kind.prepare(service)
        yield service


@pytest.fixture
def service(shared: Store) -> Store:
    shared.start()
    return shared


def test_keeps_what_it_acknowledged_when_it_is_killed(kind: Kind, service: Store) -> None:
    for _ in range(2):
        service.stop(signal.SIGKILL)
        assert not service.is_running
        service.start()
        assert kind.tell(service, kind.read) == WORD


def test_is_one_however_often_it_is_started_and_ends_alone(kind: Kind, service: Store, tmp_path: Path) -> None:
    again = type(service)(service._folder)
    assert (again.start(), again._process.pid) == (service.start(), service._process.pid)
    with kind.private(tmp_path) as other:
        kind.prepare(other)
        again.stop()
        assert not service.is_running
        assert kind.tell(other, kind.read) == WORD


def test_ends_with_the_thread_that_started_it(service: Store) -> None:
    service.stop()
    thread = threading.Thread(target=service.start)
    thread.start()
    thread.join()
    _until(lambda: not service.is_running)


def test_a_start_ends_what_a_lost_postgresql_left_at_work(tmp_path: Path) -> None:
    with private_postgresql(tmp_path) as service:
        busy = ["psql", service.url, "-c", "SELECT count(*) FROM generate_series(1, 1000000000)"]
        with subprocess.Popen(busy, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as client:  # noqa: S603
            try:
                others = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid()"
                _until(lambda: psql(service, others) == "1")
                assert service._process.pid is not None
                os.kill(service._process.pid, signal.SIGKILL)
                _until(lambda: not service.is_running)
                service.start()
                assert client.wait(5) != 0
            finally:
                client.kill()
        assert psql(service, others) == "0"


def test_rabbitmq_keeps_a_message_and_tells_about_it(tmp_path: Path) -> None:
    with private_rabbitmq(tmp_path) as node:
        assert _asked(node, "GET", "whoami")["tags"] == ["administrator"]
        asyncio.run(_put(node.amqp_url, "kept"))
        node.stop(signal.SIGKILL)
        node.start()
        how = {"count": 1, "ackmode": "ack_requeue_false", "encoding": "auto"}
        assert [each["payload"] for each in _asked(node, "POST", "queues/%2F/kept/get", how)] == ["kept"]
        node.stop(signal.SIGKILL)


async def _put(url: str, word: str) -> None:
    async with open_outlet(url, "kept") as outlet:
        await outlet.put(word.encode())


def test_the_addresses_are_of_all_that_runs(tmp_path: Path) -> None:
    mosquitto_programs()
    with private_redis(tmp_path / "to have it"):
        pass
    try:
        _command(tmp_path, "start", "mosquitto")
        secret = _addresses(tmp_path)["DAYBEAT_SECRET_KEY"]
        _command(tmp_path, "start", "redis")
        assert set(_addresses(tmp_path)) == {"DAYBEAT_MQTT_URL", "DAYBEAT_REDIS_URL", "DAYBEAT_SECRET_KEY"}
        _command(tmp_path, "stop", "mosquitto")
        assert set(_addresses(tmp_path)) == {"DAYBEAT_REDIS_URL", "DAYBEAT_SECRET_KEY"}
        assert _addresses(tmp_path)["DAYBEAT_SECRET_KEY"] == secret
        assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("env", "secret")} == {0o600}
    finally:
        _command(tmp_path, "stop")
    assert not (tmp_path / "env").exists()


def _command(folder: Path, *words: str) -> None:
    """Give the command as somebody would in a shell, with a folder of our own."""
    told = f"import pathlib; from scripts.services import __main__ as it; it.FOLDER = pathlib.Path({str(folder)!r})"
    _said([sys.executable, "-c", f"{told}; raise SystemExit(it.main())", *words])


def _addresses(folder: Path) -> Mapping[str, str]:
    lines = (folder / "env").read_text().splitlines()
    return dict(line.removeprefix("export ").split("=", 1) for line in lines)


def _said(words: list[str], environment: Mapping[str, str] | None = None) -> str:
    everything = {**os.environ, **(environment or {})}
    done = subprocess.run(words, env=everything, capture_output=True, encoding="utf-8", check=True)  # noqa: S603
    return done.stdout.strip()


def _asked(node: RabbitMQ, method: str, path: str, body: Any = None) -> Any:
    who = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    request = urllib.request.Request(  # noqa: S310 - our own address
        f"{node.management_url}/api/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Basic {who}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        return json.loads(answer.read() or b"null")


def _until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
