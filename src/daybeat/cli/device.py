"""This terminal as an MQTT device: signing in gives it a name and a secret of its own, kept beside the token."""

import socket
from typing import Any

from daybeat.cli.api import Api
from daybeat.cli.errors import CommandFailed
from daybeat.cli.places import config_file, read_json


def device_for_here(session: Api, user_id: str) -> dict[str, Any] | None:
    """Find or make this terminal's device; None where Daybeat speaks no MQTT."""
    if session.ask("GET", "/mqtt")["url"] is None:
        return None
    known = {device["id"] for device in session.ask("GET", "/mqtt/devices")["items"]}
    kept: dict[str, Any] | None = _kept(session.url)
    if kept is not None and kept["id"] in known:
        return kept
    name = f"Terminal on {socket.gethostname()}"[:100]
    return {**session.ask("POST", "/mqtt/devices", {"name": name}), "user_id": user_id}


def device_of(api: Api) -> dict[str, Any]:
    """Give this terminal's credentials, or say how to get some."""
    status = api.ask("GET", "/mqtt")
    if status["url"] is None:
        raise CommandFailed(status["how_to"])
    kept = _kept(api.url)
    known = {device["id"] for device in api.ask("GET", "/mqtt/devices")["items"]}
    if kept is None or kept["id"] not in known:
        raise CommandFailed(f"This terminal has no credentials for MQTT. Run: daybeat login {api.url}")
    return {**kept, "url": status["url"]}


def _kept(url: str) -> dict[str, Any] | None:
    config = read_json(config_file())
    device: dict[str, Any] | None = config.get("device") if config.get("url") == url else None
    return device
