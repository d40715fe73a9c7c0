"""Daybeat's own broker: a Mosquitto that is started, watched and ended with Daybeat."""

import asyncio
import contextlib
import getpass
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import structlog

from daybeat.infra.mqtt.address import BrokerAddress
from daybeat.infra.mqtt.mosquitto_files import (
    GATEWAY,
    KnownClient,
    Listener,
    clients_file,
    configuration,
    write_privately,
)

log = structlog.get_logger()

HOW_TO_GET_IT = (
    "MQTT is off because Mosquitto is not installed. Install it with `sudo apt-get install mosquitto` and start "
    "Daybeat again, or set DAYBEAT_MQTT_URL to a broker of your own."
)
FIRST_PORT, LAST_PORT = 1883, 1899
STOP_WITHIN = 5.0
FIRST_WAIT, LONGEST_WAIT = 0.2, 30.0
LIVED_WELL = 60.0  # seconds after which an end is a mishap and no longer a failing start
MOST_LOG = 1024 * 1024
_PLUGIN = "mosquitto_dynamic_security.so"
_PLUGIN_FOLDERS = ("/usr/lib/*-linux-*", "/usr/lib64", "/usr/lib", "/usr/local/lib", "/opt/homebrew/lib")

# The child asks the kernel to be ended together with us, however we end; then it becomes Mosquitto. A launcher of its
# own does that, because running Python between fork and exec of a process with threads can hang.
_LAUNCHER = """
import ctypes, os, sys
parent, program, *arguments = sys.argv[1:]
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 15, 0, 0, 0)
if os.getppid() != int(parent):
    sys.exit(0)
os.execv(program, [program, *arguments])
"""


@dataclass(frozen=True, slots=True)
class Programs:
    """The Mosquitto of this machine."""

    broker: Path
    plugin: Path


def find_programs() -> Programs | None:
    """Look for Mosquitto and its dynamic security plugin; distributions keep the broker where only root looks."""
    places = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"])
    broker = shutil.which("mosquitto", path=places)
    plugins = (path for pattern in _PLUGIN_FOLDERS for path in Path("/").glob(f"{pattern[1:]}/{_PLUGIN}"))
    plugin = next(plugins, None)
    return Programs(Path(broker), plugin) if broker is not None and plugin is not None else None


class Mosquitto:
    """A broker in a folder of its own. `port` None means the first free one from 1883 on, 0 any free one.

    `known` tells who may connect when it starts.
    """

    def __init__(
        self,
        programs: Programs,
        folder: Path,
        *,
        host: str,
        port: int | None,
        password: str,
        known: Callable[[], Iterable[KnownClient]],
    ) -> None:
        self._programs, self._folder, self._password = programs, folder.resolve(), password
        self._known = known
        self._host, self._wanted_port = host, port
        self._process: asyncio.subprocess.Process | None = None
        self.port = 0

    @property
    def gateway_address(self) -> BrokerAddress:
        """Where and as whom the gateway connects."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._host, self._host)  # noqa: S104 - not bound to, read
        return BrokerAddress(host, self.port, GATEWAY, self._password)

    def prepare(self) -> None:
        """End a Mosquitto that an earlier Daybeat left behind, choose the port and write the files."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._end_leftover()
        self.port = self._choose_port()
        (self._folder / "port").write_text(f"{self.port}\n")
        write_privately(self._clients, clients_file(self._password, self._known()))
        listener = Listener(self._host, self.port, getpass.getuser(), self._programs.plugin)
        write_privately(self._config, configuration(self._folder, listener))

    async def run(self) -> None:
        """Keep it running until cancelled; one that ends at once again and again is started less and less often."""
        wait = FIRST_WAIT
        try:
            while True:
                began = time.monotonic()
                try:
                    log.error("mosquitto ended", code=await self._live_once(), log=str(self._log))
                except OSError as trouble:
                    log.error("mosquitto cannot be started", reason=str(trouble))  # noqa: TRY400 - no mystery
                wait = FIRST_WAIT if time.monotonic() - began > LIVED_WELL else min(wait * 2, LONGEST_WAIT)
                await asyncio.sleep(wait)
        finally:
            await self._stop()

    async def _live_once(self) -> int:
        if self._log.exists() and self._log.stat().st_size > MOST_LOG:
            self._log.replace(self._log.with_suffix(".old"))
        command = [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(os.getpid()), str(self._programs.broker)]
        with self._log.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *command, "-c", str(self._config), stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output
            )
        self._pid_file.write_text(f"{self._process.pid}\n")
        return await self._process.wait()

    async def _stop(self) -> None:
        """Let it write its memory down, then let go."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), STOP_WITHIN)
            except TimeoutError:
                process.kill()
                await process.wait()
        self._pid_file.unlink(missing_ok=True)

    @property
    def _config(self) -> Path:
        return self._folder / "mosquitto.conf"

    @property
    def _clients(self) -> Path:
        return self._folder / "clients.json"

    @property
    def _log(self) -> Path:
        return self._folder / "mosquitto.log"

    @property
    def _pid_file(self) -> Path:
        return self._folder / "pid"

    def _end_leftover(self) -> None:
        """End the process of the pid file, if it is ours: the number may belong to anybody by now."""
        pid = _number_in(self._pid_file)
        if pid is None:
            return
        for how, seconds in ((signal.SIGTERM, STOP_WITHIN), (signal.SIGKILL, STOP_WITHIN)):
            until = time.monotonic() + seconds
            if self._is_ours(pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, how)
            while self._is_ours(pid) and time.monotonic() < until:
                time.sleep(0.02)
        self._pid_file.unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return str(self._config).encode() in words

    def _choose_port(self) -> int:
        if self._wanted_port:
            return self._wanted_port
        before = _number_in(self._folder / "port")
        likely = [before] if before else []
        if self._wanted_port is None:
            likely += range(FIRST_PORT, LAST_PORT + 1)
        free = next((port for port in likely if self._is_free(port)), None)
        return free or self._any_free()

    def _is_free(self, port: int) -> bool:
        with _probe(self._host) as probe:
            try:
                probe.bind((self._host, port))
            except OSError:
                return False
        return True

    def _any_free(self) -> int:
        with _probe(self._host) as probe:
            probe.bind((self._host, 0))
            return int(probe.getsockname()[1])


def _probe(host: str) -> socket.socket:
    probe = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return probe


def _number_in(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None
