"""A private PostgreSQL for tests, which leaves nothing behind."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts.services.postgresql import PostgreSQL, is_installed


@contextmanager
def private_postgresql(folder: Path) -> Iterator[PostgreSQL]:
    """Start one in a folder; skip without the program, unless it has to be there."""
    if not is_installed():
        reason = "postgresql is missing: sudo apt-get install postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    service = PostgreSQL(folder, bound=True)
    try:
        service.start()
        yield service
    finally:
        service.remove()
