"""`daybeat api`: the doors alone. As many of them run as there is to answer."""

from fastapi import FastAPI

from daybeat.bootstrap.app import build_app
from daybeat.bootstrap.core import Core
from daybeat.services.process import run_shared


def run() -> None:
    """Run until told to stop."""
    run_shared("api", _build)


def _build(core: Core) -> FastAPI:
    return build_app(core, role="api")
