"""A private Redis for tests, which leaves nothing behind."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts.services.redis_server import Redis, is_installed


@contextmanager
def private_redis(folder: Path) -> Iterator[Redis]:
    """Start one in a folder; skip without the program, unless it has to be there."""
    if not is_installed():
        reason = "redis is missing: sudo apt-get install redis-server"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    service = Redis(folder, bound=True)
    try:
        service.start()
        yield service
    finally:
        service.stop()
