"""A private MariaDB that keeps what it has acknowledged, with a user who may make databases."""

import contextlib
import shutil
import signal
import socket
from collections.abc import Mapping
from pathlib import Path

from scripts.services.private import LOOPBACK, Process, port_of
from scripts.services.unprivileged import LANGUAGE, place_in, remove_elsewhere, run, title_of, user_when_root

NAME, PACKAGES = "mariadb", ("mariadb-server",)
USER, PASSWORD, DATABASE = "daybeat", "for-trying-out", "daybeat"
_PATIENCE = 1.0
_PLACES = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"
_RIGHTS = (
    "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, INDEX, ALTER, REFERENCES, TRIGGER, LOCK TABLES, "
    "CREATE TEMPORARY TABLES, CREATE VIEW, SHOW VIEW"
)
# It only knows users once it has read them.
_FIRST_WORDS = f"""\
FLUSH PRIVILEGES;
CREATE DATABASE {DATABASE} CHARACTER SET utf8mb4;
CREATE USER {USER}@{LOOPBACK} IDENTIFIED BY '{PASSWORD}';
GRANT {_RIGHTS} ON *.* TO {USER}@{LOOPBACK};
"""
_SETTINGS = {
    "bind-address": LOOPBACK,
    # A path longer than 107 bytes could not be one, and nobody asks for it.
    "socket": "",
    "skip-name-resolve": "ON",
    "innodb-flush-log-at-trx-commit": "1",
    "innodb-log-file-size": "16M",
    "innodb-buffer-pool-size": "128M",
    "character-set-server": "utf8mb4",
    "max-connections": "300",
}


def program(name: str) -> str | None:
    """Find a program; distributions keep the server where only root looks."""
    return shutil.which(name, path=_PLACES)


def is_installed() -> bool:
    return program("mariadbd") is not None and program("mariadb-install-db") is not None


class MariaDB:
    """The service in a folder."""

    def __init__(self, folder: Path, *, bound: bool = False) -> None:
        self._folder, self.port = folder.resolve(), port_of(folder, NAME)
        self._user, self._title = user_when_root("mysql"), title_of(self._folder, self.port)
        self._process = Process(folder, NAME, bound=bound, user=self._user, shown=self._title)

    @property
    def url(self) -> str:
        return f"mysql+pymysql://{USER}:{PASSWORD}@{LOOPBACK}:{self.port}/{DATABASE}"

    @property
    def settings(self) -> Mapping[str, str]:
        return {"DAYBEAT_ACTIVITY_DATABASE_URL": self.url}

    @property
    def is_running(self) -> bool:
        return self._process.pid is not None

    def start(self) -> Mapping[str, str]:
        """Start it, and give the settings that lead to it."""
        if not self.is_running:
            place = place_in(self._folder, self._user)
            if not (place / "data").exists():
                self._make_data(place)
            # Where it would name itself to others it names itself to us.
            own = [f"--port={self.port}", f"--report-host={self._title}"]
            self._process.start([*_command(place / "data"), *own], LANGUAGE, place)
        self._process.wait_until(self._greets)
        return self.settings

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        self._process.stop(how)

    def remove(self) -> None:
        """End it, and remove what it keeps outside its folder."""
        self.stop()
        remove_elsewhere(self._folder)

    def _greets(self) -> bool:
        """Wait for its first words: it listens before it heeds clients, or a request to end."""
        with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, self.port), _PATIENCE) as line:
            return len(line.recv(1)) == 1
        return False

    def _make_data(self, place: Path) -> None:
        """Make what it starts from; it is only found under its name once it is whole."""
        new = place / "new"
        run(["rm", "-rf", str(new)], self._user, place)
        made = [str(program("mariadb-install-db")), "--no-defaults", f"--datadir={new}", "--skip-test-db"]
        run([*made, "--skip-name-resolve", "--innodb-log-file-size=16M"], self._user, place)
        run([*_command(new), "--bootstrap"], self._user, place, _FIRST_WORDS)
        new.rename(place / "data")


def _command(data: Path) -> list[str]:
    settings = {**_SETTINGS, "datadir": str(data), "tmpdir": str(data.parent)}
    return [str(program("mariadbd")), "--no-defaults", *(f"--{name}={value}" for name, value in settings.items())]
