"""Where the terminal client keeps its things: the token in the user's configuration, the outbox in their state."""

import json
import os
from pathlib import Path
from typing import Any

DEFAULT_URL = "http://127.0.0.1:8000"


def read_json(path: Path) -> Any:
    """Read a small file of ours; a missing one is empty."""
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        return {}


def write_private(path: Path, value: Any) -> None:
    """Write a small file that only the user can read; it is whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(value, file, indent=1)
    fresh.replace(path)


def config_file() -> Path:
    """Give the file that holds URL and token."""
    return _base("XDG_CONFIG_HOME", ".config") / "daybeat" / "client.json"


def state_file(name: str) -> Path:
    """Give a file of the client's state."""
    return _base("XDG_STATE_HOME", ".local/state") / "daybeat" / name


def server_url() -> str:
    """Give the Daybeat to talk to: DAYBEAT_URL, else where the user signed in, else this machine's."""
    return str(os.environ.get("DAYBEAT_URL") or read_json(config_file()).get("url") or DEFAULT_URL).rstrip("/")


def server_token() -> str | None:
    """Give the token to use: DAYBEAT_TOKEN, else the one kept by `daybeat login`."""
    return os.environ.get("DAYBEAT_TOKEN") or read_json(config_file()).get("token")


def _base(variable: str, fallback: str) -> Path:
    named = os.environ.get(variable)
    return Path(named) if named else Path.home() / fallback
