"""One of the separate processes, as something that can be killed and started again."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from scripts.services.private import bound_to_us, free_port

READY_WITHIN = 60.0
STOP_WITHIN = 30.0
CELERY = ("celery", "-A", "daybeat.services.celery_app")


@dataclass(slots=True)
class Role:
    """A process with a command and a port; Celery's have none."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    port: int = field(default_factory=free_port)
    kills: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    @property
    def answers_health(self) -> bool:
        return self.command[0] != CELERY[0]

    def launch(self) -> None:
        """Start without waiting."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("DAYBEAT_")}
        environment = {**inherited, **self.environment, "DAYBEAT_PORT": str(self.port)}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own words
                bound_to_us([sys.executable, "-m", *self.command]),
                cwd=self.folder,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End it, with what it started, as a power cut would."""
        self._signal(signal.SIGKILL)
        self.kills += 1

    def stop(self) -> float:
        """Ask it to stop; gives the seconds that took."""
        began = time.monotonic()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(STOP_WITHIN)
        return time.monotonic() - began

    def is_ready(self) -> bool:
        """Ask whether it can do its work."""
        if not self.answers_health:
            return self.process is not None and self.process.poll() is None
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            try:
                connection.request("GET", "/health/ready")
                return connection.getresponse().status == HTTPStatus.OK
            except (OSError, HTTPException):
                return False

    def wait(self) -> None:
        """Wait until it is ready; one that gave up is started again, as a supervisor would."""
        until = time.monotonic() + READY_WITHIN
        while not self.is_ready():
            if self.process is None or self.process.poll() is not None:
                self.launch()
            if time.monotonic() > until:
                raise AssertionError(f"{self.name} does not become ready:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.1)

    def _signal(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, how)
            self.process.wait(STOP_WITHIN)
