"""Letting the other processes know that this one is there."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI

from daybeat.bootstrap.background import Background
from daybeat.bootstrap.core import Core
from daybeat.infra.db.processes import Presence


def present(app: FastAPI, core: Core, role: str) -> Background:
    """Give the part that says so; alone on its data folder a process has nobody to tell."""
    if core.settings.is_embedded:
        return {}
    app.state.presence = presence = Presence(core.store, core.clock, role, lambda: _says(app))
    return {"presence": presence.run}


def _says(app: FastAPI) -> Mapping[str, Any]:
    said = {"port": app.state.port} if hasattr(app.state, "port") else {}
    if app.state.live is not None:
        said["sockets"] = app.state.live.hub.open_sockets
    if hasattr(app.state, "says"):
        said.update(app.state.says())
    return said
