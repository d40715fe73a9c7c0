"""What every private service shares: a folder, ports that stay, processes that are found again and ended."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

START_WITHIN = 60.0
STOP_WITHIN = 20.0
LOOPBACK = "127.0.0.1"


class DidNotStart(Exception):
    """A service did not come up; the message holds the end of its log."""


def free_port() -> int:
    """Find a port nobody uses."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def port_of(folder: Path, name: str) -> int:
    """Give the port this folder has used since its first start."""
    file = folder / f"{name}.port"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(str(free_port()))
    return int(file.read_text())


def answers(port: int) -> bool:
    """Tell whether something listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def bound_to_us(command: Sequence[str]) -> list[str]:
    """Have the kernel end a command when the thread that started it ends, however that happens."""
    guard = shutil.which("setpriv")
    return [guard, "--pdeathsig", "TERM", *command] if guard is not None else list(command)


class Process:
    """A process in a session of its own. Its pid file is only believed when the folder agrees.

    It outlives us unless it is `bound` to us.
    """

    def __init__(self, folder: Path, name: str, *, bound: bool = False) -> None:
        self._folder, self._name, self._bound = folder.resolve(), name, bound
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self._folder / f"{self._name}.log"

    @property
    def pid(self) -> int | None:
        """Give the number of the living process, None when there is none of ours."""
        if self._child is not None:
            return self._child.pid if self._child.poll() is None else None
        try:
            pid = int(self._pid_file.read_text())
            words = Path(f"/proc/{pid}/environ").read_bytes()
        except (OSError, ValueError):
            return None
        return pid if f"DAYBEAT_SERVICE={self._mark}".encode() in words.split(b"\0") else None

    def start(self, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        """Start it; what it says goes into its log."""
        marked = {**os.environ, **(environment or {}), "DAYBEAT_SERVICE": self._mark}
        with self.log.open("ab") as output:
            self._child = subprocess.Popen(  # noqa: S603 - our own words
                bound_to_us(command) if self._bound else list(command),
                cwd=self._folder,
                env=marked,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self._pid_file.write_text(str(self._child.pid))

    def wait_for(self, ports: Sequence[int]) -> None:
        """Wait until it listens."""
        until = time.monotonic() + START_WITHIN
        while not all(answers(port) for port in ports):
            if self.pid is None:
                raise DidNotStart(f"{self._name} ended:\n{self._end_of_log()}")
            if time.monotonic() > until:
                raise DidNotStart(f"{self._name} does not answer:\n{self._end_of_log()}")
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it, with everything it started."""
        pid = self.pid
        if pid is None:
            return
        _signal_group(pid, how)
        until = time.monotonic() + STOP_WITHIN
        while self.pid == pid:
            if time.monotonic() > until:
                _signal_group(pid, signal.SIGKILL)
            time.sleep(0.02)
        self._pid_file.unlink(missing_ok=True)

    def _end_of_log(self) -> str:
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""

    @property
    def _mark(self) -> str:
        return f"{self._folder}/{self._name}"

    @property
    def _pid_file(self) -> Path:
        return self._folder / f"{self._name}.pid"


def _signal_group(pid: int, how: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, how)
