"""Which port each process gets, and who has it when it is taken."""

import os
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

from daybeat.bootstrap.settings import PORTS

LOOPBACK = "127.0.0.1"
DEFAULTS: Mapping[str, int] = {
    "API_PORT": PORTS["api"],
    "API2_PORT": 8010,
    "RELAY_PORT": PORTS["relay"],
    "CONSUME_PORT": PORTS["consume"],
    "NOTIFY_PORT": PORTS["notify"],
    "MQTT_PORT": PORTS["mqtt"],
    "COLLECT_PORT": PORTS["collect"],
    "RECORD_PORT": PORTS["record"],
    "SENDER_PORT": PORTS["mood-sender"],
    "WALL_PORT": PORTS["mood-wall"],
}
_LISTENS = "0A"


class PortsTaken(Exception):
    """Some ports cannot be had; the message says who has them and how to choose others."""


def choose_ports() -> Mapping[str, int]:
    """Give each process the port that was asked for or its usual one; all of them have to be free."""
    ports = {name: _asked(name) for name in DEFAULTS}
    taken = [f"  {port}, by {_holder(port)}: make run-full {name}=…" for name, port in ports.items() if _is_taken(port)]
    if taken:
        raise PortsTaken("These ports are taken. Choose others:\n" + "\n".join(taken))
    if len(set(ports.values())) < len(ports):
        raise PortsTaken("Two processes cannot have the same port.")
    return ports


def _asked(name: str) -> int:
    said = os.environ.get(name) or str(DEFAULTS[name])
    if not said.isdecimal() or not 0 < int(said) < 1 << 16:
        raise PortsTaken(f"{name} has to be the number of a port.")
    return int(said)


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return True
        return False


def _holder(port: int) -> str:
    """Name the process that listens there, as far as we may see it."""
    wanted = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(each.readlink()) in wanted for each in (process / "fd").iterdir()):
                words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                return f"{words[:60]} (process {process.name})"
        except OSError:  # it has ended, or is somebody else's
            continue
    return "somebody"


def _listening_inodes(port: int) -> Iterator[str]:
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:] if Path(table).exists() else []:
            fields = line.split()
            if fields[3] == _LISTENS and int(fields[1].rpartition(":")[2], 16) == port:
                yield fields[9]
