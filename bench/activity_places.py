"""What the benchmarks of activity share: an event, a load, and where the broker is."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

QUEUE = "user_activity_events"
EVENT = {"user_id": 101, "event_type": "login", "timestamp": "2025-01-03T08:30:00Z", "metadata": {"source": "web"}}
CONNECTIONS = 64
_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0}


@dataclass(frozen=True, slots=True)
class Load:
    """What a load came to: answers with 202 a second, and the time within which 99 of 100 came."""

    rate: float
    p99: float
    refused: int


def load(url: str, seconds: int, folder: Path, *, batch: int = 0) -> Load:
    """Send the same event, or the same batch, over many connections at once. The sender is wrk, a program in C."""
    script = write_script(folder, batch=batch)
    path = "/api/v1/events/batch" if batch else "/api/v1/events/track"
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}", "--latency", "-s", str(script), url + path]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    number, unit = _find(r"99%\s+([\d.]+)(us|ms|s)", said)
    total, _ = _find(r"(\d+) (requests) in", said)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    lost = int(refused[1]) if refused else 0
    return Load((int(total) - lost) / seconds, float(number) * _UNITS[unit], lost)


def write_script(folder: Path, *, batch: int = 0) -> Path:
    """Say to wrk what it sends."""
    script = folder / "load.lua"
    body = json.dumps([EVENT] * batch if batch else EVENT, separators=(",", ":"))
    headers = 'wrk.headers["Content-Type"] = "application/json"'
    script.write_text(f"wrk.method = 'POST'\nwrk.body = '{body}'\n{headers}\n")
    return script


def place_of(url: str) -> dict[str, Any]:
    """Say where a broker is as py-amqp wants it."""
    parts = urlsplit(url)
    return {
        "host": f"{parts.hostname}:{parts.port}",
        "userid": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "virtual_host": unquote(parts.path[1:]) or "/",
    }


def _find(pattern: str, said: str) -> tuple[str, str]:
    found = re.search(pattern, said)
    assert found is not None, said
    return found[1], found[2]
