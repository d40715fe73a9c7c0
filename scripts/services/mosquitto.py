"""A private Mosquitto with dynamic security and an admin, as `mosquitto_ctrl dynsec init` would make it."""

import base64
import hashlib
import json
import shutil
import signal
from collections.abc import Mapping
from getpass import getuser
from pathlib import Path
from typing import Any

from scripts.services.private import LOOPBACK, Process, port_of

NAME, PACKAGES = "mosquitto", ("mosquitto",)
ADMIN, PASSWORD = "admin", "for-trying-out"
_PLACES = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"


def broker() -> str | None:
    """Find the program; distributions keep it where only root looks."""
    return shutil.which("mosquitto", path=_PLACES)


def plugin() -> str | None:
    """Find the dynamic security plugin."""
    found = (path for path in Path("/usr/lib").glob("**/mosquitto_dynamic_security.so"))
    return next((str(path) for path in found), None)


def is_installed() -> bool:
    return broker() is not None and plugin() is not None


class Mosquitto:
    """The service in a folder."""

    def __init__(self, folder: Path, *, bound: bool = False) -> None:
        self._folder, self.port = folder.resolve(), port_of(folder, NAME)
        self._process = Process(folder, NAME, bound=bound)

    @property
    def url(self) -> str:
        return f"mqtt://{ADMIN}:{PASSWORD}@{LOOPBACK}:{self.port}"

    @property
    def settings(self) -> Mapping[str, str]:
        return {"DAYBEAT_MQTT_URL": self.url}

    @property
    def is_running(self) -> bool:
        return self._process.pid is not None

    def start(self) -> Mapping[str, str]:
        """Start it, and give the settings that lead to it."""
        if not self.is_running:
            clients = self._folder / "clients.json"
            if not clients.exists():
                clients.write_text(json.dumps(clients_after_init()))
            config = self._folder / "mosquitto.conf"
            config.write_text(configuration(self._folder, self.port, with_plugin=True))
            self._process.start([str(broker()), "-c", str(config)])
        self._process.wait_for([self.port])
        return self.settings

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        self._process.stop(how)


def configuration(folder: Path, port: int, *, with_plugin: bool) -> str:
    """Write a configuration that keeps what it is given for a second at most before the disk has it."""
    rights = ["allow_anonymous true"]
    if with_plugin:
        rights = ["allow_anonymous false", f"plugin {plugin()}", f"plugin_opt_config_file {folder / 'clients.json'}"]
    lines = [
        f"listener {port} {LOOPBACK}",
        f"user {getuser()}",
        *rights,
        "persistence true",
        f"persistence_location {folder}/",
        "persistence_file memory.db",
        "autosave_interval 1",
        "max_queued_messages 0",
    ]
    return "\n".join(lines) + "\n"


def clients_after_init() -> dict[str, Any]:
    """Give the list of clients with the admin alone."""
    salt = b"twelve bytes"
    hashed = hashlib.pbkdf2_hmac("sha512", PASSWORD.encode(), salt, 101)
    control = "$CONTROL/dynamic-security/#"
    rights = [("publishClientSend", control), ("publishClientReceive", control), ("subscribePattern", control)]
    rights += [(kind, topic) for topic in ("$SYS/#", "#") for kind in ("publishClientReceive", "subscribePattern")]
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
        "roles": [
            {
                "rolename": "admin",
                "acls": [{"acltype": kind, "topic": topic, "priority": 0, "allow": True} for kind, topic in rights],
            }
        ],
    }
