"""The files of Daybeat's own Mosquitto: a configuration that lets nobody in unasked, and its list of clients.

The list is the dynamic security plugin's own. It is written whole before Daybeat starts Mosquitto, so that every
device can connect at once; changes while it runs go through the plugin, which writes the whole list for each of them.
"""

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GATEWAY = "daybeat.gateway"
ROUNDS = 101  # the plugin's own number; what is hashed here has 256 random bits already
LARGEST_MESSAGE = 1280 * 1024

_GATEWAY_ACLS: list[Mapping[str, Any]] = [
    {"acltype": kind, "topic": topic, "priority": 0, "allow": True}
    for topic in ("daybeat/#", "$CONTROL/dynamic-security/#")
    for kind in ("publishClientSend", "publishClientReceive", "subscribePattern")
]
_CLOSED = {"publishClientSend": False, "publishClientReceive": False, "subscribe": False, "unsubscribe": True}


@dataclass(frozen=True, slots=True)
class Listener:
    """Where Mosquitto listens, as which system user, and where its plugin is."""

    host: str
    port: int
    user: str
    plugin: Path


@dataclass(frozen=True, slots=True)
class KnownClient:
    """Somebody who may connect, and under which rights; everybody of one role has the same."""

    username: str
    password: str
    client_id: str
    description: str
    role: str
    acls: Sequence[Mapping[str, Any]]


def configuration(folder: Path, listener: Listener) -> str:
    """Write Mosquitto's configuration. Losing a second of its memory is made good by those who send until answered."""
    return f"""# Written by Daybeat at every start.
per_listener_settings false
listener {listener.port} {listener.host}
user {listener.user}
allow_anonymous false
plugin {listener.plugin}
plugin_opt_config_file {folder / "clients.json"}
persistence true
persistence_location {folder}/
persistence_file memory.db
autosave_interval 1
autosave_on_changes false
persistent_client_expiration 60d
max_queued_messages 0
max_inflight_messages 200
max_packet_size {LARGEST_MESSAGE}
set_tcp_nodelay true
sys_interval 0
connection_messages false
log_dest stderr
log_type error
log_type warning
"""


def write_privately(path: Path, text: str) -> None:
    """Put a file in place whole, for our eyes only."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def clients_file(password: str, known: Iterable[KnownClient]) -> str:
    """Write the list of clients: the gateway, and everybody who may connect, with one role for each role name."""
    clients = [_entry(GATEWAY, password, GATEWAY)]
    roles = {GATEWAY: _GATEWAY_ACLS}
    for each in known:
        mark = {"clientid": each.client_id, "textdescription": each.description}
        clients.append({**_entry(each.username, each.password, each.role), **mark})
        roles[each.role] = list(each.acls)
    listed = [{"rolename": name, "acls": acls} for name, acls in roles.items()]
    return json.dumps({"defaultACLAccess": _CLOSED, "clients": clients, "groups": [], "roles": listed})


def _entry(username: str, password: str, role: str) -> dict[str, Any]:
    salt = secrets.token_bytes(12)
    hashed = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, ROUNDS)
    return {
        "username": username,
        "roles": [{"rolename": role}],
        "password": base64.b64encode(hashed).decode(),
        "salt": base64.b64encode(salt).decode(),
        "iterations": ROUNDS,
    }
