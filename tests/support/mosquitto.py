"""A private Mosquitto for tests, as somebody would run their own: with dynamic security and an admin, or without."""

import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any, Self

import pytest

from daybeat.infra.mqtt.mosquitto import Programs, find_programs
from scripts.services.mosquitto import ADMIN, PASSWORD, clients_after_init, configuration
from scripts.services.private import free_port

START_WITHIN = 10.0


def mosquitto_programs() -> Programs:
    """Find Mosquitto, or skip; where tests run unattended it has to be there."""
    programs = find_programs()
    if programs is None:
        reason = "mosquitto is missing: sudo apt-get install mosquitto"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return programs


class PrivateMosquitto:
    """A broker on a port of its own that can be stopped, killed, started again, and made to forget."""

    def __init__(self, folder: Path, *, plugin: bool = True, **settings: str) -> None:
        self.folder, self.port, self._plugin = folder, free_port(), plugin
        self._settings = settings
        self._programs = mosquitto_programs()
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        self._write_files()

    @property
    def url(self) -> str:
        """The address with the admin's name, as DAYBEAT_MQTT_URL takes it."""
        return f"mqtt://{ADMIN}:{PASSWORD}@127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [str(self._programs.broker), "-c", str(self.folder / "mosquitto.conf")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603
        until = time.monotonic() + START_WITHIN
        while not self._answers():
            assert self._process.poll() is None, (self.folder / "log").read_text()[-2000:]
            assert time.monotonic() < until, "mosquitto did not start"
            time.sleep(0.01)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def forget(self) -> None:
        """Lose sessions, retained messages and every client but the admin."""
        (self.folder / "memory.db").unlink(missing_ok=True)
        self._write_files()

    def clients(self) -> list[dict[str, Any]]:
        """Read which clients the plugin has written down, the admin left out."""
        known = json.loads((self.folder / "clients.json").read_text())["clients"]
        return [each for each in known if each["username"] != ADMIN]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill()

    def _end(self, how: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(how)
        self._process.wait(10)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _write_files(self) -> None:
        text = configuration(self.folder, self.port, with_plugin=self._plugin)
        text += "".join(f"{name} {value}\n" for name, value in self._settings.items())
        (self.folder / "mosquitto.conf").write_text(text)
        (self.folder / "clients.json").write_text(json.dumps(clients_after_init()))
