"""A private Redis with a password, which finds again what it has acknowledged after it was killed."""

import contextlib
import shutil
import signal
import socket
from collections.abc import Mapping
from pathlib import Path

from scripts.services.private import LOOPBACK, Process, port_of

NAME, PACKAGES = "redis", ("redis-server",)
PASSWORD, _PATIENCE = "for-trying-out", 1.0


def is_installed() -> bool:
    return shutil.which("redis-server") is not None


class Redis:
    """The service in a folder."""

    def __init__(self, folder: Path, *, bound: bool = False) -> None:
        self._folder, self.port = folder.resolve(), port_of(folder, NAME)
        self._process = Process(folder, NAME, bound=bound)

    @property
    def url(self) -> str:
        return f"redis://:{PASSWORD}@{LOOPBACK}:{self.port}/0"

    @property
    def settings(self) -> Mapping[str, str]:
        return {"DAYBEAT_REDIS_URL": self.url}

    @property
    def is_running(self) -> bool:
        return self._process.pid is not None

    def start(self) -> Mapping[str, str]:
        """Start it, and give the settings that lead to it."""
        if not self.is_running:
            config = self._folder / "redis.conf"
            config.write_text(self._configuration())
            self._process.start(["redis-server", str(config)])
        self._process.wait_until(self._answers)
        return self.settings

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        self._process.stop(how)

    def _configuration(self) -> str:
        lines = [
            f"bind {LOOPBACK}",
            f"port {self.port}",
            f"requirepass {PASSWORD}",
            f'dir "{self._folder}"',
            "appendonly yes",
            'save ""',
            # A title would overwrite the environment we know it by.
            "set-proc-title no",
        ]
        return "\n".join(lines) + "\n"

    def _answers(self) -> bool:
        """Ask it, since it listens while it still reads what it had."""
        with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, self.port), _PATIENCE) as line:
            line.sendall(f"AUTH {PASSWORD}\r\nPING\r\n".encode())
            with line.makefile("rb") as answers:
                return answers.readline() == b"+OK\r\n" and answers.readline() == b"+PONG\r\n"
        return False
