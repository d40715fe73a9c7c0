"""Private services behind links that can be disturbed, and all processes of Daybeat on them."""

import signal
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import httpx2
import psycopg

from scripts.services.mosquitto import Mosquitto
from scripts.services.postgresql import PostgreSQL
from scripts.services.rabbitmq import PASSWORD, USER, RabbitMQ
from scripts.services.redis_server import Redis
from tests.support.fault_proxy import FaultProxy
from tests.support.services import SECRET
from tests.support.soak.roles import CELERY, Role

ROLES: Mapping[str, tuple[str, ...]] = {
    "api-1": ("daybeat", "api"),
    "api-2": ("daybeat", "api"),
    "relay": ("daybeat", "relay"),
    "consume-1": ("daybeat", "consume"),
    "consume-2": ("daybeat", "consume"),
    "notify": ("daybeat", "notify"),
    "mqtt": ("daybeat", "mqtt"),
    "worker": (*CELERY, "worker", "--concurrency=1", "--loglevel=WARNING"),
    "beat": (*CELERY, "beat", "--loglevel=WARNING"),
    "mood-sender": ("daybeat", "mood-sender"),
    "mood-wall": ("daybeat", "mood-wall"),
}


REPOSITORY = Path(__file__).resolve().parents[3]
AT_ONCE = "?disable_stats=true&enable_queue_totals=true"
"""Counts as they are; with statistics they would be some seconds old."""


class House:
    """Everything a company would run, on this machine and in one folder."""

    def __init__(self, folder: Path, roles: Mapping[str, tuple[str, ...]] = ROLES) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.postgresql = PostgreSQL(folder / "postgresql", bound=True)
        self.rabbitmq = RabbitMQ(folder / "rabbitmq", bound=True)
        self.redis = Redis(folder / "redis", bound=True)
        self.mosquitto = Mosquitto(folder / "mosquitto", bound=True)
        self.links: dict[str, FaultProxy] = {}
        self.roles: dict[str, Role] = {}
        self._wanted, self._stack = roles, ExitStack()

    def __enter__(self) -> Self:
        for service in (self.postgresql, self.rabbitmq, self.redis, self.mosquitto):
            service.start()
            self._stack.callback(service.stop, signal.SIGKILL)
        ports = {"postgresql": self.postgresql.port, "rabbitmq": self.rabbitmq.amqp_port, "redis": self.redis.port}
        self.links = {name: self._stack.enter_context(FaultProxy(port)) for name, port in ports.items()}
        settings = self.settings()
        self.roles = {name: Role(name, command, settings, self.folder) for name, command in self._wanted.items()}
        for role in self.roles.values():
            self._stack.callback(role.kill)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        self.postgresql.remove()

    def settings(self) -> Mapping[str, str]:
        """Give the settings of every process: the services as they are found behind the links."""
        return {
            "DAYBEAT_DATABASE_URL": self._through("postgresql", self.postgresql.url, self.postgresql.port),
            "DAYBEAT_AMQP_URL": self._through("rabbitmq", self.rabbitmq.amqp_url, self.rabbitmq.amqp_port),
            "DAYBEAT_REDIS_URL": self._through("redis", self.redis.url, self.redis.port),
            "DAYBEAT_MQTT_URL": self.mosquitto.url,
            "DAYBEAT_SECRET_KEY": SECRET,
            "DAYBEAT_LOG_LEVEL": "warning",
            "DAYBEAT_DATA_DIR": str(self.folder / "data"),
            "PYTHONPATH": str(REPOSITORY),
        }

    def start(self) -> None:
        """Start every process, and wait until all are ready."""
        self.roles["api-1"].launch()
        self.roles["api-1"].wait()
        for role in self.roles.values():
            if role.process is None:
                role.launch()
        for role in self.roles.values():
            role.wait()

    def queues(self) -> dict[str, int]:
        """Count what waits in each queue, what has been handed out and not acknowledged included."""
        answer = httpx2.get(f"{self.rabbitmq.management_url}/api/queues{AT_ONCE}", auth=(USER, PASSWORD), timeout=20)
        return {each["name"]: int(each.get("messages", 0)) for each in answer.raise_for_status().json()}

    def outbox(self) -> int:
        """Count what has not left for the broker."""
        with psycopg.connect(self.postgresql.url) as database:
            counts = database.execute(
                "SELECT (SELECT count(*) FROM event_outbox) + (SELECT count(*) FROM queue_messages)"
            ).fetchone()
        assert counts is not None
        return int(counts[0])

    def _through(self, link: str, url: str, port: int) -> str:
        return url.replace(f":{port}", f":{self.links[link].port}")
