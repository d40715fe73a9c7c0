"""The services of the separate mode for tests: private instances, started once, and a fresh corner of each.

A corner is a database of its own (copied from one whose tables are made), a virtual host at RabbitMQ and one of Redis'
numbered databases, so that tests share nothing but the programs.
"""

import atexit
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import psycopg
from pydantic import SecretStr

from daybeat.bootstrap.core import open_core
from daybeat.bootstrap.settings import Settings
from scripts.services.postgresql import PostgreSQL
from scripts.services.private import LOOPBACK
from scripts.services.rabbitmq import PASSWORD, USER, RabbitMQ
from scripts.services.redis_server import Redis

SECRET = "4f1d9a0c7be2" * 4
TEMPLATE = "daybeat_template"
REDIS_DATABASES = 16
_numbers = count(1)


def separate_mode() -> bool:
    """Tell whether tests are to run on separate services; DAYBEAT_TEST_MODE=services says so."""
    return os.environ.get("DAYBEAT_TEST_MODE") == "services"


class Services:
    """PostgreSQL, RabbitMQ and Redis for this test process."""

    def __init__(self, folder: Path) -> None:
        self.postgresql = PostgreSQL(folder / "postgresql", bound=True)
        self.rabbitmq = RabbitMQ(folder / "rabbitmq", bound=True)
        self.redis = Redis(folder / "redis", bound=True)
        for each in (self.postgresql, self.rabbitmq, self.redis):
            each.start()
        self._make_template()

    @contextmanager
    def corner(self) -> Iterator[dict[str, SecretStr]]:
        """Give the settings that lead to a fresh corner; it is gone afterwards."""
        name = f"test_{os.getpid()}_{next(_numbers)}"
        self._sql(f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE}')
        self._manage("PUT", f"vhosts/{name}")
        self._manage("PUT", f"permissions/{name}/{USER}", {"configure": ".*", "write": ".*", "read": ".*"})
        try:
            yield {setting: SecretStr(value) for setting, value in self._urls(name).items()}
        finally:
            self._manage("DELETE", f"vhosts/{name}")
            self._drop(name)

    def stop(self) -> None:
        for each in (self.postgresql, self.rabbitmq, self.redis):
            each.stop()
        self.postgresql.remove()

    def _urls(self, name: str) -> Mapping[str, str]:
        number = next(_numbers) % REDIS_DATABASES
        redis = self.redis.url.rpartition("/")[0]
        return {
            "database_url": self._database(name),
            "amqp_url": f"amqp://{USER}:{PASSWORD}@{LOOPBACK}:{self.rabbitmq.amqp_port}/{name}",
            "redis_url": f"{redis}/{number}",
            "secret_key": SECRET,
        }

    def _make_template(self) -> None:
        self._sql(f"CREATE DATABASE {TEMPLATE}")
        settings = {setting: SecretStr(value) for setting, value in self._urls(TEMPLATE).items()}
        with open_core(Settings(**settings)):  # type: ignore[arg-type]
            pass

    def _database(self, name: str) -> str:
        return f"{self.postgresql.url.rpartition('/')[0]}/{name}"

    def _sql(self, statement: str) -> None:
        with psycopg.connect(self.postgresql.url, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _drop(self, name: str) -> None:
        """Drop a database. While it is being vacuumed nobody but a superuser may end that; it takes a moment."""
        for left in reversed(range(10)):
            try:
                self._sql(f'DROP DATABASE "{name}" WITH (FORCE)')
            except psycopg.errors.InsufficientPrivilege:
                if not left:
                    raise
                time.sleep(0.2)
            else:
                return

    def _manage(self, method: str, path: str, body: Any = None) -> None:
        address = f"{self.rabbitmq.management_url}/api/{path}"
        httpx2.request(method, address, json=body, auth=(USER, PASSWORD), timeout=20).raise_for_status()


@cache
def services() -> Services:
    """Start the services of this test process; they end with it."""
    folder = Path(tempfile.mkdtemp(prefix="daybeat-services-"))
    started = Services(folder)
    atexit.register(_end, started, folder)
    return started


def _end(started: Services, folder: Path) -> None:
    started.stop()
    shutil.rmtree(folder, ignore_errors=True)
