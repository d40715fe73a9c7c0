"""`make run-full`: private services, every process, and a table that says where they are."""

import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from scripts.run_full.ports import LOOPBACK, PortsTaken, choose_ports
from scripts.run_full.processes import NotReady, Ours, end_all, keep_going, wait_until_ready
from scripts.services.__main__ import FOLDER, KINDS
from scripts.services.rabbitmq import PASSWORD, USER, RabbitMQ

SERVICES = ("postgresql", "mariadb", "rabbitmq", "redis", "mosquitto")
CELERY = ("celery", "--quiet", "-A", "daybeat.services.celery_app")
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody wants us to end."""


class ServicesFailed(Exception):
    """The private services did not start; what they said stands above."""


def main() -> int:
    """Run until somebody stops us."""
    for each in STOPS:
        signal.signal(each, _stop)
    try:
        with ExitStack() as stack:
            _run(stack, choose_ports())
    except Stopped:
        return 0
    except (PortsTaken, ServicesFailed, NotReady) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


def _run(stack: ExitStack, ports: Mapping[str, int]) -> None:
    settings = stack.enter_context(_services())
    processes: list[Ours] = []
    stack.callback(_end, processes)
    for name, command, port in _commands(ports):
        processes.append(Ours(name, command, {**settings, **_addresses(ports)}, port))
    wait_until_ready(processes)
    print(_table(ports), flush=True)
    keep_going(processes)


def _commands(ports: Mapping[str, int]) -> Iterator[tuple[str, Sequence[str], int | None]]:
    yield "api", ("daybeat", "api"), ports["API_PORT"]
    yield "api 2", ("daybeat", "api"), ports["API2_PORT"]
    yield "relay", ("daybeat", "relay"), ports["RELAY_PORT"]
    yield "consume", ("daybeat", "consume"), ports["CONSUME_PORT"]
    yield "notify", ("daybeat", "notify"), ports["NOTIFY_PORT"]
    yield "mqtt", ("daybeat", "mqtt"), ports["MQTT_PORT"]
    yield "collect", ("daybeat", "collect"), ports["COLLECT_PORT"]
    yield "record", ("daybeat", "record"), ports["RECORD_PORT"]
    yield "mood-sender", ("daybeat", "mood-sender"), ports["SENDER_PORT"]
    yield "mood-wall", ("daybeat", "mood-wall"), ports["WALL_PORT"]
    yield "worker", (*CELERY, "worker", "--concurrency", "2"), None
    yield "beat", (*CELERY, "beat"), None


def _addresses(ports: Mapping[str, int]) -> Mapping[str, str]:
    return {
        "DAYBEAT_HOST": LOOPBACK,
        "DAYBEAT_BASE_URL": f"http://{LOOPBACK}:{ports['API_PORT']}",  # where links in messages lead
        "DAYBEAT_MOOD_SENDER_URL": f"http://{LOOPBACK}:{ports['SENDER_PORT']}/",
    }


@contextmanager
def _services() -> Iterator[Mapping[str, str]]:
    """Have the private services running, and give the settings that lead to them."""
    ours = [name for name in SERVICES if not _is_running(name)]
    try:
        if _tell_services("start", SERVICES):
            raise ServicesFailed("The private services did not start.")
        lines = (FOLDER / "env").read_text().splitlines()
        yield dict(shlex.split(line)[1].split("=", 1) for line in lines)
    finally:
        _listen_no_more()
        if ours:
            _tell_services("stop", ours)


def _is_running(name: str) -> bool:
    return (FOLDER / name).exists() and KINDS[name].make(FOLDER / name).is_running


def _tell_services(what: str, names: Sequence[str]) -> int:
    return subprocess.run([sys.executable, "-m", "scripts.services", what, *names], check=False).returncode  # noqa: S603


def _end(processes: Sequence[Ours]) -> None:
    _listen_no_more()
    end_all(processes)


def _listen_no_more() -> None:
    for each in STOPS:
        signal.signal(each, signal.SIG_IGN)


def _stop(*_: Any) -> None:
    raise Stopped


def _table(ports: Mapping[str, int]) -> str:
    rabbitmq = RabbitMQ(FOLDER / "rabbitmq")
    rows = [
        ("page", f"http://{LOOPBACK}:{ports['API_PORT']}"),
        ("second API", f"http://{LOOPBACK}:{ports['API2_PORT']}"),
        ("collector", f"http://{LOOPBACK}:{ports['COLLECT_PORT']}/api/v1/events/track"),
        ("mood sender", f"http://{LOOPBACK}:{ports['SENDER_PORT']}"),
        ("mood wall", f"http://{LOOPBACK}:{ports['WALL_PORT']}"),
        ("RabbitMQ", f"{rabbitmq.management_url}  ({USER}, {PASSWORD})"),
    ]
    lines = (f"    {name:13}{address}" for name, address in rows)
    return "\n".join(["", "Daybeat runs as separate services:", "", *lines, "", "Ctrl-C ends all of it.", ""])


if __name__ == "__main__":
    sys.exit(main())
