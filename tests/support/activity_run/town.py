"""Two collectors, two recorders, a RabbitMQ and a MariaDB, in one folder."""

import signal
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import httpx2
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from scripts.services.mariadb import MariaDB
from scripts.services.rabbitmq import PASSWORD, USER, RabbitMQ
from tests.support.services import SECRET
from tests.support.soak.house import AT_ONCE, REPOSITORY
from tests.support.soak.roles import Role

ROLES: Mapping[str, tuple[str, ...]] = {
    "collect-1": ("daybeat", "collect"),
    "collect-2": ("daybeat", "collect"),
    "record-1": ("daybeat", "record"),
    "record-2": ("daybeat", "record"),
}
QUEUE = "user_activity_events"
_STORED = text("SELECT event_id, CAST(json_extract(metadata, '$.n') AS SIGNED) AS n FROM user_activities")


class Town:
    """Everything the path of events needs, and nothing else of Daybeat."""

    def __init__(self, folder: Path, roles: Mapping[str, tuple[str, ...]] = ROLES) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self._wanted = folder, roles
        self.rabbitmq = RabbitMQ(folder / "rabbitmq", bound=True)
        self.mariadb = MariaDB(folder / "mariadb", bound=True)
        self.roles: dict[str, Role] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        for service in (self.rabbitmq, self.mariadb):
            service.start()
            self._stack.callback(service.stop, signal.SIGKILL)
        settings = {
            "DAYBEAT_AMQP_URL": self.rabbitmq.amqp_url,
            "DAYBEAT_ACTIVITY_DATABASE_URL": self.mariadb.url,
            "DAYBEAT_ACTIVITY_ANONYMOUS": "1",
            "DAYBEAT_ACTIVITY_EVENTS_PER_MINUTE": "0",
            "DAYBEAT_SECRET_KEY": SECRET,
            "DAYBEAT_LOG_LEVEL": "warning",
            "PYTHONPATH": str(REPOSITORY),
        }
        self.roles = {name: Role(name, command, settings, self.folder) for name, command in self._wanted.items()}
        for role in self.roles.values():
            self._stack.callback(role.kill)
            role.launch()
        for role in self.roles.values():
            role.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        self.mariadb.remove()

    @property
    def collectors(self) -> list[str]:
        return [role.url for name, role in self.roles.items() if name.startswith("collect")]

    def waiting(self) -> int:
        """Count what is in the queue, what has been handed out included."""
        address = f"{self.rabbitmq.management_url}/api/queues{AT_ONCE}"
        answer = httpx2.get(address, auth=(USER, PASSWORD), timeout=20).raise_for_status().json()
        return sum(int(each.get("messages", 0)) for each in answer if each["name"] == QUEUE)

    def stored(self) -> list[int]:
        """Give the number of every event that is stored."""
        engine = create_engine(self.mariadb.url)
        try:
            with engine.connect() as connection:
                return [row.n for row in connection.execute(_STORED)]
        finally:
            engine.dispose()

    def set_aside(self) -> int:
        """Count what was taken for no event."""
        engine = create_engine(self.mariadb.url)
        try:
            with engine.connect() as connection:
                return int(connection.execute(text("SELECT count(*) FROM activity_refused")).scalar_one())
        except DBAPIError:
            return 0
        finally:
            engine.dispose()
