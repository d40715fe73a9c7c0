"""For services that refuse to run as root: a user of the system they run as, and a folder that is this user's."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from scripts.services.private import DidNotStart, identity

LANGUAGE: Mapping[str, str] = {"LC_ALL": "C.UTF-8"}


def user_when_root(name: str) -> str | None:
    """Name the user to run as, None for ourselves: only root can, and has to, be somebody else."""
    return name if os.geteuid() == 0 else None


def title_of(folder: Path, port: int) -> str:
    """Give the name by which the command lines of a service show which folder it is of."""
    return f"daybeat-{port}-{folder.stat().st_ino}"


def place_in(folder: Path, user: str | None) -> Path:
    """Give the folder that is the user's, the same one each time.

    It lies in the given one, or among the temporary files when the user cannot get there, as below /root.
    """
    note = folder / "elsewhere"
    if note.exists() and (noted := Path(note.read_text())).is_dir():
        return noted
    for place in _places(folder):
        if _can_use(place, user):
            if place.parent != folder:
                note.write_text(str(place))
            return place
        place.rmdir()
    raise DidNotStart(f"The user {user} can get neither to {folder} nor to temporary files.")


def remove_elsewhere(folder: Path) -> None:
    """Remove what lies outside the folder."""
    note = folder / "elsewhere"
    if note.exists():
        shutil.rmtree(note.read_text(), ignore_errors=True)
        note.unlink()


def run(command: Sequence[str], user: str | None, where: Path, said: str = "") -> None:
    """Run a command to its end as a user; what it complains about becomes the reason not to start."""
    done = subprocess.run(  # noqa: S603 - our own words
        command,
        cwd=where,
        env={**os.environ, **LANGUAGE},
        input=said,
        capture_output=True,
        text=True,
        check=False,
        **identity(user),
    )
    if done.returncode:
        raise DidNotStart(f"{Path(command[0]).name} failed:\n{(done.stdout + done.stderr)[-2000:]}")


def _places(folder: Path) -> Iterator[Path]:
    inside = folder / "place"
    inside.mkdir(mode=0o700, parents=True, exist_ok=True)
    yield inside
    for temporary in dict.fromkeys([tempfile.gettempdir(), "/tmp", "/var/tmp"]):  # noqa: S108 - made with mkdtemp
        yield Path(tempfile.mkdtemp(prefix="daybeat-service-", dir=temporary))


def _can_use(place: Path, user: str | None) -> bool:
    if user is None:
        return True
    shutil.chown(place, user, identity(user)["group"])
    return subprocess.run(["test", "-w", place], check=False, **identity(user)).returncode == 0  # noqa: S603, S607
