"""A Daybeat of its own for the simulation: a process with its own Mosquitto, in a folder nobody else uses."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2

from daybeat.cli.errors import CommandFailed

START_WITHIN = 60.0
LOOK_EVERY = 0.05


class OwnDaybeat:
    """Starts, stops, or is killed and started again on the same folder and ports."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.mqtt_port = folder, _free_port(), _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("DAYBEAT_")}
        settings = {"DATA_DIR": str(self.folder), "PORT": str(self.port), "MQTT_PORT": str(self.mqtt_port)}
        return own | {f"DAYBEAT_{name}": value for name, value in settings.items()}

    def start(self) -> None:
        """Start and wait until it is ready and its broker listens."""
        log = (self.folder / "simulation.log").open("ab")
        command = [sys.executable, "-m", "daybeat", "serve"]
        with log:
            self._process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)  # noqa: S603
        until = time.monotonic() + START_WITHIN
        while not (self._is_ready() and _listens(self.mqtt_port)):
            if self._process.poll() is not None or time.monotonic() > until:
                raise CommandFailed((self.folder / "simulation.log").read_text()[-2000:])
            time.sleep(LOOK_EVERY)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(60)

    def _is_ready(self) -> bool:
        try:
            return httpx2.get(f"http://127.0.0.1:{self.port}/health/ready", timeout=1).is_success
        except httpx2.TransportError:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
