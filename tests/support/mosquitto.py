"""A private Mosquitto for tests, as somebody would run their own: with dynamic security and an admin, or without."""

import base64
import hashlib
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
from tests.support.process import free_port

ADMIN, ADMIN_PASSWORD = "admin", "only for tests"
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
        self._settings = {"persistence": "true", "autosave_interval": "1", "max_queued_messages": "0", **settings}
        self._programs = mosquitto_programs()
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        self._write_files()

    @property
    def url(self) -> str:
        """The address with the admin's name, as DAYBEAT_MQTT_URL takes it."""
        return f"mqtt://{ADMIN}:{ADMIN_PASSWORD.replace(' ', '%20')}@127.0.0.1:{self.port}"

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
        lines = [f"listener {self.port} 127.0.0.1", "user root", f"persistence_location {self.folder}/"]
        lines += ["persistence_file memory.db", *(f"{name} {value}" for name, value in self._settings.items())]
        if self._plugin:
            lines += ["allow_anonymous false", f"plugin {self._programs.plugin}"]
            lines += [f"plugin_opt_config_file {self.folder / 'clients.json'}"]
            (self.folder / "clients.json").write_text(json.dumps(_as_after_init()))
        else:
            lines += ["allow_anonymous true"]
        (self.folder / "mosquitto.conf").write_text("\n".join(lines) + "\n")


def _as_after_init() -> dict[str, Any]:
    """Give what `mosquitto_ctrl dynsec init` writes."""
    salt = b"twelve bytes"
    hashed = hashlib.pbkdf2_hmac("sha512", ADMIN_PASSWORD.encode(), salt, 101)
    control = "$CONTROL/dynamic-security/#"
    rights = [("publishClientSend", control), ("publishClientReceive", control), ("subscribePattern", control)]
    rights += [(kind, topic) for topic in ("$SYS/#", "#") for kind in ("publishClientReceive", "subscribePattern")]
    acls = [{"acltype": kind, "topic": topic, "priority": 0, "allow": True} for kind, topic in rights]
    return {
        "defaultACLAccess": {
            "publishClientSend": False,
            "publishClientReceive": True,
            "subscribe": False,
            "unsubscribe": True,
        },
        "clients": [
            {
                "username": ADMIN,
                "textname": "Dynsec admin user",
                "roles": [{"rolename": "admin"}],
                "password": base64.b64encode(hashed).decode(),
                "salt": base64.b64encode(salt).decode(),
                "iterations": 101,
            }
        ],
        "groups": [],
        "roles": [{"rolename": "admin", "acls": acls}],
    }
