"""A Daybeat for a benchmark: a process of its own, on a folder of its own, on a port nobody uses."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from scripts.services.private import free_port

START_WITHIN = 30.0
STOP_WITHIN = 30.0


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder on a real disk that is gone afterwards; flushing to a memory disk would measure nothing."""
    with tempfile.TemporaryDirectory(prefix="daybeat-bench-", dir=os.environ.get("DAYBEAT_BENCH_DIR")) as folder:
        yield Path(folder)


@contextmanager
def environment(**settings: str) -> Iterator[None]:
    """Let every process that is started meanwhile find these settings."""
    before = dict(os.environ)
    os.environ.update(settings)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


class Running:
    """A server process, from its start to its end."""

    def __init__(self, folder: Path, *command: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._is_special = bool(command)
        self._command = [sys.executable, *(command or ("-m", "daybeat", "serve"))]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> float:
        """Start, wait for the first good answer, and give the seconds that took."""
        # The whole Daybeat brings its Mosquitto along; servers made for a comparison have nothing to do with one.
        mqtt = {"DAYBEAT_MQTT_URL": "off"} if self._is_special else {"DAYBEAT_MQTT_PORT": "0"}
        environment = {**os.environ, **mqtt, "DAYBEAT_DATA_DIR": str(self.folder), "DAYBEAT_PORT": str(self.port)}
        began = time.perf_counter()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, env=environment, stdout=log, stderr=log)  # noqa: S603
        while not self._answers():
            if self._process.poll() is not None or time.perf_counter() - began > START_WITHIN:
                raise RuntimeError(self._log.read_text()[-3000:])
            time.sleep(0.005)
        return time.perf_counter() - began

    def stop(self) -> None:
        """Ask it to stop, and see to it that it does."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def cpu_seconds(self) -> float:
        """Give the processor time it has used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def _log(self) -> Path:
        return self.folder.parent / f"{self.folder.name}.log"

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health/ready", timeout=2) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


def copy_of(folder: Path, name: str) -> Path:
    """Copy a stopped Daybeat's data, so that rivals begin with the same."""
    return Path(shutil.copytree(folder, folder.parent / name))
