"""The files of Daybeat's own Mosquitto: a configuration that lets nobody in unasked, and its list of clients.

The list is the dynamic security plugin's own. Mosquitto changes it while it runs; before each start only the
gateway's entry is put right, so that devices known before can connect at once.
"""

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GATEWAY = "daybeat.gateway"
ROUNDS = 101  # the plugin's own number; what is hashed here has 256 random bits already
LARGEST_MESSAGE = 1280 * 1024

_GATEWAY_ACLS = [
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


def clients_with_gateway(kept: str | None, password: str) -> str:
    """Give the list of clients with the gateway's entry as it should be; an unreadable list begins anew."""
    known = _parsed(kept)
    clients = [each for each in known.get("clients", []) if each.get("username") != GATEWAY]
    roles = [each for each in known.get("roles", []) if each.get("rolename") != GATEWAY]
    fresh = {
        **known,
        "defaultACLAccess": _CLOSED,
        "clients": [_gateway(password), *clients],
        "roles": [{"rolename": GATEWAY, "acls": _GATEWAY_ACLS}, *roles],
    }
    return json.dumps(fresh, indent=1)


def _parsed(kept: str | None) -> dict[str, Any]:
    try:
        known = json.loads(kept or "{}")
    except ValueError:
        return {}
    usable = isinstance(known, dict) and all(
        isinstance(known.get(name, []), list) and all(isinstance(each, dict) for each in known.get(name, []))
        for name in ("clients", "roles")
    )
    return known if usable else {}


def _gateway(password: str) -> dict[str, Any]:
    salt = secrets.token_bytes(12)
    hashed = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, ROUNDS)
    return {
        "username": GATEWAY,
        "roles": [{"rolename": GATEWAY}],
        "password": base64.b64encode(hashed).decode(),
        "salt": base64.b64encode(salt).decode(),
        "iterations": ROUNDS,
    }
