"""A private PostgreSQL that keeps what it has acknowledged, with a user who may create databases and nothing else."""

import signal
from collections.abc import Mapping
from pathlib import Path

from scripts.services.private import LOOPBACK, Process, port_of
from scripts.services.unprivileged import LANGUAGE, place_in, remove_elsewhere, run, title_of, user_when_root

NAME, PACKAGES = "postgresql", ("postgresql",)
USER, PASSWORD, DATABASE = "daybeat", "for-trying-out", "daybeat"
_RULES = "host all daybeat 127.0.0.1/32 scram-sha-256\n"
# Single-user mode takes one statement a line.
_FIRST_WORDS = f"""\
CREATE ROLE {USER} LOGIN CREATEDB PASSWORD '{PASSWORD}'
CREATE DATABASE {DATABASE} OWNER {USER}
"""
_SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "300",
    "shared_buffers": "128MB",
    "log_min_messages": "warning",
}


def programs() -> Path | None:
    """Find the programs of the newest version; distributions keep them off the path."""
    found = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    return max((program.parent for program in found), key=lambda place: int(place.parent.name), default=None)


def is_installed() -> bool:
    return programs() is not None


class PostgreSQL:
    """The service in a folder."""

    def __init__(self, folder: Path, *, bound: bool = False) -> None:
        self._folder, self.port = folder.resolve(), port_of(folder, NAME)
        # Every process of it shows this title, and carries no other mark: it is written over the environment.
        self._user, self._title = user_when_root("postgres"), title_of(self._folder, self.port)
        self._process = Process(folder, NAME, bound=bound, user=self._user, ends_by=signal.SIGINT, shown=self._title)

    @property
    def url(self) -> str:
        return f"postgresql://{USER}:{PASSWORD}@{LOOPBACK}:{self.port}/{DATABASE}"

    @property
    def settings(self) -> Mapping[str, str]:
        return {"DAYBEAT_DATABASE_URL": self.url}

    @property
    def is_running(self) -> bool:
        return self._process.pid is not None

    def start(self) -> Mapping[str, str]:
        """Start it, and give the settings that lead to it."""
        place = place_in(self._folder, self._user)
        if not self.is_running:
            # Whatever a killed one left is ended first; then its file speaks of nobody, or by now of somebody else.
            self._process.stop(signal.SIGKILL)
            (place / "data" / "postmaster.pid").unlink(missing_ok=True)
            if not (place / "data").exists():
                self._make_data(place)
            self._process.start(self._command(place), LANGUAGE, place)
        self._process.wait_until(lambda: _is_ready(place / "data"))
        return self.settings

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it without waiting for its clients."""
        self._process.stop(how)

    def remove(self) -> None:
        """End it, and remove what it keeps outside its folder."""
        self.stop()
        remove_elsewhere(self._folder)

    def _command(self, place: Path) -> list[str]:
        settings = {**_SETTINGS, "port": str(self.port), "cluster_name": self._title}
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [self._program("postgres"), "-D", str(place / "data"), *options]

    def _make_data(self, place: Path) -> None:
        """Make what it starts from; it is only found under its name once it is whole."""
        new = place / "new"
        run(["rm", "-rf", str(new)], self._user, place)
        made = [self._program("initdb"), "-D", str(new), "-U", "postgres", "--auth=reject", "--no-sync"]
        run([*made, "--encoding=UTF8", "--locale=C.UTF-8"], self._user, place)
        (new / "pg_hba.conf").write_text(_RULES)
        alone = [self._program("postgres"), "--single", "-D", str(new), "-F", "-c", "exit_on_error=on", "postgres"]
        run(alone, self._user, place, _FIRST_WORDS)
        new.rename(place / "data")

    def _program(self, name: str) -> str:
        return f"{programs()}/{name}"


def _is_ready(data: Path) -> bool:
    """Read whether it has come through its recovery; it listens before that."""
    try:
        return (data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
    except (FileNotFoundError, IndexError):
        return False
