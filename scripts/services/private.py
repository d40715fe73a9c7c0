"""What every private service shares: a folder, ports that stay, processes that are found again and ended."""

import contextlib
import os
import pwd
import secrets
import select
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

START_WITHIN = 120.0
STOP_WITHIN = 20.0
LOOPBACK = "127.0.0.1"
_FIRST_PORT, _FIRST_OUTGOING_PORT = 10_000, 32_768


class DidNotStart(Exception):
    """A service did not come up; the message holds the end of its log."""


def free_port() -> int:
    """Find a port nobody uses.

    The kernel gives higher ones to outgoing connections, and one of them could hold it while its service is down.
    """
    while True:
        port = _FIRST_PORT + secrets.randbelow(_FIRST_OUTGOING_PORT - _FIRST_PORT)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind((LOOPBACK, port))
            return port


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


def bound_to_us(command: Sequence[str], ends_by: signal.Signals = signal.SIGTERM) -> list[str]:
    """Have the kernel end a command when the thread that started it ends, however that happens."""
    guard = shutil.which("setpriv")
    return [guard, "--pdeathsig", ends_by.name.removeprefix("SIG"), *command] if guard is not None else list(command)


class Process:
    """A process in a session of its own. Its pid file is only believed when the process itself agrees.

    It outlives us unless it is `bound` to us. `user` is whom it runs as when that is not ourselves, `ends_by` what it
    takes for a request to end soon. What belongs to it carries a mark in its environment; `shown` is found in the
    command lines of what overwrites its environment, or runs as somebody whose environment we may not read.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        *,
        bound: bool = False,
        user: str | None = None,
        ends_by: signal.Signals = signal.SIGTERM,
        shown: str | None = None,
    ) -> None:
        self._folder, self._name, self._bound = folder.resolve(), name, bound
        self._user, self._ends_by, self._shown = user, ends_by, shown
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self._folder / f"{self._name}.log"

    @property
    def pid(self) -> int | None:
        """Give the number of the living process, None when there is none of ours."""
        if self._child is not None and self._child.poll() is None:
            return self._child.pid
        try:
            pid = int(self._pid_file.read_text())
        except (OSError, ValueError):
            return None
        return pid if self._is_ours(pid) else None

    def start(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None, where: Path | None = None
    ) -> None:
        """Start it once nothing is left of an earlier one; what it says goes into its log."""
        self._kill_the_rest()
        marked = {**os.environ, **(environment or {}), "DAYBEAT_SERVICE": self._mark}
        with self.log.open("ab") as output:
            # The user changes before the command runs, because that change undoes a bond.
            self._child = subprocess.Popen(  # noqa: S603 - our own words
                bound_to_us(command, self._ends_by) if self._bound else list(command),
                cwd=where or self._folder,
                env=marked,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **identity(self._user),
            )
        self._pid_file.write_text(str(self._child.pid))

    def wait_for(self, ports: Sequence[int]) -> None:
        """Wait until it listens."""
        self.wait_until(lambda: all(answers(port) for port in ports))

    def wait_until(self, is_ready: Callable[[], bool]) -> None:
        """Wait until it can be used."""
        until = time.monotonic() + START_WITHIN
        while not is_ready():
            if self.pid is None:
                raise DidNotStart(f"{self._name} ended:\n{self._end_of_log()}")
            if time.monotonic() > until:
                raise DidNotStart(f"{self._name} does not answer:\n{self._end_of_log()}")
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it, with everything it started."""
        pid = self.pid
        if pid is not None and how is not signal.SIGKILL:
            with _held([pid]) as held:
                _signal_group(pid, self._ends_by if how is signal.SIGTERM else how)
                _wait_for_the_end(held)
        self._kill_the_rest()
        self._pid_file.unlink(missing_ok=True)

    def _kill_the_rest(self) -> None:
        """Leave nothing behind that holds a port or the data, however the process itself ended."""
        while rest := [pid for pid in _pids() if self._is_ours(pid)]:
            with _held(rest) as held:
                for each in held:
                    with contextlib.suppress(ProcessLookupError):
                        signal.pidfd_send_signal(each, signal.SIGKILL)
                _wait_for_the_end(held)
        if self._child is not None:
            self._child.poll()

    def _is_ours(self, pid: int) -> bool:
        """Tell whether a living process belongs to this one; nothing is read from a dead one."""
        if f"DAYBEAT_SERVICE={self._mark}".encode() in _said_by(pid, "environ").split(b"\0"):
            return True
        return self._shown is not None and self._shown.encode() in _said_by(pid, "cmdline")

    def _end_of_log(self) -> str:
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""

    @property
    def _mark(self) -> str:
        return f"{self._folder}/{self._name}"

    @property
    def _pid_file(self) -> Path:
        return self._folder / f"{self._name}.pid"


def identity(user: str | None) -> dict[str, Any]:
    """Say to `subprocess` whom a command runs as: a user of the system with nobody's rights, or ourselves."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _pids() -> list[int]:
    return [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]


def _said_by(pid: int, what: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes()
    except OSError:
        return b""


@contextlib.contextmanager
def _held(pids: Iterable[int]) -> Iterator[list[int]]:
    """Open descriptors of processes, as far as they live: they stay theirs when a number goes to another."""
    with contextlib.ExitStack() as stack:
        held: list[int] = []
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                held.append(os.pidfd_open(pid))
                stack.callback(os.close, held[-1])
        yield held


def _wait_for_the_end(held: Iterable[int]) -> None:
    """Wait until the last thread is gone, and with it the ports and locks; for so long at most."""
    until = time.monotonic() + STOP_WITHIN
    for each in held:
        waiting = select.poll()
        waiting.register(each, select.POLLIN)
        waiting.poll(max(0.0, until - time.monotonic()) * 1000)


def _signal_group(pid: int, how: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, how)
