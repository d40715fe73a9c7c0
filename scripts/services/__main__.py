"""`python3 -m scripts.services start|stop`, with the names of some services or for all of them."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from scripts.services import mosquitto, rabbitmq
from scripts.services.installing import Missing, install
from scripts.services.private import DidNotStart

FOLDER = Path(__file__).resolve().parents[2] / ".services"


class Service(Protocol):
    """Something that can be started and stopped in a folder."""

    def start(self) -> Mapping[str, str]: ...

    def stop(self) -> None: ...


@dataclass(frozen=True)
class Kind:
    """A service there can be. Another one is a file beside these and a line in the table."""

    packages: Sequence[str]
    is_installed: Callable[[], bool]
    make: Callable[[Path], Service]


KINDS = {
    mosquitto.NAME: Kind(mosquitto.PACKAGES, mosquitto.is_installed, mosquitto.Mosquitto),
    rabbitmq.NAME: Kind(rabbitmq.PACKAGES, rabbitmq.is_installed, rabbitmq.RabbitMQ),
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
    with ThreadPoolExecutor() as threads:
        started = list(threads.map(lambda name: KINDS[name].make(FOLDER / name).start(), names))
    settings = {name: value for each in started for name, value in each.items()}
    lines = [f"export {name}='{value}'" for name, value in settings.items()]
    (FOLDER / "env").write_text("\n".join(lines) + "\n")
    print(f"Running: {', '.join(names)}. Their addresses: . {FOLDER.name}/env")
    return 0


def _stop(names: Sequence[str]) -> int:
    for name in names:
        if (FOLDER / name).exists():
            KINDS[name].make(FOLDER / name).stop()
    if set(names) == set(KINDS):
        (FOLDER / "env").unlink(missing_ok=True)
    print(f"Stopped: {', '.join(names)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
