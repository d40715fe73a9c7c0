"""How this Daybeat runs, for those who run it: who is there, what waits, and whether everything has arrived."""

from fastapi import FastAPI

from daybeat.bootstrap.operations import http
from daybeat.bootstrap.operations.lookout import Lookout
from daybeat.infra.web.problems import documented


def add_operations(app: FastAPI, prefix: str) -> None:
    """Open the doors of the Operations page."""
    app.state.lookout = Lookout(app)
    app.include_router(http.router, prefix=prefix, responses=documented(503))
