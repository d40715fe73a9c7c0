"""Installs system packages where we may, and otherwise names the exact command."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_POLICY = Path("/usr/sbin/policy-rc.d")
_NO_SERVICES = "#!/bin/sh\nexit 101\n"


class Missing(Exception):
    """Something has to be installed by somebody who may."""


def install(packages: Sequence[str]) -> None:
    """Install packages without starting the system-wide services that come with them."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Missing(
            f"Missing: {', '.join(packages)}. Install with:\n\n    sudo apt-get install {' '.join(packages)}\n\n"
            "That also starts them for the whole system; `sudo systemctl disable --now` with a name ends that."
        )
    sys.stderr.write(f"Installing {', '.join(packages)} …\n")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with _nothing_starts():
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
            done = subprocess.run(["apt-get", *command], env=quiet, capture_output=True, text=True, check=False)  # noqa: S603, S607
        if done.returncode:
            raise Missing(done.stderr[-1500:])


@contextmanager
def _nothing_starts() -> Iterator[None]:
    """Tell Debian's package scripts to start nothing, unless somebody has said what to start already."""
    if _POLICY.exists():
        yield
        return
    _POLICY.write_text(_NO_SERVICES)
    _POLICY.chmod(0o755)
    try:
        yield
    finally:
        _POLICY.unlink()
