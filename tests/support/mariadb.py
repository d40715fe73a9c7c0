"""A private MariaDB for tests, which leaves nothing behind."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts.services.mariadb import MariaDB, is_installed


@contextmanager
def private_mariadb(folder: Path) -> Iterator[MariaDB]:
    """Start one in a folder; skip without the program, unless it has to be there."""
    if not is_installed():
        reason = "mariadb is missing: sudo apt-get install mariadb-server"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    service = MariaDB(folder, bound=True)
    try:
        service.start()
        yield service
    finally:
        service.remove()
