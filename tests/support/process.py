"""A Daybeat in a process of its own, that can be stopped, killed and started again on the same data."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import httpx2

from scripts.services.private import free_port

START_WITHIN = 30.0


class DaybeatProcess:
    """`daybeat serve` on a data folder."""

    def __init__(
        self, folder: Path, *, port: int | None = None, own_broker: int | None = None, **settings: str
    ) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        # Most tests want no broker; `own_broker` is the port of Daybeat's own.
        broker = {"DAYBEAT_MQTT_URL": "off"} if own_broker is None else {"DAYBEAT_MQTT_PORT": str(own_broker)}
        self._settings = {**broker, **settings}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> float:
        """Start and wait for the first answer; gives the seconds that took."""
        began = time.monotonic()
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("DAYBEAT_MQTT")}
        environment = {
            **inherited,
            "DAYBEAT_DATA_DIR": str(self.folder),
            "DAYBEAT_PORT": str(self.port),
            **self._settings,
        }
        command = [sys.executable, "-m", "daybeat", "serve"]
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            self._process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603
        self._wait_until_ready(began)
        return time.monotonic() - began

    def kill(self) -> None:
        """End it as a power cut ends a process: at once."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to stop, as systemd would."""
        self._end(signal.SIGTERM)

    def __enter__(self) -> Self:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill()

    def _end(self, how: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(how)
        self._process.wait(30)

    def _wait_until_ready(self, began: float) -> None:
        while time.monotonic() - began < START_WITHIN:
            assert self._process is not None
            if self._process.poll() is not None:
                raise AssertionError((self.folder.parent / f"{self.folder.name}.log").read_text()[-3000:])
            try:
                if httpx2.get(f"{self.url}/health/ready", timeout=1).status_code == httpx2.codes.OK:
                    return
            except httpx2.TransportError:
                time.sleep(0.02)
        raise AssertionError("Daybeat did not become ready")
