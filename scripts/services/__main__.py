"""`python3 -m scripts.services start|stop`, with the names of some services or for all of them."""

import argparse
import os
import secrets
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from scripts.services import mariadb, mosquitto, postgresql, rabbitmq, redis_server
from scripts.services.installing import Missing, install
from scripts.services.private import DidNotStart

FOLDER = Path(__file__).resolve().parents[2] / ".services"


class Service(Protocol):
    """Something that can be started and stopped in a folder."""

    @property
    def settings(self) -> Mapping[str, str]: ...

    @property
    def is_running(self) -> bool: ...

    def start(self) -> Mapping[str, str]: ...

    def stop(self, how: signal.Signals = ...) -> None: ...


@dataclass(frozen=True)
class Kind:
    """A service there can be. Another one is a file beside these and a line in the table."""

    packages: Sequence[str]
    is_installed: Callable[[], bool]
    make: Callable[[Path], Service]


KINDS = {
    mariadb.NAME: Kind(mariadb.PACKAGES, mariadb.is_installed, mariadb.MariaDB),
    mosquitto.NAME: Kind(mosquitto.PACKAGES, mosquitto.is_installed, mosquitto.Mosquitto),
    postgresql.NAME: Kind(postgresql.PACKAGES, postgresql.is_installed, postgresql.PostgreSQL),
    rabbitmq.NAME: Kind(rabbitmq.PACKAGES, rabbitmq.is_installed, rabbitmq.RabbitMQ),
    redis_server.NAME: Kind(redis_server.PACKAGES, redis_server.is_installed, redis_server.Redis),
}


def main() -> int:
    """Do what was asked; the exit code tells whether it worked."""
    parser = argparse.ArgumentParser(prog="scripts.services", description=__doc__)
    parser.add_argument("what", choices=["install", "start", "stop"])
    parser.add_argument("names", nargs="*", metavar="service", help=f"of {', '.join(KINDS)}; all when none is named")
    asked = parser.parse_args()
    unknown = set(asked.names) - set(KINDS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    names = asked.names or list(KINDS)
    try:
        return {"install": _install, "start": _start, "stop": _stop}[asked.what](names)
    except (Missing, DidNotStart) as trouble:
        print(trouble, file=sys.stderr)
        return 1


def _install(names: Sequence[str]) -> int:
    packages = [package for name in names if not KINDS[name].is_installed() for package in KINDS[name].packages]
    if packages:
        install(packages)
    return 0


def _start(names: Sequence[str]) -> int:
    _install(names)
    try:
        with ThreadPoolExecutor() as threads:
            list(threads.map(lambda name: KINDS[name].make(FOLDER / name).start(), names))
    finally:
        _write_addresses()
    print(f"Running: {', '.join(names)}. Their addresses: . {FOLDER.name}/env")
    return 0


def _stop(names: Sequence[str]) -> int:
    for name in names:
        if (FOLDER / name).exists():
            KINDS[name].make(FOLDER / name).stop()
    _write_addresses()
    print(f"Stopped: {', '.join(names)}.")
    return 0


def _write_addresses() -> None:
    """Write how to reach everything that is running now, whoever started it and when."""
    made = [kind.make(FOLDER / name) for name, kind in KINDS.items() if (FOLDER / name).exists()]
    settings = {name: value for each in made if each.is_running for name, value in each.settings.items()}
    if not settings:
        (FOLDER / "env").unlink(missing_ok=True)
        return
    settings["DAYBEAT_SECRET_KEY"] = _secret()
    _write_private("env", "".join(f"export {name}='{value}'\n" for name, value in settings.items()))


def _secret() -> str:
    """Give the secret that separate services share, made once."""
    if not (FOLDER / "secret").exists():
        _write_private("secret", secrets.token_hex(32))
    return (FOLDER / "secret").read_text()


def _write_private(name: str, text: str) -> None:
    """Write a file that only we can read, at once as a whole."""
    new = FOLDER / f"{name}.new"
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.replace(FOLDER / name)


if __name__ == "__main__":
    sys.exit(main())
