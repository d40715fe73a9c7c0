"""What every process does: open what it needs, answer on its port, drain when it is told to stop."""

import asyncio
import gc
import resource
import socket
import sys
from collections.abc import Callable
from typing import Any

import uvicorn
from fastapi import FastAPI

from daybeat.bootstrap.core import Core, open_core
from daybeat.bootstrap.logs import set_up_logs
from daybeat.bootstrap.settings import ConfigurationError, Settings, load_settings
from daybeat.infra.web.streams import Shortcut
from daybeat.services.accepting import Accepting

DRAIN_SECONDS = 20
HAND_OVER_AFTER = 0.0005
"""Seconds after which a busy thread lets another one run. A thread that writes to a database asks for its turn at every
statement; with Python's own 0.005 it would wait longer for that than for the disk."""


class Server(uvicorn.Server):
    """Says where it is when it can answer, and that it stops when it is told to."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, settings: Settings) -> None:
        super().__init__(config)
        self._app, self._settings = app, settings
        self._accepting: Accepting | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            listening = [each.fileno() for server in self.servers for each in server.sockets]
            self._accepting = Accepting(listening, self._protocol)
            sys.stderr.write(f"{self._app.title} is ready: {self._settings.url}\n")
            sys.stderr.flush()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams first: they would never end by themselves."""
        if self._accepting is not None:
            self._accepting.close()
        if self._app.state.streams is not None:
            self._app.state.streams.close()
        await super().shutdown(sockets)

    def _protocol(self) -> asyncio.Protocol:
        """Make what speaks HTTP over one connection, as uvicorn makes its own."""
        make: Any = self.config.http_protocol_class
        made: asyncio.Protocol = make(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)
        return made

    def handle_exit(self, sig: int, frame: Any) -> None:
        self._app.state.stopping = True
        super().handle_exit(sig, frame)


def run_shared(role: str, build: Callable[[Core], FastAPI]) -> None:
    """Run one of many processes, until it is told to stop."""
    settings = load_settings(role)
    if settings.is_embedded:
        raise ConfigurationError(
            "Two processes cannot share one SQLite file without losing what one of them accepts: `daybeat serve` is "
            "everything in one process; for separate ones set DAYBEAT_DATABASE_URL and DAYBEAT_AMQP_URL."
        )
    run_on_core(role, settings, build)


def run_on_core(role: str, settings: Settings, build: Callable[[Core], FastAPI]) -> None:
    """Run a process that works on the database, until it is told to stop."""
    prepare(settings)
    with open_core(settings, role=role) as core:
        answer(build(core), settings)


def prepare(settings: Settings) -> None:
    """Make ready before anything is opened."""
    set_up_logs(settings)
    sys.setswitchinterval(HAND_OVER_AFTER)
    _check_port(settings)
    _allow_many_sockets()


def answer(app: FastAPI, settings: Settings) -> None:
    """Answer on the port until told to stop."""
    app.state.port = settings.port
    config = uvicorn.Config(
        Shortcut(app, app.state.straight),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=16 * 1024,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    gc.collect()
    gc.freeze()  # what is loaded now stays; looking at it again and again costs every request
    Server(config, app, settings).run()


def _allow_many_sockets() -> None:
    """Every open wall is a file descriptor; most systems give a process few unless it asks."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _check_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise ConfigurationError(
                f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}). "
                "Set DAYBEAT_PORT to another one."
            ) from None
