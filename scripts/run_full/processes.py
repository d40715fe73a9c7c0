"""Processes that belong to us: what they say stands here with their name, and none of them outlives us."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from threading import Thread

from scripts.services.private import LOOPBACK, bound_to_us

READY_WITHIN = 90.0
END_WITHIN = 25.0
LOOK_EVERY = 0.2
WIDTH = 11


class NotReady(Exception):
    """A process ended or did not become ready; what it said stands above."""


class Ours:
    """One process. Its port is None when it answers nobody."""

    def __init__(self, name: str, command: Sequence[str], settings: Mapping[str, str], port: int | None = None) -> None:
        self.name, self.port = name, port
        self._command, self._settings = [sys.executable, "-m", *command], dict(settings)
        if port is not None:
            self._settings["DAYBEAT_PORT"] = str(port)
        self._start()

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    @property
    def is_ready(self) -> bool:
        if self.port is None:
            return True
        with contextlib.suppress(OSError, urllib.error.URLError):
            return bool(urllib.request.urlopen(f"http://{LOOPBACK}:{self.port}/health/ready", timeout=2).status)
        return False

    def start_again(self) -> None:
        _say(self.name, f"ended ({self._process.returncode}), so it is started again")
        self._start()

    def ask_to_end(self) -> None:
        """Ask the process alone: Celery's tells its own children when they have finished."""
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)

    def end(self, until: float) -> None:
        """Wait until it has ended, and end what is left."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.0, until - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._speaker.join()

    def _start(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            bound_to_us(self._command, signal.SIGTERM),
            env={**os.environ, **self._settings, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
            errors="replace",
        )
        self._speaker = Thread(target=_speak, args=(self.name, self._process), daemon=True)
        self._speaker.start()


def wait_until_ready(processes: Sequence[Ours]) -> None:
    """Wait until all can be used."""
    until = time.monotonic() + READY_WITHIN
    while waiting := [each for each in processes if not each.is_ready]:
        if ended := [each.name for each in processes if each.has_ended]:
            raise NotReady(f"{', '.join(ended)} ended instead of becoming ready.")
        if time.monotonic() > until:
            raise NotReady(f"{', '.join(each.name for each in waiting)} did not become ready.")
        time.sleep(LOOK_EVERY)


def keep_going(processes: Sequence[Ours]) -> None:
    """Start again what ends, until somebody stops us."""
    while True:
        time.sleep(1)
        for each in processes:
            if each.has_ended:
                each.start_again()


def end_all(processes: Sequence[Ours]) -> None:
    """End all of them, at the same time."""
    for each in processes:
        each.ask_to_end()
    until = time.monotonic() + END_WITHIN
    for each in processes:
        each.end(until)


def _speak(name: str, process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None  # noqa: S101 - it was asked for
    with process.stdout as lines:
        for line in lines:
            _say(name, line.rstrip())


def _say(name: str, words: str) -> None:
    print(f"{name:{WIDTH}} │ {words}", flush=True)
